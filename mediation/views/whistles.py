"""吹哨报到 as pages show it: the board of those who called, and the plain list of a department that was called."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from mediation.access import Audience, visible_cases
from mediation.language import word
from mediation.models import Case, Deadline, Document, Referral, User
from mediation.services import duty_list, whistle_papers
from mediation.services.obligations import civil_day
from mediation.services.whistle_counts import FILTERS, OPEN, asked_in, which
from mediation.views.formats import days_left, show_day, show_moment
from mediation.views.paging import find_page

PAGE = 20


@dataclass(frozen=True)
class Whistle:
    """One question to one department."""

    number: str
    place: int
    department: str
    matter: str
    stage: str
    stage_word: str
    deadline: str
    card: str
    sent: str
    caller: str
    caller_phone: str
    url: str
    case_url: str
    order_url: str = ""
    #: Where a department reads what it answered, once it has.
    kept_url: str = ""
    #: Whether somebody at the department can log in and read it; otherwise paper or a call has to do.
    reachable: bool = False
    department_phone: str = ""
    arrived: str = ""
    handler: str = ""
    handler_phone: str = ""
    answered: str = ""
    answer: str = ""
    declined_for: str = ""
    passed_to: str = ""
    check_note: str = ""
    nudges: int = 0
    passed_on: bool = False
    sent_back: int = 0


@dataclass(frozen=True)
class WhistlePage:
    """One page of the board."""

    rows: list[Whistle]
    page: int
    pages: int
    total: int
    counts: dict[str, int] = field(default_factory=dict)


def list_whistles(
    session: Session, user: User, at: datetime, page: int, *, show: str, department: str = "", case: str = "",
    since: str = "",
) -> WhistlePage:  # fmt: skip
    """All questions about cases this person may see: the latest first among those that are open.

    show: what stands on the board, or what the bulletin counted; since: only those asked in this month or year.
    """
    today = civil_day(at)
    scope = _scope(user, at, department, case)
    counts = {name: session.scalar(_count(scope, which(name, today))) or 0 for name in FILTERS}
    chosen = () if case else (which(show, today), *([asked_in(since, today)] if since else []))
    total = session.scalar(_count(scope, *chosen)) or 0
    page, pages = find_page(total, page, PAGE)
    query = (
        _joined(select(Referral), *scope, *chosen)
        .order_by(Deadline.last_day.is_(None), Deadline.last_day, Referral.id)
        .options(selectinload(Referral.case).selectinload(Case.referrals))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    found = list(session.scalars(query).unique())
    readers = readers_of(session, found)
    orders = _orders_of(session, found)
    rows = [show_whistle(row, today, readers, orders.get(row.case_id, ())) for row in found]
    return WhistlePage(rows, page, pages, total, counts)


def _scope(user: User, at: datetime, department: str, case: str) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = [visible_cases(user, at)]
    if department:
        found.append(Referral.department_name == department)
    if case:
        found.append(Case.public_number == case)
    return tuple(found)


def _joined(query: Select[Referral], *where: ColumnElement[bool]) -> Select[Referral]:
    return (
        query.join(Case, Case.id == Referral.case_id)
        .outerjoin(Deadline, Deadline.id == Referral.deadline_id)
        .where(*where)
    )


def _count(scope: tuple[ColumnElement[bool], ...], *where: ColumnElement[bool]) -> Select[int]:
    return (
        select(func.count(Referral.id))
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(Deadline, Deadline.id == Referral.deadline_id)
        .where(*scope, *where)
    )


def departments_asked(session: Session, user: User, at: datetime) -> list[str]:
    """The departments that appear on this person's board."""
    query = (
        select(Referral.department_name)
        .join(Case, Case.id == Referral.case_id)
        .where(visible_cases(user, at))
        .distinct()
        .order_by(Referral.department_name)
    )
    return list(session.scalars(query))


def list_asked_of(session: Session, user: User, at: datetime) -> tuple[list[Whistle], list[Whistle]]:
    """What waits for this person's office, the nearest date first; and what it has done, in outline only."""
    today = civil_day(at)
    mine = Referral.department_id == user.organisation_id
    waiting = (
        select(Referral)
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(Deadline, Deadline.id == Referral.deadline_id)
        .where(mine, OPEN, visible_cases(user, at))
        .order_by(Deadline.last_day.is_(None), Deadline.last_day, Referral.id)
    )
    over = select(Referral).where(mine, ~OPEN).order_by(Referral.id.desc()).limit(20)
    return (
        [show_whistle(row, today) for row in session.scalars(waiting).unique()],
        [show_whistle(row, today) for row in session.scalars(over).unique()],
    )


def readers_of(session: Session, rows: Sequence[Referral]) -> set[int]:
    """The departments of these questions, by id, in which somebody can log in."""
    return duty_list.with_readers(session, {row.department_id for row in rows if row.department_id})


