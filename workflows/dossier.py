"""What belongs into the bound file of a case, and what of it is missing (PML 27; 司发通〔2010〕239号)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "policies" / "dossier.toml"


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that belongs into the file when a fact calls for it."""

    code: str
    zh: str
    en: str
    when: str
    have: tuple[str, ...]
    must: bool  # 必须; otherwise 按需
    who: str
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, and who can supply it."""

    code: str
    zh: str
    en: str
    who: str
    must: bool
    source: str


@cache
def read_table() -> tuple[Belonging, ...]:
    """The table, in the official order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["rows"]
    return tuple(Belonging(**row | {"have": tuple(row["have"])}) for row in rows)


def find_gaps(facts: Set[str], there: Set[str], words: Mapping[str, str]) -> list[Gap]:
    """What is missing, in the official order.

    facts: what is so of the case (`accepted`, `terminated` …).  there: what is on record (`paper:agreement`,
    `file:identity`, `scan:agreement`).  words: what fills the places in the table's sentences.
    """
    return [
        Gap(
            row.code,
            row.zh.format(**words),
            row.en.format(**words),
            row.who.format(**words),
            row.must,
            row.source,
        )
        for row in read_table()
        if row.when in facts and not there & set(row.have)
    ]
