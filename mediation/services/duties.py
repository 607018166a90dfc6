"""Duties to report: a danger or a suspicion is flagged, reported, and only then may the case be closed."""

from __future__ import annotations

from mediation.models import Case, Duty
from mediation.services import grants
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move

SUSPECTED = "疑似虚假调解"
_SOURCES = {"violence": "DV 14", "minor_harm": "MIN 11"}


def flag_danger(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Whoever sees a danger coming reports it (PML 25); violence and harm to minors by law (DV 14; MIN 11)."""
    kind = move.text("ground") or "escalation"
    _owe_report(case, say("danger", kind), _SOURCES.get(kind, "PML 25"), move)
    case.risk = move.text("risk") or "red"
    for above in case.holder.chain()[1:]:
        grants.give(case, above, "alerted", move.at)


def flag_suspicion(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A suspected fake mediation stands still and is reported (TY16 18; CPL 115; ZX21 23)."""
    case.suspicion = SUSPECTED
    _owe_report(case, SUSPECTED, "TY16 18；CPL 115；ZX21 23", move)


def clear_suspicion(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """It was looked into and nothing was found; there is nothing left to report of it."""
    case.suspicion = ""
    for duty in _open_reports(case):
        if duty.title == SUSPECTED:
            _mark_done(duty, move, by)


def report_done(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """All that was to be reported has been; the note says to whom and what."""
    for duty in _open_reports(case):
        _mark_done(duty, move, by)


def ask_above(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """It was sent back once already; the office at the top says who holds it, by delegating it or taking it up."""
    title = say("page", "decide_who_holds")
    if not any(duty.title == title and duty.done_at is None for duty in case.duties):
        case.duties.append(Duty(kind="decide", title=title, detail=move.text("reason"), created_at=move.at))


def settle_who_holds(case: Case, move: Move, by: By) -> None:
    """Somebody holds it again: there is nothing left to decide."""
    for duty in case.duties:
        if duty.kind == "decide" and duty.done_at is None:
            _mark_done(duty, move, by)


def _owe_report(case: Case, title: str, source: str, move: Move) -> None:
    if not any(duty.title == title for duty in _open_reports(case)):
        case.duties.append(
            Duty(kind="report", title=title, detail=move.text("reason"), source=source, created_at=move.at)
        )


def _open_reports(case: Case) -> list[Duty]:
    return [duty for duty in case.duties if duty.kind == "report" and duty.done_at is None]


def _mark_done(duty: Duty, move: Move, by: By) -> None:
    duty.done_at = move.at
    duty.done_by = by.name
