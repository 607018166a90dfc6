"""Money, dates and counts read as Chinese legal papers write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import figures

VECTORS = {
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "100000000": "壹亿元整",
    "382600002663.40": "叁仟捌佰贰拾陆亿零贰仟陆佰陆拾叁元肆角",
    "5000018763862.41": "伍万亿零壹仟捌佰柒拾陆万叁仟捌佰陆拾贰元肆角壹分",
    "0": "零元整",
    "10": "壹拾元整",
    "3500": "叁仟伍佰元整",
    "0.5": "伍角",
    "0.05": "伍分",
    "849300.00": "捌拾肆万玖仟叁佰元整",
    "9.999": "壹拾元整",
    "0.005": "壹分",
}
DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_section(words: str) -> int:
    """The value of a run of digits and 拾佰仟, an implementation of its own."""
    value, digit = 0, 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        else:
            value, digit = value + digit * UNITS[word], 0
    return value + digit


def read_money(words: str) -> Decimal:
    """What the words say, in yuan."""
    words = words.removesuffix("整")
    yuan, _, cents = words.rpartition("元")
    total = Decimal(0)
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        high, found, rest = yuan.rpartition(unit)
        if found:
            inner, _, low = high.rpartition("万")
            total += Decimal(read_section(inner) * 10**4 + read_section(low)) * value
            yuan = rest
    total += read_section(yuan)
    for unit, part in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        head, found, rest = cents.partition(unit)
        if found:
            total += DIGITS[head[-1]] * part
            cents = rest
    return total


@pytest.mark.parametrize(("amount", "words"), VECTORS.items())
def test_the_published_amounts_are_spelt_as_published(amount: str, words: str) -> None:
    assert figures.spell_money(Decimal(amount)) == words


@given(st.decimals("0", "9999999999999.99", places=2))
def test_an_amount_in_words_reads_back_as_the_same_amount(amount: Decimal) -> None:
    assert read_money(figures.spell_money(amount)) == amount


@given(st.decimals("0", "9999999999999.99", places=2))
def test_words_never_double_a_zero_nor_drop_the_one_before_ten(amount: Decimal) -> None:
    words = figures.spell_money(amount)
    assert "零零" not in words and not words.startswith("拾")
    assert words.endswith(("整", "角", "分"))


@given(st.decimals("0", "9999999999999.99", places=2))
def test_figures_keep_two_decimals_and_read_back(amount: Decimal) -> None:
    written = figures.format_money(amount)
    assert Decimal(written.replace(",", "")) == amount and written[-3] == "."


@pytest.mark.parametrize("amount", ["-0.01", "10000000000000", "NaN", "Infinity"])
def test_an_amount_no_paper_can_promise_is_refused(amount: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        figures.spell_money(Decimal(amount))


def test_both_ways_of_writing_an_amount_stand_together() -> None:
    assert figures.write_money(Decimal("3500")) == "3,500.00元（人民币叁仟伍佰元整）"


def test_dates_have_no_leading_zeros() -> None:
    assert figures.write_date(date(2026, 1, 5)) == "2026年1月5日"
    assert figures.write_time(datetime(2026, 1, 5, 9, 5)) == "2026年1月5日9时05分"


@pytest.mark.parametrize(
    ("number", "words"),
    {
        0: "零",
        1: "一",
        10: "十",
        12: "十二",
        20: "二十",
        45: "四十五",
        105: "一百零五",
        1010: "一千零一十",
    }.items(),
)
def test_counts_are_written_in_chinese(number: int, words: str) -> None:
    assert figures.write_number(number) == words


def test_copies_and_ordinals() -> None:
    assert [figures.write_copies(count) for count in (2, 3, 5, 46)] == [
        "一式两份", "一式三份", "一式五份", "一式四十六份",
    ]  # fmt: skip
    assert figures.write_ordinal(1) == "第一"
