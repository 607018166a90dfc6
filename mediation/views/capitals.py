"""Sums in capital numerals, for pages on which they are still being typed."""

from __future__ import annotations

from documents.figures import spell_money
from mediation.forms import Yuan


def spell(amount: str) -> str:
    """A sum in capital numerals, as papers have it; empty for what is no sum."""
    try:
        return spell_money(Yuan().deserialize(amount))
    except Exception:  # whatever is typed half-way is simply not spelled yet
        return ""
