"""Who does a thing, as services see it: a person with a role in an organisation, or the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mediation.models import Case, Organisation, User
from workflows import Actor, Role, Standing, Step

_STANDING_OF_GRANT = {
    "holder": Standing.holder,
    "receiver": Standing.receiver,
    "above": Standing.above,
    "court": Standing.court,
    "department": Standing.department,
    "printer": Standing.printer,
}


@dataclass(frozen=True)
class By:
    """The one who acts.  `stands_in` is for case files: they tell what the people in charge did, so each event is
    taken as by whoever the workflow puts in charge of it, and the entry says who brought the file in."""

    name: str
    role: Role
    organisation: Organisation | None = None
    user_id: int | None = None
    stands_in: bool = False

    @classmethod
    def user(cls, user: User) -> By:
        """A person who is logged in."""
        return cls(user.name, Role(user.role), user.organisation, user.id)

    @classmethod
    def case_file(cls, name: str, user: User | None = None) -> By:
        """A case file that is read in."""
        return cls(name, Role.system, user.organisation if user else None, user.id if user else None, True)

    @classmethod
    def resident(cls, name: str) -> By:
        """A party that does itself what a clerk would write down for it: its code or its application let it in."""
        return cls(name, Role.system, None, None, True)

    def actor(self, case: Case, step: Step | None, at: datetime) -> Actor:
        """This person as the workflow sees them: role, and what their office is to the case."""
        if self.stands_in and step is not None:
            level = self._level_stood_in(case, step)
            return Actor(step.who[0], frozenset({step.standing}), level)
        if self.organisation is None:
            return Actor(self.role, frozenset({Standing.system} if self.role is Role.system else ()))
        return Actor(self.role, standings(case, self.organisation, at), self.organisation.level)

    @staticmethod
    def _level_stood_in(case: Case, step: Step) -> str:
        above = case.holder.parent
        return above.level if step.level_of == "actor" and above else case.level


def standings(case: Case, organisation: Organisation, at: datetime) -> frozenset[Standing]:
    """What an organisation is to a case now: read off its live grants."""
    found = frozenset(
        _STANDING_OF_GRANT[grant.kind]
        for grant in case.grants
        if grant.organisation_id == organisation.id
        and grant.kind in _STANDING_OF_GRANT
        and grant.starts_at <= at
        and (grant.ends_at is None or at < grant.ends_at)
    )
    if Standing.holder in found and any(row.is_open for row in case.referrals):
        # A department that does not work with the system answers on paper or by phone; whoever asked writes it down.
        return found | {Standing.department}
    return found
