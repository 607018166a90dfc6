"""The steps of a supplement: something is asked for, and it comes."""

from __future__ import annotations

from mediation.models import Case, Supplement
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move


def ask_more(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `ask_more`: what is missing, from whom, by when."""
    case.supplements.append(
        Supplement(
            party=case.party(move.text("party")),
            item=move.text("matter")[:200],
            until=move.get("until"),
            asked_at=move.at,
            asked_by=by.name,
            taken_by="",
        )
    )


def hand_in(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `hand_in`: what was asked of this party, or of anybody, is there."""
    party = case.party(move.text("party"))
    for row in case.supplements:
        if row.handed_in_at is None and (party is None or row.party is None or row.party is party):
            row.handed_in_at, row.taken_by = move.at, by.name
