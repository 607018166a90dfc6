"""发给镇里先看: the office above reads the draft of an agreement before anybody signs, and says what it thinks."""

from __future__ import annotations

from mediation.models import Case, Duty
from mediation.services import grants
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move

ASKED, ANSWERED = "review", "remark"
#: A new version, or a first signature, and the opinion on the draft has served its turn.
_OVERTAKEN = frozenset({"agree", "sign", "terminate", "withdraw", "escalate"})


def open_of(case: Case) -> Duty | None:
    """What the office above still has to read."""
    return next((row for row in case.duties if row.kind == ASKED and row.done_at is None), None)


def remark_of(case: Case) -> Duty | None:
    """What it thought of the draft that stands."""
    return next((row for row in case.duties if row.kind == ANSWERED and row.done_at is None), None)


def ask(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `ask_review`: the office above may see the case until it is signed, and has something to do."""
    above = case.holder.parent
    if above is None:
        return
    grants.give(case, above, "reader", move.at)
    _end(case, ANSWERED, move, by)
    title = say("sign", "review_title").format(place=above.name)
    case.duties.append(Duty(kind=ASKED, title=title, detail=move.text("note"), created_at=move.at))


def answer(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `review_draft`: the opinion goes back to whoever holds the case."""
    _end(case, ASKED, move, by)
    title = say("sign", "remark_title").format(name=by.name)
    case.duties.append(Duty(kind=ANSWERED, title=title, detail=move.text("note"), created_at=move.at))


def follow(case: Case, change: Change, move: Move, by: By) -> None:
    """A draft that was replaced or signed needs no opinion any more, and nobody has to read it for that."""
    if change.step.name in _OVERTAKEN:
        grants.end(case, "reader", move.at)
        for kind in (ASKED, ANSWERED):
            _end(case, kind, move, by)


def _end(case: Case, kind: str, move: Move, by: By) -> None:
    for row in case.duties:
        if row.kind == kind and row.done_at is None:
            row.done_at, row.done_by = move.at, by.name
