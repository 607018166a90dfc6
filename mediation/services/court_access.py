"""A court sees a case because an application is before it; once that is answered and served, it sees it no longer."""

from __future__ import annotations

from sqlalchemy import Select, and_, exists, func, select

from mediation.models import Case, Confirmation, Grant, Organisation
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.situations import see
from workflows.steps import SYSTEM

MOST = 500


def end_due(desk: Desk) -> int:
    """End the access of courts whose days after their answer are over; returns in how many cases.

    Each is a step of the case, so that its history says when, and from whom, it was taken."""
    today, count = civil_day(desk.now), 0
    for case in desk.session.scalars(_answered().limit(MOST)).unique().all():
        # One that was dated ahead has to wait until its own clock is reached.
        if see(case, today).courts_done and case.entries[-1].at <= desk.now:
            steps.take(desk, case, "end_court_access", by=By("系统", SYSTEM.role), at=desk.now, facts={})
            count += 1
    return count


def _answered() -> Select[Case]:
    """Cases that a court reads with nothing of theirs before it, the longest answered first."""
    before_it = and_(Confirmation.case_id == Grant.case_id, Confirmation.court == Organisation.name)
    answered = (
        select(func.max(Confirmation.ended_at))
        .where(before_it)
        .correlate(Grant, Organisation)
        .scalar_subquery()
    )
    return (
        select(Case)
        .join(Grant, Grant.case_id == Case.id)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(
            Grant.kind == "court",
            Grant.ends_at.is_(None),
            Case.state != "archived",
            answered.is_not(None),
            ~exists().where(before_it, Confirmation.ended_at.is_(None)),
        )
        .order_by(answered, Case.id)
    )
