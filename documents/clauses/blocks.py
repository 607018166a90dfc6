"""The blocks of clauses, read from ``blocks.toml``: what each asks for, what it says, what it is offered for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("blocks.toml")
FIELD_KINDS = (
    "party", "parties", "money", "day", "by", "count", "choice", "flag", "text", "long", "parts", "shares",
)  # fmt: skip

Words = Mapping[str, str]  # "zh" and "en"


@dataclass(frozen=True)
class Choice:
    """One of the values a field may take: ``text`` is what the clause says, ``label`` what the page says."""

    value: str
    label: Words
    text: str


@dataclass(frozen=True)
class Field:
    """One thing a block asks for.

    ``kind`` is one of ``FIELD_KINDS``: ``by`` is the last day on which something may be done, ``parts`` are rows of
    ``amount`` and ``due``, ``shares`` rows of ``party`` and ``amount``. ``derived`` ones may be left out and follow
    from the rows.
    """

    name: str
    kind: str
    label: Words
    hint: Words
    needed: bool
    default: str
    choices: tuple[Choice, ...]
    derived: bool = False


@dataclass(frozen=True)
class Block:
    """A kind of promise: its fields in the order in which a person is asked, and the sentence they make."""

    code: str
    kind: str  # the clause's kind in the case-file format
    title: Words
    hint: Words
    fields: tuple[Field, ...]
    text: str  # {field}; [what is left out when a field in it is empty]
    clause: Mapping[str, str]  # member of the case-file clause → the field it is taken from, or a sentence
    apart: tuple[tuple[str, str], ...]  # two fields that may not name the same party

    def field(self, name: str) -> Field:
        """The field of this name; raises ``KeyError``."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


def blocks() -> tuple[Block, ...]:
    """Every block, in the order of the table."""
    return tuple(read_table()[0].values())


def find_block(code: str) -> Block:
    """The block with this code; raises ``KeyError``."""
    return read_table()[0][code]


def blocks_for(dispute_type: str) -> tuple[Block, ...]:
    """Every block, those first that a dispute of this type usually needs (a code of the case-file format)."""
    every, offers = read_table()
    first = offers.get(dispute_type, offers["other"])
    return tuple(every[code] for code in dict.fromkeys((*first, *every)))


@cache
def read_table() -> tuple[dict[str, Block], dict[str, tuple[str, ...]]]:
    """The blocks by code, and which come first for a type of dispute."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    shared: dict[str, Any] = table["fields"]
    every = {row["code"]: read_block(row, shared) for row in table["blocks"]}
    return every, {kind: tuple(codes) for kind, codes in table["offers"].items()}


def read_block(row: Mapping[str, Any], shared: Mapping[str, Any]) -> Block:
    """One block; a field is the name of a shared one, or a table that changes one (``use``) or stands alone."""
    return Block(
        code=row["code"],
        kind=row["kind"],
        title=row["title"],
        hint=row.get("hint", {"zh": "", "en": ""}),
        fields=tuple(read_field(each, shared) for each in row["fields"]),
        text=row["text"],
        clause=row.get("clause", {}),
        apart=tuple((one, other) for one, other in row.get("apart", ())),
    )


def read_field(told: str | Mapping[str, Any], shared: Mapping[str, Any]) -> Field:
    """One field of a block."""
    changes: Mapping[str, Any] = {"use": told} if isinstance(told, str) else told
    use = changes.get("use", "")
    row: dict[str, Any] = {"name": use} | shared.get(use, {}) | dict(changes)
    return Field(
        name=row["name"],
        kind=row["kind"],
        label=row["label"],
        hint=row.get("hint", {"zh": "", "en": ""}),
        needed=row.get("needed", True),
        default=row.get("default", ""),
        choices=tuple(
            Choice(each["value"], {"zh": each["zh"], "en": each["en"]}, each.get("text", each["zh"]))
            for each in row.get("choices", ())
        ),
        derived=row.get("derived", False),
    )
