"""待办: what waits for me, by danger and time, one verb a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from mediation.language import spoken
from mediation.models import Case, Deadline, Entry, User
from mediation.services.obligations import civil_day
from mediation.views.formats import YELLOW_FROM, days_left
from mediation.views.history import name_step
from mediation.views.lists import LOADED, PAGE, is_mine, next_step
from mediation.views.overview import short_word
from mediation.views.step_pages import page_of
from mediation.views.titles import title_for

#: The tiles, and what each shows of the list.
TILES = ("red", "yellow", "today", "all")
GROUPS = ("overdue", "today", "soon", "later")
_RISKS = ("red", "orange", "yellow")


@dataclass(frozen=True)
class Row:
    """A case that waits, with the one thing to do."""

    number: str
    title: str
    kind: str
    risk: str
    deadline: str
    card: str
    verb: str
    url: str


@dataclass(frozen=True)
class TodoList:
    """A page of the list, in groups, and how much there is of each kind."""

    groups: list[tuple[str, list[Row]]]
    tiles: list[tuple[str, int]]
    shown: str
    page: int
    pages: int
    closed_this_month: int


def list_todo(session: Session, user: User, at: datetime, page: int, shown: str) -> TodoList:
    """The list as it stands: overdue first, the dangerous first in each group, those without a date last."""
    today = civil_day(at)
    counts = count_todo(session, user, at)
    shown = shown if shown in TILES else "all"
    total = counts[shown]
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    found = _find(session, user, at, shown, page) if total else []
    groups: dict[str, list[Row]] = {}
    for one, day in found:
        groups.setdefault(_group_of(day, today), []).append(_row(one, day, user, at))
    return TodoList(
        [(name, groups[name]) for name in GROUPS if name in groups],
        [(name, counts[name]) for name in TILES],
        shown, page, pages,
        0 if total else _closed_this_month(session, user, at),
    )  # fmt: skip


def count_todo(session: Session, user: User, at: datetime) -> Mapping[str, int]:
    """How many cases wait: overdue, within three days, today, and all; in one query."""
    today, mine = civil_day(at), _dated(user, at)
    column = mine.c.day
    soon = today + timedelta(days=YELLOW_FROM)
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((column < today, 1), else_=0)), 0),
            func.coalesce(func.sum(case((and_(column >= today, column <= soon), 1), else_=0)), 0),
            func.coalesce(func.sum(case((column == today, 1), else_=0)), 0),
        ).select_from(mine)
    ).one()
    return {"all": row[0], "red": row[1], "yellow": row[2], "today": row[3]}


def count_pressing(session: Session, user: User, at: datetime) -> int:
    """How many are overdue or end within three days: the number that every page shows."""
    mine = _dated(user, at)
    soon = civil_day(at) + timedelta(days=YELLOW_FROM)
    return session.scalar(select(func.count()).select_from(mine).where(mine.c.day <= soon)) or 0


def _dated(user: User, at: datetime) -> Subquery:
    """What waits, each with the nearest date of a case that still runs."""
    # The parties' windows and the work's limits alike; a clock that was stopped no longer presses.
    runs = and_(Deadline.case_id == Case.id, Deadline.stopped_at.is_(None))
    return (
        select(Case.id, Case.risk, Case.filed_at, func.min(Deadline.last_day).label("day"))
        .outerjoin(Deadline, runs)
        .where(is_mine(user, at))
        .group_by(Case.id)
        .subquery()
    )


def _find(
    session: Session, user: User, at: datetime, shown: str, page: int
) -> list[tuple[Case, date | None]]:
    """A page of it: first which cases, then these with all that tells their next step."""
    query = _query(user, at, shown).limit(PAGE).offset((page - 1) * PAGE)
    days = {row[0]: row[1] for row in session.execute(query)}
    cases = {one.id: one for one in session.scalars(select(Case).where(Case.id.in_(days)).options(*LOADED))}
    return [(cases[number], day) for number, day in days.items() if number in cases]


def _query(user: User, at: datetime, shown: str) -> Select[int, date | None]:
    today, mine = civil_day(at), _dated(user, at)
    day, soon = mine.c.day, today + timedelta(days=YELLOW_FROM)
    wanted: Mapping[str, list[ColumnElement[bool]]] = {
        "red": [day < today],
        "yellow": [day >= today, day <= soon],
        "today": [day == today],
        "all": [],
    }
    risk = case({name: place for place, name in enumerate(_RISKS)}, value=mine.c.risk, else_=len(_RISKS))
    group = case((day.is_(None), 4), (day < today, 0), (day == today, 1), (day <= soon, 2), else_=3)
    return select(mine.c.id, day).where(*wanted[shown]).order_by(group, risk, day, mine.c.filed_at, mine.c.id)


def _group_of(day: date | None, today: date) -> str:
    if day is None or day > today + timedelta(days=YELLOW_FROM):
        return "later"
    return "overdue" if day < today else "today" if day == today else "soon"


def _row(one: Case, day: date | None, user: User, at: datetime) -> Row:
    words, card = days_left(day, civil_day(at)) if day is not None else ("", "")
    name = next_step(one, user, at)
    number = one.public_number
    return Row(
        number=number,
        title=title_for(one, user),
        kind=str(spoken("dispute_type")[one.dispute_type]),
        risk=one.risk,
        deadline=words,
        card=card,
        verb=short_word(one, name, name_step(one, name)) if name else "",
        url=page_of(one, name) if name else "",
    )


def _closed_this_month(session: Session, user: User, at: datetime) -> int:

    first = civil_day(at).replace(day=1)
    start = datetime.combine(first, datetime.min.time(), tzinfo=at.tzinfo) - timedelta(hours=8)
    query: Any = (
        select(func.count(func.distinct(Entry.case_id)))
        .join(Case, Case.id == Entry.case_id)
        .where(Entry.step == "close", Entry.at >= start, Case.holder_id == user.organisation_id)
    )
    return int(session.scalar(query) or 0)
