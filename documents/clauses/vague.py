"""Words that nobody can enforce, and what to write instead (CPLI 358(5), 461)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .blocks import Words

TABLE = Path(__file__).with_name("vague.toml")


@dataclass(frozen=True)
class Vague:
    """A vague word in a text: where it stands, why it is a trouble, and what to write instead."""

    word: str
    start: int
    end: int
    why: Words
    proposal: Words


def find_vague(text: str) -> list[Vague]:
    """Every vague word of ``text``, in order, none inside another; nothing is changed."""
    found = [
        Vague(match.group(), match.start(), match.end(), why, proposal)
        for pattern, why, proposal in read_table()
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Vague] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


@cache
def read_table() -> tuple[tuple[re.Pattern[str], Words, Words], ...]:
    """Each pattern with its reason and its proposal."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["words"]
    return tuple((re.compile(row["pattern"]), row["why"], row["proposal"]) for row in rows)
