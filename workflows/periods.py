"""What a period is, and its computed end with the words that explain it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """The unit a period is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


_UNITS_ZH = {
    PeriodKind.DAYS: "日",
    PeriodKind.WORKING_DAYS: "个工作日",
    PeriodKind.MONTHS: "个月",
    PeriodKind.YEARS: "年",
}
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a law or policy states it; `rolls`: whether a last day on a rest day moves on."""

    kind: PeriodKind
    length: int
    rolls: bool = True

    def __post_init__(self) -> None:
        """Refuse, with ValueError, a period of no length."""
        if self.length < 1:
            raise ValueError(f"a period lasts at least one day, not {self.length}")

    def describe_zh(self) -> str:
        """The period in Chinese: 30日, 30个工作日, 1个月, 2年."""
        return f"{self.length}{_UNITS_ZH[self.kind]}"

    def describe_en(self) -> str:
        """The period in English: 30 days, 1 month."""
        unit = self.kind.value.replace("_", " ")
        return f"{self.length} {unit[:-1] if self.length == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Computed:
    """The end of a period and everything needed to say how it was found.

    `raw_last_day` is the last day before it was moved off rest days; `raw_last_day_note` tells the kind
    of day (weekday, holiday). `counted` is how many days were counted, 0 where months or years were.
    `not_counted` holds the stretches, first and last day, that pauses really took out. `paused_since` is set
    while a pause is open; `last_day` then holds only if counting resumes on the very next day.
    `estimated` is true when a day that mattered lies in a year whose rest days nobody has announced.
    """

    start: date
    period: Period
    first_counted_day: date
    raw_last_day: date
    last_day: date
    counted: int
    raw_last_day_note: str
    estimated: bool
    extended_by: int = 0
    not_counted: tuple[tuple[date, date], ...] = ()
    paused_since: date | None = None

    @property
    def rolled_over(self) -> bool:
        """Whether the last day was moved off a rest day."""
        return self.last_day != self.raw_last_day

    @property
    def days_not_counted(self) -> int:
        """How many calendar days pauses took out."""
        return sum((last - first).days + 1 for first, last in self.not_counted)

    def explain_zh(self) -> str:
        """How the last day was found, as one Chinese sentence; more when estimated or still paused."""
        parts = [f"自{write_date_zh(self.start)}起算{self.period.describe_zh()}", "当日不计"]
        if self.period.kind is PeriodKind.WORKING_DAYS:
            parts.append("休息日不计")
        if self.extended_by:
            unit = "个工作日" if self.period.kind is PeriodKind.WORKING_DAYS else "日"
            parts.append(f"延长{self.extended_by}{unit}")
        parts += [f"{_stretch_zh(first, last)}暂停不计" for first, last in self.not_counted]
        parts.append(f"{self._ordinal_zh()}为{write_date_zh(self.raw_last_day)}（{self.raw_last_day_note}）")
        parts.append(f"顺延至{write_date_zh(self.last_day)}" if self.rolled_over else "即为最后一日")
        text = "，".join(parts) + "。"
        if self.paused_since:
            text += f"{write_date_zh(self.paused_since)}起暂停，尚未恢复，恢复后日期还要往后移。"
        if self.estimated:
            text += "（预计：有的年份放假安排尚未公布，先按周六、周日休息推算，公布后重新计算。）"
        return text

    def explain_en(self) -> str:
        """How the last day was found, in English."""
        parts = [f"{self.period.describe_en()} from {self.start}", "that day not counted"]
        if self.period.kind is PeriodKind.WORKING_DAYS:
            parts.append("rest days not counted")
        if self.extended_by:
            unit = "working day" if self.period.kind is PeriodKind.WORKING_DAYS else "day"
            parts.append(f"extended by {self.extended_by} {unit}{'s' if self.extended_by > 1 else ''}")
        parts += [f"paused from {first} to {last}" for first, last in self.not_counted]
        moved = f"a rest day, moved to {self.last_day}" if self.rolled_over else "which is the last day"
        weekday = _WEEKDAYS_EN[self.raw_last_day.weekday()]
        text = f"{', '.join(parts)}: the end falls on {self.raw_last_day} ({weekday}), {moved}."
        if self.paused_since:
            text += f" Paused since {self.paused_since}; the date will move on when it resumes."
        if self.estimated:
            text += " (Estimated: the rest days of a year concerned are not announced; only weekends count.)"
        return text

    def _ordinal_zh(self) -> str:
        if self.period.kind is PeriodKind.WORKING_DAYS:
            return f"第{self.counted}个工作日"
        return f"第{self.counted}日" if self.counted else "期满之日"


def write_date_zh(day: date) -> str:
    """A date as papers write it: 2025年1月10日, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _stretch_zh(first: date, last: date) -> str:
    if first == last:
        return write_date_zh(first)
    return f"{write_date_zh(first)}至{write_date_zh(last)}（{(last - first).days + 1}日）"
