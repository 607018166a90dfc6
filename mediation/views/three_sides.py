"""三方抵销 as a table: what changes for each side, with its sign; every line and the whole close to zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from mediation.forms import Yuan
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


def foresee_set_off(case: Case, data: Mapping[str, Any]) -> list[SetOffSeen]:
    """The table of the set-off that a form describes, before it is sent; empty where it is not one of three sides."""
    try:
        amount = Yuan(required=True).deserialize(data.get("amount")) or Decimal(0)
    except ValidationError:
        return []
    found = three_sides.foresee(case, _number(data.get("clause")), _number(data.get("against")), amount)
    return [] if found is None or not amount else [_show(found)]


def _number(said: Any) -> int | None:
    text = str(said if said is not None else "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


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
