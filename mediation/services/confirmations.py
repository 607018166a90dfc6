"""Judicial confirmation: filing with a court, and what the court answers."""

from __future__ import annotations

from sqlalchemy import select

from mediation.models import Case, Confirmation, Organisation
from mediation.services import grants
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, load


def file(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """An application for the agreement in effect; the court may see the case from now on."""
    court = move.text("court")
    case.confirmations.append(
        Confirmation(
            agreement=case.agreement,
            number=len(case.confirmations) + 1,
            state=load(case.policy).parts["confirmation"].initial,
            court=court,
            filed_at=move.at,
        )
    )
    office = desk.session.scalar(
        select(Organisation).where(Organisation.kind == "court", Organisation.name == court)
    )
    if office is not None:
        grants.give(case, office, "court", move.at)


def answer(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Keep what the court said: its numbers, its ground, its reason, the day of its ruling (CPL 206)."""
    row = case.confirmation
    if row is None:
        return
    row.court_number = move.text("number") or row.court_number
    row.ground = move.text("ground") or row.ground
    row.reason = move.text("reason") or row.reason
    if change.step.name in ("court_confirm", "court_dismiss", "court_reject"):
        row.ruling_number = move.text("ruling_number") or row.ruling_number
        row.ruling_on = move.today
