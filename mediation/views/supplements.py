"""What parties were asked for and have handed in, as those in charge of the case see it."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.language import spoken
from mediation.models import Case
from mediation.views.formats import show_day, show_moment


@dataclass(frozen=True)
class SupplementSeen:
    """One paper asked for."""

    item: str
    party: str
    until: str
    handed_in: str
    answer: str


def list_supplements(case: Case) -> list[SupplementSeen]:
    """The newest first."""
    anybody = str(spoken("party_role")["applicant"])
    return [
        SupplementSeen(
            row.item,
            row.party.name if row.party else anybody,
            show_day(row.until),
            show_moment(row.handed_in_at),
            row.answer or "",
        )
        for row in reversed(case.supplements)
    ]
