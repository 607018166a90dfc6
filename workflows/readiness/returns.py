"""For what a court sends an application back, and where each reason is mended: the table ``returns.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("returns.toml")


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """One reason: its article, and the sort of place where it is mended."""

    code: str
    article: str
    mend: str  # paper, file, party, step
    what: tuple[str, ...]


@cache
def read_returns() -> Mapping[str, ReturnReason]:
    """Every reason by its code, in the order of the table."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["returns"]
    return {row["code"]: ReturnReason(**{**row, "what": tuple(row["what"])}) for row in rows}
