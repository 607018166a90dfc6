"""Questions to departments by how they stand: what the board filters by, and what the bulletin counts, in the database.

Of the questions of a period that were not taken back each is answered in time, late, a no-show, or still running, so
that the four make up all that were asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from mediation.database import DayInChina
from mediation.models import Case, Deadline, Referral
from workflows.steps import SHANGHAI

OPEN = and_(Referral.answered_at.is_(None), Referral.declined_at.is_(None), Referral.withdrawn_at.is_(None))
TO_CHECK = and_(
    Referral.answered_at.is_not(None), Referral.checked_at.is_(None), Referral.withdrawn_at.is_(None)
)
#: What the board is filtered by, and what the bulletin counts.
FILTERS = ("open", "late", "check", "over")
COUNTED = ("asked", "arrived", "in_time", "replied_late", "no_show", "running")
PERIODS = ("month", "year")

_REPLIED = func.coalesce(Referral.answered_at, Referral.declined_at)
_KEPT = Referral.withdrawn_at.is_(None)


@dataclass(frozen=True)
class Counts:
    """One department's questions of a period, by `COUNTED`."""

    department: str
    counts: dict[str, int]


def which(name: str, today: date) -> ColumnElement[bool]:
    """The condition behind a filter of the board or a number of the bulletin; join the deadlines from outside."""
    past = and_(OPEN, Deadline.last_day < today)
    too_late = and_(_REPLIED.is_not(None), Deadline.last_day < DayInChina(_REPLIED))
    conditions: dict[str, ColumnElement[bool]] = {
        "open": OPEN,
        "late": past,
        "check": TO_CHECK,
        "over": or_(
            Referral.checked_at.is_not(None),
            Referral.declined_at.is_not(None),
            Referral.withdrawn_at.is_not(None),
        ),
        "asked": _KEPT,
        "arrived": and_(_KEPT, Referral.arrived_at.is_not(None)),
        "in_time": and_(_KEPT, _REPLIED.is_not(None), func.coalesce(not_(too_late), True)),
        # Whoever came and still owes the answer is as late as one whose answer came too late.
        "replied_late": and_(_KEPT, or_(too_late, and_(past, Referral.arrived_at.is_not(None)))),
        "no_show": and_(_KEPT, past, Referral.arrived_at.is_(None)),
        "running": and_(OPEN, or_(Deadline.last_day.is_(None), Deadline.last_day >= today)),
    }
    return conditions[name]


def first_moment(period: str, today: date) -> datetime:
    """Where this month or this year begins, on the clock in China."""
    first = today.replace(day=1) if period == "month" else today.replace(month=1, day=1)
    return datetime.combine(first, time(), SHANGHAI)


def asked_in(period: str, today: date) -> ColumnElement[bool]:
    """Asked in this month or this year."""
    return Referral.sent_at >= first_moment(period, today)


def count_by_department(
    session: Session, scope: Sequence[ColumnElement[bool]], period: str, today: date
) -> list[Counts]:
    """How the departments answered what they were asked in a period, by one query; the worst first.

    scope: which questions count at all, such as those of the cases that somebody may see.
    """
    sums = [func.sum(case((which(name, today), 1), else_=0)).label(name) for name in COUNTED]
    query = (
        select(Referral.department_name, *sums)
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(Deadline, Deadline.id == Referral.deadline_id)
        .where(*scope, _KEPT, asked_in(period, today))
        .group_by(Referral.department_name)
    )
    found = [
        Counts(name, dict(zip(COUNTED, map(int, row), strict=True)))
        for name, *row in session.execute(query).all()
    ]
    return sorted(
        found,
        key=lambda one: (
            -one.counts["no_show"], -one.counts["replied_late"], -one.counts["asked"], one.department,
        ),
    )  # fmt: skip
