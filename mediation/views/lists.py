"""Lists of cases: what waits for me, and what I may look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from mediation.access import GRANTS_OF, cases_in_sight
from mediation.keys import KeyRing
from mediation.language import word
from mediation.models import Case, Confirmation, Deadline, Document, Grant, Referral, User
from mediation.services import searching, steps
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.views.case import name_level, name_state
from mediation.views.formats import days_left
from mediation.views.next_steps import usual_next
from mediation.views.overview import say_counter
from mediation.views.titles import title_for
from workflows import Role

PAGE = 20
LOADED = (
    selectinload(Case.all_parties),
    selectinload(Case.sessions),
    selectinload(Case.agreements),
    selectinload(Case.confirmations),
    selectinload(Case.deadlines),
    selectinload(Case.documents).defer(Document.facts),
    selectinload(Case.referrals),
    selectinload(Case.duties),
    selectinload(Case.grants),
    selectinload(Case.appointments),
    selectinload(Case.invitations),
    selectinload(Case.all_attachments),
)


@dataclass(frozen=True)
class Row:
    """A case in a list: enough to find it, no numbers of anybody."""

    number: str
    title: str
    state: str
    level: str
    kind: str
    holder: str
    deadline: str
    card: str
    risk: str = ""
    session: str = ""
    mediators: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    rows: list[Row]
    page: int
    pages: int
    total: int


def nearest_day() -> ScalarSelect[date]:
    """The nearest date of a case that still runs."""
    # The parties' windows and the work's limits alike; a clock that was stopped no longer presses.
    return (
        select(func.min(Deadline.last_day))
        .where(Deadline.case_id == Case.id, Deadline.stopped_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )


#: The grants under which an office has something to do.
ACTED_ON = frozenset({"holder", "receiver", "court", "department", "alerted"})


def is_mine(user: User, at: datetime) -> ColumnElement[bool]:
    """Cases that wait for this person: held, handed up, in their court, asked of them, in danger below."""
    granted = and_(
        Grant.case_id == Case.id,
        Grant.organisation_id == user.organisation_id,
        Grant.kind.in_(sorted(GRANTS_OF[Role(user.role)])),
        Grant.starts_at <= at,
        or_(Grant.ends_at.is_(None), Grant.ends_at > at),
    )
    waits_in_court = exists().where(
        Confirmation.case_id == Case.id,
        Confirmation.court == user.organisation.name,
        Confirmation.state.in_(("filed", "supplement_asked", "accepted")),
    )
    waits_for_answer = exists().where(
        Referral.case_id == Case.id,
        Referral.department_id == user.organisation_id,
        Referral.answered_at.is_(None),
    )
    waits = exists().where(
        granted,
        or_(
            and_(Grant.kind == "holder", Case.state != "archived"),
            and_(Grant.kind == "receiver", Case.state == "handed_up"),
            and_(Grant.kind == "court", waits_in_court),
            and_(Grant.kind == "department", waits_for_answer),
            and_(Grant.kind == "alerted", Case.state.not_in(("closed", "archived"))),
        ),
    )
    # What an office only looks on at is most of what a county sees: it is left out before anything is asked of a case.
    return and_(cases_in_sight(user, at, ACTED_ON), waits)


def list_cases(
    session: Session, user: User, at: datetime, page: int, keys: KeyRing, *, words: str = "", state: str = ""
) -> Page:
    """Every case this person may see, newest first; `words` is looked up in the index of words."""
    query = select(Case).where(cases_in_sight(user, at))
    if state:
        query = query.where(Case.state == state)
    if words:
        # Whoever is not shown the parties cannot ask for them either.
        query = query.where(searching.matching(words, keys, names=user.role != Role.department))
    query = query.order_by(Case.filed_at.desc(), Case.id.desc())
    return _page(session, query, user, at, page)


def _page(session: Session, query: Select[Case], user: User, at: datetime, page: int) -> Page:
    total = session.scalar(query.with_only_columns(func.count(Case.id)).order_by(None)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    found = list(
        session.scalars(query.options(selectinload(Case.sessions)).limit(PAGE).offset((page - 1) * PAGE))
    )
    days = _nearest_days(session, [one.id for one in found])
    return Page([_row(one, days.get(one.id), user, at) for one in found], page, pages, total)


def _nearest_days(session: Session, cases: list[int]) -> dict[int, date]:
    query = (
        select(Deadline.case_id, func.min(Deadline.last_day))
        .where(Deadline.case_id.in_(cases), Deadline.stopped_at.is_(None))
        .group_by(Deadline.case_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _row(one: Case, day: object, user: User, at: datetime) -> Row:
    words, card = days_left(day, civil_day(at)) if isinstance(day, date) else ("", "")
    return Row(
        number=one.public_number,
        title=title_for(one, user),
        state=name_state(one, one.state),
        level=name_level(one),
        kind=word("dispute_type", one.dispute_type),
        holder=one.holder.name,
        deadline=words,
        card=card,
        risk=one.risk,
        session=say_counter(one) if one.state in ("accepted", "mediating", "paused") else "",
        mediators="、".join(one.mediators or ()),
    )


def next_step(one: Case, user: User, at: datetime) -> str:
    """The step that usually comes next, among those offered; empty where nothing is."""
    offered = [option.step.name for option in steps.options(one, by=By.user(user), at=at) if option.offered]
    usual = usual_next(one)
    return next((name for name in usual if name in offered), "")
