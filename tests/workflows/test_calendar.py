"""What the counting of periods promises, in tables of days worked out by hand."""

from datetime import date, timedelta

import pytest

from workflows.calendar import Calendar, RestDay, count_days_left, find_corresponding_day
from workflows.periods import Computed, Period, PeriodKind

# (month-day first, month-day last, rest, name) as the State Council announced them.
ANNOUNCED = {
    2024: (
        ("01-01", "01-01", True, "元旦"),
        ("02-04", "02-04", False, "春节"),
        ("02-10", "02-17", True, "春节"),
        ("02-18", "02-18", False, "春节"),
        ("04-04", "04-06", True, "清明"),
        ("04-07", "04-07", False, "清明"),
        ("04-28", "04-28", False, "劳动节"),
        ("05-01", "05-05", True, "劳动节"),
        ("05-11", "05-11", False, "劳动节"),
        ("06-10", "06-10", True, "端午"),
        ("09-14", "09-14", False, "中秋"),
        ("09-15", "09-17", True, "中秋"),
        ("09-29", "09-29", False, "国庆节"),
        ("10-01", "10-07", True, "国庆节"),
        ("10-12", "10-12", False, "国庆节"),
    ),
    2025: (
        ("01-01", "01-01", True, "元旦"),
        ("01-26", "01-26", False, "春节"),
        ("01-28", "02-04", True, "春节"),
        ("02-08", "02-08", False, "春节"),
        ("04-04", "04-06", True, "清明"),
        ("04-27", "04-27", False, "劳动节"),
        ("05-01", "05-05", True, "劳动节"),
        ("05-31", "06-02", True, "端午"),
        ("09-28", "09-28", False, "国庆节"),
        ("10-01", "10-08", True, "国庆节"),
        ("10-11", "10-11", False, "国庆节"),
    ),
}


def make_calendar() -> Calendar:
    """The rest days of 2024 and 2025."""
    days: dict[date, RestDay] = {}
    for year, stretches in ANNOUNCED.items():
        for first, last, rest, name in stretches:
            day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
            while day <= end:
                days[day] = RestDay(rest, name)
                day += timedelta(days=1)
    return Calendar(days, announced={2024, 2025})


CALENDAR = make_calendar()
THIRTY_DAYS = Period(PeriodKind.DAYS, 30)


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def compute(start: str, kind: str, length: int, **more: object) -> Computed:
    """Reckon a period of the calendar above."""
    return CALENDAR.add_period(day(start), Period(PeriodKind(kind), length), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "raw", "last"),
    [
        ("2025-01-10", "2025-02-09", "2025-02-10"),  # a Sunday
        ("2025-01-09", "2025-02-08", "2025-02-08"),  # a Saturday worked to make up for Spring Festival
        ("2025-01-08", "2025-02-07", "2025-02-07"),
        ("2024-12-27", "2025-01-26", "2025-01-26"),  # a Sunday worked
        ("2024-12-28", "2025-01-27", "2025-01-27"),
        ("2024-12-29", "2025-01-28", "2025-02-05"),  # New Year's Eve: eight days of Spring Festival
        ("2025-01-05", "2025-02-04", "2025-02-05"),  # the last day of Spring Festival
        ("2024-01-10", "2024-02-09", "2024-02-09"),
        ("2024-01-11", "2024-02-10", "2024-02-18"),  # past the festival, onto a Sunday that is worked
        ("2024-01-18", "2024-02-17", "2024-02-18"),
        ("2024-01-05", "2024-02-04", "2024-02-04"),  # a Sunday worked before the festival
        ("2024-01-30", "2024-02-29", "2024-02-29"),  # a leap day
        ("2024-08-15", "2024-09-14", "2024-09-14"),  # a Saturday worked before Mid-autumn
        ("2024-08-16", "2024-09-15", "2024-09-18"),
        ("2024-08-30", "2024-09-29", "2024-09-29"),
        ("2024-09-01", "2024-10-01", "2024-10-08"),
        ("2024-09-12", "2024-10-12", "2024-10-12"),
        ("2024-09-13", "2024-10-13", "2024-10-14"),
        ("2025-08-29", "2025-09-28", "2025-09-28"),
        ("2025-09-01", "2025-10-01", "2025-10-09"),
        ("2025-09-11", "2025-10-11", "2025-10-11"),
        ("2025-09-12", "2025-10-12", "2025-10-13"),
        ("2024-12-01", "2024-12-31", "2024-12-31"),  # the end of a year
        ("2024-12-02", "2025-01-01", "2025-01-02"),  # New Year's Day
        ("2024-03-05", "2024-04-04", "2024-04-07"),  # onto a Sunday that is worked
        ("2024-04-01", "2024-05-01", "2024-05-06"),
        ("2025-05-01", "2025-05-31", "2025-06-03"),
    ],
)
def test_thirty_days_end_where_a_clerk_counting_by_hand_ends(start: str, raw: str, last: str) -> None:
    computed = compute(start, "days", 30)
    assert (computed.raw_last_day, computed.last_day) == (day(raw), day(last))
    assert computed.rolled_over == (raw != last)
    assert not computed.estimated


