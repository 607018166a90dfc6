"""抵销 on a page of its own: who owes whom how much, which two debts meet, and what is left of both afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from mediation.forms import Yuan
from mediation.language import spoken
from mediation.models import Case, Clause
from mediation.services import obligations, three_sides
from mediation.views.formats import show_money
from mediation.views.widgets import Choice, Widget


@dataclass(frozen=True)
class Table:
    """Heads and rows, as the page draws them."""

    heads: list[str]
    rows: list[list[str]]


def list_debts(case: Case) -> Table:
    """Every sum of the agreement that is still owed: by whom, to whom, how much."""
    return Table(_heads("off_who", "off_open"), [[_who(row), show_money(_open(row))] for row in _debts(case)])


def list_pairs(case: Case) -> list[Choice]:
    """Every two debts that can be set off, said in words; the value names both clauses."""
    found, words = [], spoken("setting_off")
    for one, other in three_sides.list_meeting(_debts(case)):
        row = three_sides.in_a_row(one, other)
        first, last = row or (one, other)
        said = str(words["pair_of_three" if row else "pair_of_two"]).format(
            first=three_sides.name_side(first, "obligor"),
            between=three_sides.name_side(first, "obligee"),
            last=three_sides.name_side(last, "obligee"),
            one=_no(first),
            other=_no(last),
            most=show_money(min(_open(first), _open(last))),
        )
        found.append(Choice(f"{first.no}-{last.no}", said))
    return found


def parties_in(case: Case, pairs: list[Choice]) -> set[str]:
    """The refs of all who owe or are owed in one of these pairs."""
    numbers = {int(no) for pair in pairs for no in pair.value.split("-")}
    return {
        row.party.ref
        for clause in _debts(case)
        if clause.no in numbers
        for side in ("obligor", "obligee")
        for row in clause.on_side(side)
    }


def place_pair(pairs: list[Choice], chosen: str) -> Widget:
    """The field in which one of them is chosen."""
    words = spoken("setting_off")
    return Widget(
        "pair", "radio", str(words["pair"]), str(words["pair_hint"]), chosen, choices=pairs, required=True
    )


def most_of(case: Case, pair: str) -> str:
    """The most that can be set off of a pair, to begin with."""
    clauses = [row for row in _debts(case) if str(row.no) in pair.split("-")]
    return f"{min(map(_open, clauses)):.2f}" if len(clauses) == 2 else ""


def show_after(case: Case, data: Mapping[str, Any]) -> Table | None:
    """What is left of both debts after the set-off that a form describes; None where it names no two and no sum."""
    debts = {row.no: row for row in _debts(case)}
    clauses = [debts.get(data.get(name) or 0) for name in ("clause", "against")]
    try:
        amount = Yuan(required=True).deserialize(data.get("amount")) or Decimal(0)
    except ValidationError:
        return None
    rows = [
        [
            _who(row),
            show_money(_open(row)),
            show_money(amount),
            show_money(_open(row) - amount),
        ]
        for row in clauses
        if row is not None and amount <= _open(row)
    ]
    heads = _heads("off_who", "off_before", "off_amount", "off_after")
    return Table(heads, rows) if len(rows) == 2 else None


def _debts(case: Case) -> list[Clause]:
    return [row for row in (case.agreement.clauses if case.agreement else ()) if _open(row) > 0]


def _open(row: Clause) -> Decimal:
    return obligations.still_open(row) or Decimal(0) if obligations.binds_somebody(row) else Decimal(0)


def _who(row: Clause) -> str:
    who, whom = three_sides.name_side(row, "obligor"), three_sides.name_side(row, "obligee")
    return str(spoken("setting_off")["owes"]).format(who=who, whom=whom, no=_no(row))


def _no(row: Clause) -> str:
    return str(spoken("page")["ledger_clause"]).format(no=row.no)


def _heads(*names: str) -> list[str]:
    return [str(spoken("setting_off")[name]) for name in names]
