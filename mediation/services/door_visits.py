"""Parties without a telephone are told at the door; who went and when is kept in the case's history."""

from __future__ import annotations

from mediation.models import Case, Duty, Party
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move

KIND = "tell"


def title_for(party: Party) -> str:
    """「上门告知 李志刚」."""
    return say("page", "tell_at_the_door").format(name=party.name)


def owed(case: Case) -> list[tuple[Party, Duty]]:
    """Who still has to be told, and of what."""
    waiting = [duty for duty in case.duties if duty.kind == KIND and duty.done_at is None]
    if not waiting:
        return []
    titles = {title_for(party): party for party in case.parties}
    return [(titles[duty.title], duty) for duty in waiting if duty.title in titles]


def tell(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `tell_in_person`: it was said, by this person, at this moment."""
    for party, duty in owed(case):
        if party.ref == move.text("party"):
            duty.done_at, duty.done_by = move.at, by.name
