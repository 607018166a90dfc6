"""Amounts in capitals, against a second implementation that shares no line with the first."""

import random
from decimal import Decimal

from documents.figures import spell_money

DIGITS = "零壹贰叁肆伍陆柒捌玖"
LARGE = ("", "万", "亿")


def spell_four(number: int) -> str:
    """Four digits with 仟 佰 拾, one 零 for any run of zeros inside, none at the ends."""
    words, gap = "", False
    for power, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + unit
        gap = digit == 0
    return words


def spell_whole(number: int) -> str:
    """Groups of four with 万 and 亿; a group below a thousand that follows another begins with 零."""
    words, gap = "", False
    for place in (3, 2, 1, 0):
        group = number // 10000**place % 10000
        if group:
            words += ("零" if words and (gap or group < 1000) else "") + spell_four(group)
            if place == 3:
                words += "万" if number // 10000**2 % 10000 else "万亿"
            else:
                words += LARGE[place]
        gap = words != "" and group == 0
    return words


def spell_by_hand(fen: int) -> str:
    """The amount as a clerk writes it, from whole fen."""
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    if fen == 0:
        return "零元整"
    words = spell_whole(yuan) + "元" if yuan else ""
    if not jiao and not rest:
        return words + "整"
    if jiao:
        words += ("零" if yuan and yuan % 10 == 0 else "") + DIGITS[jiao] + "角"
    elif yuan:
        words += "零"
    return words + (DIGITS[rest] + "分" if rest else "")


def draw_amounts(count: int) -> list[int]:
    """Fen of every length, half of them riddled with zeros, where the rules are."""
    source = random.Random(20260309)
    drawn = []
    for no in range(count):
        digits = [
            source.choice("0000123456789" if no % 2 else "0123456789") for _ in range(source.randint(1, 15))
        ]
        drawn.append(int("".join(digits)))
    return drawn


def test_a_hundred_thousand_amounts_are_spelt_as_a_clerk_would() -> None:
    wrong = [fen for fen in draw_amounts(100_000) if spell_money(Decimal(fen) / 100) != spell_by_hand(fen)]
    assert wrong == [], [(fen, spell_money(Decimal(fen) / 100), spell_by_hand(fen)) for fen in wrong[:9]]
