"""上交, 接收, 退回: what was tried, what was agreed already, who would take it on."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from mediation.language import language, spoken, word
from mediation.models import Case, Organisation, User
from mediation.services import responsibility
from mediation.services.steps import workflow_of
from mediation.views.formats import show_moment

#: chip → the ground of the step; several chips may mean one ground, and then the chip is the reason's first words.
WHY = {
    "apart": "attempts_exhausted",
    "expert": "major",
    "across": "cross_boundary",
    "danger": "major",
    "wish": "request",
}


def show_tries(case: Case) -> list[str]:
    """Each session in a line."""
    return [
        f"{show_moment(row.held_at)} {word('outcome', row.outcome)} {'、'.join(row.mediators)}"
        for row in case.sessions
    ]


def count_tries(case: Case) -> tuple[int, int]:
    """Sessions of the office that holds the case, and how many are usual before handing up."""
    here = sum(1 for row in case.sessions if row.organisation_id == case.holder_id)
    return here, workflow_of(case).level(case.level).attempts


def show_receiver(session: Session, case: Case) -> dict[str, str]:
    """Who is above, with the number to call, and who is there to take the case on."""
    above = case.holder.parent
    if above is None:
        return {"name": "", "phone": "", "duty": ""}
    return {
        "name": above.committee.name if above.committee else above.name,
        "phone": next((place.phone for place in above.chain() if place.phone), ""),
        "duty": say_duty(session, above),
    }


def say_duty(session: Session, office: Organisation) -> str:
    """Who of an office will take a case on, in a sentence; where it has no mediator, that its lead gets it."""
    found = responsibility.on_duty(session, office)
    words = spoken("handing")
    name = "on_duty" if not found.lead else "goes_to_lead" if found.people else "nobody_there"
    return str(words[name]).format(office=office.name, names=found.names)


def say_lead(session: Session, user: User) -> str:
    """To whoever leads an office without a mediator: that this case came to them; empty for everybody else."""
    found = responsibility.on_duty(session, user.organisation)
    mine = found.lead and any(one.id == user.id for one in found.people)
    return str(spoken("handing")["came_to_you"]) if mine else ""


def agreed_before(case: Case) -> str:
    """What was agreed when the case came up last; it goes on with it."""
    told = (row.facts.get("agreed_so_far") for row in reversed(case.entries) if row.step == "escalate")
    return next((str(text) for text in told if text), "")


def facts_of_escalation(form: Any, case: Case) -> dict[str, Any]:
    """The page's chips and sentences as the step is told them."""
    chip = form.get("why", "")
    tried, usual = count_tries(case)
    ground = WHY.get(chip, "")
    if chip == "apart" and tried < usual:
        ground = "request" if form.get("asked") else "major"
    said = str(spoken("why")[chip]) if chip in WHY else ""
    typed = form.get("reason", "").strip()
    # A chip alone is no explanation of why one does not wait: that sentence is the mediator's own.
    early = tried < usual
    reason = f"{said}。{typed}" if typed and said else typed if early else typed or said
    return {
        key: value
        for key, value in {
            "ground": ground,
            "reason": reason,
            "agreed_so_far": form.get("agreed_so_far", "").strip(),
        }.items()
        if value
    } | {"consents": form.getlist("consents[]")}


def show_handed(case: Case) -> dict[str, Any]:
    """What the office that is asked to take a case on reads: why, what was tried, what is agreed already."""
    entry = next((row for row in reversed(case.entries) if row.step == "escalate"), None)
    told = entry.facts if entry else {}
    return {
        "from": case.holder.name,
        "by": entry.by_name if entry else "",
        "at": show_moment(entry.at) if entry else "",
        "ground": word("ground_up", told.get("ground")) if told.get("ground") else "",
        "reason": str(told.get("reason", "")),
        "agreed": str(told.get("agreed_so_far", "")),
        "tries": show_tries(case),
        "facts": case.facts,
    }


def name_top(case: Case) -> str:
    """The topmost level in words: 县里."""
    level = workflow_of(case).levels[-1]
    return level.short if language() == "zh" else level.en
