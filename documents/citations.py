"""The law as of a date: which articles a paper of that day cites."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .facts import LawFacts

TABLE = Path(__file__).with_name("citations.toml")


def cite_law(on: date) -> LawFacts:
    """The articles in force on ``on``; before the first edition, the first edition's.

    Source: ``citations.toml``, where each renumbering is an edition with its date.
    """
    editions = read_editions()
    current = sum(1 for since, _ in editions if since <= on)
    return editions[max(current - 1, 0)][1]


@cache
def read_editions() -> tuple[tuple[date, LawFacts], ...]:
    """Every edition with its first day, each filled up from those before it."""
    rows: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["editions"]
    standing: dict[str, Any] = {}
    editions: list[tuple[date, LawFacts]] = []
    for row in sorted(rows, key=lambda row: row["since"]):
        standing |= {name: value for name, value in row.items() if name != "since"}
        editions.append((row["since"], LawFacts(**standing)))
    return tuple(editions)
