"""What a court has answered: its own numbers and results, which it keeps when it no longer reads the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

import workflows
from mediation.access import visible_cases
from mediation.language import word
from mediation.models import Case, Confirmation, User
from mediation.services.obligations import civil_day
from mediation.views.formats import show_day
from mediation.views.lists import PAGE
from mediation.views.paging import find_page


@dataclass(frozen=True)
class Answered:
    """One application that came to its end; nothing of what the case is about."""

    number: str
    court_number: str
    result: str
    day: str
    until: str
    url: str


@dataclass(frozen=True)
class AnsweredPage:
    """A page of them."""

    rows: list[Answered]
    page: int
    pages: int
    total: int


def list_answered(session: Session, user: User, at: datetime, words: str, page: int) -> AnsweredPage:
    """Those of this person's court, the last answered first; `words` is a part of one of their numbers."""
    sees = visible_cases(user, at).label("sees")
    query = (
        select(Confirmation, Case.public_number, Case.policy, sees)
        .join(Case, Case.id == Confirmation.case_id)
        .where(Confirmation.court == user.organisation.name, Confirmation.ended_at.is_not(None))
    )
    if words:
        numbers = (Case.public_number, Confirmation.court_number, Confirmation.ruling_number)
        query = query.where(or_(*(column.contains(words, autoescape=True) for column in numbers)))
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page, pages = find_page(total, page, PAGE)
    query = query.order_by(Confirmation.ended_at.desc(), Confirmation.id.desc())
    found = session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    rows = [_answered(row, number, policy, bool(seen)) for row, number, policy, seen in found]
    return AnsweredPage(rows, page, pages, total)


def _answered(row: Confirmation, number: str, policy: str, seen: bool) -> Answered:
    return Answered(
        number=number,
        court_number=row.ruling_number or row.court_number,
        result=word("court_state", row.state),
        day=show_day(row.ruling_on or (civil_day(row.ended_at) if row.ended_at else None)),
        until=word("page", "court_reads_until").format(day=last_day_of_reading(row, policy)) if seen else "",
        url=url_for("court.review", number=number) if seen else "",
    )


def last_day_of_reading(row: Confirmation, policy: str) -> str:
    """The last day on which a court reads a case that it has answered; empty while it has it before it."""
    if row.ended_at is None:
        return ""
    days = int(workflows.load(policy).rules["court_access_days"])
    return show_day(civil_day(row.ended_at) + timedelta(days=days))
