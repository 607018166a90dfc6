"""Facts in, PDF out: the papers of a case, complete, printable and the same each time."""

from .blanks import blank, receipt_beside
from .citations import cite_law
from .errors import DocumentError, MissingFact, PaperTooLong, UnprintableCharacter
from .freezing import freeze, thaw
from .guard import print_apart
from .kinds import CATALOGUE, Kind, find_kind, kind_of
from .lines import Line, read_lines
from .pdf import DRAFT, VOID, Paper, render
from .print_set import Stack, collate, render_reading_copy
from .reading import Block, read_words
from .volume import PLACES, Part, bind, place_of
from .word import docx_of

__all__ = [
    "CATALOGUE",
    "DRAFT",
    "PLACES",
    "VOID",
    "Block",
    "DocumentError",
    "Kind",
    "Line",
    "MissingFact",
    "Paper",
    "PaperTooLong",
    "Part",
    "Stack",
    "UnprintableCharacter",
    "bind",
    "blank",
    "cite_law",
    "collate",
    "docx_of",
    "find_kind",
    "freeze",
    "kind_of",
    "place_of",
    "print_apart",
    "read_lines",
    "read_words",
    "receipt_beside",
    "render",
    "render_reading_copy",
    "thaw",
]
