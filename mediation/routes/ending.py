"""终止调解 and 撤回申请: why, and the roads that remain; nobody is left without being told of them (PML 26)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from mediation.access import COMMITTEE, asking, find_case, opens_to
from mediation.clock import now
from mediation.language import spoken, word
from mediation.models import Case
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here, Outcome, give_desk_words, head_of, stand_before, try_step
from mediation.views.done import show_ended

blueprint = Blueprint("ending", __name__)
blueprint.context_processor(give_desk_words)
WAYS = ("court", "arbitration", "department", "legal_aid")
LABOUR = frozenset({"labour", "wage_arrears"})


@blueprint.get("/cases/<number>/<any('terminate', 'withdraw'):step>")
@opens_to(*COMMITTEE)
def show(number: str, step: str) -> Answer:
    """The grounds as chips, and what the notice will tell."""
    here = stand_before(number, step)
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, f"form {step}")
    return _page(here, Outcome())


def _page(here: Here, outcome: Outcome) -> str:
    case, step = here.case, here.row.name
    applicants = [(party.ref, party.name) for party in case.parties if party.role == "applicant"]
    return render_template(
        "handing/end.html",
        case=here.head,
        step=step,
        grounds=[(code, word("ground_end", code)) for code in spoken("ground_end")],
        applicants=applicants,
        chosen=request.form.get("ground") or request.form.get("by", ""),
        reason=request.form.get("reason", ""),
        ways=_ways(case),
        errors={where.split("[")[0]: said for where, _, said in reversed(outcome.faults)},
        summary=[(where.split("[")[0], said) for where, _, said in outcome.faults],
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/<any('terminate', 'withdraw'):step>", endpoint="send")
@opens_to(*COMMITTEE)
@redraws
def end(number: str, step: str) -> Answer:
    """It ends here; the notice with the other roads goes out with it."""
    if before := answered_before():
        return before
    here = stand_before(number, step)
    if here.reasons:
        return here.refuse()
    if only_to_show():
        return _page(here, Outcome())
    typed = {name: request.form.get(name, "").strip() for name in ("ground", "by", "reason")}
    facts = {name: value for name, value in typed.items() if value}
    outcome = try_step(number, step, facts, leads_to=_ended_page)
    if outcome.answer is not None:
        return outcome.answer
    outcome.faults = [
        (
            where,
            code,
            str(spoken("desk")["choose_ground"]) if where == "ground" and code == "required" else said,
        )
        for where, code, said in outcome.faults
    ]
    return _page(stand_before(number, step), outcome), outcome.status


def _ways(case: Case) -> list[str]:
    found = [way for way in WAYS if way != "arbitration" or case.dispute_type in LABOUR]
    return [str(spoken("way_left")[way]) for way in found]


def _ended_page(case: Case) -> str:
    return url_for("ending.ended", number=case.public_number)


@blueprint.get("/cases/<number>/ended")
@opens_to(*COMMITTEE)
def ended(number: str) -> Answer:
    """It has ended: the notice to print and hand over, and the roads that remain, to be told to each party."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if case.state not in ("terminated", "withdrawn"):
        return redirect(url_for("cases.show", number=number), 303)
    note("view", case.id, "ended")
    return render_template(
        "handing/ended.html", case=head_of(case), ways=_ways(case), **show_ended(case, user, at)
    )
