"""The agreement card (协议明白卡): plain words for one party, from the very facts of the issued agreement."""

from __future__ import annotations

from dataclasses import fields

import documents
from documents import facts as f
from mediation.models import Case, Document, Party
from mediation.services.notices import phone_of


def agreement_paper(case: Case) -> Document | None:
    """The agreement as it was issued last, if it still counts."""
    rows = [row for row in case.documents if row.type in ("agreement", "oral_agreement")]
    return rows[-1] if rows and rows[-1].superseded_at is None else None


def write_card(case: Case, party: Party) -> str:
    """The frozen facts of a party's card.  Raises LookupError where there is no agreement."""
    paper = agreement_paper(case)
    if paper is None:
        raise LookupError("no agreement to tell of")
    told = documents.thaw(paper.type, paper.facts)
    same = {field.name: getattr(told, field.name) for field in fields(f.AgreementFacts)}
    window = [
        row.last_day for row in case.deadlines if row.name == "confirmation_window" and row.stopped_at is None
    ]
    card = f.AgreementCard(
        **same,
        reader=party.name,
        last_day=window[-1] if window else None,
        contact=case.presiding or next(iter(case.mediators or ()), ""),
        contact_phone=phone_of(case),
    )
    return documents.freeze(card)
