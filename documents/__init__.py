"""Facts in, PDF out: the papers of a case, complete, printable and the same each time."""

from .citations import cite_law
from .errors import DocumentError, MissingFact, PaperTooLong, UnprintableCharacter
from .freezing import freeze, thaw
from .kinds import CATALOGUE, Kind, find_kind, kind_of
from .pdf import DRAFT, VOID, Paper, render

__all__ = [
    "CATALOGUE",
    "DRAFT",
    "VOID",
    "DocumentError",
    "Kind",
    "MissingFact",
    "Paper",
    "PaperTooLong",
    "UnprintableCharacter",
    "cite_law",
    "find_kind",
    "freeze",
    "kind_of",
    "render",
    "thaw",
]
