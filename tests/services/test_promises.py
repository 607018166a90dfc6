"""Obligations: promised = paid + waived + open, to the fen, whatever is recorded in whatever order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation.models import Clause, Installment
from mediation.services import obligations
from mediation.services.obligations import ObligationState
from mediation.services.situations import see
from tests.services.county import PAY, START, Office, deadline
from workflows import Refused

DUE = date(2024, 6, 20)
FEN = st.integers(1, 400_000).map(lambda fen: Decimal(fen) / 100)
ENTRIES = st.lists(st.tuples(st.sampled_from(["perform", "waive"]), st.none() | FEN), max_size=8)


@given(total=FEN, entries=ENTRIES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_promised_is_paid_and_waived_and_open(
    office: Office, total: Decimal, entries: list[tuple[str, Decimal | None]]
) -> None:
    office.now = START
    case = office.performing(clauses=[{**PAY, "amount": f"{total:.2f}"}])
    [clause] = case.agreement.clauses
    for name, amount in entries:
        before = obligations.still_open(clause)
        rows = len(clause.payments)
        facts = {"clause": 1} if amount is None else {"clause": 1, "amount": f"{amount:.2f}"}
        try:
            office.take(case, name, **facts, **({"by": "a1"} if name == "waive" else {}))
        except Refused as refused:
            assert [reason.code for reason in refused.reasons] == ["beyond_promise"]
            assert before == 0 if amount is None else amount > before
            assert len(clause.payments) == rows
        rest = obligations.still_open(clause)
        assert total == obligations.paid(clause) + obligations.waived(clause) + rest
        assert 0 <= rest <= total
        assert obligations.is_done(clause) == (rest == 0)
        assert (deadline(case, "obligation_due").stopped_at is not None) == (rest == 0)
    office.session.rollback()


def clause(**fields: object) -> Clause:
    usual: dict[str, object] = {
        "no": 1, "text": "付款", "kind": "pay", "amount": Decimal("100.00"), "due": DUE, "payments": [], "defaults": [],
        "installments": [], "people": [],
    }  # fmt: skip
    return Clause(**{**usual, **fields})


PARTS = [
    Installment(no=1, amount=Decimal("40.00"), due=date(2024, 5, 20)),
    Installment(no=2, amount=Decimal("60.00"), due=DUE),
]


@pytest.mark.parametrize(
    ("fields", "paid", "on", "state"),
    [
        ({}, [], DUE, ObligationState.due),
        ({}, [], DUE + timedelta(days=1), ObligationState.in_default),
        ({}, [("performed", "40.00")], DUE, ObligationState.partly_performed),
        ({}, [("performed", "100.00")], DUE, ObligationState.performed),
        ({}, [("performed", "40.00"), ("waived", "60.00")], DUE, ObligationState.performed),
        ({}, [("waived", "100.00")], DUE, ObligationState.waived),
        ({"installments": PARTS, "due": None}, [], date(2024, 5, 21), ObligationState.in_default),
        (
            {"installments": PARTS, "due": None},
            [("performed", "40.00")],
            DUE,
            ObligationState.partly_performed,
        ),
        ({"kind": "apologize", "amount": None}, [], DUE, ObligationState.due),
        ({"kind": "apologize", "amount": None}, [], DUE + timedelta(days=1), ObligationState.in_default),
        ({"kind": "do", "amount": None}, [("performed", None)], DUE, ObligationState.performed),
        ({"amount": None, "due": None}, [("performed", "5.00")], DUE, ObligationState.partly_performed),
    ],
)
def test_the_state_of_a_promise_follows_from_its_payments(
    fields: dict[str, object], paid: list[tuple[str, str | None]], on: date, state: ObligationState
) -> None:
    from mediation.models import Payment

    found = clause(**{**fields, "installments": list(fields.get("installments", []))})  # type: ignore[call-overload]
    found.payments = [Payment(kind=kind, amount=Decimal(amount) if amount else None) for kind, amount in paid]
    assert obligations.state_of(found, on) is state


def test_only_who_is_owed_lets_go(office: Office) -> None:
    case = office.performing()
    refusal = office.refuse(case, "waive", clause=1, amount="1.00", by="r1")
    assert refusal.codes == ["not_the_creditor"]
    assert "古丽·买买提" in refusal.words


def test_a_payment_names_parties_of_the_case_and_a_clause_of_the_agreement(office: Office) -> None:
    case = office.performing()
    assert office.refuse(case, "perform", clause=2).codes == ["clause_unknown"]
    assert office.refuse(case, "perform", clause=1, paid_by="x9").codes == ["party_unknown"]
    assert office.refuse(case, "perform", clause=1, amount="0.00").codes == ["amount_not_positive"]
    office.take(case, "perform", clause=1, amount="10.00", paid_by="r1", confirmed_by="a1", note="现金")
    [row] = case.agreement.clauses[0].payments
    assert (row.paid_by_id, row.confirmed_by_id) == (case.party("r1").id, case.party("a1").id)


def test_clauses_that_only_regulate_are_nobodys_debt(office: Office) -> None:
    case = office.performing(clauses=[{"text": "今后互不打扰。", "kind": "refrain"}])
    assert see(case, office.now.date()).obligations == ()
    office.take(case, "close")
    assert case.state == "closed"


def test_a_new_version_starts_with_nothing_paid_and_the_old_payments_stay(office: Office) -> None:
    case = office.performing()
    office.take(case, "perform", clause=1, amount="1000.00")
    office.run(case, "agree", "sign")
    old, new = case.agreements
    assert [len(row.clauses[0].payments) for row in (old, new)] == [1, 0]
    assert see(case, office.now.date()).obligations[0].open == Decimal("3000.00")
