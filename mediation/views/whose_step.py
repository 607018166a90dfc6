"""Whose a step is: the office that takes it, and whom to call there; nothing else of what that office does."""

from __future__ import annotations

from datetime import datetime

from flask import g

from mediation.access import Audience, audience_of
from mediation.language import language, spoken, word
from mediation.models import Case, Organisation, User
from mediation.views.history import name_step
from workflows import Reason, Standing, Step

#: What an office is to a case → the grants that make it so.
GRANTS = {
    Standing.receiver: ("receiver",),
    Standing.above: ("above",),
    Standing.court: ("court",),
    Standing.department: ("department",),
    Standing.printer: ("printer",),
}


def say_reason(reason: Reason) -> str:
    """A reason as whoever asks reads it: nobody is sent to oneself."""
    who = g.get("who")
    return reason.in_words(language(), reader=word("role", who.role) if who else "")


def say_reasons(case: Case, row: Step, reasons: list[Reason], user: User, at: datetime) -> list[str]:
    """Each reason as this person reads it; where the step is somebody else's, that office with its telephone."""
    whose = _say_whose(case, row, user, at)
    return [whose if whose and reason.code == "not_yours" else say_reason(reason) for reason in reasons]


def _say_whose(case: Case, row: Step, user: User, at: datetime) -> str:
    words = spoken("whose")
    roles = "、".join(word("role", role) for role in row.who)
    offices = _offices(case, row.standing, user, at)
    if row.standing is Standing.system:
        return ""
    if not offices:
        return str(words["no_office"]).format(step=name_step(case, row.name), roles=roles)
    told = []
    for office in offices:
        name = office.committee.name if office.committee else office.name
        answers = case.responsible if office.id == case.holder_id else None
        lead = str(words["answers"]).format(name=answers.name) if answers and answers.active else ""
        told.append(str(words["office"]).format(office=name, roles=roles, lead=lead))
    call = str(words["call"]).format(call=call_office(offices[0])) if call_office(offices[0]) else ""
    step = name_step(case, row.name)
    return str(words["sentence"]).format(step=step, offices=str(words["or"]).join(told), call=call)


def _offices(case: Case, standing: Standing, user: User, at: datetime) -> list[Organisation]:
    if standing is Standing.holder:
        return [case.holder]
    # Who else was asked belongs to the case: a court or a department is not told of it.
    if audience_of(case, user, at) is not Audience.committee:
        return []
    if standing is Standing.above and case.holder.parent is not None:
        return [case.holder.parent]
    return list(
        dict.fromkeys(
            row.organisation
            for row in case.grants
            if row.kind in GRANTS.get(standing, ())
            and row.starts_at <= at
            and (row.ends_at is None or row.ends_at > at)
        )
    )[:2]


def call_office(office: Organisation) -> str:
    """The number to call; where the office has none, the nearest one above that has, with its name."""
    found = next((place for place in office.chain() if place.phone), None)
    if found is None:
        return ""
    return found.phone if found is office else f"{found.name} {found.phone}"
