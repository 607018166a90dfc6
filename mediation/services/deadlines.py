"""Deadlines: started, paused, extended and stopped by steps; each says how it was computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Case, Clause, Deadline, LedgerLine
from mediation.services import obligations
from mediation.services.calendars import calendar
from workflows import Change, Move, Workflow
from workflows.calendar import Calendar
from workflows.periods import Period, PeriodKind, write_date_zh
from workflows.policy import is_valid_on

#: How far ahead a recurring promise is reminded of.
REMIND_AHEAD = timedelta(days=92)
#: The clock of a question to a department; there may be several at once.
ANSWER = "referral_reply"


def follow(session: Session, workflow: Workflow, case: Case, change: Change, move: Move) -> None:
    """Do to the case's deadlines what the step's row says."""
    step = change.step
    for name in step.stops:
        _stop(case, name, move)
    for name in step.pauses:
        _each(case, name, lambda row: _pause(row, move.today))
    for name in step.resumes:
        _each(case, name, lambda row: _resume(row, move.today, calendar(session)))
    for name in step.extends:
        _each(case, name, lambda row: _extend(row, move.get("until")))
    for name in step.reopens:
        for row in [row for row in case.deadlines if row.name == name][-1:]:
            row.stopped_at = None
    for name in step.starts:
        if name == ANSWER:
            _start_answers(session, workflow, case, move)
        else:
            start(session, workflow, case, name, move)


def _stop(case: Case, name: str, move: Move) -> None:
    owed = [row.deadline for row in case.referrals if row.is_open and row.deadline is not None]
    for row in case.deadlines:
        # Each department has a clock of its own, and one answer does not stop the others'.
        if row.name == name and row.stopped_at is None and row not in owed:
            row.stopped_at = move.at


def _start_answers(session: Session, workflow: Workflow, case: Case, move: Move) -> None:
    limit = find_limit(workflow.limits, case, ANSWER, move.today)
    for asked in case.referrals if limit is not None else ():
        if not asked.is_open or asked.deadline is not None or limit is None:
            continue
        if isinstance(asked.until, date):
            made = _given(limit, move.today, asked.until)
        else:
            made = _counted(limit, move.today, int(limit["length"]), calendar(session))
        made.title = f"{made.title}：{asked.department_name}"[:100]
        case.deadlines.append(made)
        asked.deadline = made


def start(session: Session, workflow: Workflow, case: Case, name: str, move: Move) -> None:
    """Start a clock, where a row of the policy fits this case; the one that ran before is stopped."""
    row = find_limit(workflow.limits, case, name, move.today)
    if row is None:
        return
    _each(case, name, lambda old: setattr(old, "stopped_at", move.at))
    starts_on = _start_day(row, case, move.today)
    until = move.get(str(row["until"])) if row.get("until") else None
    if isinstance(until, date):
        case.deadlines.append(_given(row, starts_on, until))
        return
    length = workflow.level(case.level).days if row["length"] == "level" else int(row["length"])
    case.deadlines.append(_counted(row, starts_on, length, calendar(session)))


def start_promises(
    session: Session, workflow: Workflow, case: Case, clauses: list[Clause], today: date
) -> None:
    """A reminder for every due date of an agreement in effect, and a visit some days after (PML 31)."""
    for clause in clauses:
        if obligations.binds_somebody(clause):
            for due in _to_remind_of(clause, today):
                _remind(session, workflow, case, clause, due, today)


def follow_promise(session: Session, workflow: Workflow, case: Case, clause: Clause, move: Move) -> None:
    """Bring a promise's reminders in step with its lines: what is done falls silent, what was put off is asked for
    on the later day, and what is open again is asked for again."""
    by_day: dict[date | None, list[LedgerLine]] = defaultdict(list)
    for line in clause.lines:
        by_day[line.due].append(line)
    moved = {before for line in clause.lines for before, _, _ in line.postponements if before}
    reminded = set()
    for row in case.deadlines:
        if row.clause is not clause:
            continue
        if row.name == "obligation_due":
            reminded.add(row.last_day)
            settled = all(line.done_at is not None for line in by_day.get(row.last_day, ()))
            row.stopped_at = (row.stopped_at or move.at) if settled else None
        elif row.starts_on.isoformat() in moved and row.starts_on not in by_day and row.stopped_at is None:
            row.stopped_at = move.at
    _remind_of_open(session, workflow, case, clause, reminded, move.today)


def look_ahead(session: Session, workflow: Workflow, case: Case, clause: Clause, today: date) -> int:
    """Reminders of what has come near since somebody last wrote something down; returns how many days are new."""
    reminded = {
        row.last_day for row in case.deadlines if row.clause is clause and row.name == "obligation_due"
    }
    return _remind_of_open(session, workflow, case, clause, reminded, today)


def _remind_of_open(
    session: Session, workflow: Workflow, case: Case, clause: Clause, reminded: set[date], today: date
) -> int:
    open_days = {line.due for line in clause.lines if line.done_at is None}
    wanted = [due for due in _to_remind_of(clause, today) if due not in reminded and due in open_days]
    for due in wanted:
        _remind(session, workflow, case, clause, due, today)
    return len(wanted)


def _to_remind_of(clause: Clause, today: date) -> list[date]:
    # A rent for eighteen years would fill the page with reminders: only the coming ones are set.
    days = obligations.due_dates(clause)
    return [day for day in days if day <= today + REMIND_AHEAD] if clause.recurring else days


def _remind(session: Session, workflow: Workflow, case: Case, clause: Clause, due: date, today: date) -> None:
    for name in ("obligation_due", "follow_up_visit"):
        limit = find_limit(workflow.limits, case, name, today)
        if limit is None:
            continue
        made = (
            _given(limit, today, due)
            if name == "obligation_due"
            else _counted(limit, due, int(limit["length"]), calendar(session))
        )
        made.title = f"{made.title}：第{clause.no}条"
        made.clause = clause
        case.deadlines.append(made)


def find_limit(
    rows: tuple[Mapping[str, Any], ...], case: Case, name: str, today: date
) -> Mapping[str, Any] | None:
    """The first row of that name which fits the case's type, source and level on this day."""
    for row in rows:
        if (
            row["name"] == name
            and case.dispute_type in row.get("types", (case.dispute_type,))
            and case.source in row.get("sources", (case.source,))
            and case.level in row.get("levels", (case.level,))
            and is_valid_on(row, today)
        ):
            return row
    return None


