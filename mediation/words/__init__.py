"""Every code in words: one table a language, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(language: str = "zh") -> dict[str, Any]:
    """All words of a language, by vocabulary and code."""
    return tomllib.loads((files(__package__) / f"{language}.toml").read_text("utf-8"))


def say(vocabulary: str, code: str | None, language: str = "zh") -> str:
    """The word for a code; empty for no code.  Raises KeyError for a code without a word."""
    if not code:
        return ""
    return str(words(language)[vocabulary][code])


def codes_of(vocabulary: str) -> tuple[str, ...]:
    """The codes of a vocabulary, in their order on the screen."""
    return tuple(words()[vocabulary])
