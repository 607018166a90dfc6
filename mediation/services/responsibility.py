"""Who answers for a case: one user of its holder's, so that a to-do list can say whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Case, Organisation, User
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Role

ACTIVE = ("accepted", "mediating", "paused", "handed_up", "agreed", "performing")
OPEN_WORK = ("filed", *ACTIVE)
#: An office with more people than this is told by the first of them.
MOST_NAMES = 4


def follow_presiding(desk: Desk, case: Case, user_id: object = None) -> None:
    """Whoever presides answers for the case, where that is one of the holder's users and no two share the name."""
    query = select(User).where(User.organisation_id == case.holder_id, User.active)
    query = query.where(User.id == user_id if isinstance(user_id, int) else User.name == case.presiding)
    found = desk.session.scalars(query.limit(2)).all()
    case.responsible = found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class OnDuty:
    """Who of an office can take a case on now; `lead` where that is whoever leads it, for want of a mediator."""

    people: tuple[User, ...]
    lead: bool

    @property
    def names(self) -> str:
        """Their names, as one says them."""
        said = "、".join(person.name for person in self.people[:MOST_NAMES])
        return f"{said}等{len(self.people)}人" if len(self.people) > MOST_NAMES else said


def on_duty(session: Session, office: Organisation) -> OnDuty:
    """The office's mediators who work with the system; without one, its managers; without those, nobody."""
    query = select(User).where(User.organisation_id == office.id, User.active).order_by(User.id)
    people = session.scalars(query.where(User.role.in_((Role.mediator.value, Role.manager.value)))).all()
    mediators = tuple(one for one in people if one.role == Role.mediator.value)
    return OnDuty(mediators or tuple(people), lead=not mediators)


def fall_to_lead(desk: Desk, case: Case, by: By) -> None:
    """Whoever leads an office without a mediator answers for what they receive, until they give it to somebody."""
    found = on_duty(desk.session, case.holder)
    if found.lead:
        case.responsible = next((one for one in found.people if one.id == by.user_id), None)
