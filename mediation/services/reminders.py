"""What the calendar brings: reminders to parties, cards to offices, and cases silent for ten days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import String, cast, exists, literal, select

import workflows
from mediation.models import Case, Deadline, Duty, Notice
from mediation.models.appointment import Appointment
from mediation.services import notices, obligations, public_states
from mediation.services.appointments import asked_to_come
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.words import say
from workflows.policy import is_valid_on
from workflows.steps import SHANGHAI

DUE_SOON = 3  # days before a promise falls due
WINDOW = "confirmation_window"
YELLOW = 3
MOST = 500
STALE = "stale"


def remind(desk: Desk) -> int:
    """Queue what is due today and was not queued before; returns how many lines there are new."""
    today = civil_day(desk.now)
    return (
        _day_before(desk, today)
        + _window_closing(desk, today)
        + _promises(desk, today)
        + _cards(desk, today)
        + _stale(desk)
    )


def _new(desk: Desk, keys: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(keys))
    known = set(desk.session.scalars(select(Notice.once).where(Notice.once.in_(wanted)))) if wanted else set()
    return [key for key in wanted if key not in known]


def _day_before(desk: Desk, today: date) -> int:
    start = datetime.combine(today + timedelta(days=1), time(), SHANGHAI)
    query = select(Appointment).where(
        Appointment.ended_at.is_(None),
        Appointment.purpose == "talk",
        Appointment.starts_at >= start,
        Appointment.starts_at < start + timedelta(days=1),
    )
    count = 0
    for row in desk.session.scalars(query.limit(MOST)):
        for party in notices.hearing(row.case, asked_to_come(row.case, row)):
            once = f"N08:{row.id}:{row.moved}:{party.id}"
            if _new(desk, [once]):
                notices.put(desk, row.case, party, "N08", desk.now, once=once)
                count += 1
    return count


def _running(desk: Desk, name: str, first: date, last: date) -> list[Deadline]:
    query = (
        select(Deadline)
        .where(
            Deadline.name == name,
            Deadline.stopped_at.is_(None),
            Deadline.last_day >= first,
            Deadline.last_day <= last,
        )
        .order_by(Deadline.id)
    )
    return list(desk.session.scalars(query.limit(MOST)))


def _window_closing(desk: Desk, today: date) -> int:
    """N12 to the parties and N26 to the office, once for each of the days that the county's policy warns on.

    A round that was missed is made up for: what is said then is how many days are really left.
    """
    warned = sorted(_warn_days(desk, today))
    count = 0
    for step, after in zip(warned, [-1, *warned], strict=False):
        for row in _not_warned(desk, today, step, after):
            case, left = row.case, (row.last_day - today).days
            if case.agreement is None or case.agreement.form != "written":
                continue
            for party in notices.hearing(case, case.parties):
                once = f"N12:{row.id}:{step}:{party.id}"
                notices.put(desk, case, party, "N12", desk.now, once=once, days=str(left))
            day, once = notices.say_date(row.last_day), f"N26:{row.id}:{step}"
            notices.tell_office(desk, case, "N26", desk.now, once=once, D=day, days=str(left))
            count += 1
    return count


def _warn_days(desk: Desk, today: date) -> list[int]:
    rows = workflows.load(desk.policy).limits
    return next(
        (list(row.get("warn_days", ())) for row in rows if row["name"] == WINDOW and is_valid_on(row, today)),
        [],
    )


def _not_warned(desk: Desk, today: date, step: int, after: int) -> list[Deadline]:
    """The windows with `step` days left or fewer, more than `after`, of whose office N26 has not been written."""
    key = literal("N26:").concat(cast(Deadline.id, String)).concat(f":{step}")
    query = (
        select(Deadline)
        .where(
            Deadline.name == WINDOW,
            Deadline.stopped_at.is_(None),
            Deadline.last_day <= today + timedelta(days=step),
            Deadline.last_day > today + timedelta(days=after),
            ~exists().where(Notice.once == key),
        )
        .order_by(Deadline.id)
    )
    return list(desk.session.scalars(query.limit(MOST)))


def _promises(desk: Desk, today: date) -> int:
    """N16 to whoever has to do something soon; N17 to whom it is owed, the day after it was not done."""
    count = 0
    for row in _running(desk, "obligation_due", today - timedelta(days=1), today + timedelta(days=DUE_SOON)):
        clause, case = row.clause, row.case
        if clause is None or case.state != "performing" or obligations.is_done(clause):
            continue
        late = row.last_day < today
        if late and obligations.state_of(clause, today) is not obligations.ObligationState.in_default:
            continue
        template, side = ("N17", "obligee") if late else ("N16", "obligor")
        for party in notices.hearing(case, [person.party for person in clause.on_side(side)]):
            once = f"{template}:{row.id}:{party.id}"
            if _new(desk, [once]):
                day = notices.say_date(row.last_day)
                notices.put(desk, case, party, template, desk.now, once=once, D=day)
                count += 1
    return count


def _cards(desk: Desk, today: date) -> int:
    """N21 and N22: the office's own yellow and red cards."""
    query = (
        select(Deadline)
        .where(
            Deadline.kind == "limit",
            Deadline.stopped_at.is_(None),
            Deadline.last_day.in_([today + timedelta(days=YELLOW), today - timedelta(days=1)]),
        )
        .order_by(Deadline.id)
    )
    count = 0
    for row in desk.session.scalars(query.limit(MOST)):
        case = row.case
        if any(end is None for _, end in row.pauses) or case.state in public_states.ENDED:
            continue
        template = "N21" if row.last_day > today else "N22"
        once = f"{template}:{row.id}:{row.last_day}"
        if not _new(desk, [once]):
            continue
        day, days = notices.say_date(row.last_day), str(abs((row.last_day - today).days))
        notices.tell_office(desk, case, template, desk.now, once=once, D=day, days=days)
        count += 1
    return count


def _stale(desk: Desk) -> int:
    """Nobody has told the parties anything for ten days: whoever holds the case is reminded once for each silence."""
    open_cases = (
        select(Case)
        .where(
            Case.state.not_in(sorted(public_states.ENDED)),
            Case.filed_at <= desk.now - public_states.STALE_AFTER,
        )
        .order_by(Case.id)
    )
    count = 0
    for case in desk.session.scalars(open_cases.execution_options(yield_per=200)):
        silent_since = public_states.last_news(case)
        if not public_states.is_stale(case, desk.now):
            continue
        if any(duty.kind == STALE and duty.created_at > silent_since for duty in case.duties):
            continue
        days = str((desk.now - silent_since).days)
        title = say("page", "stale_duty").format(days=days)
        case.duties.append(Duty(kind=STALE, title=title, detail="", created_at=desk.now))
        count += 1
    return count
