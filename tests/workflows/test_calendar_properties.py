"""What the counting of periods promises for any calendar whatever: the rules of law as properties."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.calendar import Calendar, RestDay, find_corresponding_day
from workflows.periods import Period, PeriodKind

dates = st.dates(date(2023, 12, 1), date(2024, 12, 31))
kinds = st.sampled_from(list(PeriodKind))
day_kinds = st.sampled_from([PeriodKind.DAYS, PeriodKind.WORKING_DAYS])
lengths = st.integers(1, 60)
pauses_of_any_sort = st.lists(
    st.tuples(dates, st.integers(0, 40)).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))), max_size=4
)
# Rest days and make-up workdays strewn about at random.
calendars = st.dictionaries(dates, st.booleans(), max_size=60).map(
    lambda rests: Calendar({day: RestDay(rest, "") for day, rest in rests.items()}, announced={2023, 2024})
)


@given(calendars, dates, kinds, lengths, pauses_of_any_sort)
def test_a_last_day_that_rolls_is_the_first_that_is_no_rest_day(
    calendar: Calendar, start: date, kind: PeriodKind, length: int, pauses: list[tuple[date, date]]
) -> None:
    computed = calendar.add_period(start, Period(kind, length), pauses)
    assert start < computed.first_counted_day <= computed.raw_last_day <= computed.last_day
    assert not calendar.is_rest_day(computed.last_day)
    skipped = (computed.last_day - computed.raw_last_day).days
    assert all(calendar.is_rest_day(computed.raw_last_day + timedelta(days=n)) for n in range(skipped))


@given(calendars, dates, day_kinds, lengths, pauses_of_any_sort)
def test_a_later_start_or_a_longer_period_never_ends_earlier(
    calendar: Calendar, start: date, kind: PeriodKind, length: int, pauses: list[tuple[date, date]]
) -> None:
    last = calendar.add_period(start, Period(kind, length), pauses).last_day
    assert last <= calendar.add_period(start, Period(kind, length + 1), pauses).last_day
    assert last <= calendar.add_period(start + timedelta(days=1), Period(kind, length), pauses).last_day


@given(calendars, dates, st.integers(1, 24))
def test_a_later_start_or_more_months_never_end_earlier(calendar: Calendar, start: date, months: int) -> None:
    last = calendar.add_period(start, Period(PeriodKind.MONTHS, months)).last_day
    assert last <= calendar.add_period(start, Period(PeriodKind.MONTHS, months + 1)).last_day
    assert last <= calendar.add_period(start + timedelta(days=1), Period(PeriodKind.MONTHS, months)).last_day


@given(calendars, dates, lengths)
def test_counting_working_days_undoes_adding_them(calendar: Calendar, start: date, length: int) -> None:
    last = calendar.add_period(start, Period(PeriodKind.WORKING_DAYS, length)).last_day
    assert calendar.count_working_days(start, last) == length
    assert calendar.count_working_days(last, start) == -length


@given(calendars, dates, lengths, st.integers(0, 59), st.integers(0, 90))
def test_a_pause_of_n_days_moves_the_raw_end_by_n(
    calendar: Calendar, start: date, length: int, at: int, n: int
) -> None:
    paused_on = start + timedelta(days=1 + at % length)
    pause = (paused_on, paused_on + timedelta(days=n))
    computed = calendar.add_period(start, Period(PeriodKind.DAYS, length), [pause])
    assert computed.raw_last_day == start + timedelta(days=length + n)
    assert computed.days_not_counted == n


@settings(max_examples=60)
@given(calendars, dates, kinds, lengths, pauses_of_any_sort)
def test_every_day_up_to_the_end_is_counted_or_taken_out(
    calendar: Calendar, start: date, kind: PeriodKind, length: int, pauses: list[tuple[date, date]]
) -> None:
    period = Period(kind, length)
    computed = calendar.add_period(start, period, pauses)
    counted = 0
    for n in range(1, (computed.raw_last_day - start).days + 1):
        current = start + timedelta(days=n)
        paused = any(first <= current < resumed for first, resumed in pauses)
        skipped = kind is PeriodKind.WORKING_DAYS and calendar.is_rest_day(current)
        counted += not paused and not skipped
    if kind in (PeriodKind.DAYS, PeriodKind.WORKING_DAYS):
        assert counted == computed.counted == length
    else:
        assert counted == (find_corresponding_day(start, period) - start).days


@given(calendars, dates, day_kinds, lengths, st.integers(1, 30))
def test_an_extension_is_a_longer_period_of_the_same_kind(
    calendar: Calendar, start: date, kind: PeriodKind, length: int, more: int
) -> None:
    extended = calendar.add_period(start, Period(kind, length), extensions=[more])
    assert extended.last_day == calendar.add_period(start, Period(kind, length + more)).last_day


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_months_never_skip_one_and_keep_the_day_where_it_exists(start: date, months: int) -> None:
    end = find_corresponding_day(start, Period(PeriodKind.MONTHS, months))
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
