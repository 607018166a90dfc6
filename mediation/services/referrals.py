"""Referrals: a department is asked, comes, and answers; the case stays where it is."""

from __future__ import annotations

from sqlalchemy import or_, select

from mediation.models import Case, Organisation, Referral
from mediation.services import grants
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move


def send(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Ask a department; one that works with the system may see the case until it has answered."""
    to = move.text("to")
    department = desk.session.scalar(
        select(Organisation).where(or_(Organisation.code == to, Organisation.name == to))
    )
    case.referrals.append(
        Referral(
            department=department,
            department_name=department.name if department else to,
            matter=move.text("matter"),
            until=move.get("until"),
            sent_at=move.at,
        )
    )
    if department is not None:
        grants.give(case, department, "department", move.at)


def answer(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The oldest open question of that department is answered, and its view of the case ends with its last one."""
    waiting = [row for row in case.referrals if row.answered_at is None]
    own = [row for row in waiting if by.organisation and row.department is by.organisation] or waiting
    referral = own[0]
    referral.answered_at = move.at
    referral.answer = move.text("note")
    department = referral.department
    if department and not any(
        row.department is department and row.answered_at is None for row in case.referrals
    ):
        grants.end(case, "department", move.at, department)