@pytest.mark.parametrize(
    ("start", "length", "last"),
    [
        ("2024-02-08", 1, "2024-02-09"),
        ("2024-02-09", 1, "2024-02-18"),  # a Sunday worked after Spring Festival
        ("2024-02-09", 7, "2024-02-26"),  # Sunday 18, 19 to 23, and Monday 26
        ("2024-02-02", 1, "2024-02-04"),
        ("2025-01-24", 3, "2025-02-05"),  # Sunday 26 worked, Monday 27, then the festival
        ("2025-02-07", 2, "2025-02-10"),  # Saturday 8 worked, Sunday 9 rest
        ("2024-09-27", 4, "2024-10-09"),  # Sunday 29 worked, 30, 8 and 9 October
        ("2024-09-30", 5, "2024-10-12"),  # 8, 9, 10, 11 and Saturday 12
        ("2025-09-26", 3, "2025-09-30"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-03-03", 30, "2025-04-15"),  # the medical limit, over Tomb-sweeping Day
    ],
)
def test_working_days_skip_rest_days_and_count_days_worked_to_make_up(
    start: str, length: int, last: str
) -> None:
    computed = compute(start, "working_days", length)
    assert computed.last_day == computed.raw_last_day
    assert computed.last_day == day(last)
    assert CALENDAR.count_working_days(day(start), computed.last_day) == length


@pytest.mark.parametrize(
    ("start", "kind", "length", "raw"),
    [
        ("2024-01-31", "months", 1, "2024-02-29"),
        ("2025-01-31", "months", 1, "2025-02-28"),
        ("2025-01-30", "months", 1, "2025-02-28"),
        ("2025-02-28", "months", 1, "2025-03-28"),
        ("2024-02-29", "months", 1, "2024-03-29"),
        ("2024-03-31", "months", 1, "2024-04-30"),
        ("2024-12-31", "months", 2, "2025-02-28"),
        ("2024-10-31", "months", 4, "2025-02-28"),
        ("2024-11-30", "months", 1, "2024-12-30"),
        ("2024-12-15", "months", 1, "2025-01-15"),
        ("2024-06-30", "months", 6, "2024-12-30"),
        ("2024-02-29", "months", 12, "2025-02-28"),
        ("2024-02-29", "years", 1, "2025-02-28"),
        ("2020-02-29", "years", 4, "2024-02-29"),
        ("2023-02-28", "years", 1, "2024-02-28"),
        ("2022-06-01", "years", 3, "2025-06-01"),
        ("2004-12-31", "years", 20, "2024-12-31"),
        ("1896-02-29", "years", 4, "1900-02-28"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_month_end(
    start: str, kind: str, length: int, raw: str
) -> None:
    assert find_corresponding_day(day(start), Period(PeriodKind(kind), length)) == day(raw)
    assert compute(start, kind, length).raw_last_day == day(raw)


def test_a_start_day_is_not_counted() -> None:
    computed = compute("2025-03-10", "days", 1)
    assert computed.first_counted_day == computed.last_day == day("2025-03-11")
    assert compute("2024-02-09", "working_days", 1).first_counted_day == day("2024-02-18")


def test_a_period_that_does_not_roll_may_end_on_a_rest_day() -> None:
    computed = CALENDAR.add_period(day("2025-01-10"), Period(PeriodKind.DAYS, 30, rolls=False))
    assert computed.last_day == day("2025-02-09")
    assert not computed.rolled_over


def test_the_end_is_explained_in_plain_words() -> None:
    assert compute("2025-01-10", "days", 30).explain_zh() == (
        "自2025年1月10日起算30日，当日不计，第30日为2025年2月9日（星期日，休息日），顺延至2025年2月10日。"
    )
    assert compute("2025-01-10", "days", 30).explain_en() == (
        "30 days from 2025-01-10, that day not counted: the end falls on 2025-02-09 (Sunday), "
        "a rest day, moved to 2025-02-10."
    )
    assert compute("2025-02-07", "working_days", 1).explain_zh() == (
        "自2025年2月7日起算1个工作日，当日不计，休息日不计，"
        "第1个工作日为2025年2月8日（星期六，调休上班），即为最后一日。"
    )
    assert compute("2024-09-01", "months", 1).explain_zh() == (
        "自2024年9月1日起算1个月，当日不计，期满之日为2024年10月1日（星期二，国庆节放假），顺延至2024年10月8日。"
    )


def test_pauses_and_extensions_are_part_of_the_explanation() -> None:
    computed = compute(
        "2025-03-03", "days", 30, pauses=[(day("2025-03-10"), day("2025-03-15"))], extensions=[10]
    )
    assert computed.last_day == day("2025-04-17")
    assert computed.explain_zh() == (
        "自2025年3月3日起算30日，当日不计，延长10日，2025年3月10日至2025年3月14日（5日）暂停不计，"
        "第40日为2025年4月17日（星期四），即为最后一日。"
    )
    assert "extended by 10 days, paused from 2025-03-10 to 2025-03-14" in computed.explain_en()


def test_the_day_of_pausing_is_not_counted_and_the_day_of_resuming_is() -> None:
    computed = compute("2025-03-10", "days", 3, pauses=[(day("2025-03-11"), day("2025-03-13"))])
    assert computed.first_counted_day == day("2025-03-13")
    assert computed.raw_last_day == day("2025-03-15")
    assert computed.days_not_counted == 2
    same_day = compute("2025-03-10", "days", 3, pauses=[(day("2025-03-11"), day("2025-03-11"))])
    assert same_day.raw_last_day == day("2025-03-13")


def test_overlapping_pauses_are_taken_out_once() -> None:
    pauses = [(day("2025-03-12"), day("2025-03-16")), (day("2025-03-14"), day("2025-03-18"))]
    assert compute("2025-03-10", "days", 5, pauses=pauses) == compute(
        "2025-03-10", "days", 5, pauses=[(day("2025-03-12"), day("2025-03-18"))]
    )


def test_a_pause_before_the_start_or_after_the_end_moves_nothing() -> None:
    free = compute("2025-03-10", "days", 5)
    for first, resumed in (("2025-03-01", "2025-03-11"), ("2025-03-16", "2025-03-30")):
        assert compute("2025-03-10", "days", 5, pauses=[(day(first), day(resumed))]) == free


def test_an_open_pause_moves_the_end_day_by_day() -> None:
    open_pause = [(day("2025-03-12"), None)]
    computed = compute("2025-03-10", "days", 5, pauses=open_pause, as_of=day("2025-03-12"))
    assert (computed.raw_last_day, computed.paused_since) == (day("2025-03-16"), day("2025-03-12"))
    later = compute("2025-03-10", "days", 5, pauses=open_pause, as_of=day("2025-03-20"))
    assert later.raw_last_day == day("2025-03-24")
    assert later.explain_zh().endswith("2025年3月12日起暂停，尚未恢复，恢复后日期还要往后移。")
    too_late = compute("2025-03-10", "days", 5, pauses=[(day("2025-03-17"), None)], as_of=day("2025-03-20"))
    assert too_late.paused_since is None


def test_impossible_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Period(PeriodKind.DAYS, 0)
    with pytest.raises(ValueError, match="at least one day"):
        compute("2025-03-10", "days", 5, extensions=[0])
    with pytest.raises(ValueError, match="before it begins"):
        compute("2025-03-10", "days", 5, pauses=[(day("2025-03-12"), day("2025-03-11"))])
    with pytest.raises(ValueError, match="open pause"):
        compute("2025-03-10", "days", 5, pauses=[(day("2025-03-12"), None)])
    with pytest.raises(ValueError, match="no corresponding day"):
        find_corresponding_day(day("2025-03-10"), Period(PeriodKind.WORKING_DAYS, 1))


def test_a_year_nobody_has_announced_is_counted_by_weekends_and_marked() -> None:
    computed = compute("2025-12-10", "days", 30)
    assert computed.last_day == day("2026-01-09")
    assert computed.estimated
    assert "预计" in computed.explain_zh()
    assert "Estimated" in computed.explain_en()
    assert compute("2025-12-20", "working_days", 10).estimated
    assert not CALENDAR.add_period(day("2025-12-10"), Period(PeriodKind.DAYS, 30, rolls=False)).estimated


def test_a_year_long_past_is_counted_by_weekends_without_a_mark() -> None:
    computed = compute("1998-12-02", "days", 30)
    assert computed.last_day == day("1999-01-01")
    assert not computed.estimated


def test_a_period_is_estimated_only_through_the_days_it_rests_on() -> None:
    assert not compute("2025-12-01", "days", 30).estimated
    assert Calendar({}, announced=()).add_period(day("2025-03-10"), THIRTY_DAYS).estimated


def test_days_left_are_none_on_the_last_day() -> None:
    assert count_days_left(day("2025-02-10"), day("2025-02-10")) == 0
    assert count_days_left(day("2025-03-01"), day("2025-02-28")) == 1
    assert count_days_left(day("2024-12-31"), day("2025-01-01")) == -1


def test_periods_are_named_in_both_languages() -> None:
    assert Period(PeriodKind.WORKING_DAYS, 30).describe_zh() == "30个工作日"
    assert Period(PeriodKind.YEARS, 1).describe_en() == "1 year"
    assert Period(PeriodKind.WORKING_DAYS, 2).describe_en() == "2 working days"
