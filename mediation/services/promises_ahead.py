"""A promise without an end (赡养费 every month) goes on: its lines and its reminders are laid out as time passes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, cast, select

import workflows
from mediation.models import Agreement, Case, Clause
from mediation.services import deadlines, ledger
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day


def lay_out_more(desk: Desk) -> int:
    """Bring every recurring promise of an agreement in effect up to today; returns how many have something new.

    Nothing of what was promised changes: the clause says it all, and the ledger writes out what has come near.  What
    was paid ahead goes to the lines that are new.
    """
    today, count = civil_day(desk.now), 0
    for clause in _recurring(desk):
        case = clause.agreement.case
        longer = _runs_short(clause, today) and ledger.extend(case, clause, today)
        if longer:
            desk.session.flush()
            ledger.settle(clause, desk.now)
        workflow = workflows.load(case.policy)
        count += bool(deadlines.look_ahead(desk.session, workflow, case, clause, today)) or longer
    return count


def _recurring(desk: Desk) -> list[Clause]:
    query = (
        select(Clause)
        .join(Agreement, Agreement.id == Clause.agreement_id)
        .join(Case, Case.id == Agreement.case_id)
        .where(
            Clause.recurring.is_not(None),
            cast(Clause.recurring, String) != "null",  # nothing, as JSON writes it
            Case.state == "performing",
            Agreement.state == "effective",
            Agreement.superseded_at.is_(None),
        )
        .order_by(Clause.id)
    )
    return [clause for clause in desk.session.scalars(query) if clause.lines]


def _runs_short(clause: Clause, today: date) -> bool:
    """Whether an open-ended promise is laid out for less than the year to come."""
    if clause.recurring is None or clause.recurring.get("until") or clause.amount is not None:
        return False
    last = max((line.due for line in clause.lines if line.due), default=None)
    return last is not None and last < date(today.year + 1, today.month, 1)
