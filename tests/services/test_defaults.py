"""A promise that is not kept: a letter, then the ways that are open, then enforcement with the two-year date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from documents import thaw
from tests.services.county import COURT_NAME, PAY, Office, deadline, paper, papers

TWELVE: dict[str, Any] = {
    **PAY,
    "amount": "12000.00",
    "installments": [{"amount": "1000.00", "due": f"2024-{month:02d}-20"} for month in range(4, 13)]
    + [{"amount": "1000.00", "due": f"2025-{month:02d}-20"} for month in range(1, 4)],
}


def facts(case: Any, kind: str) -> Any:
    """What the newest paper of a kind says."""
    return thaw(kind, paper(case, kind).facts)


def test_rule_41_the_first_default_is_a_letter_and_the_second_shows_the_ways(office: Office) -> None:
    case = office.performing()
    office.go_to("2024-06-21")
    office.take(case, "default", clause=1)
    assert papers(case).count("reminder_letter") == 1 and "choice_sheet" not in papers(case)
    letter = facts(case, "reminder_letter")
    assert letter.debtor == "张䶮" and str(letter.items[0].open) == "3000.00"
    assert letter.perform_by == date(2024, 6, 28)
    office.go_to("2024-07-10")
    office.take(case, "default", clause=1)
    assert papers(case).count("reminder_letter") == 1
    sheet = facts(case, "choice_sheet")
    assert sheet.reader == "古丽·买买提"
    assert [route.name for route in sheet.routes] == ["依据协议起诉", "申请支付令", "再商量一次"]


def test_rule_41_twelve_instalments_are_enforced_for_what_is_open_until_two_years_after_the_last(
    office: Office,
) -> None:
    case = office.performing(clauses=[TWELVE])
    office.run(case, "apply_confirmation", "court_accept")
    office.take(case, "court_confirm", ruling_number="（2024）湘0522民特9号")
    office.take(case, "perform", clause=1, amount="1500.00")
    office.go_to("2024-07-01")
    office.take(case, "default", clause=1)
    office.take(case, "default", clause=1)
    assert facts(case, "choice_sheet").routes[0].name == "申请强制执行"
    office.take(case, "enforce", court=COURT_NAME)
    told = facts(case, "enforcement_application")
    assert told.ruling_number == "（2024）湘0522民特9号"
    assert [(row.due, str(row.open)) for row in told.items] == [
        (date(2024, 5, 20), "500.00"), (date(2024, 6, 20), "1000.00"),
    ]  # fmt: skip
    assert [party.role for party in told.parties] == ["申请执行人", "被执行人"]
    assert told.last_day == date(2027, 3, 22)  # 20 March 2027 is a Saturday


def test_rule_41_a_promise_in_free_words_is_urged_as_it_is_written(office: Office) -> None:
    care = {"text": "子女轮流照料老人，费用分担", "kind": "other", "obligors": ["r1"], "obligees": ["a1"]}
    case = office.performing(clauses=[care])
    office.go_to("2024-07-01")
    office.take(case, "default", clause=1)
    [row] = facts(case, "reminder_letter").items
    assert (row.what, row.amount, row.debtor, row.creditor) == (care["text"], None, "张䶮", "古丽·买买提")
    office.take(case, "default", clause=1)
    assert facts(case, "choice_sheet").items == (row,)


def test_rule_41_a_ruling_number_that_nobody_wrote_back_is_filled_in_by_hand(office: Office) -> None:
    case = office.performing(clauses=[TWELVE])
    office.run(case, "apply_confirmation", "court_accept", "court_confirm")
    row = case.confirmation
    assert row is not None
    row.court_number = row.ruling_number = ""
    office.go_to("2024-07-01")
    office.take(case, "enforce", court=COURT_NAME)
    assert facts(case, "enforcement_application").ruling_number == "（______）____________号"


@pytest.mark.parametrize(
    ("due", "last_day"),
    [
        ("2024-06-20", "2026-06-22"),  # a Saturday, 端午 through Sunday
        ("2024-02-29", "2026-02-28"),  # no 29th; a Saturday that is worked for 春节
        ("2024-05-15", "2026-05-15"),
        ("2024-10-01", "2026-10-08"),  # 国庆 through the 7th
    ],
)
def test_two_years_from_the_day_of_performance(office: Office, due: str, last_day: str) -> None:
    case = office.performing(clauses=[{**PAY, "due": due}])
    office.run(case, "apply_confirmation", "court_accept", "court_confirm")
    assert deadline(case, "enforcement_period").last_day == date.fromisoformat(last_day)
