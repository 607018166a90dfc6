"""消息 as a person of the office reads them: new ones first marked, each leading to its case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from mediation.access import visible_cases
from mediation.models import Case, Notice, User
from mediation.services.messages import NEW_FOR, is_unread
from mediation.views.case import name_state
from mediation.views.formats import show_moment
from mediation.views.lists import PAGE
from mediation.views.paging import find_page
from mediation.views.titles import title_for

#: What a message is about → how its mark looks.
KINDS = {"N21": "yellow", "N26": "yellow", "N22": "red", "N27": "red"}


@dataclass(frozen=True)
class Message:
    """One line for the office."""

    id: int
    text: str
    card: str
    at: str
    number: str
    title: str
    state: str
    new: bool


@dataclass(frozen=True)
class MessagePage:
    """A page of them."""

    rows: list[Message]
    page: int
    pages: int
    total: int
    new: int


def to_office_of(user: User, at: datetime) -> ColumnElement[bool]:
    """Messages to this person's office about cases that it may see; needs a join to the case."""
    return and_(Notice.organisation_id == user.organisation_id, visible_cases(user, at))


def list_messages(session: Session, user: User, at: datetime, page: int) -> MessagePage:
    """The newest first."""
    query = (
        select(Notice, is_unread(user).label("unread"))
        .join(Case, Case.id == Notice.case_id)
        .where(to_office_of(user, at))
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page, pages = find_page(total, page, PAGE)
    query = query.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    rows = [
        _message(row, bool(unread) and row.created_at > at - NEW_FOR, user)
        for row, unread in session.execute(query).all()
    ]
    new = session.scalar(select(func.count()).select_from(new_messages(user, at).subquery())) or 0
    return MessagePage(rows, page, pages, total, new)


def new_messages(user: User, at: datetime) -> Select[int]:
    """What this person has not read."""
    return (
        select(Notice.id)
        .join(Case, Case.id == Notice.case_id)
        .where(to_office_of(user, at), is_unread(user), Notice.created_at > at - NEW_FOR)
    )


def _message(row: Notice, new: bool, user: User) -> Message:
    return Message(
        id=row.id,
        text=row.text.partition("】")[2] or row.text,  # the office knows its own name
        card=KINDS.get(row.template, ""),
        at=show_moment(row.created_at),
        number=row.case.public_number,
        title=title_for(row.case, user),
        state=name_state(row.case, row.case.state),
        new=new,
    )
