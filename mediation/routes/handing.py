"""上交 with its question before, and the page of the office that is asked: 接收, 退回, or 由县里定."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from mediation.access import COMMITTEE, opens_to
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import Fault, answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import (
    Answer,
    Here,
    Outcome,
    give_desk_words,
    stand_before,
    step_of,
    try_step,
    why_not,
)
from mediation.views.handing import (
    WHY,
    agreed_before,
    count_tries,
    facts_of_escalation,
    name_top,
    say_lead,
    show_handed,
    show_receiver,
    show_tries,
)
from mediation.views.whose_step import say_reasons

blueprint = Blueprint("handing", __name__)
blueprint.context_processor(give_desk_words)


@blueprint.get("/cases/<number>/escalate")
@opens_to(*COMMITTEE)
def escalate(number: str) -> Answer:
    """Why, what is agreed already, who takes it on; before the usual number of sessions first the question."""
    here = stand_before(number, "escalate")
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "form escalate")
    return _page(here, Outcome())


def _page(here: Here, outcome: Outcome) -> str:
    case = here.case
    tried, usual = count_tries(case)
    form = request.form
    errors = {where.split("[")[0]: said for where, _, said in reversed(outcome.faults)}
    return render_template(
        "handing/escalate.html",
        case=here.head,
        tried=tried,
        usual=usual,
        early=tried < usual,
        tries=show_tries(case),
        why=[(code, str(spoken("why")[code])) for code in WHY],
        typed={
            "why": form.get("why", ""),
            "reason": form.get("reason", ""),
            "agreed_so_far": form.get("agreed_so_far", agreed_before(case)),
        },
        parties=[(party.ref, party.name) for party in case.parties],
        consents=form.getlist("consents[]"),
        receiver=show_receiver(db.session(), case),
        errors=errors,
        summary=[
            ({"ground": "why"}.get(where.split("[")[0], where.split("[")[0]), said)
            for where, _, said in outcome.faults
        ],
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/escalate", endpoint="hand_up")
@opens_to(*COMMITTEE)
@redraws
def hand_up(number: str) -> Answer:
    """确认上交."""
    if before := answered_before():
        return before
    here = stand_before(number, "escalate")
    if here.reasons:
        return here.refuse()
    if only_to_show():
        return _page(here, Outcome())
    if faults := _missing_in_escalation(here.case):
        return _page(here, Outcome(faults=faults)), 422
    said = f"{spoken('handing')['handed_up']}{show_receiver(db.session(), here.case)['duty']}"
    outcome = try_step(number, "escalate", facts_of_escalation(request.form, here.case), said=said)
    if outcome.answer is not None:
        return outcome.answer
    return _page(stand_before(number, "escalate"), outcome), outcome.status


def _missing_in_escalation(case: Case) -> list[Fault]:
    """All that is left out, at once, in the words of the page; the door would name one thing after the other."""
    words, form, (tried, usual) = spoken("handing"), request.form, count_tries(case)
    left_out = {
        "why": form.get("why") not in WHY,
        "reason": tried < usual and not form.get("reason", "").strip(),
        "consents": not form.getlist("consents[]"),
    }
    return [(where, "required", str(words[f"{where}_missing"])) for where, out in left_out.items() if out]


@blueprint.get("/cases/<number>/handed")
@opens_to(*COMMITTEE)
def handed(number: str) -> Answer:
    """What was handed up, and what can be done with it."""
    here = stand_before(number, "receive")
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "handed up")
    return _handed_page(here, Outcome(), "")


def _handed_page(here: Here, outcome: Outcome, pressed: str) -> str:
    case = here.case
    row = step_of(case, "return")
    back = why_not(case, row, here.user, here.at)
    return render_template(
        "handing/handed.html",
        case=here.head,
        seen=show_handed(case),
        lead=say_lead(db.session(), here.user),
        may_return=not back,
        why_not_return=say_reasons(case, row, back, here.user, here.at),
        top=name_top(case),
        h=spoken("handing"),
        reason=request.form.get("reason", ""),
        error="；".join(said for _, _, said in outcome.faults),
        pressed=pressed,
        summary=[("reason", said) for _, _, said in outcome.faults],
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/handed/<any('receive', 'return', 'ask_above'):step>", endpoint="decide")
@opens_to(*COMMITTEE)
def decide(number: str, step: str) -> Answer:
    """接收, 退回（写原因）, or, when it came back once already, 由县里定."""
    if before := answered_before():
        return before
    here = stand_before(number, step)
    if here.reasons:
        return here.refuse()
    reason = request.form.get("reason", "").strip()
    outcome = try_step(number, step, {"reason": reason} if reason else {}, leads_to=_after)
    if outcome.answer is not None:
        return outcome.answer
    again = stand_before(number, "receive")
    if again.reasons:
        return again.refuse()
    return _handed_page(again, outcome, step), outcome.status


def _after(case: Case) -> str:
    return url_for("cases.show", number=case.public_number)
