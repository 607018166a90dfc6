"""Calls to make: whom, which number, which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Case, Duty, Notice
from mediation.services import outbox
from mediation.services.desk import Desk
from mediation.views.formats import show_moment

#: Duties to the parties, done with a press here; a duty to report a danger is a step of its own.
TO_PARTIES = ("tell", "callback", "stale")


@dataclass(frozen=True)
class Call:
    """One line to read out."""

    id: int
    number: str
    name: str
    phones: tuple[str, ...]
    text: str
    since: str
    failed: bool


@dataclass(frozen=True)
class DutySeen:
    """Something owed to a party."""

    id: int
    number: str
    title: str
    detail: str
    since: str


def list_calls(rows: Iterable[Notice], desk: Desk) -> list[Call]:
    """What the page is told of each notice."""
    return [
        Call(
            row.id,
            row.case.public_number,
            row.party.name if row.party else "",
            outbox.phones_of(row, desk),
            outbox.text_of(row).partition("】")[2],
            show_moment(row.created_at),
            row.state == "dead",
        )
        for row in rows
    ]


def list_duties(session: Session, organisation_id: int) -> list[DutySeen]:
    """The open duties to parties of the cases that an office holds."""
    query = (
        select(Duty)
        .join(Case, Case.id == Duty.case_id)
        .where(Case.holder_id == organisation_id, Duty.done_at.is_(None), Duty.kind.in_(TO_PARTIES))
        .order_by(Duty.id)
    )
    return [
        DutySeen(row.id, row.case.public_number, row.title, row.detail, show_moment(row.created_at))
        for row in session.scalars(query)
    ]
