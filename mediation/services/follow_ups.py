"""Follow-ups: what was found, how content people are, and when somebody looks again (PML 31; R75 36)."""

from __future__ import annotations

from datetime import date

from mediation.models import Case, FollowUp
from mediation.services import deadlines
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move, load

#: Reminders that a visit answers.
ANSWERED = ("follow_up_visit", "next_visit", "call_again")


def visit(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A visit is recorded, the visits that were due by now are done, and the next one is put down."""
    clauses = case.agreement.clauses if case.agreement else []
    clause = next((row for row in clauses if row.no == move.get("clause")), None)
    case.follow_ups.append(
        FollowUp(
            at=move.at,
            by_name=move.text("visitor") or by.name,
            note=move.text("note"),
            performed=move.text("performed"),
            handling=move.get("handling"),
            result=move.get("result"),
            new_signs=move.text("new_signs"),
            next_on=move.get("next_on"),
            clause=clause,
            quarrel_again=move.get("quarrel_again"),
        )
    )
    for row in case.deadlines:
        due = row.name in ANSWERED and row.stopped_at is None and row.starts_on <= move.today
        # A visit about one promise leaves the visits to the others due.
        if due and (clause is None or row.clause is None or row.clause is clause):
            row.stopped_at = move.at
    if isinstance(move.get("next_on"), date):
        deadlines.start(desk.session, load(case.policy), case, "next_visit", move)


def say_contentment(move: Move) -> str:
    """How content the party is, with the handling and with the result, as the record prints it."""
    parts = [move.text("satisfaction")]
    for name in ("handling", "result"):
        if (stars := move.get(name)) is not None:
            parts.append(f"{say('rated', name)}：{say('stars', f'star{stars}')}")
    return "；".join(part for part in parts if part)
