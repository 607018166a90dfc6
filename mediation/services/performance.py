"""Performance: what was paid, done, set off, waived, put off or not kept; each goes into the ledger of its clause."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from mediation.models import Case, Clause, Default, Payment, TrackingCode
from mediation.services import deadlines, ledger, obligations, three_sides, tracking
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused, load


def _clause(case: Case, move: Move, field: str = "clause") -> Clause:
    agreement = case.agreement
    if agreement is None:
        raise LookupError("no agreement; the workflow asks for one before this is called")
    return next(clause for clause in agreement.clauses if clause.no == move.get(field))


def perform(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A payment, or a thing done; money without a sum named is all that was open.

    Where only the payer says so, it is kept as a claim and nothing is settled yet.
    """
    clause, how = _clause(case, move), move.text("how")
    amount = move.get("amount")
    if amount is None:
        amount = _all_that_is_open(clause, move.get("line"))
    payment = _enter(desk, case, clause, "claimed" if how == "claimed" else "performed", amount, move)
    payment.how = "" if how == "claimed" else how
    if how == "code":
        _check_slip_code(desk, case, move, change, by)
    _close_books(desk, case, clause, move)


def waive(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The creditor lets go of a part or of all that is open (CCG 575); of a shared sum, of the own share."""
    clause = _clause(case, move)
    amount = move.get("amount")
    if amount is None:
        own = [row for row in clause.lines if row.creditor and row.creditor.ref == move.text("by")]
        amount = (
            sum((row.open or Decimal(0) for row in own), Decimal("0.00"))
            if own and not move.get("line")
            else _all_that_is_open(clause, move.get("line"))
        )
    payment = _enter(desk, case, clause, "waived", amount, move)
    payment.confirmed_by = case.party(move.text("by"))
    _close_books(desk, case, clause, move)


def _all_that_is_open(clause: Clause, number: int | None) -> Decimal | None:
    line = next((row for row in clause.lines if row.no == number), None)
    return line.open if line is not None else obligations.still_open(clause)


def _enter(desk: Desk, case: Case, clause: Clause, kind: str, amount: Decimal | None, move: Move) -> Payment:
    ledger.open_lines(
        case, [clause], move.today
    )  # a clause that regulates becomes a promise once it is performed
    confirmed = case.party(move.text("confirmed_by"))
    payment = Payment(
        kind=kind,
        amount=amount,
        paid_by=case.party(move.text("paid_by")),
        confirmed_by=confirmed,
        at=move.at,
        note=move.text("note"),
        line=move.get("line"),
        payer_name=move.text("payer_name"),
        surplus=Decimal("0.00"),
        how="",
        confirmed_at=move.at if confirmed is not None and kind == "performed" else None,
    )
    clause.payments.append(payment)
    return payment


def _close_books(desk: Desk, case: Case, clause: Clause, move: Move) -> None:
    if not clause.lines:
        ledger.extend(case, clause, move.today)
    ledger.settle(clause, move.at)
    deadlines.follow_promise(desk.session, load(case.policy), case, clause, move)


def confirm_payment(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The payee says that it came, or that it did not; from then on it counts, or never will."""
    clause = _clause(case, move)
    payment = clause.payments[int(move.get("payment")) - 1]
    if move.get("denied"):
        payment.voided_at = move.at
        return
    if move.text("how") == "code":
        _check_slip_code(desk, case, move, change, by)
    payment.kind, payment.how, payment.confirmed_at = "performed", move.text("how"), move.at
    payment.confirmed_by = case.party(move.text("confirmed_by")) or payment.confirmed_by
    _close_books(desk, case, clause, move)


def _check_slip_code(desk: Desk, case: Case, move: Move, change: Change, by: By) -> None:
    """The code on the payee's own slip: who can say it has it.  A case file tells what was checked back then."""
    if by.stands_in:
        return
    payee = case.party(move.text("confirmed_by"))
    codes = desk.session.scalars(
        select(TrackingCode).where(
            TrackingCode.party_id == (payee.id if payee else None), TrackingCode.void_at.is_(None)
        )
    ).all()
    given = move.text("slip_code").replace(" ", "")
    if not given or not any(tracking.is_code_of(row, given, desk.keys) for row in codes):
        reason = Reason(
            "slip_code_wrong",
            "查询码和收款人的对不上。请他照着告知书右上角再念一遍；找不到的，可以改用打电话或收条确认。",
            "The code is not the payee's.",
            who="收款人",
            where="slip_code",
        )
        raise Refused("not_met", change.step.name, [reason], change.step.zh)


def undo_payment(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Entered by mistake, or it turned out not to be so: the entry stays, crossed out, and the line is open again."""
    clause = _clause(case, move)
    clause.payments[int(move.get("payment")) - 1].voided_at = move.at
    against = clause.payments[int(move.get("payment")) - 1].against
    _close_books(desk, case, clause, move)
    if against is not None:
        other = _clause(case, Move(move.at, {"clause": against}))
        twin = next(
            row for row in other.payments
            if row.kind == "set_off" and row.against == clause.no and row.voided_at is None
        )  # fmt: skip
        twin.voided_at = move.at
        _close_books(desk, case, other, move)


def set_off(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Two sides let what they owe each other cancel out; of three in a row the first pays the third, and what each owes
    the one between is less by that (CCG 523, 568–569)."""
    clause, amount, against = _clause(case, move), move.get("amount"), move.get("against")
    other = _clause(case, move, "against") if against is not None else None
    _enter(
        desk, case, clause, "set_off", amount, _told(move, three_sides.payer_of(clause, other))
    ).against = against
    _close_books(desk, case, clause, move)
    if other is not None:
        payer = three_sides.payer_of(other, clause)
        _enter(desk, case, other, "set_off", amount, _told(move, payer)).against = clause.no
        _close_books(desk, case, other, move)


def _told(move: Move, payer: str) -> Move:
    return Move(move.at, {"note": move.text("note"), **({"paid_by": payer} if payer else {})})


def postpone(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Both sides agree to wait: the lines that are open, or the one named, fall due later (CCG 543)."""
    clause, number, until = _clause(case, move), move.get("line"), move.get("until")
    for line in clause.lines:
        if line.done_at is None and (number is None or line.no == number) and (line.due or until) <= until:
            ledger.postpone(line, until, move.today)
    _close_books(desk, case, clause, move)


def fall_into_default(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A promise was not kept; the case goes on being followed (PML 31–32)."""
    _clause(case, move).defaults.append(Default(at=move.at, note=move.text("note")))