def recompute_estimates(session: Session) -> int:
    """Count again every open deadline that rests on an unannounced year; returns how many moved."""
    rows = session.scalars(select(Deadline).where(Deadline.estimated, Deadline.stopped_at.is_(None)))
    moved = 0
    for row in rows:
        before = row.last_day
        _recount(row, calendar(session))
        moved += row.last_day != before
    return moved


def _start_day(row: Mapping[str, Any], case: Case, today: date) -> date:
    counts_from = row.get("counts_from", "step")
    if counts_from == "filed_at":
        return obligations.civil_day(case.filed_at)
    if counts_from == "last_due" and case.agreement:
        # CPL 250: from the end of the performance period, of the last instalment; else from effect.
        days = [day for clause in case.agreement.clauses if (day := obligations.final_due(clause))]
        return max(days, default=today)
    return today


def _counted(row: Mapping[str, Any], starts_on: date, length: int, days: Calendar) -> Deadline:
    deadline = Deadline(
        name=row["name"],
        title=row["zh"],
        kind=row["kind"],
        starts_on=starts_on,
        length=length,
        unit=row["unit"],
        source=row["source"],
        pauses=[],
    )
    _recount(deadline, days)
    return deadline


def _given(row: Mapping[str, Any], starts_on: date, until: date) -> Deadline:
    return Deadline(
        name=row["name"],
        title=row["zh"],
        kind=row["kind"],
        starts_on=starts_on,
        last_day=until,
        length=max((until - starts_on).days, 0),
        unit="days",
        source=row["source"],
        explanation=f"约定或指定的日期：{write_date_zh(until)}。",
        estimated=False,
        pauses=[],
    )


def _recount(row: Deadline, days: Calendar, as_of: date | None = None) -> None:
    pauses = [(date.fromisoformat(a), date.fromisoformat(b) if b else None) for a, b in row.pauses]
    found = days.add_period(row.starts_on, Period(PeriodKind(row.unit), row.length), pauses, as_of=as_of)
    row.last_day, row.estimated = found.last_day, found.estimated
    row.explanation = found.explain_zh()
    if row.extended_to is not None:
        _say_extended(row, row.extended_to)


def _each(case: Case, name: str, do: Any) -> None:
    for row in case.deadlines:
        if row.name == name and row.stopped_at is None:
            do(row)


def _pause(row: Deadline, today: date) -> None:
    row.pauses = [*row.pauses, [today.isoformat(), None]]


def _resume(row: Deadline, today: date, days: Calendar) -> None:
    begun = [date.fromisoformat(begin) for begin, end in row.pauses if end is None]
    row.pauses = [[begin, end or today.isoformat()] for begin, end in row.pauses]
    if row.extended_to is not None and begun:
        row.extended_to += today - begun[-1]  # a pause moves an agreed end as it moves a counted one
    _recount(row, days)


def _extend(row: Deadline, until: date) -> None:
    if until > row.last_day:
        row.extended_to = until
        _say_extended(row, until)


def _say_extended(row: Deadline, until: date) -> None:
    if until > row.last_day:
        row.explanation += f"各方书面同意延长至{write_date_zh(until)}。"
        row.last_day = until


def is_paused(row: Deadline) -> bool:
    """Whether the clock stands still."""
    return any(end is None for _, end in row.pauses)


def is_overdue(row: Deadline, now: datetime) -> bool:
    """Whether a deadline that still runs has passed."""
    return row.stopped_at is None and not is_paused(row) and row.last_day < obligations.civil_day(now)


#: Windows that a court sets and waits behind: somebody still has to act when their day has passed.
ASKED_FOR = frozenset({"supplement"})


def has_lapsed(row: Deadline, today: date) -> bool:
    """Whether a chance has closed for good: nobody can do anything about it, so it is told and is nobody's overdue
    work."""
    return (
        row.stopped_at is None and row.kind == "window" and row.name not in ASKED_FOR and row.last_day < today
    )


def is_of_work(row: Deadline) -> bool:
    """Whether a reminder is about our own work on the case, and not about the parties' rights."""
    return row.name in (
        "obligation_due",
        "follow_up_visit",
        "next_visit",
        "call_again",
        "supervision_reply",
        "referral_reply",
        "court_acceptance",
    )
