"""来件: what came to this office and nobody has taken yet, the nearest date first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, exists, func, select, union_all
from sqlalchemy.orm import Session, aliased

from mediation.access import granted, visible_cases
from mediation.language import word
from mediation.models import Case, Deadline, Entry, Referral, User
from mediation.services import steps
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.responsibility import OPEN_WORK
from mediation.services.whistle_counts import TO_CHECK
from mediation.views.formats import days_left, show_moment
from mediation.views.history import name_step
from mediation.views.lists import LOADED, PAGE
from mediation.views.paging import find_page

#: What one does with something that has come in, the usual first.
VERBS = (
    "accept",
    "receive",
    "verify_referral",
    "hold_session",
    "ask_more",
    "reject",
    "return",
    "ask_above",
    "pass_on",
)
#: Something came down, or across, and that was the last thing that happened.
CAME_BACK = ("return", "delegate", "pass_on", "take_up")


@dataclass(frozen=True)
class Item:
    """One thing that came in."""

    number: str
    title: str
    kind: str
    about: str
    risk: str
    deadline: str
    card: str
    came: str
    url: str
    verbs: list[tuple[str, str]]


@dataclass(frozen=True)
class InboxPage:
    """One page of them."""

    rows: list[Item]
    page: int
    pages: int
    total: int


#: A case within the lists below. Made once: telling SQLAlchemy about a table anew takes longer than asking it.
_ONE = aliased(Case)


def came_in(user: User, at: datetime) -> ColumnElement[bool]:
    """Applications nobody decided on, cases handed up to us, cases that came back, answers nobody checked."""
    # One short list for each way in, each begun from what this office holds or is to receive.
    one, org = _ONE, user.organisation_id
    last_was_return = exists().where(
        Entry.case_id == one.id, Entry.number == one.steps_taken, Entry.step == "return"
    )
    handed = granted(user, at, frozenset({"receiver"}))
    return Case.id.in_(
        union_all(
            select(one.id).where(one.holder_id == org, one.state == "filed"),
            select(one.id).where(one.id.in_(handed), one.state == "handed_up"),
            select(one.id).where(
                one.holder_id == org, one.state.in_(("accepted", "mediating")), last_was_return
            ),
            select(one.id)
            .join(Referral, Referral.case_id == one.id)
            .where(one.holder_id == org, one.state.in_(OPEN_WORK), TO_CHECK),
        )
    )


def list_inbox(session: Session, user: User, at: datetime, page: int) -> InboxPage:
    """What came in, the nearest date first; without a date, the oldest."""
    nearest = (
        select(func.min(Deadline.last_day))
        .where(Deadline.case_id == Case.id, Deadline.stopped_at.is_(None), Deadline.kind == "limit")
        .correlate(Case)
        .scalar_subquery()
    )
    query = select(Case, nearest).where(visible_cases(user, at), came_in(user, at))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page, pages = find_page(total, page, PAGE)
    query = query.order_by(nearest.is_(None), nearest, Case.filed_at, Case.id).options(*LOADED)
    found = session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    return InboxPage([_item(case, day, user, at) for case, day in found], page, pages, total)


def _item(case: Case, day: Any, user: User, at: datetime) -> Item:
    words, card = days_left(day, civil_day(at)) if day else ("", "")
    kind = _kind(case)
    offered = [o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered]
    wanted = ("verify_referral",) if kind == "answered" else VERBS
    last = case.entries[-1]
    return Item(
        number=case.public_number,
        title=case.title,
        kind=kind,
        about=" · ".join((word("dispute_type", case.dispute_type), word("source", case.source))),
        risk=case.risk,
        deadline=words,
        card=card,
        came=f"{show_moment(last.at)} {last.by_name}",
        url=url_for("cases.show", number=case.public_number),
        verbs=[
            (url_for("inbox.go", number=case.public_number, step=name), name_step(case, name))
            for name in wanted
            if name in offered and (name != "hold_session" or kind == "returned")
        ],
    )


def _kind(case: Case) -> str:
    if case.state == "handed_up":
        return "escalation"
    if any(row.waits_for_check for row in case.referrals):
        return "answered"
    if case.entries[-1].step == "return":
        return "returned"
    return "transfer" if any(row.step in CAME_BACK for row in case.entries) else "application"
