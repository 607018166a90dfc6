"""Notices to the parties: written with the change, delivered after it; no links, no dispute type, no other name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from mediation.models import Case, Notice, Party
from workflows import Change
from workflows.periods import write_date_zh


@cache
def templates() -> Mapping[str, Mapping[str, Any]]:
    """Which step tells whom what."""
    return tomllib.loads((files("mediation") / "notices.toml").read_text("utf-8"))


def queue(session: Session, case: Case, change: Change, at: datetime) -> None:
    """Put the step's notices into the outbox."""
    table = templates()
    name = table["steps"].get(change.step.name)
    if name is None:
        return
    sensitive = case.dispute_type in table["sensitive"]["types"]
    for party in case.parties:
        # A group hears through the representative it elected.
        representative = case.party(party.represented_by) if party.represented_by else None
        if representative is not None and representative.left_at is None:
            continue
        template = "N20" if sensitive else name
        session.add(
            Notice(
                case=case,
                party=party,
                template=template,
                text=fill(str(table["texts"][template]), case, party),
                created_at=at,
            )
        )


def fill(text: str, case: Case, party: Party) -> str:
    """The text as it will be read aloud or sent."""
    window = [row for row in case.deadlines if row.name == "confirmation_window"]
    receiver = case.receiver or case.holder
    values = {
        "C": case.holder.name,
        "N": case.public_number,
        "M": (case.presiding or next(iter(case.mediators or ()), "")) or "我们",
        "T": case.holder.phone or "调委会",
        "D": write_date_zh(window[-1].last_day) if window else "",
        "L": receiver.name,
    }
    return text.format(**values)
