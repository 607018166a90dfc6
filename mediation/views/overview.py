"""The top of the case page: where the case is, the one thing to do next and why, and what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from mediation.language import language, spoken
from mediation.models import Case, User
from mediation.services import obligations
from mediation.services.obligations import civil_day
from mediation.services.steps import workflow_of

#: The six steps of the centres, and the states that stand at each.
SIX = ("sent", "accepted", "arranging", "talking", "result", "visit")
_AT = {
    "filed": 1, "accepted": 3, "mediating": 4, "paused": 4, "handed_up": 4, "agreed": 5, "performing": 5,
    "not_accepted": 5, "referred_out": 5, "withdrawn": 5, "terminated": 5, "closed": 6, "archived": 7,
}  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A row of the task list."""

    title: str
    status: str  # todo, doing, done, trouble, none
    words: str
    url: str


def six_steps(case: Case) -> list[tuple[str, str]]:
    """The six steps in words, each with done, now or ahead."""
    here = _AT.get(case.state, 4)
    if case.state == "accepted" and case.sessions:
        here = 4
    if case.state in ("performing", "terminated") and case.follow_ups:
        here = 6
    table = spoken("six")
    where = ["done" if no < here else "now" if no == here else "ahead" for no in range(1, 7)]
    return [(str(table[code]), place) for code, place in zip(SIX, where, strict=True)]


def count_sessions(case: Case) -> tuple[int, int]:
    """How many sessions there were at the level the case is at, and how many the policy foresees."""
    here = [row for row in case.sessions if row.organisation_id == case.holder_id]
    return len(here), workflow_of(case).level(case.level).attempts


def say_counter(case: Case) -> str:
    """第2次，共3次; empty before the first session."""
    held, most = count_sessions(case)
    return str(spoken("page")["counter"]).format(held=held, most=most) if held else ""


def short_word(case: Case, step: str, usual: str) -> str:
    """A step as a button says it: 记调解, 上交镇里; what the policy calls it where there is no shorter word."""
    if step == "escalate" and language() == "zh" and case.holder.parent is not None:
        return f"上交{workflow_of(case).level(case.holder.parent.level).short}"
    return str(spoken("verb").get(step, usual))


def say_why(case: Case, step: str) -> str:
    """Why this step is the next one, in one sentence."""
    held, most = count_sessions(case)
    key = "hold_session_again" if step == "hold_session" and held else step
    return str(spoken("next_why").get(key, "")).format(held=held, most=most)


def list_tasks(case: Case, at: datetime, pages: dict[str, str]) -> list[Task]:
    """What belongs to a case, in its order, with how far each is. pages: step → where it can be taken now."""
    today, held = civil_day(at), count_sessions(case)
    page = spoken("page")
    agreement, papers = case.agreement, {row.type for row in case.documents}
    rows = [
        ("rights", _done("rights_notice" in papers), ""),
        ("schedule", "doing" if case.appointment else _done(bool(case.sessions)), pages.get("schedule", "")),
        ("sessions", _sessions(case), pages.get("hold_session", "")),
        ("agreement", _done(agreement is not None), pages.get("agree", "")),
        ("signing", _signing(case), pages.get("sign", "")),
        ("confirmation", _confirmation(case), pages.get("apply_confirmation", "")),
        ("performance", _performance(case, today), pages.get("perform", "")),
        ("visit", _done(bool(case.follow_ups)), pages.get("follow_up", "")),
        (
            "dossier",
            _done(case.state == "archived"),
            url_for("dossier.show", number=case.public_number) if case.documents else "",
        ),
    ]
    found = []
    for code, status, url in rows:
        title = str(spoken("task")[code])
        if code == "sessions" and held[0]:
            title = f"{title}（{page['counter']}）".format(held=held[0], most=held[1])
        found.append(Task(title, status, str(spoken("task_status")[status]), url))
    return found


def _done(is_done: bool) -> str:
    return "done" if is_done else "todo"


def _sessions(case: Case) -> str:
    if not case.sessions:
        return "todo"
    return (
        "done"
        if case.agreement is not None or case.state in ("terminated", "closed", "archived")
        else "doing"
    )


def _signing(case: Case) -> str:
    if case.agreement is None:
        return "todo"
    return {"drafted": "doing", "signed": "doing"}.get(case.agreement.state, "done")


def _confirmation(case: Case) -> str:
    row = case.confirmation
    if row is None:
        return "none"
    return {
        "confirmed": "done",
        "refused": "trouble",
        "supplement_asked": "trouble",
        "withdrawn": "none",
    }.get(row.state, "doing")


def _performance(case: Case, today: date) -> str:
    clauses = [c for c in case.agreement.clauses if obligations.binds_somebody(c)] if case.agreement else []
    if not clauses or case.state in ("agreed", "mediating"):
        return "todo"
    if all(obligations.is_done(clause) for clause in clauses):
        return "done"
    late = any(obligations.state_of(c, today) is obligations.ObligationState.in_default for c in clauses)
    return "trouble" if late else "doing"


def say_awaited(case: Case, user: User) -> str:
    """等雀塘镇接收: what whoever handed a case up waits for; "" for everybody else."""
    if case.state != "handed_up" or case.holder_id != user.organisation_id or case.receiver is None:
        return ""
    return str(spoken("stepform")["awaits"]).format(office=case.receiver.name)


def show_overview(case: Case, at: datetime, first: Any, offered: list[Any]) -> dict[str, Any]:
    """Everything above the fold; `offered` are the buttons that may be pressed now, `first` is what comes next."""
    return {
        "risk": case.risk,
        "risk_words": spoken("risk"),
        "kind": str(spoken("dispute_type")[case.dispute_type]),
        "six": six_steps(case),
        "counter": say_counter(case) if case.state in ("accepted", "mediating", "paused") else "",
        "next": None
        if first is None
        else {
            "url": first.url,
            "text": short_word(case, first.name, first.text),
            "why": say_why(case, first.name),
        },
        "tasks": list_tasks(case, at, {button.name: button.url for button in offered}),
    }
