"""结案, 回访 and 文书卷宗."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.language import spoken, word
from mediation.masking import mask_phone
from mediation.models import Case
from mediation.routes.cases import check_quota
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import Fault, answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import (
    Answer,
    Here,
    Outcome,
    give_desk_words,
    head_of,
    stand_before,
    try_step,
    why_not,
)
from mediation.services.steps import workflow_of
from mediation.views.closing import (
    STARS,
    facts_of_visit,
    list_gaps,
    list_paper_rows,
    ticked_already,
    usual_result,
)
from mediation.views.done import offer_printer
from mediation.views.numbers import phone_of
from mediation.views.printing import list_orders
from mediation.views.step_pages import page_of

NOT_KEPT = ("part", "none")
blueprint = Blueprint("closing", __name__)
blueprint.context_processor(give_desk_words)


@blueprint.get("/cases/<number>/close")
@opens_to(*COMMITTEE)
def close(number: str) -> Answer:
    """The result, the seven aspects, what the file lacks with where to supply it."""
    here = stand_before(number, "close")
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "form close")
    return _close_page(here, Outcome())


def _close_page(here: Here, outcome: Outcome) -> str:
    case, form = here.case, request.form
    gaps = list_gaps(case)
    typed = bool(form)
    return render_template(
        "closing/close.html",
        case=here.head,
        gaps=gaps,
        results=[(code, word("close_result", code)) for code in spoken("close_result")],
        result=form.get("result", "") if typed else usual_result(case),
        checks=[
            (code, word("dossier_check", code)) for code in workflow_of(case).rules.get("file_aspects", ())
        ],
        ticked=form.getlist("checks[]") if typed else ticked_already(case, gaps),
        reason=form.get("reason", ""),
        errors={where.split("[")[0]: said for where, _, said in reversed(outcome.faults)},
        summary=[(where.split("[")[0], said) for where, _, said in outcome.faults],
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/close", endpoint="close_send")
@opens_to(*COMMITTEE)
@redraws
def close_case(number: str) -> Answer:
    """结案; with something missing only with a reason, which the step itself asks for."""
    if before := answered_before():
        return before
    here = stand_before(number, "close")
    if here.reasons:
        return here.refuse()
    if only_to_show():
        return _close_page(here, Outcome())
    faults = _missing_in_closing()
    if faults:
        return _close_page(here, Outcome(faults=faults)), 422
    checks, reason = request.form.getlist("checks[]"), request.form.get("reason", "").strip()
    facts = {
        "result": request.form.get("result", ""),
        "checks": checks,
        **({"reason": reason} if reason else {}),
    }
    outcome = try_step(number, "close", facts)
    if outcome.answer is not None:
        return outcome.answer
    return _close_page(stand_before(number, "close"), outcome), outcome.status


def _missing_in_closing() -> list[Fault]:
    said, found = spoken("desk"), []
    if request.form.get("result") not in spoken("close_result"):
        found.append(("result", "required", str(said["choose_result"])))
    return found


@blueprint.get("/cases/<number>/visit")
@opens_to(*COMMITTEE)
def visit(number: str) -> Answer:
    """回访: the number to call on top, three questions, and when to look again."""
    here = stand_before(number, "follow_up")
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "visit")
    return _visit_page(here, Outcome())


def _visit_page(here: Here, outcome: Outcome) -> str:
    case, form = here.case, request.form
    said = spoken("stars")
    return render_template(
        "closing/visit.html",
        case=here.head,
        parties=[
            {
                "name": party.name,
                "position": party.position,
                "phone": mask_phone(party.phone) if party.phone else "",
            }
            for party in case.parties
        ],
        first=not case.follow_ups,
        promises=[clause.text for clause in case.agreement.clauses] if case.agreement else [],
        manners=[
            (text, text)
            for text in (str(spoken("visit_manner")[code]) for code in ("phone", "door", "office"))
        ],
        performed=[(code, word("performed", code)) for code in ("all", "part", "none")],
        stars=[(star, str(said[f"star{star}"])) for star in STARS],
        typed={
            name: form.get(name, "")
            for name in ("manner", "performed", "handling", "result", "signs", "new_signs", "note", "next_on")
        },
        may_call_again=not why_not(case, workflow_of(case).case.steps["call_again"], here.user, here.at),
        errors={where.split("[")[0]: text for where, _, text in reversed(outcome.faults)},
        summary=[(where.split("[")[0], text) for where, _, text in outcome.faults],
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/visit", endpoint="visit_send")
@opens_to(*COMMITTEE)
@redraws
def record_visit(number: str) -> Answer:
    """保存回访."""
    if before := answered_before():
        return before
    here = stand_before(number, "follow_up")
    if here.reasons:
        return here.refuse()
    if only_to_show():
        return _visit_page(here, Outcome())
    faults = _missing_in_visit()
    if faults:
        return _visit_page(here, Outcome(faults=faults)), 422
    said = str(spoken("sign")["not_kept"]) if request.form.get("performed") in NOT_KEPT else ""
    outcome = try_step(number, "follow_up", facts_of_visit(request.form), leads_to=_after_visit, said=said)
    if outcome.answer is not None:
        return outcome.answer
    return _visit_page(stand_before(number, "follow_up"), outcome), outcome.status


def _after_visit(case: Case) -> str:
    """Where a promise was not kept one goes on at once: to its line, or to opening the closed case again."""
    if case.follow_ups[-1].performed in NOT_KEPT:
        if case.state == "performing":
            return url_for("ledger.show", number=case.public_number)
        if case.state == "closed":
            return page_of(case, "reopen")
    return url_for("cases.show", number=case.public_number)


def _missing_in_visit() -> list[Fault]:
    said, found = spoken("desk"), []
    if request.form.get("performed") not in spoken("performed"):
        found.append(("performed", "required", str(said["choose_performed"])))
    if request.form.get("signs") == "yes" and not request.form.get("new_signs", "").strip():
        found.append(("new_signs", "required", str(said["say_signs"])))
    return found


@blueprint.get("/cases/<number>/docs")
@opens_to(*COMMITTEE)
def docs(number: str) -> Answer:
    """文书卷宗: one row a paper, with where it stands and how many copies; the whole set in one file."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        raise NotFound
    note("view", case.id, "docs")
    rows = list_paper_rows(case)
    return render_template(
        "closing/docs.html",
        case=head_of(case),
        rows=[row for row in rows if not row.void],
        void=[row for row in rows if row.void],
        any_there=any(row.url for row in rows),
        stale=[row.title for row in rows if row.status in ("again", "resign")],
        gaps=list_gaps(case),
        p=spoken("printing"),
        number=case.public_number,
        orders=list_orders(case),
        **offer_printer(case, user, at),
    )


@blueprint.post("/cases/<number>/visit/<int:position>/call", endpoint="call")
@opens_to(*COMMITTEE)
def show_number(number: str, position: int) -> str:
    """The number of one party, to be called now; who asked is kept."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    party = next((row for row in case.parties if row.position == position), None)
    phone = phone_of(party) if party else None
    if party is None or phone is None or audience_of(case, user, at) is not Audience.committee:
        raise NotFound
    check_quota(user.id)
    note("reveal", case.id, f"call {position}")
    return render_template(
        "cases/numbers.html",
        title=str(spoken("desk")["call_title"]).format(name=party.name),
        name=party.name,
        numbers=[phone],
        back=url_for("closing.visit", number=number),
    )
