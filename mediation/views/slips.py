"""Slips for parties: A5, with a number, a fresh code, whom to call and what comes next; printable this once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from flask import url_for

from mediation.models import Case
from mediation.services import public_states
from mediation.views.track import phone_of, show_slip


@dataclass(frozen=True)
class Slip:
    """One party's slip."""

    name: str
    number: str
    code: str
    path: str
    size: int
    next_step: str
    office: str
    phone: str
    mediator: str
    neutral: bool


def list_slips(case: Case, codes: Sequence[Sequence[str]], at: datetime) -> list[Slip]:
    """A slip for each fresh code; a sensitive matter's says nothing of what it is about."""
    found = []
    for name, number, code, token, ref in codes:
        party = case.party(ref)
        if party is None:
            continue
        address = url_for("track.show", _external=True) + "#" + token
        path, size = draw_qr(address)
        told = show_slip(case, party, at)
        found.append(
            Slip(
                name, number, code, path, size, told, case.committee.name, phone_of(case),
                case.presiding or next(iter(case.mediators or ()), ""), public_states.is_sensitive(case, at),
            )
        )  # fmt: skip
    return found


def draw_qr(text: str) -> tuple[str, int]:
    """A QR as the path of an SVG, and its width in modules with the quiet border."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    border = 4
    parts = [
        f"M{x + border} {y + border}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    ]
    return "".join(parts), len(rows) + 2 * border
