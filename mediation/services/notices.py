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
from mediation.services import appointments
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
    for party in _whom(case, change.step.name):
        # A group hears through the representative it elected.
        representative = case.party(party.represented_by) if party.represented_by else None
        if representative is not None and representative.left_at is None:
            continue
        template = "N20" if sensitive else _fitting(case, name)
        session.add(
            Notice(
                case=case,
                party=party,
                template=template,
                text=fill(str(table["texts"][template]), case, party),
                created_at=at,
            )
        )


def _whom(case: Case, step: str) -> list[Party]:
    meeting = case.appointments[-1] if case.appointments else None
    if step not in templates()["asked"]["steps"] or meeting is None:
        return case.parties
    return [party for party in appointments.asked_to_come(case, meeting) if can_be_called(party)]


def can_be_called(party: Party) -> bool:
    """Whether anybody of this party has a telephone."""
    return bool(party.phone) or any(helper.phone for helper in party.helpers)


def _fitting(case: Case, name: str) -> str:
    meeting = case.appointments[-1] if case.appointments else None
    if meeting is not None and meeting.purpose == "sign":
        return str(templates()["to_sign"].get(name, name))
    return name


def preview(case: Case, template: str, *, when: datetime, place: str) -> str:
    """The text of a meeting's notice before anything is saved."""
    return fill(str(templates()["texts"][template]), case, case.parties[0], when=when, place=place)


def fill(
    text: str, case: Case, party: Party, *, when: datetime | None = None, place: str | None = None
) -> str:
    """The text as it will be read aloud or sent; `when` and `place` of a meeting that is not arranged yet."""
    meeting = case.appointments[-1] if case.appointments else None
    if meeting is not None and when is None:
        when, place = meeting.starts_at, meeting.place
    told = appointments.say_moment(when) if when else ""
    window = [row for row in case.deadlines if row.name == "confirmation_window"]
    receiver = case.receiver or case.holder
    values = {
        "C": case.holder.name,
        "N": case.public_number,
        "M": (case.presiding or next(iter(case.mediators or ()), "")) or "我们",
        "T": case.holder.phone or "调委会",
        "D": write_date_zh(window[-1].last_day) if window else "",
        "L": receiver.name,
        "W": told,
        "H": told.partition("）")[2],
        "P": place or "",
    }
    return text.format(**values)
