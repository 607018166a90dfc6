"""The ledger: a line for each part of what was promised, kept in step with the payments.

Always, for every line, to the fen: promised = paid + waived + open.  The payer's word alone is a claim: it is kept, and
leaves the line open until the payee confirms it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Agreement, Case, Clause, LedgerLine, Party, Payment
from mediation.services import obligations
from mediation.services.calendars import calendar
from workflows import promises
from workflows.periods import write_date_zh
from workflows.promises import Balance, Entry, Settled

#: Entries that count; a claim does not, until it is confirmed.
COUNTED = ("performed", "set_off", "waived")


def open_lines(case: Case, clauses: list[Clause], today: date) -> None:
    """Lay out the lines of an agreement that takes effect."""
    for clause in clauses:
        if obligations.binds_somebody(clause) and not clause.lines:
            extend(case, clause, today)


def extend(case: Case, clause: Clause, today: date) -> bool:
    """Lay out a clause's lines, or more of an open-ended one; whether there are new ones."""
    parts = promises.lay_out(
        clause.amount,
        clause.due,
        installments=[(row.amount, row.due) for row in clause.installments],
        shares=[(row.party.ref, row.amount or Decimal(0)) for row in clause.on_side("share")],
        recurring=clause.recurring,
        until=date(today.year + 1, today.month, 1),
    )
    known = len(clause.lines)
    for number, part in enumerate(parts[known:], start=known + 1):
        clause.lines.append(
            LedgerLine(
                case=case,
                no=number,
                installment=part.installment,
                occurrence=part.occurrence,
                creditor=case.party(part.creditor) if part.creditor else None,
                promised=part.amount,
                paid=Decimal("0.00"),
                waived=Decimal("0.00"),
                due=part.due,
                postponements=[],
            )
        )
    return len(parts) > known


def replay(clause: Clause) -> Settled:
    """What all that was entered comes to: pure arithmetic over the lines and the payments, in their order."""
    lines = [
        Balance(row.no, row.promised, row.due, row.creditor.ref if row.creditor else "")
        for row in clause.lines
    ]
    return promises.settle(lines, [_entry(row) for row in live(clause)])


def _entry(row: Payment) -> Entry:
    return Entry(row.kind, row.amount, row.line, row.confirmed_by.ref if row.confirmed_by else "")


def live(clause: Clause) -> list[Payment]:
    """The payments that count, in their order."""
    return [row for row in clause.payments if row.voided_at is None and row.kind in COUNTED]


def settle(clause: Clause, at: datetime) -> None:
    """Bring the lines in step with the payments."""
    settled = replay(clause)
    for payment, surplus in zip(live(clause), settled.surplus, strict=True):
        payment.surplus = surplus
    for line, balance in zip(clause.lines, settled.lines, strict=True):
        line.paid, line.waived = balance.paid, balance.waived
        line.done_at = (line.done_at or at) if balance.done else None


def payments_of(clause: Clause) -> list[tuple[int, Payment]]:
    """Every payment of a clause with its number in it; a voided one keeps its number."""
    return list(enumerate(clause.payments, start=1))


def claims(clause: Clause) -> list[int]:
    """The numbers of what the payer says and the payee has not confirmed."""
    return [number for number, row in payments_of(clause) if row.kind == "claimed" and row.voided_at is None]


def claimed(clause: Clause) -> Decimal:
    """What the payer says was paid and nobody has confirmed."""
    sums = [row.amount for row in clause.payments if row.kind == "claimed" and row.voided_at is None]
    return sum((amount for amount in sums if amount is not None), Decimal("0.00"))


def debtors(clause: Clause) -> list[Party]:
    """Who owes."""
    return [row.party for row in clause.on_side("obligor")]


def creditors(clause: Clause, line: LedgerLine | None = None) -> list[Party]:
    """Who is owed under a line: the one whose share it is, or all the clause names."""
    if line is not None and line.creditor is not None:
        return [line.creditor]
    shared = [row.party for row in clause.on_side("share")]
    return [row.party for row in clause.on_side("obligee")] or shared


def is_overdue(line: LedgerLine, today: date) -> bool:
    """Whether it should have been done by now: due yesterday or before, moved off a rest day (CCG 203)."""
    return line.done_at is None and line.superseded_at is None and line.due is not None and line.due < today


def postpone(line: LedgerLine, until: date, agreed_on: date) -> None:
    """Both sides agreed to wait (CCG 543); the first date is not forgotten."""
    before = line.due.isoformat() if line.due else None
    line.postponements = [*line.postponements, [before, until.isoformat(), agreed_on.isoformat()]]
    line.due = until


def supersede(agreement: Agreement, at: datetime) -> None:
    """Another version took the place of these promises."""
    for clause in agreement.clauses:
        for line in clause.lines:
            line.superseded_at = line.superseded_at or at


def latest_day(due: date, session: Session) -> date:
    """The last day on which a due date is still kept: a rest day gives time until the day after it (CCG 203)."""
    return calendar(session).find_working_day(due)


def say_due(line: LedgerLine) -> str:
    """The due date in words, empty where there is none."""
    return write_date_zh(line.due) if line.due else ""


def open_missing(session: Session, today: date) -> int:
    """Lay out the lines of agreements that took effect before there was a ledger; how many clauses got theirs."""
    wanted = (
        select(Clause)
        .join(Agreement, Agreement.id == Clause.agreement_id)
        .where(
            Agreement.effective_on.is_not(None),
            ~select(LedgerLine.id).where(LedgerLine.clause_id == Clause.id).exists(),
        )
        .order_by(Clause.id)
    )
    opened = 0
    for clause in session.scalars(wanted):
        if not obligations.binds_somebody(clause):
            continue
        opened += extend(clause.agreement.case, clause, today)
        last = clause.payments[-1].at if clause.payments else clause.agreement.agreed_at
        settle(clause, last)
        if clause.agreement.superseded_at is not None:
            supersede(clause.agreement, clause.agreement.superseded_at)
    return opened