def _orders_of(session: Session, rows: Sequence[Referral]) -> dict[int, list[int]]:
    """The numbers of the 吹哨单 of the cases of these questions, by case, the first asked first."""
    query = (
        select(Document.case_id, Document.number)
        .where(Document.type == "whistle_order", Document.case_id.in_({row.case_id for row in rows}))
        .order_by(Document.number)
    )
    found: dict[int, list[int]] = {}
    for case_id, number in session.execute(query) if rows else ():
        found.setdefault(case_id, []).append(number)
    return found


def show_whistle(
    row: Referral, today: date, readers: Collection[int] = (), orders: Sequence[int] = ()
) -> Whistle:
    """One question in words; readers: offices in which somebody can log in; orders: numbers of the case's 吹哨单."""
    case, place = row.case, row.case.referrals.index(row) + 1
    words, card = ("", "")
    if row.is_open and row.deadline is not None:
        words, card = days_left(row.deadline.last_day, today)
    return Whistle(
        number=case.public_number,
        place=place,
        department=row.department_name,
        matter=row.matter,
        stage=row.stage,
        stage_word=word("stage", row.stage),
        deadline=words,
        card=card,
        sent=show_moment(row.sent_at),
        caller=" ".join(part for part in (case.holder.name, case.presiding) if part),
        caller_phone=next((place.phone for place in case.holder.chain() if place.phone), ""),
        url=url_for("whistles.show", number=case.public_number, place=place),
        case_url=url_for("cases.show", number=case.public_number),
        order_url=_order_url(case, place, orders),
        kept_url=url_for("whistles.answered", answer=row.id) if row.answered_at or row.declined_at else "",
        reachable=row.department_id in readers,
        department_phone=row.department.phone if row.department else "",
        arrived=show_moment(row.arrived_at),
        handler=row.handler,
        handler_phone=row.handler_phone or "",
        answered=show_moment(row.answered_at or row.declined_at),
        answer=row.answer,
        declined_for=row.declined_for or row.withdrawn_for,
        passed_to=row.passed_to,
        check_note=row.check_note,
        nudges=row.nudges,
        passed_on=row.passed_on,
        sent_back=row.sent_back,
    )


def orders_of(case: Case) -> list[int]:
    """The numbers of the 吹哨单 of one case, the first asked first."""
    return [row.number for row in case.documents if row.type == "whistle_order"]


def receipt_of(case: Case, row: Referral) -> str:
    """Where the 报到回执 of a question is that was answered or declined; empty before."""
    paper = whistle_papers.receipt_of(case, row)
    return url_for("papers.show", number=case.public_number, paper=paper.number) if paper else ""


def show_kept_answer(row: Referral, today: date) -> dict[str, Any]:
    """What a department keeps of its answer: the question, the answer, the files that came with it, and the paper."""
    paper = whistle_papers.receipt_of(row.case, row)
    moment = row.answered_at or row.declined_at
    files = [one for one in row.case.attachments if one.added_at == moment]
    return {
        "row": show_whistle(row, today),
        "files": len(files),
        "paper_no": json.loads(paper.facts)["number"] if paper else "",
        "paper_url": url_for("whistles.receipt", answer=row.id) if paper else "",
    }


def _order_url(case: Case, place: int, orders: Sequence[int]) -> str:
    """Where the 吹哨单 of a question is: each question has one, in the order in which they were asked."""
    found = place - 1 - (len(case.referrals) - len(orders))
    if not 0 <= found < len(orders):
        return ""
    if case.referrals[place - 1].is_open:  # a receipt to be filled in by hand is printed behind it
        return url_for("whistles.order", number=case.public_number, place=place)
    return url_for("papers.show", number=case.public_number, paper=orders[found])


def deadline_chips(today: date) -> list[tuple[str, str]]:
    """Usual dates by which a department answers; without one the policy counts its working days."""
    days = ((3, "in_three_days"), (7, "in_a_week"), (15, "in_half_a_month"))
    chips = [("", word("board", "usual_working_days"))]
    for count, name in days:
        day = today + timedelta(days=count)
        chips.append((day.isoformat(), f"{word('board', name)}（{show_day(day)}）"))
    return chips


def tell_questions(case: Case, user: User, audience: Audience, at: datetime) -> list[dict[str, Any]]:
    """Where each question of a case stands, for the page of the case; a department is told of its own only."""
    today = civil_day(at)
    if audience is Audience.court:
        return []
    return [
        {
            "department": row.department_name,
            "matter": row.matter,
            "sent": show_moment(row.sent_at),
            "until": show_day(row.until),
            "answered": show_moment(row.answered_at or row.declined_at or row.withdrawn_at),
            "answer": row.answer or row.declined_for or row.withdrawn_for,
            "stage": word("stage", row.stage),
            "late": days_left(row.deadline.last_day, today) if row.deadline and row.is_late(today) else None,
            "handler": " ".join(part for part in (row.handler, row.handler_phone) if part),
            "url": url_for("whistles.show", number=case.public_number, place=place)
            if audience is Audience.committee or row.is_open
            else "",
        }
        for place, row in enumerate(case.referrals, start=1)
        if audience is Audience.committee or row.department_id == user.organisation_id
    ]
