"""The rest days the State Council announced, read from chinesecalendar as plain rows for storing."""

from dataclasses import dataclass
from datetime import date

import chinese_calendar


class YearNotAnnouncedError(LookupError):
    """The library does not know the rest days of that year (yet)."""


@dataclass(frozen=True, slots=True)
class RestDayRow:
    """One day that the announcement names: a holiday, or a weekend day worked to make up for one."""

    day: date
    rest: bool
    name_zh: str


def list_announced_years() -> tuple[int, ...]:
    """The years whose rest days the installed library knows, in order (2004 to 2026 in version 1.11)."""
    years = {day.year for day in chinese_calendar.holidays}
    return tuple(sorted(years))


def list_rest_days(year: int) -> list[RestDayRow]:
    """The days of a year that the announcement names, in order; plain weekends and workdays are left out.

    Raises YearNotAnnouncedError for a year the library does not know.
    """
    if year not in list_announced_years():
        raise YearNotAnnouncedError(f"the rest days of {year} are not in chinesecalendar")
    named = chinese_calendar.holidays | chinese_calendar.workdays
    return [
        RestDayRow(day, chinese_calendar.is_holiday(day), chinese_calendar.Holiday(name).chinese)
        for day, name in sorted(named.items())
        if day.year == year
    ]
