"""换届交接: what one person answers for, with its dates and with what was promised to the parties."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mediation.access import visible_cases
from mediation.language import spoken
from mediation.models import Case, User
from mediation.services import obligations, relations
from mediation.services.obligations import civil_day
from mediation.services.responsibility import OPEN_WORK
from mediation.views.case import name_state
from mediation.views.formats import days_left, show_day

#: One hand-over; whoever has more hands over twice.
MOST_CASES = 200


def cases_of(session: Session, person: User, asking: User, at: datetime) -> list[Case]:
    """The open cases that somebody of the asking person's office answers for or mediates, in their order."""
    rows = session.execute(
        select(Case.id, Case.responsible_id, Case.presiding, Case.mediators)
        .where(
            visible_cases(asking, at),
            Case.holder_id == asking.organisation_id,
            Case.state.in_(OPEN_WORK),
        )
        .order_by(Case.filed_at, Case.id)
    )
    wanted = [
        row.id
        for row in rows
        if row.responsible_id == person.id
        or (row.responsible_id is None and row.presiding == person.name)
        or person.name in (row.mediators or ())
    ][:MOST_CASES]
    query = (
        select(Case)
        .where(Case.id.in_(wanted))
        .order_by(Case.filed_at, Case.id)
        .options(selectinload(Case.deadlines), selectinload(Case.agreements), selectinload(Case.all_parties))
    )
    return list(session.scalars(query))


def people_of(session: Session, user: User) -> list[tuple[int, str]]:
    """Everybody of the office who may answer for a case."""
    query = (
        select(User.id, User.name)
        .where(
            User.organisation_id == user.organisation_id, User.active, User.role.in_(("mediator", "manager"))
        )
        .order_by(User.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def tell_case(case: Case, at: datetime) -> dict[str, Any]:
    """One line of the list: number, parties, where it stands, its next date, what was promised."""
    today = civil_day(at)
    days = [row.last_day for row in case.deadlines if row.stopped_at is None]
    clauses = case.agreement.clauses if case.agreement and case.agreement.state == "effective" else []
    return {
        "number": case.public_number,
        "case_no": case.case_no,
        "title": case.title,
        "state": name_state(case, case.state),
        "deadline": days_left(min(days), today)[0] if days else "",
        "promises": [
            f"{row.no}. {row.text}" + (f"（{show_day(row.due)}）" if row.due else "")
            for row in clauses
            if obligations.binds_somebody(row) and not obligations.is_done(row)
        ],
    }


def say_relations(session: Session, cases: list[Case], taker: User) -> list[str]:
    """What the one who takes over may have to do with a party, in sentences; they are hints, and bar nothing."""
    words, numbers = spoken("handing"), {case.id: case.public_number for case in cases}
    return [
        str(words[f"relation_{one.kind}"]).format(
            number=numbers[one.case_id],
            name=taker.name,
            party=one.party,
            other=one.other,
            place=taker.organisation.name,
        )
        for one in relations.find_relations(session, cases, taker)
    ]
