"""Who may see a case, and until when: every change of hands is a change of grants."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mediation.models import Case, Grant, Organisation
from mediation.services.obligations import civil_day
from workflows.steps import SHANGHAI


def give(case: Case, organisation: Organisation, kind: str, at: datetime) -> None:
    """Open a grant, unless the same one is open."""
    if not any(row.kind == kind and row.organisation_id == organisation.id for row in live(case)):
        case.grants.append(
            Grant(organisation=organisation, organisation_id=organisation.id, kind=kind, starts_at=at)
        )


def end(case: Case, kind: str, at: datetime, organisation: Organisation | None = None) -> None:
    """Close the grants of a kind, of one organisation or of all."""
    for row in live(case):
        if row.kind == kind and (organisation is None or row.organisation_id == organisation.id):
            row.ends_at = at


def courts_until(case: Case, days: int) -> list[tuple[Grant, datetime]]:
    """Until when each court that reads the case may: the end of the last of the `days` days after its last answer.

    A court that still has an application before it is not among them."""
    found = []
    for grant in live(case):
        ends = [row.ended_at for row in case.confirmations if row.court == grant.organisation.name]
        answered = [end for end in ends if end is not None]
        if grant.kind == "court" and ends and len(answered) == len(ends):
            after = civil_day(max(answered)) + timedelta(days=days + 1)
            found.append((grant, datetime.combine(after, time(), SHANGHAI)))
    return found


def live(case: Case) -> list[Grant]:
    """The grants that have not been closed."""
    return [row for row in case.grants if row.ends_at is None]


def hold(case: Case, organisation: Organisation, at: datetime) -> None:
    """Make an organisation the only holder; those above it look on, whoever held it before goes on helping."""
    before = case.holder
    end(case, "holder", at)
    end(case, "above", at)
    end(case, "receiver", at)
    end(case, "assisting", at, organisation)
    if before is not None and before.id != organisation.id:
        give(case, before, "assisting", at)
    case.holder = organisation
    case.holder_id = organisation.id
    give(case, organisation, "holder", at)
    for above in organisation.chain()[1:]:
        give(case, above, "above", at)
