"""Every code in words: a folder a language, a file a subject, read once and merged."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(language: str = "zh") -> dict[str, Any]:
    """All words of a language, by vocabulary and code; raises ValueError where two files say the same code."""
    merged: dict[str, Any] = {}
    folder = files(__package__) / language
    for path in sorted(folder.iterdir(), key=lambda found: found.name):
        if not path.name.endswith(".toml"):
            continue
        for vocabulary, table in tomllib.loads(path.read_text("utf-8")).items():
            known = merged.setdefault(vocabulary, {})
            if twice := known.keys() & table.keys():
                raise ValueError(f"{language}/{path.name}: [{vocabulary}] says {sorted(twice)} a second time")
            known.update(table)
    return merged


def say(vocabulary: str, code: str | None, language: str = "zh") -> str:
    """The word for a code; empty for no code.  Raises KeyError for a code without a word."""
    if not code:
        return ""
    return str(words(language)[vocabulary][code])


def codes_of(vocabulary: str) -> tuple[str, ...]:
    """The codes of a vocabulary, in their order on the screen."""
    return tuple(words()[vocabulary])
