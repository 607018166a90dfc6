"""A clause of a draft turned into another kind of promise by one of its chips; what was written is kept.

How a payment falls due (at once, by a day, in parts) and what is given instead of money (a thing, an act) are chips
beside one another, and each of them is a block of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from documents.clauses import find_block

#: A payment, as its day is chosen.
PAYMENTS = ("payment", "paid_on_the_spot", "instalments")
#: What is given instead of money → the block that says it.
INSTEAD = {"goods": "delivery", "deed": "act"}
#: The mark of a promise that began as a payment and can become one again.
TURNED = "turned"
#: Chips beside a last day: days from today.
DAYS = {"0": 0, "7": 7, "30": 30}
_TO_DEED = {"payer": "obligors", "payee": "obligees", "due": "by"}
_TO_MONEY = {new: old for old, new in _TO_DEED.items()}


def set_by_chips(clause: dict[str, Any], today: date) -> None:
    """Make the clause what its chips say: its block, and the dates of the chips that stand for one."""
    _set_way(clause)
    chosen = clause.setdefault("chosen", {})
    if clause["block"] in PAYMENTS:
        _set_due(clause, str(chosen.get("due") or ""))
        chosen = clause["chosen"]
    for name, chip in chosen.items():
        if chip in DAYS:
            clause["values"][name] = (today + timedelta(days=DAYS[chip])).isoformat()


def _set_way(clause: dict[str, Any]) -> None:
    """Money, a thing or an act, as chosen among the ways."""
    way = str(clause.pop("way", ""))
    block, values = clause["block"], clause["values"]
    if values.get("method") in INSTEAD:
        del values["method"]
    if way in INSTEAD and INSTEAD[way] != block and (block in PAYMENTS or is_turned(clause)):
        _turn(clause, INSTEAD[way])
        clause["aside"][TURNED] = "1"
    elif way and way not in INSTEAD and is_turned(clause):
        _turn(clause, "payment")
        clause["values"]["method"] = way
        clause["aside"].pop(TURNED, None)


def _set_due(clause: dict[str, Any], chip: str) -> None:
    if chip == "parts":
        if clause["block"] != "instalments":
            _turn(clause, "instalments")
        clause["values"]["parts"] = clause["values"].get("parts") or [{}, {}]
        clause["chosen"].pop("due", None)
    elif chip and clause["block"] == "instalments":
        total = clause["values"].get("amount") or add_up(clause["values"].get("parts") or [])
        _turn(clause, "payment")
        clause["values"]["amount"] = total
    if chip == "0" and clause["block"] == "payment":
        _turn(clause, "paid_on_the_spot")
    elif chip not in ("0", "") and clause["block"] == "paid_on_the_spot":
        _turn(clause, "payment")


def is_turned(clause: Mapping[str, Any]) -> bool:
    """Whether it is a promise of a thing or an act that began as a payment."""
    return clause["block"] in INSTEAD.values() and TURNED in (clause.get("aside") or {})


def add_up(parts: list[Mapping[str, Any]]) -> str:
    """What the parts come to, as it is typed into a field; empty where one of them has no sum yet."""
    sums = [str(part.get("amount") or "").replace(",", "").removesuffix("元") for part in parts]
    if not sums or not all(one.replace(".", "", 1).isdecimal() for one in sums):
        return ""
    return str(sum((Decimal(one) for one in sums), Decimal(0)))


def _turn(clause: dict[str, Any], code: str) -> None:
    """Another block for the clause; what that does not ask for is set aside, to come back with the chip."""
    names = _TO_DEED if code in INSTEAD.values() else _TO_MONEY
    known = {**(clause.get("aside") or {}), **clause["values"]}
    known = {names.get(name, name): value for name, value in known.items()}
    asked = {field.name for field in find_block(code).fields}
    clause["block"] = code
    clause["values"] = {name: value for name, value in known.items() if name in asked}
    clause["aside"] = {name: value for name, value in known.items() if name not in asked}
    chosen = clause.get("chosen") or {}
    clause["chosen"] = {names.get(name, name): chip for name, chip in chosen.items()}
