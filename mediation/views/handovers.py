"""Hand-overs of the past, read out of the histories: each can be printed again whenever its list is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.access import visible_cases
from mediation.models import Case, Entry, User
from mediation.services.handing_over import read_reason
from mediation.views.formats import show_moment
from mediation.views.handover import tell_case

MOST_ENTRIES, MOST_SHOWN = 1000, 10


@dataclass
class Past:
    """One hand-over: who gave how many cases to whom, and the entry by which it is found again."""

    entry: int
    at: str
    giver: str
    taker: str
    count: int


def list_past(session: Session, user: User) -> list[Past]:
    """The last hand-overs of the person's office, newest first."""
    found: dict[tuple[datetime, str, str], Past] = {}
    for row in _entries(session, user):
        who = read_reason(str(row.facts.get("reason", "")))
        if who is None:
            continue
        past = found.setdefault((row.at, *who), Past(row.id, show_moment(row.at), *who, 0))
        past.count += 1
    return list(found.values())[:MOST_SHOWN]


def tell_past(session: Session, user: User, number: int, at: datetime) -> dict[str, Any] | None:
    """The list of one hand-over with the cases as they stand now; None where that entry is no hand-over of theirs."""
    rows = _entries(session, user)
    first = next((row for row in rows if row.id == number), None)
    who = read_reason(str(first.facts.get("reason", ""))) if first is not None else None
    if first is None or who is None:
        return None
    together = [
        row.case_id for row in rows if row.at == first.at and row.facts.get("reason") == first.facts["reason"]
    ]
    cases = session.scalars(
        select(Case).where(visible_cases(user, at), Case.id.in_(together)).order_by(Case.filed_at, Case.id)
    )
    office = user.organisation
    return {
        "from": who[0], "to": who[1], "at": show_moment(first.at), "by": first.by_name,
        "rows": [tell_case(case, at) for case in cases],
        "office": office.committee.name if office.committee else office.name,
    }  # fmt: skip


def _entries(session: Session, user: User) -> list[Entry]:
    # By way of the office's own cases: the histories of a whole county are never read through.
    query = (
        select(Entry)
        .join(Case, Case.id == Entry.case_id)
        .where(
            Case.holder_id == user.organisation_id,
            Entry.step == "assign",
            Entry.organisation_id == user.organisation_id,
        )
        .order_by(Entry.id.desc())
        .limit(MOST_ENTRIES)
    )
    return list(session.scalars(query))
