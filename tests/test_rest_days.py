"""The rows made from the library say what the State Council announced, and nothing about plain weekends."""

from datetime import date, timedelta

import pytest

from mediation.rest_days import RestDayRow, YearNotAnnouncedError, list_announced_years, list_rest_days
from workflows.calendar import Calendar, RestDay
from workflows.periods import Period, PeriodKind


def test_every_year_from_2004_to_2026_is_announced() -> None:
    assert list_announced_years()[0] == 2004
    assert set(range(2004, 2027)) <= set(list_announced_years())


@pytest.mark.parametrize("year", [1999, 2003, 2099])
def test_a_year_the_library_does_not_know_is_refused_by_name(year: int) -> None:
    with pytest.raises(YearNotAnnouncedError, match=str(year)):
        list_rest_days(year)


def test_the_spring_festival_of_2025_has_eight_rest_days_and_two_days_worked() -> None:
    rows = [row for row in list_rest_days(2025) if row.name_zh == "春节"]
    rest = [row.day for row in rows if row.rest]
    assert rest == [date(2025, 1, 28) + timedelta(days=n) for n in range(8)]
    assert [row.day for row in rows if not row.rest] == [date(2025, 1, 26), date(2025, 2, 8)]


def test_days_worked_to_make_up_for_the_national_day_of_2024_are_named() -> None:
    rows = list_rest_days(2024)
    assert RestDayRow(date(2024, 9, 29), False, "国庆节") in rows
    assert RestDayRow(date(2024, 10, 12), False, "国庆节") in rows


@pytest.mark.parametrize("year", list_announced_years())
def test_a_row_is_a_holiday_or_a_weekend_day_that_is_worked(year: int) -> None:
    rows = list_rest_days(year)
    assert rows == sorted(rows, key=lambda row: row.day)
    assert len({row.day for row in rows}) == len(rows)
    assert all(row.day.year == year and row.name_zh for row in rows)
    assert all(row.day.weekday() >= 5 for row in rows if not row.rest)


def test_the_rows_are_all_a_calendar_needs() -> None:
    rows = list_rest_days(2025)
    calendar = Calendar({row.day: RestDay(row.rest, row.name_zh) for row in rows}, announced={2025})
    end = calendar.add_period(date(2025, 1, 10), Period(PeriodKind.DAYS, 30))
    assert end.last_day == date(2025, 2, 10)
    assert not end.estimated
