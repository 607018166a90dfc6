"""A step taken as if: all it would do and say, its papers included, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mediation.models import Case
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Reason


@dataclass(frozen=True)
class Rehearsal:
    """What the step would bring: warnings, and the papers it would issue as (type, frozen facts)."""

    warnings: list[Reason]
    papers: list[tuple[str, str]]


def rehearse(
    desk: Desk, case: Case, name: str, *, by: By, at: datetime, facts: Mapping[str, Any]
) -> Rehearsal:
    """Take the step in memory; the caller rolls back, whatever comes of it.  Raises as `steps.take` does.

    Facts that would draw a number from the database have to be given: nothing may be sent to it.
    """
    before = len(case.documents)
    taken = steps.take(replace(desk, sends_each_step=False), case, name, by=by, at=at, facts=facts)
    papers = [(row.type, row.facts) for row in case.documents[before:]]
    return Rehearsal(taken.warnings, papers)
