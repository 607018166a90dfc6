"""Parties on a form: on the page they are counted, in a case they have refs."""

from __future__ import annotations

import re
from typing import Any

from mediation.views.widgets import Choice

LETTERS = {"applicant": "a", "respondent": "r"}


def group_of(data: dict[str, Any]) -> list[Choice]:
    """The parties typed so far, to choose a representative from: by their place on the page."""
    rows = data.get("parties") or []
    return [
        Choice(str(place), f"{place}. {row['name']}")
        for place, row in enumerate(rows, start=1)
        if isinstance(row, dict) and isinstance(row.get("name"), str)
    ]


def number_parties(data: dict[str, Any]) -> dict[str, Any]:
    """The same data with a ref for each party, and representatives named by ref instead of by place."""
    rows = data.get("parties")
    if not isinstance(rows, list):
        return data
    counts: dict[str, int] = {}
    refs = []
    for row in rows:
        letter = LETTERS.get(str(row.get("role")), "t")
        counts[letter] = counts.get(letter, 0) + 1
        refs.append(f"{letter}{counts[letter]}")
    named = []
    for ref, row in zip(refs, rows, strict=True):
        chosen = str(row.get("represented_by", ""))
        # Three digits are plenty, and a number of thousands of digits is refused by int() itself.
        known = re.fullmatch("[0-9]{1,3}", chosen) is not None and 1 <= int(chosen) <= len(refs)
        named.append({**row, "ref": ref, **({"represented_by": refs[int(chosen) - 1]} if known else {})})
    return {**data, "parties": named}
