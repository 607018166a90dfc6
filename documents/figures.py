"""Amounts, dates and counts as Chinese legal papers write them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import cn2an

FEN = Decimal("0.01")
LARGEST = Decimal("9999999999999.99")
DIGITS = "零一二三四五六七八九"


def round_to_fen(amount: Decimal) -> Decimal:
    """``amount`` in yuan with two places, half up. Raises ``ValueError`` below zero or above 13 digits."""
    rounded = amount.quantize(FEN, ROUND_HALF_UP)
    if not rounded.is_finite() or rounded < 0 or rounded > LARGEST:
        raise ValueError(f"不能写成大写的金额：{amount}")
    return rounded


def format_money(amount: Decimal) -> str:
    """``3500`` → ``3,500.00``."""
    return f"{round_to_fen(amount):,.2f}"


def spell_money(amount: Decimal) -> str:
    """``3500`` → ``叁仟伍佰元整``, without the leading 人民币.

    Source: 正确填写票据和结算凭证的基本规定. A sum that ends at 元 takes 整; one that ends at 角 or 分 does not.
    """
    rounded = round_to_fen(amount)
    words: str = cn2an.an2cn(f"{rounded:.2f}", "rmb")
    hundred_millions, ten_thousands, ones = (int(rounded) // 10**power % 10**4 for power in (8, 4, 0))
    if rounded >= 10**8 and (ten_thousands or ones) >= 1000 and not (hundred_millions and ten_thousands):
        words = words.replace("亿", "亿零")  # cn2an forgets it where four digits in a row are zero
    ends_in_zero = rounded >= 1 and int(rounded) % 10 == 0
    if ends_in_zero and "角" in words:  # 零 is optional here; with it nothing can be squeezed in
        words = words.replace("元", "元零", 1)
    return words


def write_money(amount: Decimal) -> str:
    """Both ways at once: ``3,500.00元（人民币叁仟伍佰元整）``."""
    return f"{format_money(amount)}元（人民币{spell_money(amount)}）"


def write_date(day: date) -> str:
    """``2026年1月10日``: Arabic figures, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def write_time(moment: datetime) -> str:
    """``2026年1月10日9时05分``, as the clock on the wall said it; the moment carries its own offset."""
    return f"{write_date(moment)}{moment.hour}时{moment.minute:02d}分"


def write_number(number: int) -> str:
    """``45`` → ``四十五``. Raises ``ValueError`` outside 0–9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"不能写成中文的数：{number}")
    if number < 10:
        return DIGITS[number]
    words: str = cn2an.an2cn(str(number), "low")
    return words


def write_ordinal(number: int) -> str:
    """``1`` → ``第一``."""
    return f"第{write_number(number)}"


def write_copies(copies: int) -> str:
    """``5`` → ``一式五份``; two is ``一式两份``."""
    return f"一式{'两' if copies == 2 else write_number(copies)}份"


def add_up(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of the amounts that are known, in yuan."""
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
