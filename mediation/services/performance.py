"""Performance: what was paid, done, waived or not kept; promised = paid + waived + open, to the fen."""

from __future__ import annotations

from mediation.models import Case, Clause, Default, Payment
from mediation.services import obligations
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move


def _clause(case: Case, move: Move) -> Clause:
    agreement = case.agreement
    if agreement is None:
        raise LookupError("no agreement; the workflow asks for one before this is called")
    return next(clause for clause in agreement.clauses if clause.no == move.get("clause"))


def perform(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A payment, or a thing done; money without a sum named is all that was open."""
    clause = _clause(case, move)
    amount = move.get("amount")
    if amount is None and obligations.promised(clause) is not None and not move.get("partly"):
        amount = obligations.still_open(clause)
    _record(case, clause, "performed", amount, move)


def waive(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The creditor lets go of a part or of all that is open (CCG 575)."""
    clause = _clause(case, move)
    amount = move.get("amount")
    _record(case, clause, "waived", obligations.still_open(clause) if amount is None else amount, move)


def _record(case: Case, clause: Clause, kind: str, amount: object, move: Move) -> None:
    payer, confirmer = case.party(move.text("paid_by")), case.party(move.text("confirmed_by"))
    clause.payments.append(
        Payment(
            kind=kind,
            amount=amount,
            paid_by=payer,
            confirmed_by=confirmer,
            at=move.at,
            note=move.text("note"),
        )
    )
    if obligations.is_done(clause):
        for row in case.deadlines:
            if row.clause is clause and row.name == "obligation_due" and row.stopped_at is None:
                row.stopped_at = move.at


def fall_into_default(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A promise was not kept; the case goes on being followed (PML 31–32)."""
    _clause(case, move).defaults.append(Default(at=move.at, note=move.text("note")))
