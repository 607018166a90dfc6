"""The grounds, the checks and the words of the table ``grounds.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_ARTICLE = re.compile(r"([A-Z]+[0-9]*) ([0-9–、]+(?:\([0-9]+\))?)")
TABLE = Path(__file__).with_name("grounds.toml")


@dataclass(frozen=True, slots=True)
class Check:
    """One of the twelve things a court looks at."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground on which an application is turned away."""

    code: str
    check: str
    article: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one kind of fault."""

    code: str
    ground: str
    severity: str  # must, doubt
    zh: str
    en: str
    who: str
    article: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that give a fault away."""

    sentence: Sentence
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    also_facts: bool
    when: str  # undated, unpriced: only in a clause without that; empty: always


@dataclass(frozen=True, slots=True)
class Law:
    """The whole table."""

    checks: tuple[Check, ...]
    grounds: Mapping[str, Ground]
    sentences: Mapping[str, Sentence]
    patterns: tuple[Pattern, ...]
    rules: Mapping[str, Any]
    interest_caps: tuple[tuple[date, float], ...]
    statutes: Mapping[str, str]

    def cite(self, article: str) -> str:
        """An article as people say it: 人民调解法第29、33条 for PML 29、33."""
        return _ARTICLE.sub(
            lambda found: (
                f"{self.statutes[found[1]]}第{_say_numbers(found[2])}"
                if found[1] in self.statutes
                else found[0]
            ),
            article,
        )

    def interest_cap(self, on: date) -> float | None:
        """The highest yearly rate a court follows for an agreement of this day, per cent (PLI 25)."""
        standing = [percent for since, percent in self.interest_caps if since <= on]
        return standing[-1] if standing else None


@cache
def read_law() -> Law:
    """The table; raises ``KeyError`` or ``re.error`` where it does not hang together."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    grounds = {row["code"]: Ground(**row) for row in table["grounds"]}
    return Law(
        checks=tuple(Check(**row) for row in table["checks"]),
        grounds=grounds,
        sentences={code: _sentence(code, row, grounds) for code, row in table["findings"].items()},
        patterns=tuple(_pattern(row, grounds) for row in table["words"]),
        rules=table["rules"],
        statutes=table["statutes"],
        interest_caps=tuple((row["since"], row["percent"]) for row in table["interest_caps"]),
    )


def _say_numbers(numbers: str) -> str:
    article, _, item = numbers.rstrip(")").partition("(")
    return f"{article}条" + (f"第{item}项" if item else "")


def _sentence(code: str, row: Mapping[str, Any], grounds: Mapping[str, Ground]) -> Sentence:
    article = row.get("article") or grounds[row["ground"]].article
    return Sentence(code, row["ground"], row["severity"], row["zh"], row["en"], row["who"], article)


def _pattern(row: Mapping[str, Any], grounds: Mapping[str, Ground]) -> Pattern:
    return Pattern(
        sentence=_sentence(row["code"], row, grounds),
        pattern=re.compile(row["pattern"]),
        unless=re.compile(row["unless"]) if "unless" in row else None,
        also_facts=row.get("also_facts", False),
        when=row.get("when", ""),
    )
