"""The expert pool as its page shows it; phones are masked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.language import spoken, word
from mediation.masking import mask_phone
from mediation.models import Case, Expert, User
from mediation.services import consulting
from mediation.views.widgets import Choice


@dataclass(frozen=True)
class ExpertSeen:
    """One expert in words."""

    id: int
    name: str
    about: str
    types: str
    active: bool


def list_experts(session: Session, user: User) -> list[ExpertSeen]:
    """All of this office's experts, those who are asked first."""
    rows = session.scalars(
        select(Expert)
        .where(Expert.organisation_id == user.organisation_id)
        .order_by(Expert.active.desc(), Expert.field, Expert.id)
    )
    return [
        ExpertSeen(
            row.id,
            row.name,
            " · ".join(
                part for part in (row.field, row.unit, mask_phone(row.phone) if row.phone else "") if part
            ),
            "、".join(word("dispute_type", code) for code in row.types or ()),
            row.active,
        )
        for row in rows
    ]


def list_to_invite(session: Session, case: Case) -> list[Choice]:
    """The pool for this case: those who may be asked first, then those who were, with what they said."""
    page, said = spoken("stepform"), {row.name: row.answer or "asked" for row in case.invitations}
    rows = sorted(consulting.pool(session, case), key=lambda row: row.name in said)
    return [
        Choice(
            row.name,
            " · ".join(part for part in (row.name, row.field, row.unit) if part),
            note=str(page[said[row.name]]) if row.name in said else "",
            phone=row.phone or "",
        )
        for row in rows
    ]


def say_next(session: Session, case: Case, name: str, answer: str) -> str:
    """After an expert's answer: whom one may ask next where they cannot come."""
    words = spoken("handing")
    if answer != "declined":
        return str(words["expert_will_come"]).format(name=name) if answer else ""
    one = next((row for row in consulting.suggest(session, case) if row.name != name), None)
    if one is None:
        return str(words["expert_none_left"]).format(name=name)
    about = "，".join(part for part in (one.field, one.unit) if part)
    return str(words["expert_next"]).format(name=name, next=one.name, about=about)
