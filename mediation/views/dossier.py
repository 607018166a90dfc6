"""The bound file as a page shows it: what is missing, with who can supply it, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass

import documents
from mediation.language import language
from mediation.models import Case
from mediation.services.dossier import dossier_gaps, sheets_of


@dataclass(frozen=True)
class GapSeen:
    """Something that is missing."""

    title: str
    who: str
    source: str


@dataclass(frozen=True)
class DossierSeen:
    """The whole file."""

    number: str
    title: str
    must: list[GapSeen]
    may: list[GapSeen]
    contents: list[tuple[str, str]]


def show_dossier(case: Case) -> DossierSeen:
    """The file of a case; the contents in the order in which it is bound."""
    gaps = dossier_gaps(case)
    zh = language() == "zh"
    sheets = sorted(sheets_of(case), key=lambda sheet: documents.place_of(sheet.kind))

    def seen(must: bool) -> list[GapSeen]:
        return [GapSeen(gap.zh if zh else gap.en, gap.who, gap.source) for gap in gaps if gap.must is must]

    return DossierSeen(
        case.public_number,
        case.title,
        seen(True),
        seen(False),
        [(sheet.title, sheet.note) for sheet in sheets],
    )
