"""Who answers for a case: one user of its holder's, so that a to-do list can say whose it is."""

from __future__ import annotations

from sqlalchemy import select

from mediation.models import Case, User
from mediation.services.desk import Desk

OPEN_WORK = ("filed", "accepted", "mediating", "paused", "handed_up", "agreed", "performing")
ACTIVE = ("accepted", "mediating", "paused", "handed_up", "agreed", "performing")


def follow_presiding(desk: Desk, case: Case, user_id: object = None) -> None:
    """Whoever presides answers for the case, where that is one of the holder's users and no two share the name."""
    query = select(User).where(User.organisation_id == case.holder_id, User.active)
    query = query.where(User.id == user_id if isinstance(user_id, int) else User.name == case.presiding)
    found = desk.session.scalars(query.limit(2)).all()
    case.responsible = found[0] if len(found) == 1 else None
