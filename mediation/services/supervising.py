"""督办: an office above asks for an account, and the item stands until that office strikes it off (销号)."""

from __future__ import annotations

from mediation.models import Case, Deadline, Duty, Organisation
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move

#: The kind of a duty that stands until whoever asked strikes it off (销号).
SUPERVISED = "supervise"


def supervise(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """An office above asks for an account; the item stands until that office strikes it off."""
    title = f"{say('handing', 'supervised')}{move.text('matter')}"[:200]
    case.duties.append(
        Duty(kind=SUPERVISED, title=title, detail="", source="工作规则：督办", created_at=move.at)
    )


def strike_off(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """销号: the office above is content with the answer."""
    for duty in open_items(case):
        duty.done_at, duty.done_by = move.at, by.name


def was_asked(case: Case) -> bool:
    """Whether an office above ever asked about this case."""
    return any(duty.kind == SUPERVISED for duty in case.duties)


def open_items(case: Case) -> list[Duty]:
    """What was asked from above and is not struck off yet."""
    return [duty for duty in case.duties if duty.kind == SUPERVISED and duty.done_at is None]


def waits_for_strike_off(case: Case) -> bool:
    """Whether every question from above is answered, and nobody has said yet that it will do."""
    return bool(open_items(case)) and not owes_account(case)


def due_of(case: Case) -> Deadline | None:
    """The clock of the answer that is owed; of several the newest."""
    rows = [row for row in case.deadlines if row.name == "supervision_reply" and row.stopped_at is None]
    return rows[-1] if rows else None


def owes_account(case: Case) -> bool:
    """Whether an office above still waits for an answer."""
    return due_of(case) is not None


def issuer_of(case: Case, organisation_id: int | None) -> Organisation:
    """The office above that asked; for a case file that does not say, the next one up."""
    chain = case.holder.chain()
    found = next((place for place in chain if place.id == organisation_id), None)
    return found or (chain[1] if len(chain) > 1 else chain[0])
