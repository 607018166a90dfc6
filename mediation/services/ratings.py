"""What the parties think of how they were served: once each, and one word more when things were put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

import workflows
from mediation.models import Case, Duty, Party, Rating
from mediation.services import deadlines
from mediation.services.desk import Desk
from mediation.words import say
from workflows import Move

NOT_CONTENT = 2  # this and less: somebody calls back


class RatedTwice(Exception):
    """There is a rating already, and its one word more."""


def find_rating(desk: Desk, party: Party) -> Rating | None:
    """What this party has said."""
    return desk.session.scalar(select(Rating).where(Rating.party_id == party.id))


def rate(
    desk: Desk, case: Case, party: Party, score: int, reasons: Sequence[str], words: str, at: datetime
) -> Rating:
    """Keep a rating; a second one is the one word more.  Raises RatedTwice for a third."""
    row = find_rating(desk, party)
    if row is None:
        row = Rating(
            case=case, party=party, score=score, reasons=list(reasons), words=words or None, at=at,
            later_score=None, later_words=None, later_at=None,
        )  # fmt: skip
        desk.session.add(row)
    elif row.later_at is None:
        row.later_score, row.later_words, row.later_at = score, words or None, at
    else:
        raise RatedTwice
    if score <= NOT_CONTENT:
        _promise_call(desk, case, party, reasons, at)
    return row


def _promise_call(desk: Desk, case: Case, party: Party, reasons: Sequence[str], at: datetime) -> None:
    title = say("page", "rating_duty").format(role=say("party_role", party.role), name=party.name)
    if any(duty.title == title and duty.done_at is None for duty in case.duties):
        return
    why = "、".join(say("rating_reason", reason) for reason in reasons)
    case.duties.append(Duty(kind="callback", title=title, detail=why, created_at=at))
    deadlines.start(desk.session, workflows.load(case.policy), case, "rating_callback", Move(at, {}))
