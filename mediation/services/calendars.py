"""The calendar this installation counts by: announced rest days in a table, overridden by hand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import CalendarYear, RestDay
from mediation.rest_days import list_announced_years, list_rest_days
from workflows.calendar import Calendar
from workflows.calendar import RestDay as KnownRestDay

_KEPT = "mediation.calendar"


def load_rest_days(session: Session) -> list[int]:
    """Bring in what the library knows of years that are not there yet; hand-set days stay. Returns the new years."""
    there = set(session.scalars(select(CalendarYear.year)))
    by_hand = set(session.scalars(select(RestDay.day).where(RestDay.origin == "hand")))
    new = [year for year in list_announced_years() if year not in there]
    for year in new:
        session.add(CalendarYear(year=year, origin="library"))
        session.add_all(
            RestDay(day=row.day, rest=row.rest, name=row.name_zh, origin="library")
            for row in list_rest_days(year)
            if row.day not in by_hand
        )
    session.flush()  # the calendar below reads them back
    session.info.pop(_KEPT, None)
    return new


def set_rest_day(session: Session, day: date, rest: bool, name: str) -> None:
    """Set one day by hand, over whatever the library says."""
    session.merge(RestDay(day=day, rest=rest, name=name, origin="hand"))
    session.info.pop(_KEPT, None)


def announce_year(session: Session, year: int) -> None:
    """Say that a year's rest days are all in the table now."""
    session.merge(CalendarYear(year=year, origin="hand"))
    session.info.pop(_KEPT, None)


def calendar(session: Session) -> Calendar:
    """The calendar, read once a session."""
    kept = session.info.get(_KEPT)
    if isinstance(kept, Calendar):
        return kept
    rows = session.execute(select(RestDay.day, RestDay.rest, RestDay.name))
    days = {day: KnownRestDay(rest, name) for day, rest, name in rows}
    found = Calendar(days, set(session.scalars(select(CalendarYear.year))))
    session.info[_KEPT] = found
    return found
