"""日程: the office's meetings by day, and the cases for which none is arranged yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from mediation.language import spoken, word
from mediation.models import Appointment, Case, Deadline, MediationSession, User
from mediation.services import appointments
from mediation.services.obligations import civil_day
from mediation.views.formats import days_left, show_moment
from mediation.views.lists import still_counts
from mediation.views.overview import short_word
from mediation.views.paging import Paged, page_of_rows
from mediation.views.step_pages import page_of

#: A meeting that nobody recorded stands there so long.
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class Meeting:
    """A meeting that lies ahead, or that was and is not recorded yet."""

    time: str
    number: str
    title: str
    purpose: str
    place: str
    #: Who is asked to come, and who mediates.
    who: str
    mediators: str
    url: str
    move_url: str
    ahead: bool


@dataclass(frozen=True)
class Unarranged:
    """A case that waits for 约时间."""

    number: str
    title: str
    kind: str
    mediators: str
    deadline: str
    card: str
    verb: str
    url: str


def list_days(session: Session, user: User, at: datetime) -> list[tuple[str, list[Meeting]]]:
    """Each day with its meetings; what is past and not recorded yet stands first."""
    query = (
        select(Appointment)
        .where(
            Appointment.organisation_id == user.organisation_id,
            Appointment.ended_at.is_(None),
            Appointment.starts_at > at - REMEMBERED,
        )
        .order_by(Appointment.starts_at)
        .options(joinedload(Appointment.case))
    )
    days: dict[str, list[Meeting]] = {}
    for row in session.scalars(query):
        days.setdefault(_name_day(row.starts_at, at), []).append(_meeting(row, at))
    return list(days.items())


def _name_day(moment: datetime, at: datetime) -> str:
    day, today = civil_day(moment), civil_day(at)
    said = spoken("desk")
    names = {0: said["today"], 1: said["tomorrow"]}
    head = str(names.get((day - today).days, said["overdue_meeting"] if day < today else ""))
    week = str(spoken("weekday")[f"d{day.weekday()}"])
    return f"{head} {day.isoformat()}（{week}）".strip()


def _meeting(row: Appointment, at: datetime) -> Meeting:
    case = row.case
    return Meeting(
        time=show_moment(row.starts_at)[11:],
        number=case.public_number,
        title=case.title,
        purpose=word("meeting_purpose", row.purpose),
        place=row.place,
        who="、".join(party.name for party in appointments.asked_to_come(case, row)),
        mediators="、".join(row.mediators or case.mediators or ()),
        url=page_of(case, "sign" if row.purpose == "sign" else "hold_session"),
        move_url=page_of(case, "reschedule"),
        ahead=row.starts_at > at,
    )


def list_unarranged(
    session: Session, user: User, at: datetime, page: int, *, attempts: int
) -> Paged[Unarranged]:
    """The office's cases that are to be talked about and for which no meeting is arranged; the nearest date first.

    attempts: after so many sessions without an agreement a case goes up, and waits for no other meeting.
    """
    nearest = func.min(Deadline.last_day)
    arranged = select(Appointment.case_id).where(Appointment.ended_at.is_(None))
    agreed = select(MediationSession.case_id).where(MediationSession.outcome == "agreed")
    held = (
        select(func.count())
        .where(MediationSession.case_id == Case.id, MediationSession.organisation_id == Case.holder_id)
        .scalar_subquery()
    )
    query = (
        select(Case, nearest)
        .outerjoin(Deadline, (Deadline.case_id == Case.id) & Deadline.stopped_at.is_(None) & still_counts(at))
        .where(
            Case.holder_id == user.organisation_id,
            Case.state.in_(("accepted", "mediating")),
            Case.id.not_in(arranged),
            Case.id.not_in(agreed),
            held < attempts,
        )
        .group_by(Case.id)
        .order_by(nearest.is_(None), nearest, Case.id)
    )
    return page_of_rows(session, query, page, lambda case, day: _unarranged(case, day, at))


def _unarranged(case: Case, day: date | None, at: datetime) -> Unarranged:
    words, card = days_left(day, civil_day(at)) if day is not None else ("", "grey")
    return Unarranged(
        number=case.public_number,
        title=case.title,
        kind=word("dispute_type", case.dispute_type),
        mediators="、".join(case.mediators or ()),
        deadline=words,
        card=card,
        verb=short_word(case, "schedule", ""),
        url=page_of(case, "schedule"),
    )
