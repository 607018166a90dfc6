"""Meetings arranged ahead: made, moved, called off, and ended when the session is held or the case goes elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Appointment, Case, Duty, Organisation, Party
from mediation.services import door_visits
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.parties import sides
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move
from workflows.steps import SHANGHAI

#: Two meetings of one office that begin closer than this may get in each other's way.
CLASH = timedelta(hours=2)
_ELSEWHERE = frozenset({"handed_up", "terminated", "withdrawn", "referred_out", "closed", "filed"})


def arrange(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Ask the parties to come; whoever has no telephone is told at the door."""
    _end(case, "lapsed", move.at)
    mediators = list(move.get("mediators", ()) or case.mediators or ())
    made = Appointment(
        number=len(case.appointments) + 1,
        organisation_id=case.holder_id,
        purpose="sign" if case.state == "agreed" else "talk",
        starts_at=move.get("meet_at"),
        place=move.text("place"),
        attending=[party.ref for party in sides(case, move.get("attending", ()))],
        invited=[dict(guest) for guest in move.get("invited", ())],
        mediators=mediators,
        made_by=by.name,
        made_at=move.at,
        moved=0,
        ending="",
    )
    case.appointments.append(made)
    _owe_visits(case, made, move.at)


def move_meeting(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Another time or place for the same meeting."""
    row = case.appointment
    if row is None:
        return
    row.starts_at, row.place = move.get("meet_at"), move.text("place")
    row.attending = [party.ref for party in sides(case, move.get("attending", ()))]
    row.invited = [dict(guest) for guest in move.get("invited", ())]
    row.moved += 1
    _forget_visits(case, move.at)
    _owe_visits(case, row, move.at)


def call_off(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The meeting does not take place; those without a telephone are told at the door."""
    row = case.appointment
    if row is None:
        return
    _end(case, "cancelled", move.at)
    _owe_visits(case, row, move.at, cancelled=True)


def follow(case: Case, change: Change, at: datetime) -> None:
    """What a step means for the meeting: the session was held, all have signed, or the case is elsewhere."""
    row = case.appointment
    if row is None:
        return
    if change.step.name == "hold_session" and row.purpose == "talk":
        if civil_day(at) >= civil_day(row.starts_at):
            _end(case, "held", at)
    elif change.after == "performing" and row.purpose == "sign":
        _end(case, "held", at)
    elif change.after in _ELSEWHERE or change.step.name in ("receive", "take_up"):
        _end(case, "lapsed", at)


def asked_to_come(case: Case, appointment: Appointment) -> list[Party]:
    """The parties whom a meeting concerns and that are still in the case."""
    return [party for party in sides(case, appointment.attending) if party.left_at is None]


def can_be_called(party: Party) -> bool:
    """Whether anybody of this party has a telephone."""
    return bool(party.phone) or any(helper.phone for helper in party.helpers)


def find_clashes(
    session: Session, organisation: Organisation, start: datetime, *, besides: Case | None = None
) -> list[Appointment]:
    """Other meetings of the office that begin within two hours of `start`; they are told of, never forbidden."""
    query = (
        select(Appointment)
        .where(
            Appointment.organisation_id == organisation.id,
            Appointment.ended_at.is_(None),
            Appointment.starts_at > start - CLASH,
            Appointment.starts_at < start + CLASH,
        )
        .order_by(Appointment.starts_at)
    )
    return [row for row in session.scalars(query) if besides is None or row.case_id != besides.id]


def is_free(session: Session, organisation: Organisation, day: date, *, besides: Case | None = None) -> bool:
    """Whether the office has no other meeting on that day."""
    start = datetime.combine(day, time(), SHANGHAI)
    query = select(Appointment.case_id).where(
        Appointment.organisation_id == organisation.id,
        Appointment.ended_at.is_(None),
        Appointment.starts_at >= start,
        Appointment.starts_at < start + timedelta(days=1),
    )
    return all(besides is not None and case_id == besides.id for case_id in session.scalars(query))


def _end(case: Case, ending: str, at: datetime) -> None:
    _forget_visits(case, at)
    for row in case.appointments:
        if row.ended_at is None:
            row.ended_at, row.ending = at, ending


def _owe_visits(case: Case, row: Appointment, at: datetime, *, cancelled: bool = False) -> None:
    for party in asked_to_come(case, row):
        if can_be_called(party):
            continue
        detail = say("page", "tell_called_off" if cancelled else "tell_when").format(
            when=say_moment(row.starts_at), place=row.place
        )
        case.duties.append(
            Duty(kind=door_visits.KIND, title=door_visits.title_for(party), detail=detail, created_at=at)
        )


def _forget_visits(case: Case, at: datetime) -> None:
    # What was to be told is no longer so; the new words replace it.
    for duty in case.duties:
        if duty.kind == door_visits.KIND and duty.done_at is None:
            duty.done_at, duty.done_by = at, ""


def say_moment(moment: datetime) -> str:
    """11月28日（周六）上午9:00, as it is read aloud."""
    there = moment.astimezone(SHANGHAI)
    half = "上午" if there.hour < 12 else "下午" if there.hour < 18 else "晚上"
    hour = there.hour if there.hour <= 12 else there.hour - 12
    return f"{there.month}月{there.day}日（周{'一二三四五六日'[there.weekday()]}）{half}{hour}:{there.minute:02d}"
