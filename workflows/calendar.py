"""Counting of periods: which day is the last one, given the rest days, the pauses and the extensions.

Nothing here looks anything up: the rest days are handed in. The rules are those of the Civil Procedure Law
art. 85 and the Civil Code art. 200-204: the starting day is not counted; months and years end on the
corresponding day, or on the last day of a month that lacks it; a last day that is a rest day moves to the
first day after the rest days. A weekend day worked to make up for a holiday (调休上班) is not a rest day.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.periods import Computed, Period, PeriodKind

ONE_DAY = timedelta(days=1)
SATURDAY = 5
_WEEKDAYS_ZH = "一二三四五六日"

Pause = tuple[date, date | None]
"""From the day of pausing to the day of resuming; None while it has not been resumed.

The day of pausing is not counted, nor any day up to the one before resuming; the day of resuming is counted.
A pause moves the end by as many countable days as it held. What lies before the first day counted, or after
the end, moves nothing; days under two pauses are taken out once.
"""


Stretch = tuple[date, date]
"""Days taken out: the first of them, and the day on which counting resumes."""


@dataclass(frozen=True, slots=True)
class RestDay:
    """What was announced for one day: rest or work, and the holiday it belongs to (春节, 国庆节, …)."""

    rest: bool
    name: str


class Calendar:
    """The rest days of a country, as far as they are announced.

    A day without an entry is a rest day on Saturday and Sunday. `announced` names the years whose holidays
    are known. A year that is not among them is counted by weekends: marked as estimated if it comes after the
    first announced year (or if none is), not marked if it lies before, for nothing will be announced for it.
    """

    def __init__(self, days: Mapping[date, RestDay], announced: Collection[int]) -> None:
        """Keep copies of the announced days, and of the years they cover."""
        self._days = dict(days)
        self._announced = frozenset(announced)
        self._first_year = min(self._announced, default=date.min.year)

    def is_rest_day(self, day: date) -> bool:
        """Whether nobody need act on that day: a weekend or holiday, and no make-up workday."""
        entry = self._days.get(day)
        return day.weekday() >= SATURDAY if entry is None else entry.rest

    def is_estimated(self, day: date) -> bool:
        """Whether the answer for that day may change when the holidays of its year are announced."""
        return day.year not in self._announced and day.year >= self._first_year and day not in self._days

    def describe_day_zh(self, day: date) -> str:
        """What kind of day it is, in Chinese: 星期日，休息日; 星期三，春节放假; 星期日，调休上班; 星期五."""
        weekday = f"星期{_WEEKDAYS_ZH[day.weekday()]}"
        entry = self._days.get(day)
        if self.is_rest_day(day):
            return f"{weekday}，{entry.name}放假" if entry and entry.name else f"{weekday}，休息日"
        return f"{weekday}，调休上班" if day.weekday() >= SATURDAY else weekday

    def find_working_day(self, day: date) -> date:
        """The day itself when people work on it, else the first working day after it."""
        while self.is_rest_day(day):
            day += ONE_DAY
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """How many working days lie after `after` through `until`; negative when `until` is earlier."""
        if until < after:
            return -self.count_working_days(until, after)
        return sum(not self.is_rest_day(day) for day in _days_after(after, until))

    def add_period(
        self,
        start: date,
        period: Period,
        pauses: Sequence[Pause] = (),
        *,
        extensions: Sequence[int] = (),
        as_of: date | None = None,
    ) -> Computed:
        """Find the last day of a period that an event on `start` sets running.

        An open pause is reckoned through `as_of`, the day for which the question is asked. Extensions add
        days (working days where the period has them) before the end is moved off rest days. ValueError if an
        extension is below one, a pause ends before it begins, or an open one comes without `as_of`.
        Sources: Civil Procedure Law art. 85; Civil Code art. 200-204; appraisal time taken out:
        医疗纠纷预防和处理条例 art. 38.
        """
        extended_by = _sum_extensions(extensions)
        stretches = list(_merge_pauses(pauses, start, as_of))
        if period.kind is PeriodKind.WORKING_DAYS:
            length = period.length + extended_by
            first, raw = self._count_working(start, length, stretches)
        else:
            length = (find_corresponding_day(start, period) - start).days + extended_by
            first, raw = _count_days(start, length, stretches)
        last = self.find_working_day(raw) if period.rolls else raw
        return Computed(
            start=start,
            period=period,
            first_counted_day=first,
            raw_last_day=raw,
            last_day=last,
            counted=0 if period.kind in (PeriodKind.MONTHS, PeriodKind.YEARS) else length,
            raw_last_day_note=self.describe_day_zh(raw),
            estimated=self._rests_on_estimate(start, raw, last, period),
            extended_by=extended_by,
            not_counted=tuple((a, b - ONE_DAY) for a, b in stretches if a <= raw),
            paused_since=_find_open_pause(pauses, raw, as_of),
        )

    def _count_working(self, start: date, length: int, stretches: list[Stretch]) -> tuple[date, date]:
        first: date | None = None
        day = start
        while length:
            day += ONE_DAY
            if self.is_rest_day(day) or any(a <= day < b for a, b in stretches):
                continue
            first = first or day
            length -= 1
        return first or day, day

    def _rests_on_estimate(self, start: date, raw: date, last: date, period: Period) -> bool:
        if period.kind is PeriodKind.WORKING_DAYS:
            return any(self.is_estimated(day) for day in _days_after(start, last))
        return period.rolls and any(self.is_estimated(day) for day in _days_after(raw - ONE_DAY, last))


def find_corresponding_day(start: date, period: Period) -> date:
    """The day a period ends on before rest days, pauses and extensions; calendar days, months and years only.

    Civil Code art. 202: the day of the last month that corresponds to the start, or that month's last day.
    Raises ValueError for working days and OverflowError or ValueError beyond the year 9999.
    """
    if period.kind is PeriodKind.WORKING_DAYS:
        raise ValueError("working days have no corresponding day")
    if period.kind is PeriodKind.DAYS:
        return start + timedelta(days=period.length)
    months = period.length * (12 if period.kind is PeriodKind.YEARS else 1)
    years, month = divmod(start.month - 1 + months, 12)
    first_of_month = date(start.year + years, month + 1, 1)
    month_end = (first_of_month + timedelta(days=31)).replace(day=1) - ONE_DAY
    return first_of_month.replace(day=min(start.day, month_end.day))


def count_days_left(deadline: date, today: date) -> int:
    """Calendar days from today to the last day: 0 on the last day itself, negative once it is past."""
    return (deadline - today).days


def _sum_extensions(extensions: Sequence[int]) -> int:
    if any(days < 1 for days in extensions):
        raise ValueError("an extension is at least one day")
    return sum(extensions)


def _days_after(after: date, until: date) -> Iterator[date]:
    return (after + timedelta(days=n) for n in range(1, (until - after).days + 1))


def _merge_pauses(pauses: Sequence[Pause], start: date, as_of: date | None) -> Iterator[Stretch]:
    """Stretches [first day out, day of resuming) after the start, in order, without overlap."""
    current: Stretch | None = None
    for first, resumed in sorted((max(a, start + ONE_DAY), _close_pause(a, b, as_of)) for a, b in pauses):
        if first >= resumed:
            continue
        if current is None or first > current[1]:
            if current:
                yield current
            current = (first, resumed)
        else:
            current = (current[0], max(current[1], resumed))
    if current:
        yield current


def _close_pause(first: date, resumed: date | None, as_of: date | None) -> date:
    if resumed is None:
        if as_of is None:
            raise ValueError("an open pause needs the day for which the end is asked")
        return as_of + ONE_DAY
    if resumed < first:
        raise ValueError("a pause cannot end before it begins")
    return resumed


def _find_open_pause(pauses: Sequence[Pause], raw_last_day: date, as_of: date | None) -> date | None:
    known = min(raw_last_day, as_of) if as_of else raw_last_day
    return min((first for first, resumed in pauses if resumed is None and first <= known), default=None)


def _count_days(start: date, length: int, stretches: list[Stretch]) -> tuple[date, date]:
    """First and last of `length` calendar days after the start, stepping over the stretches."""
    first, end = start + ONE_DAY, start + timedelta(days=length)
    for begin, resumed in stretches:
        if begin <= first:
            first = max(first, resumed)
        if begin <= end:
            end += resumed - begin
    return first, end
