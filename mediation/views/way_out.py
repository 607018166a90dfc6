"""What to do first where a step cannot be taken yet: a sentence, and links to where the missing thing is supplied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mediation.language import spoken
from mediation.models import Case, Entry, User
from mediation.services import responsibility, steps
from mediation.services.people import By
from mediation.views.comes_first import find_first
from mediation.views.formats import show_moment
from mediation.views.history import name_step
from mediation.views.next_steps import usual_next
from mediation.views.step_pages import page_of
from mediation.views.whose_step import call_office
from workflows import Reason, Standing, Step

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
#: Whoever takes a case on, by whichever of these, has done what the others would do.
TAKING_ON = frozenset({"accept", "receive"})
#: On the way to an agreement in effect, the nearest first.
TO_EFFECT = ("sign", "agree", "hold_session", "accept", "resume")
#: What took the step away → what brings it back.
BRINGS_BACK = {"close": "reopen", "pause": "resume"}


def say_who_was_quicker(case: Case, step: str, user: User) -> str:
    """周建华 2026-11-26 14:20 已经受理了: this very step was taken, and it took the case away from where it could be.
    Empty where something else happened."""
    moved = _what_moved(case, step)
    if moved is None or (moved.step != step and not {moved.step, step} <= TAKING_ON):
        return ""
    return _say("was_quicker", case, moved, user, step=name_step(case, moved.step))


def say_what_happened(case: Case, step: str, user: User) -> str:
    """Who was quicker; otherwise what happened to the case since this step could be taken, and that it cannot any
    more.  Empty where it never could."""
    if quicker := say_who_was_quicker(case, step, user):
        return quicker
    moved = _what_moved(case, step)
    if moved is None:
        return ""
    told = spoken("happened").get(moved.step)
    did = str(told or spoken("happened")["any"]).format(step=name_step(case, moved.step))
    return _say("moved_on", case, moved, user, did=did, step=name_step(case, step))


def _what_moved(case: Case, step: str) -> Entry | None:
    """The change that took the case away from where this step can be taken."""
    row = steps.workflow_of(case).case.steps.get(step)
    if row is None or case.state in row.sources:
        return None
    moves = (entry for entry in reversed(case.entries) if entry.before != entry.after)
    return next((one for one in moves if one.before in row.sources and one.after not in row.sources), None)


def _say(sentence: str, case: Case, moved: Entry, user: User, **words: str) -> str:
    said = spoken("page")
    # What the system did, or a case file told, was done by nobody whom one could ask.
    who = "" if moved.user_id is None else said["you"] if moved.user_id == user.id else moved.by_name
    return str(said[sentence]).format(who=who, at=show_moment(moved.at), **words).strip()


def list_ways(
    case: Case, row: Step, reasons: Sequence[Reason], user: User, at: datetime
) -> tuple[str, list[tuple[str, str]]]:
    """A sentence that says what comes first, empty where the reasons say it; and (address, word) of where to go."""
    step = row.name
    offered = [option.step.name for option in steps.options(case, by=By.user(user), at=at) if option.offered]
    holders = row.standing is Standing.holder and user.organisation_id == case.holder_id
    elsewhere = case.state not in row.sources
    first, before = find_first(step, case.state, holders=holders) if elsewhere else ("", "")
    moved = _what_moved(case, step)
    wanted = [before] if before else [BRINGS_BACK[moved.step]] if moved and moved.step in BRINGS_BACK else []
    wanted += [SUPPLIED_BY[reason.code] for reason in reasons if reason.code in SUPPLIED_BY]
    if before != "reopen" and not any(reason.code in ONE_WAY for reason in reasons):
        wanted += usual_next(case)
    names = [name for name in dict.fromkeys(wanted) if name in offered and name != step][:2]
    said = say_who_was_quicker(case, step, user) or _say_first(case, first)
    return said or say_what_happened(case, step, user), [
        (page_of(case, name), name_step(case, name)) for name in names
    ]


def way_to_effect(case: Case, user: User, at: datetime) -> tuple[str, list[tuple[str, str]]]:
    """What an agreement in effect still lacks, and the nearest step towards it that this person can take."""
    offered = {option.step.name for option in steps.options(case, by=By.user(user), at=at) if option.offered}
    name = next((name for name in TO_EFFECT if name in offered), None)
    open_work = case.state in responsibility.OPEN_WORK
    first = "sign_first" if case.agreement else "write_first" if open_work else "no_agreement_made"
    return str(spoken("first")[first]), [(page_of(case, name), name_step(case, name))] if name else []


def _say_first(case: Case, first: str) -> str:
    if not first:
        return ""
    above = next((row.organisation for row in case.grants if row.kind == "receiver" and row.ends_at is None),
                 case.holder.parent or case.holder)  # fmt: skip
    call = call_office(above)
    urgent = str(spoken("whose")["urgent"]).format(call=call) if call else ""
    return str(spoken("first")[first]).format(office=above.name, urgent=urgent)
