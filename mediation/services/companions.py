"""Companions: named by a party's signed consent, for a time and a purpose, and gone with one press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation.models import Case, Companion, Party
from mediation.services import tracking
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.tracking import FreshCode

MAY = ("see", "messages", "hand_in")


def name_companion(
    desk: Desk,
    case: Case,
    party: Party,
    *,
    name: str,
    relation: str,
    phone: str | None,
    may: Sequence[str],
    until: date,
    by: str,
) -> FreshCode:
    """Somebody may follow this party's case, with a code of the own; the other side stays hidden from both."""
    companion = Companion(
        party=party, name=name, relation=relation, phone=phone, may=[one for one in MAY if one in may],
        from_day=civil_day(desk.now), until_day=until, named_at=desk.now, named_by=by, ended_by="",
    )  # fmt: skip
    desk.session.add(companion)
    desk.session.flush()
    return tracking.issue_code(desk.session, case, party, desk.now, desk.keys, companion)


def end(desk: Desk, companion: Companion, by: str) -> None:
    """The consent is withdrawn: the code opens nothing from this moment."""
    if companion.ended_at is None:
        companion.ended_at, companion.ended_by = desk.now, by
        tracking.void_codes(desk.session, companion.party, desk.now, companion)
