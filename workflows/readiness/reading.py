"""What stands in the text of a clause: sums in figures and in capitals, days, rates of interest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

SUM = re.compile(r"([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(亿|万)?\s*元")
CAPITALS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正]{2,}")
DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
DUE = re.compile(DAY.pattern + r"\s*(?:24时|二十四时)?(?:之前|以前|前|付清|一次性|支付|交付|止)")
RATE = re.compile(
    r"(年|月|日|每年|每月|每日|按年|按月|按日)[^0-9，。；]{0,6}([0-9]+(?:\.[0-9]+)?)\s*(%|％|‰|分|厘)"
)
SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}
A_YEAR = {"年": 1, "月": 12, "日": 365}
PER_CENT = {"%": 1.0, "％": 1.0, "‰": 0.1, "厘": 0.1, "分": 1.0}
PER_CENT_A_YEAR = PER_CENT | {"厘": 1.0, "分": 10.0}  # 年息一分 is a tenth, 月息一分 a hundredth


def read_sums(text: str) -> list[Decimal]:
    """Every sum written in figures, in yuan."""
    found = []
    for figures, scale in SUM.findall(text):
        plain = figures.replace(",", "").replace("，", "")
        found.append(Decimal(plain) * SCALE[scale])
    return found


def read_capitals(text: str) -> list[tuple[str, Decimal]]:
    """Every sum in Chinese capitals, as it stands and in yuan; what is none is passed over."""
    return [(said, value) for said in CAPITALS.findall(text) if (value := value_of(said)) is not None]


def value_of(capitals: str) -> Decimal | None:
    """What a sum in capitals is worth; None for what is no sum."""
    if not re.search("[圆元角分]", capitals) or not re.search("[壹贰叁肆伍陆柒捌玖拾]", capitals):
        return None
    whole, _, rest = capitals.replace("圆", "元").rpartition("元")
    total = Decimal(_whole(whole))
    for digit, unit in re.findall("([壹贰叁肆伍陆柒捌玖])(角|分)", rest):
        total += Decimal(DIGITS[digit]) / (10 if unit == "角" else 100)
    return total


def _whole(capitals: str) -> int:
    if "亿" in capitals:
        high, _, low = capitals.partition("亿")
        return _whole(high) * 100_000_000 + _whole(low)
    if "万" in capitals:
        high, _, low = capitals.partition("万")
        return _whole(high) * 10_000 + _whole(low)
    total = digit = 0
    for sign in capitals:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
    return total + digit


def read_due_days(text: str) -> list[date]:
    """The days by which something is to be done."""
    return [day for day, _ in _days(DUE, text) if day is not None]


def read_impossible_days(text: str) -> list[str]:
    """Days that no calendar has, as they stand."""
    return [said for day, said in _days(DAY, text) if day is None]


def _days(pattern: re.Pattern[str], text: str) -> Iterator[tuple[date | None, str]]:
    for found in pattern.finditer(text):
        year, month, day = (int(part) for part in found.groups()[:3])
        said = f"{year}年{month}月{day}日"
        try:
            yield date(year, month, day), said
        except ValueError:
            yield None, said


def read_yearly_rates(text: str) -> list[float]:
    """Rates of interest, in per cent a year; only where the text speaks of interest."""
    if "息" not in text:
        return []
    return [_a_year(every[-1], float(rate), unit) for every, rate, unit in RATE.findall(text)]


def _a_year(every: str, rate: float, unit: str) -> float:
    return round(rate * (PER_CENT_A_YEAR if every == "年" else PER_CENT)[unit] * A_YEAR[every], 4)
