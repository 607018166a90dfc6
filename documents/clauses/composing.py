"""Values into a clause: the sentence, the clause of the case-file format, and what is still missing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .blocks import Block, Words, find_block
from .computing import COMPUTED
from .reading import Refusal, RowsRefused, read_value
from .telling import tell_value
from .vague import Vague, find_vague

BLANK = "＿＿＿＿"
SEGMENT = re.compile(r"\[([^\[\]]*)\]")
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Fault:
    """What is still to be mended before the clause can be used.

    ``field`` is the block's field; ``inside``, where that has rows, “row-member” of the one at fault, counted from 0.
    """

    field: str
    code: str
    message: Words
    inside: str = ""


@dataclass(frozen=True)
class Composed:
    """A clause as far as it is known: blanks stand where something is missing.

    ``clause`` is in the case-file format (money as text, dates in ISO 8601, refs). It can be used when ``faults`` is
    empty; ``vague`` are words in it that the person who typed them should look at.
    """

    text: str
    clause: dict[str, Any]
    faults: tuple[Fault, ...]
    vague: tuple[Vague, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is missing and nothing contradicts itself."""
        return not self.faults


def compose(
    code: str, values: Mapping[str, Any], parties: Mapping[str, str], *, on: date | None = None
) -> Composed:
    """The clause of block ``code``.

    ``values`` are what a form sends (text, refs, lists of rows); plain Python values do as well. ``parties`` are the
    names by ref, in the order of the case. A day before ``on`` (the day of the agreement) is a fault. Raises
    ``KeyError`` for an unknown block.
    """
    block = find_block(code)
    faults: list[Fault] = []
    known = read_values(block, values, parties, on, faults)
    known |= compute(block, known, parties, faults)
    told = {
        name: tell_value(block.field(name), value, parties) if has_field(block, name) else str(value)
        for name, value in known.items()
        if value is not False  # what was denied has no words in the sentence
    }
    text = write_sentence(block.text, told)
    clause = {"text": text, "kind": str(known.get("clause_kind", block.kind))} | make_members(
        block, known, told
    )
    return Composed(text, clause, tuple(faults), tuple(find_vague(text)))


def has_field(block: Block, name: str) -> bool:
    """Whether the block asks for this; the others are computed and are text already."""
    return any(field.name == name for field in block.fields)


def read_values(
    block: Block, values: Mapping[str, Any], parties: Mapping[str, str], on: date | None, faults: list[Fault]
) -> dict[str, Any]:
    """Every field that has a value, as Python holds it; what is wrong or lacking is added to ``faults``."""
    known: dict[str, Any] = {}
    for field in block.fields:
        given = values.get(field.name)
        raw = field.default if given is None or given == "" else given
        try:
            value = read_value(field, raw, parties, on)
        except Refusal as refusal:
            faults.append(Fault(field.name, refusal.code, refusal.words))
            continue
        except RowsRefused as refused:
            faults += [Fault(field.name, one.code, one.words, one.inside) for one in refused.faults]
            continue
        if value is not None:
            known[field.name] = value
        elif field.needed and not field.derived:
            quoted = field.label["zh"] if field.kind in ("parts", "shares") else f"“{field.label['zh']}”"
            asked = "请选" if field.kind in ("choice", "party", "parties") else "请填写"
            words = {"zh": f"{asked}{quoted}", "en": f"Please fill in “{field.label['en']}”"}
            faults.append(Fault(field.name, "missing", words))
    if len(known.get("payer", ())) < 2:
        known.pop("joint", None)  # one alone owes the whole anyhow
    check_order(known, faults)
    check_sides(block, known, parties, faults)
    return known


def check_order(known: Mapping[str, Any], faults: list[Fault]) -> None:
    """What begins must end later."""
    since, until = known.get("since") or known.get("by"), known.get("until")
    if since and until and until <= since:
        words = {"zh": "“到哪天止”要比开始的日期晚，请核对", "en": "The end must lie after the beginning"}
        faults.append(Fault("until", "order", words))


def check_sides(
    block: Block, known: Mapping[str, Any], parties: Mapping[str, str], faults: list[Fault]
) -> None:
    """Nobody owes to himself; what binds both sides names two at least."""
    if len(known.get("sides", ("one", "other"))) < 2:
        faults.append(
            Fault("sides", "two_sides", {"zh": "至少选两方", "en": "Choose two parties at least"})
        )  # fmt: skip
    for one, other in block.apart:
        same = set(as_list(known.get(one))) & set(as_list(known.get(other)))
        if same:
            names = "、".join(parties[ref] for ref in parties if ref in same)
            left, right = block.field(one).label["zh"], block.field(other).label["zh"]
            words = {
                "zh": f"{names}同时写在“{left}”和“{right}”里，请改一处",
                "en": f"{names} stands on both sides; change one",
            }
            faults.append(Fault(other, "same_party", words))


def compute(
    block: Block, known: Mapping[str, Any], parties: Mapping[str, str], faults: list[Fault]
) -> dict[str, Any]:
    """What follows from the values: totals that close, rests of a set-off; contradictions are faults."""
    more: dict[str, Any] = {}
    for name in ("parts", "shares"):
        rows = known.get(name)
        if not rows:
            continue
        total = sum((row["amount"] for row in rows), Decimal(0))
        said = known.get("amount")
        if said is None:
            more["amount"] = total
        elif said != total:
            faults.append(
                Fault(name, "sum_mismatch", {
                    "zh": f"各项加起来是{total:,.2f}元，总额写的是{said:,.2f}元，请改成一致",
                    "en": f"The rows add up to {total:,.2f}, the total says {said:,.2f}",
                })
            )  # fmt: skip
    if block.code in COMPUTED:
        added, contradictions = COMPUTED[block.code]({**known, **more}, parties)
        more |= added
        faults += [Fault(field, code, words) for field, code, words in contradictions]
    return more


def write_sentence(text: str, told: Mapping[str, str]) -> str:
    """The sentence: a blank for what is missing, a segment in brackets only when all of it is known."""

    def keep(match: re.Match[str]) -> str:
        inside = match.group(1)
        return inside if all(name in told for name in PLACE.findall(inside)) else ""

    return PLACE.sub(lambda match: told.get(match.group(1), BLANK), SEGMENT.sub(keep, text))


def make_members(block: Block, known: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    """The members of the case-file clause, those that are known."""
    members: dict[str, Any] = {}
    for member, source in block.clause.items():
        if "{" in source:
            names = PLACE.findall(source)
            if all(name in told for name in names):
                members[member] = write_sentence(source, told)
        elif source in known:
            members[member] = make_plain(
                as_list(known[source]) if member in ("obligors", "obligees") else known[source]
            )
    if "recurring_every" in members:
        recurring = {
            name: members.pop(f"recurring_{name}", None) for name in ("every", "amount", "from", "until")
        }
        members["recurring"] = {name: value for name, value in recurring.items() if value is not None}
    return members


def make_plain(value: Any) -> Any:
    """A value as the case file holds it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: make_plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [make_plain(each) for each in value]
    return value


def as_list(value: Any) -> list[str]:
    """A party or several as a list of refs."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
