"""What a clause obliges to, and what of it is done: derived from its payments, never set by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from mediation.models import Clause
from workflows.steps import SHANGHAI

#: Clauses that somebody must do something under; the rest regulate, and are never "performed".
ACTIVE_KINDS = frozenset({"pay", "deliver", "do", "apologize"})


class ObligationState(StrEnum):
    """How far a promise has been kept."""

    due = "due"
    partly_performed = "partly_performed"
    performed = "performed"
    waived = "waived"
    in_default = "in_default"


def civil_day(at: datetime) -> date:
    """The date on the calendar in China."""
    return at.astimezone(SHANGHAI).date()


def binds_somebody(clause: Clause) -> bool:
    """Whether the clause is something to be performed and followed."""
    return clause.kind in ACTIVE_KINDS or bool(clause.payments)


def promised(clause: Clause) -> Decimal | None:
    """The sum promised, None where the clause is not about one sum of money."""
    if clause.kind in ("pay", "set_off") or clause.amount is not None:
        return clause.amount
    return None


def paid(clause: Clause) -> Decimal:
    """What has been paid in money."""
    return _total(clause, "performed")


def waived(clause: Clause) -> Decimal:
    """What the creditor has let go."""
    return _total(clause, "waived")


def _total(clause: Clause, kind: str) -> Decimal:
    return sum(
        (row.amount for row in clause.payments if row.kind == kind and row.amount is not None),
        Decimal("0.00"),
    )


def still_open(clause: Clause) -> Decimal | None:
    """What is still owed in money: promised = paid + waived + open, always."""
    total = promised(clause)
    return None if total is None else total - paid(clause) - waived(clause)


def is_done(clause: Clause) -> bool:
    """Whether nothing remains to be done."""
    rest = still_open(clause)
    if rest is not None:
        return rest <= 0
    return any(row.amount is None for row in clause.payments)


def final_due(clause: Clause) -> date | None:
    """The last day on which something falls due."""
    days = [row.due for row in clause.installments if row.due]
    if clause.due:
        days.append(clause.due)
    return max(days, default=None)


def due_dates(clause: Clause) -> list[date]:
    """Every day on which something falls due, in order, each once."""
    days = {row.due for row in clause.installments if row.due}
    if clause.due:
        days.add(clause.due)
    return sorted(days)


def due_so_far(clause: Clause, on: date) -> Decimal | None:
    """How much should have been paid before a day."""
    total = promised(clause)
    if total is None:
        return None
    if clause.installments:
        return sum((row.amount for row in clause.installments if row.due and row.due < on), Decimal("0.00"))
    return total if clause.due and clause.due < on else Decimal("0.00")


def state_of(clause: Clause, on: date) -> ObligationState:
    """Where a promise stands on a day."""
    if is_done(clause):
        only_waived = bool(clause.payments) and all(row.kind == "waived" for row in clause.payments)
        return ObligationState.waived if only_waived else ObligationState.performed
    wanted = due_so_far(clause, on)
    behind = wanted is not None and paid(clause) + waived(clause) < wanted
    overdue_act = wanted is None and clause.due is not None and clause.due < on
    if behind or overdue_act or clause.defaults:
        return ObligationState.in_default
    return ObligationState.partly_performed if clause.payments else ObligationState.due
