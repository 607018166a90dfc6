"""三方抵销 as a table: what changes for each side, with its sign; every line and the whole close to zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mediation.language import spoken
from mediation.models import Case
from mediation.services import three_sides
from mediation.views.formats import show_money

COLUMNS = ("owes_less", "is_owed_less", "pays", "gets", "left")


@dataclass(frozen=True)
class SetOffSeen:
    """One table: its heads, a row a side, and the sums."""

    amount: str
    heads: list[str]
    rows: list[list[str]]


def show_set_offs(case: Case) -> list[SetOffSeen]:
    """All set-offs of three sides of a case."""
    return [_show(one) for one in three_sides.list_set_offs(case)]


def _show(one: three_sides.SetOff) -> SetOffSeen:
    words = spoken("handing")
    total = [sum((getattr(side, name) for side in one.sides), Decimal("0.00")) for name in COLUMNS]
    return SetOffSeen(
        show_money(one.amount),
        [str(words["three_who"]), *(str(words[f"three_{name}"]) for name in COLUMNS)],
        [
            *([side.who, *(_signed(getattr(side, name)) for name in COLUMNS)] for side in one.sides),
            [str(words["three_total"]), *(_signed(value) for value in total)],
        ],
    )


def _signed(amount: Decimal) -> str:
    return f"{amount:+,.2f}" if amount else f"{abs(amount):,.2f}"
