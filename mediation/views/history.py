"""The case's history in sentences: who did what, when, and what was said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mediation.access import Audience
from mediation.forms import Code
from mediation.language import language, spoken
from mediation.models import Case, Entry
from mediation.payloads import STEPS
from mediation.services.steps import workflow_of
from mediation.views.formats import show_moment

#: What an entry tells besides its step, in this order; a session's record is confidential and stays on its paper.
TOLD = (
    "outcome", "ground", "to", "court", "number", "ruling_number", "clause", "line", "amount", "how",
    "until", "matter", "reason", "note",
)  # fmt: skip
COURT_STEPS = frozenset({
    "apply_confirmation", "court_request", "court_accept", "court_reject", "court_confirm", "court_dismiss",
    "withdraw_confirmation", "court_withdraw", "court_number", "court_ruling", "supplement", "enforce",
    "complete_party",
})  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One change, as it is read."""

    number: int
    at: str
    by: str
    did: str
    details: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def tell_history(case: Case, audience: Audience) -> list[Line]:
    """Newest first; a department reads none of it, a court what concerns its own procedure."""
    if audience is Audience.department:
        return []
    rows = [row for row in case.entries if audience is Audience.committee or row.step in COURT_STEPS]
    return [_line(case, row) for row in reversed(rows)]


def name_step(case: Case, name: str) -> str:
    """What a step is called, in the person's language."""
    step = workflow_of(case).case.steps.get(name)
    if step is None:  # filing comes before any step of the policy
        return str(spoken("page")["filed_step"])
    return step.zh if language() == "zh" else step.en


def _line(case: Case, row: Entry) -> Line:
    said = "zh" if language() == "zh" else "en"
    return Line(
        number=row.number,
        at=show_moment(row.at),
        by=row.by_name,
        did=name_step(case, row.step),
        details=list(_details(case, row)),
        warnings=[str(warning.get(said, "")) for warning in row.warnings],
    )


def _details(case: Case, row: Entry) -> list[tuple[str, str]]:
    labels, facts = spoken("field"), row.facts
    found = []
    if isinstance(party := facts.get("party"), Mapping):
        found.append((str(labels["party"]), str(party.get("name", ""))))
    elif isinstance(party, str) and (there := case.party(party)):
        found.append((str(labels["party"]), there.name))
    for key in TOLD:
        value = facts.get(key)
        if value not in (None, "", [], {}):
            found.append((str(labels[key]), _in_words(row.step, key, value)))
    return found


def _in_words(step: str, key: str, value: Any) -> str:
    found = _codes_of(step).get(key)
    if found is not None and value in found.vocabulary:
        return str(spoken(found.named)[value])
    return str(value)


@cache
def _codes_of(step: str) -> dict[str, Code]:
    """The fields of a step that hold a code: crime is a ground to refuse a dispute, and one to be alarmed."""
    fields = STEPS[step]().fields if step in STEPS else {}
    return {name: one for name, one in fields.items() if isinstance(one, Code)}
