"""What a clause obliges to, and what of it is done: derived from its payments, never set by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from mediation.models import Clause, Payment
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
    if clause.amount is None and clause.recurring and clause.recurring.get("until") and clause.lines:
        return sum((line.promised for line in clause.lines if line.promised), Decimal("0.00"))
    if clause.kind in ("pay", "set_off") or clause.amount is not None:
        return clause.amount
    return None


def paid(clause: Clause) -> Decimal:
    """What has been paid or set off, as far as it was promised; a claim and a surplus do not count."""
    return _total(clause, "performed", "set_off")


def waived(clause: Clause) -> Decimal:
    """What the creditor has let go."""
    return _total(clause, "waived")


def surplus(clause: Clause) -> Decimal:
    """What was paid beyond the promise."""
    return sum((row.surplus or Decimal(0) for row in counted(clause)), Decimal("0.00"))


def counted(clause: Clause) -> list[Payment]:
    """The payments and waivers that count: not crossed out, and no mere claim of the payer's."""
    return [row for row in clause.payments if row.voided_at is None and row.kind != "claimed"]


def _total(clause: Clause, *kinds: str) -> Decimal:
    return sum(
        (
            row.amount - (row.surplus or Decimal(0))
            for row in counted(clause)
            if row.kind in kinds and row.amount is not None
        ),
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
    return any(row.amount is None for row in counted(clause))


def final_due(clause: Clause) -> date | None:
    """The last day on which something falls due (of an open-ended promise, the last that is laid out)."""
    return max(due_dates(clause), default=None)


def due_dates(clause: Clause) -> list[date]:
    """Every day on which something falls due, in order, each once; a day that was put off is the later one."""
    if clause.lines:
        return sorted({line.due for line in clause.lines if line.due})
    days = {row.due for row in clause.installments if row.due}
    if clause.due:
        days.add(clause.due)
    return sorted(days)


def due_so_far(clause: Clause, on: date) -> Decimal | None:
    """How much should have been paid before a day."""
    total = promised(clause)
    if total is None:
        return None
    if clause.lines:
        days = [line.promised or Decimal(0) for line in clause.lines if line.due and line.due < on]
        return sum(days, Decimal("0.00"))
    if clause.installments:
        return sum((row.amount for row in clause.installments if row.due and row.due < on), Decimal("0.00"))
    return total if clause.due and clause.due < on else Decimal("0.00")


def state_of(clause: Clause, on: date) -> ObligationState:
    """Where a promise stands on a day."""
    there = counted(clause)
    if is_done(clause):
        only_waived = bool(there) and all(row.kind == "waived" for row in there)
        return ObligationState.waived if only_waived else ObligationState.performed
    if _is_behind(clause, on) or _default_stands(clause):
        return ObligationState.in_default
    return ObligationState.partly_performed if there else ObligationState.due


def _is_behind(clause: Clause, on: date) -> bool:
    if clause.lines:
        return any(line.done_at is None and line.due is not None and line.due < on for line in clause.lines)
    wanted = due_so_far(clause, on)
    if wanted is None:
        return clause.due is not None and clause.due < on
    return paid(clause) + waived(clause) < wanted


def _default_stands(clause: Clause) -> bool:
    # Whoever agrees afterwards to wait longer has nothing to reproach before the new day.
    agreed = [date.fromisoformat(move[2]) for line in clause.lines for move in line.postponements]
    last = max(agreed, default=date.min)
    return any(civil_day(row.at) > last for row in clause.defaults)
