"""Experts who are asked to help, and sessions at which several offices consult on a case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Case, Expert, Invitation, JointSession, Organisation
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused


def invite(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Ask an expert; the parties have consented (PML 20)."""
    name = move.text("expert")
    if any(row.name == name and row.answered_at is None for row in case.invitations):
        reason = Reason(
            "invited_already",
            f"已经邀请过{name}，还在等答复，不用再请一次。",
            "This expert has been asked already.",
            where="expert",
        )
        raise Refused("not_met", change.step.name, [reason], change.step.zh)
    known = _find(desk.session, case, name)
    case.invitations.append(
        Invitation(
            expert=known,
            name=name,
            field=move.text("field") or (known.field if known else ""),
            asked_at=move.at,
            answer="",
            note="",
        )
    )


def _find(session: Session, case: Case, name: str) -> Expert | None:
    places = [place.id for place in case.holder.chain()]
    return session.scalar(
        select(Expert)
        .where(Expert.name == name, Expert.active, Expert.organisation_id.in_(places))
        .order_by(Expert.id)
        .limit(1)
    )


def reply(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The expert comes, or does not, and then the next one is suggested."""
    name = move.text("expert")
    waiting = [row for row in case.invitations if row.answered_at is None]
    row = next((row for row in waiting if row.name == name), waiting[0] if not name else None)
    if row is None:
        reason = Reason(
            "not_invited",
            f"没有等着{name}答复的邀请。请看看姓名对不对。",
            "This expert has not been asked.",
            where="expert",
        )
        raise Refused("not_met", change.step.name, [reason], change.step.zh)
    row.answered_at, row.answer, row.note = move.at, move.text("answer"), move.text("note")


def consult(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A joint session; it is no attempt at mediation, for the parties need not be there."""
    case.joint_sessions.append(
        JointSession(
            number=len(case.joint_sessions) + 1,
            held_at=move.get("held_at") or move.at,
            place=move.text("place"),
            chair=move.text("chair"),
            organisations=list(move.get("organisations", ())),
            experts=list(move.get("experts", ())),
            record=move.text("record"),
            decision=move.text("decision"),
        )
    )


def suggest(session: Session, case: Case) -> Sequence[Expert]:
    """Experts of this county who have not said no to this case: those of its type first."""
    declined = {row.name for row in case.invitations if row.answer == "declined" or row.answered_at is None}
    return [row for row in pool(session, case) if row.name not in declined]


def pool(session: Session, case: Case) -> Sequence[Expert]:
    """All experts whom this case's office may ask: those of its type first."""
    places = [place.id for place in case.holder.chain()]
    rows = session.scalars(
        select(Expert).where(Expert.organisation_id.in_(places), Expert.active).order_by(Expert.id)
    ).all()
    return sorted(rows, key=lambda row: case.dispute_type not in (row.types or ()))


def add_expert(
    desk: Desk, place: Organisation, *, name: str, field: str, unit: str, phone: str | None, types: list[str]
) -> Expert:
    """A new entry of the county's pool."""
    expert = Expert(
        organisation=place, name=name, field=field, unit=unit, phone=phone, types=types, active=True
    )
    desk.session.add(expert)
    return expert
