"""What a court sent back, as the committee that holds the case meets it: each reason leads to where it is mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mediation.access import visible_cases
from mediation.language import spoken, word
from mediation.models import Case, Confirmation, CourtReturn, Organisation, User
from mediation.services.obligations import civil_day
from mediation.views.formats import days_left, show_day
from mediation.views.step_pages import page_of
from workflows import Role

#: A reason → (what is opened, which part of it): a page of files of one kind, or a step.
MENDED_AT: Mapping[str, tuple[str, str]] = {
    "not_joint": ("files", "scan"),
    "unsigned": ("files", "scan"),
    "indefinite": ("step", "agree"),
    "sums_differ": ("step", "agree"),
    "missing_application": ("files", "scan"),
    "missing_agreement": ("files", "scan"),
    "missing_identity": ("files", "identity"),
    "missing_certificate": ("files", "scan"),
    "missing_property": ("files", "property"),
    "missing_authority": ("files", "authority"),
    "missing_address": ("files", "scan"),
    "missing_undertaking": ("files", "scan"),
    "unreadable": ("files", "scan"),
    "data_incomplete": ("files", "identity"),
    "wrong_court": ("step", "withdraw_confirmation"),
}


@dataclass(frozen=True)
class Returned:
    """An application that came back."""

    court: str
    until: str
    days: str
    card: str
    reasons: list[tuple[str, str]]  # words, where it is mended
    said: str
    hand_in: str


def show_returned(case: Case, at: datetime) -> Returned | None:
    """What has to be mended, while the court waits for it; None otherwise."""
    row = case.confirmation
    if row is None or row.state != "supplement_asked" or row.supplemented_at is not None:
        return None
    due = [one.last_day for one in case.deadlines if one.name == "supplement" and one.stopped_at is None]
    until = row.returned_until or (due[-1] if due else None)
    words, card = days_left(until, civil_day(at)) if until else ("", "")
    return Returned(
        court=row.court,
        until=show_day(until),
        days=words,
        card=card,
        reasons=[(word("return_reason", one.code), _where(case, one.code)) for one in row.open_returns],
        said=row.reason,
        hand_in=page_of(case, "supplement"),
    )


def _where(case: Case, code: str) -> str:
    kind, part = MENDED_AT.get(code, ("files", "other"))
    if kind == "step":
        return page_of(case, part)
    return url_for("files.list_all", number=case.public_number, kind=part)


def _counted(user: User, at: datetime) -> ColumnElement[bool]:
    # A court counts what it sent back itself, also of cases that it no longer reads.
    if user.role != Role.court:
        return visible_cases(user, at)
    own = select(Confirmation.id).where(Confirmation.court == user.organisation.name)
    return CourtReturn.confirmation_id.in_(own)


def count_returns(session: Session, user: User, at: datetime) -> list[tuple[str, str, int]]:
    """How often applications came back, by committee and reason, the most frequent first."""
    count = func.count(CourtReturn.id)
    query = (
        select(Organisation.name, CourtReturn.code, count)
        .join(Organisation, Organisation.id == CourtReturn.holder_id)
        .join(Case, Case.id == CourtReturn.case_id)
        .where(_counted(user, at))
        .group_by(Organisation.name, CourtReturn.code)
        .order_by(count.desc(), Organisation.name, CourtReturn.code)
        .limit(500)
    )
    reasons = spoken("return_reason")
    return [(name, str(reasons.get(code, code)), number) for name, code, number in session.execute(query)]
