"""督办: what was asked from above, what was answered, and whether it is struck off; of one case, and of all below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, selectinload

from mediation.access import visible_cases
from mediation.language import word
from mediation.models import Case, Deadline, Duty, Entry, Organisation, User
from mediation.services import supervising
from mediation.services.obligations import civil_day
from mediation.views.formats import days_left, show_moment
from mediation.views.lists import LOADED
from mediation.views.paging import Paged, page_of_rows

STEPS = ("supervise", "reply_supervision", "clear_supervision")


@dataclass(frozen=True)
class Said:
    """One line of the thread: asked, answered or struck off."""

    kind: str
    head: str
    at: str
    who: str
    text: str
    paper: str = ""


@dataclass(frozen=True)
class Item:
    """One case below with something asked of it that is not struck off."""

    number: str
    title: str
    holder: str
    matter: str
    stage: str
    stage_word: str
    deadline: str
    card: str
    url: str


def tell_thread(session: Session, case: Case) -> list[Said]:
    """All that was asked, answered and struck off, in its order."""
    rows = [row for row in case.entries if row.step in STEPS]
    offices = {row.organisation_id for row in rows if row.organisation_id}
    found = session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(offices)))
    names = {row[0]: row[1] for row in found}
    return [
        Said(
            row.step,
            word("handing", f"{row.step}_head"),
            show_moment(row.at),
            " ".join(part for part in (names.get(row.organisation_id or 0, ""), row.by_name) if part),
            str(row.facts.get("matter") or row.facts.get("note") or ""),
            _paper(case, row),
        )
        for row in rows
    ]


def _paper(case: Case, row: Entry) -> str:
    found = (
        one.number
        for one in case.documents
        if one.type == "supervision_order" and one.entry_number == row.number
    )
    number = next(found, None)
    return url_for("papers.show", number=case.public_number, paper=number) if number else ""


def name_stage(case: Case) -> str:
    """Where it stands: nothing asked (empty), owed, answered, or struck off."""
    if not supervising.was_asked(case):
        return ""
    if not supervising.open_items(case):
        return "cleared"
    return "owed" if supervising.owes_account(case) else "answered"


def list_items(session: Session, user: User, at: datetime, page: int) -> Paged[Item]:
    """Everything asked of the offices below that is not struck off; what was answered, and waits for a look, first."""
    asked = select(Duty.case_id).where(Duty.kind == supervising.SUPERVISED, Duty.done_at.is_(None))
    owed = exists().where(
        Deadline.case_id == Case.id, Deadline.name == "supervision_reply", Deadline.stopped_at.is_(None)
    )
    query = (
        select(Case)
        .where(
            visible_cases(user, at),
            Case.id.in_(asked),
            held_below(user),
            Case.state != "archived",  # nothing moves there any more
        )
        .options(*LOADED, selectinload(Case.deadlines), selectinload(Case.duties))
        .order_by(owed, Case.id)
    )
    return page_of_rows(session, query, page, lambda case: _item(case, at))


def held_below(user: User) -> ColumnElement[bool]:
    """Cases that an office below the person's holds; who only goes on helping with one is not above it."""
    below = select(Organisation.id).where(Organisation.parent_id == user.organisation_id).cte(recursive=True)
    below = below.union_all(select(Organisation.id).join(below, Organisation.parent_id == below.c.id))
    return Case.holder_id.in_(select(below.c.id))


def _item(case: Case, at: datetime) -> Item:
    due, stage = supervising.due_of(case), name_stage(case)
    words, card = days_left(due.last_day, civil_day(at)) if due else ("", "")
    return Item(
        number=case.public_number,
        title=case.title,
        holder=case.holder.name,
        matter=supervising.open_items(case)[-1].title,
        stage=stage,
        stage_word=word("handing", f"stage_{stage}"),
        deadline=words,
        card=card,
        url=url_for("supervision.show", number=case.public_number),
    )
