"""Dates told from a day: `@-20T09:00` is nine o'clock twenty days before it, `@+30` a date after, `{year}` its year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

_TOLD = re.compile(r"@([+-]\d+)(T\d\d:\d\d)?")


def resolve(value: Any, day: date) -> Any:
    """The value with every told date as a date in ISO 8601, moments with China's offset."""
    if isinstance(value, dict):
        return {key: resolve(item, day) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item, day) for item in value]
    found = _TOLD.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value.replace("{year}", str(day.year)) if isinstance(value, str) else value
    told = (day + timedelta(days=int(found[1]))).isoformat()
    return f"{told}{found[2]}:00+08:00" if found[2] else told
