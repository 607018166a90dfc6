"""赡养费 every month without an end: the ledger goes on by itself, and so do its reminders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation.models import Case
from mediation.services import ledger, promises_ahead
from tests.services.county import PAY, Office

MONTHLY = {"every": "month", "amount": "500.00", "from": "2024-04-01"}


def maintenance(office: Office, **recurring: str) -> Case:
    """An agreement in effect about something that recurs."""
    clause = {key: value for key, value in PAY.items() if key not in ("amount", "due")}
    return office.performing(clauses=[{**clause, "recurring": {**MONTHLY, **recurring}}])


def round_on(office: Office, day: str) -> int:
    """The round of a day."""
    office.go_to(day)
    done = promises_ahead.lay_out_more(office.desk)
    office.session.flush()
    return done


def dues(case: Case) -> list[date]:
    """When something falls due, line by line."""
    return [row.due for row in case.agreement.clauses[0].lines if row.due]


def reminders(case: Case) -> list[date]:
    """The days that are reminded of."""
    return [row.last_day for row in case.deadlines if row.name == "obligation_due" and not row.stopped_at]


def test_a_promise_without_an_end_is_laid_out_a_year_ahead_for_ever(office: Office) -> None:
    case = maintenance(office)
    first = dues(case)
    assert first[0] == date(2024, 4, 1) and first[-1] == date(2025, 3, 1)
    for year in range(2025, 2031):
        assert round_on(office, f"{year}-09-10") == 1
        laid = dues(case)
        assert laid[-1] == date(year + 1, 9, 1)
        months = [(day.year, day.month) for day in laid]
        assert len(set(months)) == len(months) == (year - 2024) * 12 + 18, "each month once, none left out"
        assert round_on(office, f"{year}-09-11") == 0
    numbers = [row.no for row in case.agreement.clauses[0].lines]
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_comes_near_is_reminded_of_though_nobody_writes_anything_down(office: Office) -> None:
    case = maintenance(office)
    before = reminders(case)
    assert round_on(office, "2025-05-20") == 1
    assert reminders(case)[: len(before)] == before
    assert date(2025, 6, 1) in reminders(case) and date(2025, 5, 1) in reminders(case)
    assert max(reminders(case)) < date(2026, 1, 1), "only the coming ones"
    assert round_on(office, "2025-05-20") == 0


def test_one_with_an_end_ends_and_is_reminded_of_until_then(office: Office) -> None:
    case = maintenance(office, until="2024-12-31")
    laid = dues(case)
    assert round_on(office, "2024-10-20") == 1
    assert dues(case) == laid and reminders(case)[-1] == date(2024, 12, 1)


def test_money_paid_ahead_goes_to_the_lines_that_are_new(office: Office) -> None:
    case = maintenance(office)
    [clause] = case.agreement.clauses
    office.take(case, "perform", clause=1, amount="6200.00")
    assert clause.payments[0].surplus == Decimal("200.00")
    round_on(office, "2024-08-20")
    assert (clause.payments[0].surplus, clause.lines[12].paid) == (Decimal("0.00"), Decimal("200.00"))
    assert ledger.replay(clause).surplus == [Decimal("0.00")]


def test_what_is_closed_or_replaced_is_left_alone(office: Office) -> None:
    closed, replaced = maintenance(office), maintenance(office)
    office.run(closed, "close")
    office.run(replaced, "agree", "sign")
    before = [len(dues(closed)), len(replaced.agreements[0].clauses[0].lines)]
    assert round_on(office, "2026-01-10") == 0
    assert [len(dues(closed)), len(replaced.agreements[0].clauses[0].lines)] == before
