"""I-12: the ledger's lines add up to the promise, and to what was paid, set off and waived under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import select

from mediation.models import Agreement, Clause, LedgerLine, Payment
from mediation.verifying.reading import Reader, Violation

ZERO = Decimal("0.00")


def check_ledger(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Promised = paid + waived + open on every line; the lines of a clause hold its whole sum and all its payments."""
    lines = defaultdict(list)
    columns = (LedgerLine.clause_id, LedgerLine.case_id, LedgerLine.no, LedgerLine.promised)
    query = select(*columns, LedgerLine.paid, LedgerLine.waived).where(LedgerLine.case_id.in_(ids))
    for row in reader.rows(query):
        lines[row.clause_id].append(row)
        if row.promised is not None and not ZERO <= row.paid + row.waived <= row.promised:
            yield Violation("I-12", reader.name(row.case_id), f"台账第{row.no}笔已付和已放弃的超过约定")
    clauses = reader.rows(
        select(Clause.id, Clause.no, Clause.amount, Agreement.case_id).where(
            Clause.agreement_id == Agreement.id, Clause.id.in_(list(lines))
        )
    )
    entered = _entered(reader, list(lines))
    for clause in clauses:
        there, name = lines[clause.id], reader.name(clause.case_id)
        sums = [row.promised for row in there if row.promised is not None]
        if clause.amount is not None and sum(sums, ZERO) != clause.amount:
            yield Violation("I-12", name, f"第{clause.no}条台账各笔加起来不是约定的{clause.amount}元")
        kept = (sum((row.paid for row in there), ZERO), sum((row.waived for row in there), ZERO))
        if kept != entered[clause.id]:
            yield Violation("I-12", name, f"第{clause.no}条台账和履行登记对不上")


def _entered(reader: Reader, clauses: Sequence[int]) -> dict[int, tuple[Decimal, Decimal]]:
    found: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    query = select(Payment.clause_id, Payment.kind, Payment.amount, Payment.surplus).where(
        Payment.clause_id.in_(clauses),
        Payment.amount.is_not(None),
        Payment.voided_at.is_(None),
        Payment.kind != "claimed",
    )
    for row in reader.rows(query):
        paid, waived = found[row.clause_id]
        sum_ = row.amount - row.surplus
        found[row.clause_id] = (paid, waived + sum_) if row.kind == "waived" else (paid + sum_, waived)
    return found
