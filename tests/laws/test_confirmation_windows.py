"""The thirty days of judicial confirmation, every day of 2023–2027, against announcements gathered by somebody else."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from mediation.rest_days import list_announced_years, list_rest_days
from workflows.calendar import Calendar, RestDay
from workflows.periods import Period, PeriodKind

WINDOW = Period(PeriodKind.DAYS, 30)
TABLE = Path(__file__).parent.parent / "fixtures" / "rest_days_2023_2027.csv"
FIRST, LAST = date(2023, 1, 1), date(2027, 11, 30)


def announced() -> dict[date, bool]:
    """Day → whether it is a day off, as the State Council announced it."""
    with TABLE.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["is_off_day"] == "1" for row in csv.DictReader(file)}


def count_by_hand(effective: date, days_off: dict[date, bool]) -> date:
    """Thirty days after the day of effect, and on to the next day that is worked (CPL 85)."""
    last = effective + timedelta(days=30)
    while days_off.get(last, last.weekday() >= 5):
        last += timedelta(days=1)
    return last


def ours(years: set[int]) -> Calendar:
    """The calendar as the system fills it: the library's years, and those that an administrator enters by hand."""
    days = {
        row.day: RestDay(row.rest, row.name_zh)
        for year in sorted(set(list_announced_years()) & years)
        for row in list_rest_days(year)
    }
    by_hand = years - set(list_announced_years())
    days |= {day: RestDay(off, "放假") for day, off in announced().items() if day.year in by_hand}
    return Calendar(days, years)


def test_every_window_of_five_years_ends_on_the_right_day() -> None:
    calendar, days_off = ours({2023, 2024, 2025, 2026, 2027}), announced()
    wrong = {
        effective: (found, wanted)
        for effective in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
        if (found := calendar.add_period(effective, WINDOW).last_day)
        != (wanted := count_by_hand(effective, days_off))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("effective", "last_day"),
    [
        ("2025-01-10", "2025-02-10"),  # day 30 is Sunday 9 February
        ("2024-12-30", "2025-02-05"),  # day 30 is 29 January, 春节: the first day worked is 5 February
        ("2025-01-09", "2025-02-08"),  # day 30 is a Saturday that is worked for 春节: no rest day
        ("2024-12-27", "2025-01-26"),  # day 30 is a Sunday that is worked for 春节
        ("2024-01-12", "2024-02-18"),  # day 30 is 11 February, 春节; Sunday 18 February is worked
        ("2023-12-29", "2024-01-29"),  # day 30 is a Sunday
        ("2025-09-01", "2025-10-09"),  # day 30 is 1 October; 国庆 and 中秋 last through the 8th
        ("2026-01-16", "2026-02-24"),  # day 30 is 15 February, 春节 through the 23rd
        ("2025-11-26", "2025-12-26"),  # an ordinary Friday
    ],
)
def test_windows_that_end_in_a_holiday_or_on_a_day_worked_for_it(effective: str, last_day: str) -> None:
    calendar = ours({2023, 2024, 2025, 2026})
    found = calendar.add_period(date.fromisoformat(effective), WINDOW)
    assert found.last_day == date.fromisoformat(last_day)
    assert not found.estimated


def test_a_window_into_a_year_that_nobody_has_announced_says_that_it_is_estimated() -> None:
    calendar = ours({2023, 2024, 2025, 2026})
    assert calendar.add_period(date(2026, 12, 10), WINDOW).estimated
