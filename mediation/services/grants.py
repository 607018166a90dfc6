"""Who may see a case, and until when: every change of hands is a change of grants."""

from __future__ import annotations

from datetime import datetime

from mediation.models import Case, Grant, Organisation


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
