"""Which public state a case is in, for one of its parties, and what has happened that a party may read."""

from __future__ import annotations

import tomllib
from calendar import monthcalendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import workflows
from mediation.models import Case, Entry, Party, Supplement
from mediation.services import obligations
from mediation.services.obligations import ObligationState, civil_day
from workflows.ages import age_on
from workflows.readiness import is_young

STALE_AFTER = timedelta(days=10)
ENDED = frozenset({"not_accepted", "referred_out", "withdrawn", "terminated", "closed", "archived"})
#: A state's next step ends with this deadline.
_ENDS_WITH = {
    "submitted": "acceptance_decision", "assigned": "level_limit", "accepted": "level_limit",
    "escalated_town": "receive_limit", "escalated_county": "receive_limit", "effective": "confirmation_window",
    "confirm_returned": "supplement",
}  # fmt: skip
_SENSITIVE_TYPES = frozenset({"marriage_family"})
_SENSITIVE_DANGERS = frozenset({"疑似家庭暴力", "疑似侵害未成年人"})


@dataclass(frozen=True)
class PublicState:
    """A row of the table that fits, and when its next step is due."""

    code: str
    step: int
    row: Mapping[str, Any]
    due: date | None


@cache
def table() -> Mapping[str, Any]:
    """The public states and events, in order."""
    return tomllib.loads((files("mediation") / "public_states.toml").read_text("utf-8"))


def find_state(case: Case, party: Party, at: datetime) -> PublicState:
    """The first row of the table that fits.  Raises LookupError where none does."""
    marks, rank, court = marks_of(case, party, at), rank_of(case), _confirmation(case)
    for row in table()["states"]:
        when = row["when"]
        if (
            case.state in when["state"]
            and rank == when.get("rank", rank)
            and ("confirmation" not in when or court in when["confirmation"])
            and marks.issuperset(when.get("marks", ()))
        ):
            return PublicState(row["code"], row["step"], row, _due(case, party, row["code"], at))
    raise LookupError(f"no public state for {case.state}")


def marks_of(case: Case, party: Party, at: datetime) -> frozenset[str]:
    """What the table asks about a case, besides its state."""
    today = civil_day(at)
    clauses = [c for c in case.agreement.clauses if obligations.binds_somebody(c)] if case.agreement else []
    here = [row for row in case.sessions if row.organisation_id == case.holder_id]
    window = _running(case, "confirmation_window")
    found = {
        "asked": bool(open_supplements(case, party)),
        "named": bool(case.presiding or case.mediators),
        "meeting": case.appointment is not None,
        "talked": bool(here),
        "came_up": any(row.step in ("receive", "take_up") for row in case.entries),
        "window": window is not None and window >= today,
        "unpaid": not any(clause.payments for clause in clauses),
        "overdue": any(obligations.state_of(c, today) is ObligationState.in_default for c in clauses),
        "visited": bool(case.follow_ups) and all(obligations.is_done(clause) for clause in clauses),
    }
    return frozenset(name for name, holds in found.items() if holds)


def rank_of(case: Case) -> str:
    """Where the case's level stands among the policy's levels."""
    levels = [level.code for level in workflows.load(case.policy).levels]
    place = levels.index(case.level) if case.level in levels else 0
    return "lowest" if place == 0 else "top" if place == len(levels) - 1 else "middle"


def _confirmation(case: Case) -> str:
    row = case.confirmation
    return row.state if row is not None and row.agreement is case.agreement else ""


def _running(case: Case, name: str) -> date | None:
    days = [row.last_day for row in case.deadlines if row.name == name and row.stopped_at is None]
    return days[-1] if days else None


def _due(case: Case, party: Party, code: str, at: datetime) -> date | None:
    if code == "need_info":
        return min((row.until for row in open_supplements(case, party) if row.until), default=None)
    if code == "performing":
        days = [
            row.last_day for row in case.deadlines if row.name == "obligation_due" and row.stopped_at is None
        ]
        return min((day for day in days if day >= civil_day(at)), default=None)
    if code.startswith("escalated") and case.state != "handed_up":
        return _running(case, "level_limit")
    return _running(case, _ENDS_WITH[code]) if code in _ENDS_WITH else None


def open_supplements(case: Case, party: Party) -> list[Supplement]:
    """What this party still has to hand in; what is asked of nobody in particular is asked of the applicants."""
    return [
        row
        for row in case.supplements
        if row.handed_in_at is None
        and (row.party is party if row.party is not None else party.role == "applicant")
    ]


def public_entries(case: Case) -> list[Entry]:
    """The entries that a party may read of, oldest first."""
    return [row for row in case.entries if row.step in table()["events"]]


def last_news(case: Case) -> datetime:
    """When something last happened that a party can see."""
    shown = public_entries(case)
    return max([row.at for row in shown] or [case.filed_at])


def is_stale(case: Case, at: datetime) -> bool:
    """Whether an open case has had no news for ten days."""
    return case.state not in ENDED and at - last_news(case) >= STALE_AFTER


def is_sensitive(case: Case, at: datetime) -> bool:
    """Family, violence and minors: neutral words on pages and in notices, whoever holds the telephone."""
    today = civil_day(at)
    return (
        case.dispute_type in _SENSITIVE_TYPES
        or any(duty.title in _SENSITIVE_DANGERS for duty in case.duties)
        or any(
            row.birth_date and row.birth_date <= today and is_young(age_on(row.birth_date, today))
            for row in case.parties
        )
    )


def month_of(day: date) -> list[list[int]]:
    """The weeks of a month, Monday first; 0 where a day belongs to another."""
    return monthcalendar(day.year, day.month)
