"""The ledger through the door: part, early, too much, by somebody else, set off, put off, claimed, crossed out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation.models import Case, LedgerLine
from mediation.services import ledger, obligations, three_sides
from mediation.services.obligations import ObligationState, state_of
from tests.services.county import ANNA, PAY, START, ZHANG, Office, person, runs
from workflows import Refused

PARTS: dict[str, Any] = {
    **PAY,
    "installments": [{"amount": "1000.00", "due": f"2024-0{month}-20"} for month in (4, 5, 6)],
}
GROUP = [ANNA, person("a2", "王代表"), ZHANG]
SHARED: dict[str, Any] = {
    **PAY,
    "obligees": ["a1", "a2"],
    "shares": [{"party": "a1", "amount": "1000.00"}, {"party": "a2", "amount": "2000.00"}],
}
BACK: dict[str, Any] = {
    **PAY,
    "text": "古丽还给张䶮300元。",
    "obligors": ["a1"],
    "obligees": ["r1"],
    "amount": "300.00",
}
EVERYBODY = {"parties": ["a1", "a2", "r1"], "mediators": ["王𬭎"], "seal": True, "manner": "signature"}


def lines(case: Case, clause: int = 1) -> list[LedgerLine]:
    return case.agreement.clauses[clause - 1].lines  # type: ignore[union-attr]


def sums(case: Case) -> list[tuple[str, str]]:
    """What is paid and what is open on each line."""
    return [(f"{row.paid}", f"{row.open}") for row in lines(case)]


def reminders(case: Case) -> list[date]:
    """The due dates that are still asked for."""
    return [row.last_day for row in case.deadlines if row.name == "obligation_due" and row.stopped_at is None]


def shared(office: Office) -> Case:
    case = office.agreed(clauses=[SHARED], parties=GROUP)
    office.take(case, "sign", **EVERYBODY)
    return case


def test_each_instalment_each_share_and_each_occurrence_is_a_line(office: Office) -> None:
    assert [row.due for row in lines(office.performing(clauses=[PARTS]))] == [
        date(2024, 4, 20), date(2024, 5, 20), date(2024, 6, 20),
    ]  # fmt: skip
    assert [(row.creditor.ref, str(row.promised)) for row in lines(shared(office)) if row.creditor] == [
        ("a1", "1000.00"), ("a2", "2000.00"),
    ]  # fmt: skip
    monthly = {"every": "month", "amount": "500.00", "from": "2024-04-01", "until": "2024-09-30"}
    rent = {
        **{key: value for key, value in PAY.items() if key not in ("amount", "due")},
        "recurring": monthly,
    }
    case = office.performing(clauses=[rent])
    assert len(lines(case)) == 6
    assert obligations.promised(case.agreement.clauses[0]) == Decimal("3000.00")
    assert reminders(case) == [date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)]  # only the coming ones
    office.go_to("2024-06-02")
    office.take(case, "perform", clause=1, amount="1000.00")
    assert reminders(case) == [date(2024, month, 1) for month in (6, 7, 8, 9)]


def test_a_part_goes_to_what_falls_due_first_and_early_money_to_what_comes_next(office: Office) -> None:
    case = office.performing(clauses=[PARTS])
    office.take(case, "perform", clause=1, amount="400.00")
    assert sums(case) == [("400.00", "600.00"), ("0.00", "1000.00"), ("0.00", "1000.00")]
    office.take(case, "perform", clause=1, amount="1100.00")
    assert sums(case) == [("1000.00", "0.00"), ("500.00", "500.00"), ("0.00", "1000.00")]
    assert reminders(case) == [date(2024, 5, 20), date(2024, 6, 20)]
    office.take(case, "perform", clause=1, line=3)
    assert sums(case)[2] == ("1000.00", "0.00")


def test_a_share_is_paid_to_whose_share_it_is(office: Office) -> None:
    case = shared(office)
    office.take(case, "perform", clause=1, amount="2000.00", confirmed_by="a2", how="phone")
    assert sums(case) == [("0.00", "1000.00"), ("2000.00", "0.00")]
    office.take(case, "waive", clause=1, by="a1")  # of all that is open, only the own share
    assert [str(row.waived) for row in lines(case)] == ["1000.00", "0.00"]


def test_nobody_waives_more_than_the_own_share(office: Office) -> None:
    case = shared(office)
    assert office.refuse(case, "waive", clause=1, by="a1", amount="1000.01").codes == ["beyond_promise"]


def test_what_was_too_much_is_kept_and_is_nobodys_debt(office: Office) -> None:
    case = office.performing()
    refusal = office.refuse(case, "perform", clause=1, amount="3100.00")
    assert refusal.codes == ["beyond_promise"] and "确实多付了" in refusal.words
    office.take(case, "perform", clause=1, amount="3100.00", overpaid=True)
    [clause] = case.agreement.clauses
    assert (obligations.paid(clause), obligations.still_open(clause)) == (Decimal("3000.00"), Decimal("0.00"))
    assert obligations.surplus(clause) == Decimal("100.00")
    assert state_of(clause, office.now.date()) is ObligationState.performed


def test_somebody_else_may_pay(office: Office) -> None:
    case = office.performing()
    office.take(case, "perform", clause=1, payer_name="张大哥", how="witnessed")
    [row] = case.agreement.clauses[0].payments
    assert (row.payer_name, row.how, row.paid_by) == ("张大哥", "witnessed", None)


def test_the_payers_word_alone_leaves_it_open_until_the_payee_confirms(office: Office) -> None:
    case = office.performing()
    office.take(case, "perform", clause=1, paid_by="r1", how="claimed")
    [clause] = case.agreement.clauses
    assert ledger.claimed(clause) == Decimal("3000.00")
    assert sums(case) == [("0.00", "3000.00")]
    assert runs(case, "obligation_due")
    assert office.refuse(case, "close").codes == ["obligations_open"]
    refusal = office.refuse(case, "confirm_payment", clause=1, payment=1, confirmed_by="r1", how="phone")
    assert refusal.codes == ["not_the_payee"]
    office.take(
        case, "confirm_payment", clause=1, payment=1, confirmed_by="a1", how="phone", note="电话里说收到了"
    )
    assert sums(case) == [("3000.00", "0.00")]
    assert not runs(case, "obligation_due")
    assert clause.payments[0].confirmed_by is case.party("a1")


def test_a_claim_that_the_payee_denies_counts_for_nothing(office: Office) -> None:
    case = office.performing()
    office.take(case, "perform", clause=1, paid_by="r1", how="claimed")
    office.take(case, "confirm_payment", clause=1, payment=1, denied=True)
    [clause] = case.agreement.clauses
    assert (ledger.claimed(clause), sums(case)) == (Decimal("0.00"), [("0.00", "3000.00")])
    assert office.refuse(case, "confirm_payment", clause=1, payment=1, denied=True).codes == ["no_such_claim"]


def test_the_payees_own_code_confirms_and_is_kept_nowhere(office: Office) -> None:
    filed = office.file_in_full()
    case = filed.case
    codes = {code.ref: code.code for code in filed.codes}
    codes |= {code.ref: code.code for code in office.take(case, "accept").codes}
    office.run(case, "hold_session", "agree", "sign")
    clerk = office.somebody(case.holder.code)
    asked = {"clause": 1, "confirmed_by": "a1", "how": "code"}
    for wrong in ("", "00000000", codes["r1"]):
        refusal = office.refuse(case, "perform", clerk, **asked, **({"slip_code": wrong} if wrong else {}))
        assert refusal.codes == ["slip_code_wrong"] and refusal.where == ["slip_code"]
        office.session.expire_all()  # what a refused step began is not kept
    office.take(case, "perform", clerk, **asked, slip_code=codes["a1"])
    assert codes["a1"] not in str(case.entries[-1].facts)
    assert case.entries[-1].facts["how"] == "code"


def test_an_entry_made_by_mistake_is_crossed_out_and_the_line_is_open_again(office: Office) -> None:
    case = office.performing(clauses=[PARTS])
    office.take(case, "perform", clause=1, amount="1000.00")
    office.take(case, "perform", clause=1, amount="1000.00")
    assert reminders(case) == [date(2024, 6, 20)]
    office.take(case, "undo_payment", clause=1, payment=1, reason="记到别家去了")
    assert sums(case) == [("1000.00", "0.00"), ("0.00", "1000.00"), ("0.00", "1000.00")]
    assert reminders(case) == [date(2024, 5, 20), date(2024, 6, 20)]
    again = office.refuse(case, "undo_payment", clause=1, payment=1, reason="再来")
    assert again.codes == ["no_such_payment"]


def test_debts_both_ways_cancel_out(office: Office) -> None:
    case = office.performing(clauses=[PAY, BACK])
    assert office.refuse(case, "set_off", clause=1, against=2, amount="301.00").codes == ["cannot_set_off"]
    refusal = office.refuse(case, "set_off", clause=1, against=2, amount="300.00", consents=["r1"])
    assert refusal.codes == ["not_both_sides"]
    office.take(case, "set_off", clause=1, against=2, amount="300.00", consents=["a1", "r1"])
    one, other = case.agreement.clauses
    assert (obligations.still_open(one), obligations.is_done(other)) == (Decimal("2700.00"), True)
    office.take(case, "undo_payment", clause=1, payment=1, reason="算错了")
    assert [obligations.still_open(row) for row in (one, other)] == [Decimal("3000.00"), Decimal("300.00")]


def test_a_debt_outside_the_agreement_is_set_off_with_a_word_on_what_it_is(office: Office) -> None:
    case = office.performing()
    assert office.refuse(case, "set_off", clause=1, amount="50.00").where == ["note"]
    office.take(case, "set_off", clause=1, amount="50.00", note="抵去年借的化肥")
    assert obligations.still_open(case.agreement.clauses[0]) == Decimal("2950.00")


def test_both_sides_may_agree_to_wait_and_then_nobody_is_late(office: Office) -> None:
    case = office.performing(clauses=[PARTS])
    office.go_to("2024-04-25")
    [clause] = case.agreement.clauses
    office.take(case, "default", clause=1)
    assert state_of(clause, office.now.date()) is ObligationState.in_default
    office.go_to("2024-04-26")
    assert office.refuse(case, "postpone", clause=1, line=1, until="2024-04-20").codes == ["not_later"]
    office.take(case, "postpone", clause=1, line=1, until="2024-05-10", consents=["a1", "r1"])
    assert state_of(clause, office.now.date()) is ObligationState.due
    assert reminders(case) == [date(2024, 5, 20), date(2024, 6, 20), date(2024, 5, 10)]
    assert lines(case)[0].postponements == [["2024-04-20", "2024-05-10", "2024-04-26"]]
    visits = [
        row.starts_on for row in case.deadlines if row.name == "follow_up_visit" and row.stopped_at is None
    ]
    assert visits == [date(2024, 5, 20), date(2024, 6, 20), date(2024, 5, 10)]


def test_a_new_version_closes_the_old_lines(office: Office) -> None:
    case = office.performing(clauses=[PARTS])
    old = lines(case)
    office.run(case, "agree", "sign")
    assert all(row.superseded_at for row in old)
    assert [row.superseded_at for row in lines(case)] == [None]


def test_agreements_from_before_the_ledger_get_their_lines(office: Office) -> None:
    case = office.performing(clauses=[PARTS])
    office.take(case, "perform", clause=1, amount="1500.00")
    before = sums(case)
    office.session.flush()
    for row in list(lines(case)):
        office.session.delete(row)
    office.session.flush()
    office.session.expire_all()
    assert ledger.open_missing(office.session, office.now.date()) >= 1
    assert sums(case) == before
    assert ledger.open_missing(office.session, office.now.date()) == 0


MONEY = st.integers(1, 200_000).map(lambda fen: f"{Decimal(fen) / 100:.2f}")
DEEDS = st.lists(
    st.fixed_dictionaries(
        {"do": st.sampled_from(["perform", "waive", "claim", "confirm", "undo", "set_off", "postpone"])},
        optional={
            "amount": MONEY,
            "line": st.integers(1, 7),
            "clause": st.integers(1, 2),
            "payment": st.integers(1, 6),
            "by": st.sampled_from(["a1", "a2", "r1"]),
            "overpaid": st.booleans(),
        },
    ),
    max_size=14,
)


@given(deeds=DEEDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_entered_paid_and_open_and_waived_is_what_was_promised(
    office: Office, deeds: list[dict[str, Any]]
) -> None:
    office.now = START
    split = {**SHARED, "installments": PARTS["installments"]}
    case = office.agreed(clauses=[split, BACK], parties=GROUP)
    office.take(case, "sign", **EVERYBODY)
    for deed in deeds:
        name, facts = _as_step(deed)
        with suppress(Refused):
            office.take(case, name, **facts)
        for clause in case.agreement.clauses:
            check(clause)
    office.session.rollback()


def _as_step(deed: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    facts = {"clause": 1, **{key: deed[key] for key in deed if key in ("amount", "line", "clause")}}
    if deed["do"] in ("perform", "claim"):
        facts |= {"how": "claimed"} if deed["do"] == "claim" else {"confirmed_by": deed.get("by", "a1")}
        return "perform", {**facts, "overpaid": deed.get("overpaid", False)}
    if deed["do"] == "waive":
        return "waive", {**facts, "by": deed.get("by", "a1")}
    number = {"clause": facts["clause"], "payment": deed.get("payment", 1)}
    if deed["do"] == "confirm":
        return "confirm_payment", {**number, "confirmed_by": deed.get("by", "a1"), "how": "receipt"}
    if deed["do"] == "undo":
        return "undo_payment", {**number, "reason": "登记错了"}
    if deed["do"] == "postpone":
        return "postpone", {"clause": facts["clause"], "line": deed.get("line", 1), "until": "2025-01-31"}
    other = 3 - facts["clause"]
    return "set_off", {"clause": facts["clause"], "against": other, "amount": deed.get("amount", "1.00")}


def check(clause: Any) -> None:
    """The whole of it, and each line, to the fen."""
    for line in clause.lines:
        assert line.paid + line.waived + line.open == line.promised
        assert min(line.paid, line.waived, line.open) >= 0
        assert (line.done_at is not None) == (line.open == 0)
    assert sum(line.promised for line in clause.lines) == clause.amount
    assert sum(line.paid for line in clause.lines) == obligations.paid(clause)
    assert sum(line.waived for line in clause.lines) == obligations.waived(clause)
    assert sum(line.open for line in clause.lines) == obligations.still_open(clause)
    received = sum(row.amount for row in obligations.counted(clause))
    assert received == obligations.paid(clause) + obligations.waived(clause) + obligations.surplus(clause)


WAGES: dict[str, Any] = {
    **PAY, "text": "承包人付清工资849300.17元。", "obligors": ["r1"], "obligees": ["a1"], "amount": "849300.17",
}  # fmt: skip
WORKS: dict[str, Any] = {
    **PAY, "text": "业主付清工程款1000000.00元。", "obligors": ["r2"], "obligees": ["r1"], "amount": "1000000.00",
}  # fmt: skip
THREE = [ANNA, ZHANG, person("r2", "业主公司", role="respondent", kind="company")]


def of_three(office: Office) -> Case:
    case = office.agreed(clauses=[WAGES, WORKS], parties=THREE)
    office.take(case, "sign", **{**EVERYBODY, "parties": ["a1", "r1", "r2"]})
    return case


def test_a_set_off_among_three_sides_closes_to_zero(office: Office) -> None:
    """The owner pays the workers what the contractor owes them: works against wages, to the fen (桂林: 84.93万元)."""
    case = of_three(office)
    more = office.refuse(case, "set_off", clause=2, against=1, amount="849300.18")
    assert more.codes == ["cannot_set_off"]
    two = office.refuse(case, "set_off", clause=2, against=1, amount="849300.17", consents=["r1", "r2"])
    assert two.codes == ["not_both_sides"] and "三方都同意" in two.words
    office.take(case, "set_off", clause=2, against=1, amount="849300.17", consents=["a1", "r1", "r2"])
    wages, works = case.agreement.clauses  # type: ignore[union-attr]
    assert (obligations.is_done(wages), obligations.still_open(works)) == (True, Decimal("150699.83"))
    paid = wages.payments[-1].paid_by
    assert paid is not None and paid.ref == "r2"
    [one] = three_sides.list_set_offs(case)
    assert one.amount == Decimal("849300.17")
    assert [side.left for side in one.sides] == [Decimal(0)] * 3 and one.left == 0
    office.take(case, "undo_payment", clause=2, payment=1, reason="算错了")
    assert [obligations.still_open(row) for row in (wages, works)] == [
        Decimal("849300.17"), Decimal("1000000.00"),
    ]  # fmt: skip
    assert not list(three_sides.list_set_offs(case))


def test_it_does_not_matter_which_of_the_three_is_named_first(office: Office) -> None:
    case = of_three(office)
    office.take(case, "set_off", clause=1, against=2, amount="300.00", consents=["a1", "r1", "r2"])
    [one] = three_sides.list_set_offs(case)
    assert one.sides[0].who == "业主公司" and one.left == 0
