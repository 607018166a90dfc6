"""分派: cases of this office that nobody answers for yet, and who has how much to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case as sql_case
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import workflows
from mediation.access import visible_cases
from mediation.language import word
from mediation.models import Case, Deadline, User
from mediation.services.obligations import civil_day
from mediation.services.responsibility import OPEN_WORK
from mediation.views.case import name_state
from mediation.views.formats import days_left
from mediation.views.paging import Paged, page_of_rows
from workflows import Role

#: States in which a case can be given to somebody.
ASSIGNABLE = ("filed", "accepted", "mediating")
URGENCY = ("red", "orange", "yellow", "blue", "green")


@dataclass(frozen=True)
class Waiting:
    """A case to be given to somebody."""

    number: str
    title: str
    about: str
    risk: str
    deadline: str
    card: str
    responsible: str


@dataclass(frozen=True)
class Load:
    """Somebody of the office, with what they have to do."""

    id: int
    name: str
    open_cases: int
    full: bool


def by_urgency() -> Any:
    """The most dangerous first."""
    return sql_case(*((Case.risk == level, place) for place, level in enumerate(URGENCY)), else_=len(URGENCY))


def list_waiting(
    session: Session, user: User, at: datetime, page: int, *, everything: bool
) -> Paged[Waiting]:
    """Cases this office holds that nobody answers for; or all that can be given to somebody else."""
    nearest = (
        select(func.min(Deadline.last_day))
        .where(Deadline.case_id == Case.id, Deadline.stopped_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
        .label("nearest")
    )
    query = select(Case, nearest).where(
        visible_cases(user, at), Case.holder_id == user.organisation_id, Case.state.in_(ASSIGNABLE)
    )
    if not everything:
        query = query.where(Case.responsible_id.is_(None))
    query = query.order_by(by_urgency(), nearest.is_(None), nearest, Case.id)
    return page_of_rows(session, query, page, lambda case, day: _waiting(case, day, at))


def _waiting(case: Case, day: Any, at: datetime) -> Waiting:
    words, card = days_left(day, civil_day(at)) if day else ("", "")
    return Waiting(
        number=case.public_number,
        title=case.title,
        about=" · ".join((word("dispute_type", case.dispute_type), name_state(case, case.state))),
        risk=case.risk,
        deadline=words,
        card=card,
        responsible=case.responsible.name if case.responsible else "",
    )


def list_loads(session: Session, user: User, policy: str) -> list[Load]:
    """Everybody of this office who mediates, those with the least first."""
    most = int(workflows.load(policy).rules.get("most_open_cases", 15))
    counted = (
        select(func.count(Case.id))
        .where(Case.responsible_id == User.id, Case.state.in_(OPEN_WORK))
        .correlate(User)
        .scalar_subquery()
    )
    query = (
        select(User.id, User.name, counted)
        .where(
            User.organisation_id == user.organisation_id,
            User.active,
            User.role.in_((Role.mediator.value, Role.manager.value)),
        )
        .order_by(counted, User.id)
    )
    return [Load(row[0], row[1], row[2], row[2] >= most) for row in session.execute(query)]
