"""What to do first where a step cannot be taken yet: a sentence, and links to where the missing thing is supplied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mediation.language import spoken
from mediation.models import Case, User
from mediation.services import steps
from mediation.services.people import By
from mediation.views.formats import show_moment
from mediation.views.history import name_step
from mediation.views.next_steps import usual_next
from mediation.views.step_pages import page_of
from workflows import Reason

#: The code of a refusal → the step with which one supplies what is missing.
SUPPLIED_BY = {
    "signatures_missing": "sign", "mediator_unsigned": "sign", "seal_missing": "sign", "not_in_effect": "sign",
    "nothing_to_sign": "agree", "no_agreement": "agree", "no_agreed_session": "hold_session",
    "nothing_arranged": "schedule", "already_arranged": "reschedule", "at_the_top": "terminate",
    "attempts_too_few": "hold_session", "suspected_collusion": "clear_suspicion", "open_report": "report_done",
    "rights_not_told": "accept", "returned_before": "ask_above", "signed_already": "agree",
}  # fmt: skip
#: Where one way is left instead of the step, and nothing else is offered beside it.
ONE_WAY = frozenset({"returned_before"})
#: step, where the case is → a sentence of [first] that says what has to come before, and the step that does it.
FIRST = {
    ("apply_confirmation", "agreed"): ("sign_before_court", "sign"),
    ("apply_confirmation", "mediating"): ("agree_before_court", "agree"),
    ("sign", "mediating"): ("agree_before_sign", "agree"),
    ("sign", "accepted"): ("agree_before_sign", "hold_session"),
    ("perform", "agreed"): ("sign_before_perform", "sign"),
    ("follow_up", "agreed"): ("sign_before_visit", "sign"),
    ("close", "agreed"): ("sign_before_close", "sign"),
    ("close", "mediating"): ("settle_before_close", "agree"),
    ("agree", "accepted"): ("talk_before_agree", "hold_session"),
    ("hold_session", "filed"): ("accept_before_talk", "accept"),
    ("schedule", "filed"): ("accept_before_talk", "accept"),
}


def say_who_was_quicker(case: Case, step: str, user: User) -> str:
    """周建华 2026-11-26 14:20 已经受理了: the case was where this step could be taken, and that change took it away
    from there.  Empty where nobody did."""
    row = steps.workflow_of(case).case.steps.get(step)
    moved = next((entry for entry in reversed(case.entries) if entry.before != entry.after), None)
    if row is None or moved is None or case.state in row.sources or moved.before not in row.sources:
        return ""
    words = spoken("page")
    who = str(words["you"]) if moved.user_id == user.id else moved.by_name
    return str(words["was_quicker"]).format(
        who=who, at=show_moment(moved.at), step=name_step(case, moved.step)
    )


def list_ways(
    case: Case, step: str, reasons: Sequence[Reason], user: User, at: datetime
) -> tuple[str, list[tuple[str, str]]]:
    """A sentence that says what comes first, empty where the reasons say it; and (address, word) of where to go."""
    offered = [option.step.name for option in steps.options(case, by=By.user(user), at=at) if option.offered]
    first, before = FIRST.get((step, case.state), ("", ""))
    taken = say_who_was_quicker(case, step, user)
    wanted = [before] if before else []
    wanted += [SUPPLIED_BY[reason.code] for reason in reasons if reason.code in SUPPLIED_BY]
    if not any(reason.code in ONE_WAY for reason in reasons):
        wanted += usual_next(case)
    names = [name for name in dict.fromkeys(wanted) if name in offered and name != step][:2]
    return taken or (str(spoken("first")[first]) if first else ""), [
        (page_of(case, name), name_step(case, name)) for name in names
    ]
