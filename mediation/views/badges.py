"""The numbers beside the places one can go to: how much there is that must be done, asked in one query a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from mediation.access import COMMITTEE
from mediation.models import Case, Confirmation, Deadline, Duty, PrintJob, Referral, User
from mediation.services import outbox
from mediation.services.obligations import civil_day
from mediation.services.responsibility import OPEN_WORK
from mediation.services.whistle_counts import OPEN, TO_CHECK
from mediation.views.calls import TO_PARTIES
from mediation.views.inbox import came_in
from mediation.views.messages import new_messages
from mediation.views.todo import pressing
from workflows import Role

#: A badge shows no number above 99, and nothing is counted beyond that.
MOST = 100


def count_badges(
    session: Session, user: User, at: datetime, names: Iterable[str], *, gateway: bool
) -> dict[str, int]:
    """How much waits at each of these places; one query for all of them.

    gateway: whether notices go out by themselves, so that only what failed is read out on the telephone.
    """
    found = {name: _QUERIES[name](user, at, gateway) for name in names if name in _QUERIES}
    if not found:
        return {}
    asked = [
        select(literal(name), func.count()).select_from(query.limit(MOST).subquery())
        for name, query in found.items()
    ]
    counts: dict[str, int] = {name: int(count) for name, count in session.execute(union_all(*asked))}
    return counts


def _todo(user: User, at: datetime, gateway: bool) -> Select[Any]:
    return pressing(user, at)


def _inbox(user: User, at: datetime, gateway: bool) -> Select[Any]:
    return select(Case.id).where(came_in(user, at))


def _whistles(user: User, at: datetime, gateway: bool) -> Select[Any]:
    """For those who called: what nobody looked at, and what is late; for a department: what it is asked."""
    if Role(user.role) not in COMMITTEE:
        return select(Referral.id).where(Referral.department_id == user.organisation_id, OPEN)
    late = and_(OPEN, Deadline.last_day < civil_day(at))
    return (
        select(Referral.id)
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(Deadline, Deadline.id == Referral.deadline_id)
        .where(Case.holder_id == user.organisation_id, Case.state.in_(OPEN_WORK), or_(TO_CHECK, late))
    )


def _calls(user: User, at: datetime, gateway: bool) -> Select[Any]:
    """Notices to read out, and duties to the parties."""
    duties = (
        select(Duty.id)
        .join(Case, Case.id == Duty.case_id)
        .where(Case.holder_id == user.organisation_id, Duty.done_at.is_(None), Duty.kind.in_(TO_PARTIES))
    )
    return select(union_all(outbox.query_calls(at, user.organisation_id, gateway=gateway), duties).subquery())


def _court(user: User, at: datetime, gateway: bool) -> Select[Any]:
    """Applications on which the court has something to decide: new ones, and those that came back mended."""
    return select(Confirmation.id).where(
        Confirmation.court == user.organisation.name,
        or_(
            Confirmation.state == "filed",
            and_(Confirmation.state == "supplement_asked", Confirmation.supplemented_at.is_not(None)),
        ),
    )


def _messages(user: User, at: datetime, gateway: bool) -> Select[Any]:
    return new_messages(user, at)


def _printing(user: User, at: datetime, gateway: bool) -> Select[Any]:
    return select(PrintJob.id).where(
        PrintJob.printer_id == user.organisation_id,
        PrintJob.ended_at.is_(None),
        PrintJob.printed_at.is_(None),
    )


_QUERIES: Mapping[str, Any] = {
    "todo": _todo,
    "inbox": _inbox,
    "whistles": _whistles,
    "calls": _calls,
    "messages": _messages,
    "court": _court,
    "printing": _printing,
}
#: Every place that has a number.
BADGES = tuple(_QUERIES)
