"""待办: what waits for me, by danger and time, one verb a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from mediation.access import COMMITTEE
from mediation.language import spoken
from mediation.models import Case, Deadline, Entry, User
from mediation.services.obligations import civil_day
from mediation.views.formats import YELLOW_FROM, days_left
from mediation.views.history import name_step
from mediation.views.lists import LOADED, PAGE, is_mine, next_step, own_dates, still_counts
from mediation.views.overview import say_awaited, short_word
from mediation.views.paging import find_page
from mediation.views.step_pages import page_of
from mediation.views.titles import title_for
from workflows import Role

#: The tiles, and what each shows of the list.
TILES = ("red", "yellow", "today", "all")
GROUPS = ("danger", "overdue", "today", "soon", "later")
#: What is in these has the strong button; the rest is done in its turn.
URGENT = frozenset({"danger", "overdue"})
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
    #: Who of the office answers for it, where that is somebody else.
    whose: str = ""
    #: Whether it stands out among the others.
    urgent: bool = False


@dataclass(frozen=True)
class TodoList:
    """A page of the list, in groups, and how much there is of each kind."""

    groups: list[tuple[str, list[Row]]]
    tiles: list[tuple[str, int]]
    shown: str
    mine: bool
    #: How many are the person's own; None where that would leave nothing out.
    own: int | None
    page: int
    pages: int
    closed_this_month: int


def list_todo(
    session: Session, user: User, at: datetime, page: int, shown: str, *, mine: bool = False
) -> TodoList:
    """The list as it stands: what is in danger first, the nearest date before the others; then what is overdue; in
    each of the other groups one's own first, then the dangerous, then the near.

    mine: only what the person answers for.
    """
    today = civil_day(at)
    answers = Role(user.role) in COMMITTEE  # nobody of a court or a department answers for a case
    mine = mine and answers
    counts = count_todo(session, user, at, mine=mine)
    shown = shown if shown in TILES else "all"
    total = counts[shown]
    page, pages = find_page(total, page, PAGE)
    found = _find(session, user, at, shown, page, mine) if total else []
    groups: dict[str, list[Row]] = {}
    for one, day in found:
        group = _group_of(one, day, today)
        groups.setdefault(group, []).append(_row(one, day, user, at, urgent=group in URGENT))
    return TodoList(
        [(name, groups[name]) for name in GROUPS if name in groups],
        [(name, counts[name]) for name in TILES],
        shown, mine, counts["own"] if answers and (mine or counts["own"] < counts["all"]) else None, page, pages,
        0 if counts["all"] else _closed_this_month(session, user, at),
    )  # fmt: skip


def count_todo(session: Session, user: User, at: datetime, *, mine: bool = False) -> Mapping[str, int]:
    """How many cases wait: overdue, within three days, today, all, and the person's own; in one query."""
    today, dated = civil_day(at), _dated(user, at, mine)
    column = dated.c.day
    soon = today + timedelta(days=YELLOW_FROM)
    wanted = (column < today, and_(column >= today, column <= soon), column == today,
              dated.c.responsible_id == user.id)  # fmt: skip
    row = session.execute(
        select(func.count(), *(func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in wanted))
        .select_from(dated)
    ).one()  # fmt: skip
    return dict(zip(("all", "red", "yellow", "today", "own"), row, strict=True))


def pressing(user: User, at: datetime) -> Select[Any]:
    """What is overdue or ends within three days: its number stands on every page."""
    soon = civil_day(at) + timedelta(days=YELLOW_FROM)
    # An outer join begins with the office's cases; any other form has SQLite read every late date of the county.
    waiting = select(Case.id).outerjoin(Deadline, _runs(user, at)).where(is_mine(user, at))
    return waiting.group_by(Case.id).having(func.min(Deadline.last_day) <= soon)


def _runs(user: User, at: datetime) -> ColumnElement[bool]:
    """A clock that still runs and is this office's business: the parties' windows and the work's limits alike.

    Whoever handed a case up can do nothing until it is received.
    """
    theirs = or_(Case.state != "handed_up", Case.holder_id != user.organisation_id)
    runs = and_(Deadline.case_id == Case.id, Deadline.stopped_at.is_(None))
    return and_(runs, own_dates(user), theirs, still_counts(at))


def _dated(user: User, at: datetime, mine: bool = False) -> Subquery:
    """What waits, each with the nearest date of a case that still runs and is this office's business."""
    return (
        select(
            Case.id, Case.risk, Case.filed_at, Case.responsible_id, func.min(Deadline.last_day).label("day")
        )
        .outerjoin(Deadline, _runs(user, at))
        .where(is_mine(user, at), *((Case.responsible_id == user.id,) if mine else ()))
        .group_by(Case.id)
        .subquery()
    )


def _find(
    session: Session, user: User, at: datetime, shown: str, page: int, mine: bool
) -> list[tuple[Case, date | None]]:
    """A page of it: first which cases, then these with all that tells their next step."""
    query = _query(user, at, shown, mine).limit(PAGE).offset((page - 1) * PAGE)
    days = {row[0]: row[1] for row in session.execute(query)}
    rows = select(Case).where(Case.id.in_(days)).options(*LOADED, joinedload(Case.responsible))
    cases = {one.id: one for one in session.scalars(rows)}
    return [(cases[number], day) for number, day in days.items() if number in cases]


def _query(user: User, at: datetime, shown: str, mine: bool) -> Select[int, date | None]:
    today, dated = civil_day(at), _dated(user, at, mine)
    day, soon = dated.c.day, today + timedelta(days=YELLOW_FROM)
    wanted: Mapping[str, list[ColumnElement[bool]]] = {
        "red": [day < today],
        "yellow": [day >= today, day <= soon],
        "today": [day == today],
        "all": [],
    }
    risk = case({name: place for place, name in enumerate(_RISKS)}, value=dated.c.risk, else_=len(_RISKS))
    in_danger = dated.c.risk == "red"
    when = case((day.is_(None), 4), (day < today, 0), (day == today, 1), (day <= soon, 2), else_=3)
    answers = dated.c.responsible_id
    whose = case((in_danger, 0), (answers == user.id, 0), (answers.is_(None), 1), else_=2)
    return (
        select(dated.c.id, day)
        .where(*wanted[shown])
        .order_by(case((in_danger, 0), else_=1), when, whose, risk, day, dated.c.filed_at, dated.c.id)
    )


def _group_of(one: Case, day: date | None, today: date) -> str:
    if one.risk == "red":
        return "danger"
    if day is None or day > today + timedelta(days=YELLOW_FROM):
        return "later"
    return "overdue" if day < today else "today" if day == today else "soon"


def _row(one: Case, day: date | None, user: User, at: datetime, *, urgent: bool) -> Row:
    words, card = days_left(day, civil_day(at)) if day is not None else (say_awaited(one, user), "grey")
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
        whose=_whose(one, user),
        urgent=urgent,
    )


def _whose(one: Case, user: User) -> str:
    answers = one.responsible
    return answers.name if answers and answers.id != user.id and one.holder_id == user.organisation_id else ""


def _closed_this_month(session: Session, user: User, at: datetime) -> int:
    first = civil_day(at).replace(day=1)
    start = datetime.combine(first, datetime.min.time(), tzinfo=at.tzinfo) - timedelta(hours=8)
    query: Any = (
        select(func.count(func.distinct(Entry.case_id)))
        .join(Case, Case.id == Entry.case_id)
        .where(Entry.step == "close", Entry.at >= start, Case.holder_id == user.organisation_id)
    )
    return int(session.scalar(query) or 0)
