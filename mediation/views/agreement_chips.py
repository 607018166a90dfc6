"""The chips of a clause: when, and what is given; some of them make another kind of promise of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from documents.clauses import Field, find_block
from mediation.language import spoken
from mediation.services.agreement_turns import INSTEAD, PAYMENTS, is_turned

if TYPE_CHECKING:
    from mediation.views.agreement_terms import FieldShown

DUE_CHIPS = ("0", "7", "30", "date")
#: Where one goes on in a promise of a thing, or of an act.
FIRST = {"goods": "thing", "deed": "act"}


def with_chips(row: Mapping[str, Any], asked: Sequence[Field]) -> list[Field]:
    """What the clause asks for, and the chips that lead back from what another chip has made of it."""
    fields, payment = list(asked), find_block("payment")
    if row["block"] == "instalments":
        place = next(no for no, one in enumerate(fields) if one.kind == "parts")
        fields.insert(place, payment.field("due"))
    if row["block"] == "paid_on_the_spot":
        fields = [payment.field("due") if one.name == "due" else one for one in fields]
    if is_turned(row):
        fields.append(payment.field("method"))
    return fields


def day_chips(row: Mapping[str, Any], one: Field, value: str) -> tuple[list[tuple[str, str]], str]:
    """The chips beside a day, and the one that is chosen."""
    words = spoken("due_chip")
    pays = row["block"] in PAYMENTS and one.name == "due"
    codes = DUE_CHIPS if one.kind == "by" else ("0", "date")
    chips = [(code, str(words["today" if code == "0" and not pays else f"in{code}"])) for code in codes]
    chosen = str((row.get("chosen") or {}).get(one.name) or ("date" if value else ""))
    if not pays:
        return chips, chosen
    chosen = {"instalments": "parts", "paid_on_the_spot": "0"}.get(row["block"], chosen)
    return [*chips, ("parts", str(words["inparts"]))], chosen


def offer_turns(shown: FieldShown, place: int, row: Mapping[str, Any], name: str) -> None:
    """Add the ways that are no money, and say which chips turn the clause and where one goes on then."""
    block, here = row["block"], f"clauses-{place}-v-"
    if name == "due" and block == "instalments":
        shown.turns = dict.fromkeys(DUE_CHIPS, f"{here}due")
    elif name == "due" and block in PAYMENTS:
        shown.turns = {"parts": f"{here}due"}
    if name == "method" and (block in PAYMENTS or is_turned(row)):
        ways = [code for code, _ in shown.choices]
        shown.choices = [*shown.choices, *((code, str(spoken("way_chip")[code])) for code in INSTEAD)]
        shown.turns = {code: here + FIRST[code] for code, kind in INSTEAD.items() if kind != block}
        if is_turned(row):
            shown.value = next(code for code, kind in INSTEAD.items() if kind == block)
            shown.turns |= dict.fromkeys(ways, f"{here}method")


def list_aside(place: int, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is set aside, as hidden fields: name and value."""
    found: list[tuple[str, str]] = []
    for name, value in (row.get("aside") or {}).items():
        head = f"clauses-{place}-aside-{name}"
        if isinstance(value, str):
            found += [(head, value)] if value else []
            continue
        for no, part in enumerate(value):
            cells = part.items() if isinstance(part, Mapping) else ()
            found += [(f"{head}-{no}-{key}", text) for key, text in cells if text]
    return found
