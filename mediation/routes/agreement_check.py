"""写协议, the check page: all answers with a way back to each, the paper as it will be, and the press that makes it."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from marshmallow import ValidationError

import documents
from documents import DocumentError
from mediation.access import COMMITTEE, asking, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.models import Case
from mediation.routes.agreement import FORM, blueprint, load, stand
from mediation.routes.file_answers import answer_with
from mediation.routes.forms import Fault, answered_before, faults_of, faults_of_refusal
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here, check, since, stand_before, try_step
from mediation.services.agreement_draft import facts_of, write_clauses
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.rehearsing import Rehearsal, rehearse
from mediation.views.agreement_check import list_answers, list_hints, needs_consent, place_of
from mediation.views.agreement_people import MANY, list_briefly, list_people
from mediation.views.agreement_terms import faults_in, missing_facts
from workflows import Refused

NOT_NUMBERED = "草稿"


@blueprint.get("/cases/<number>/agreement/check", endpoint="check")
@opens_to(*COMMITTEE)
def check_page(number: str) -> Answer:
    """Everything on one page, the draft of the paper beside it."""
    here = stand(number)
    return _page(number, []) if isinstance(here, Here) else here


def _page(number: str, faults: list[Fault], *, conflict: bool = False) -> str:
    here = stand_before(number, "agree")
    draft = load(here.case, here.user)
    told = _try(here, draft)
    here = stand_before(number, "agree")  # the rehearsal was rolled back, and the rows with it
    case = here.case
    many = len(case.parties) > MANY
    note("view", case.id, "agreement check")
    found = faults or (told if isinstance(told, list) else [])
    return render_template(
        "agreement/check.html",
        case=here.head,
        people=[] if many else list_people(case, civil_day(here.at)),
        rows=[
            *(list_briefly(case, civil_day(here.at)) if many else []),
            *list_answers(case, draft, civil_day(here.at)),
        ],
        hints=list_hints(case, draft, told.warnings if isinstance(told, Rehearsal) else [], here.at),
        ready=isinstance(told, Rehearsal),
        consents=[(party.ref, party.name) for party in case.parties] if needs_consent(case) else [],
        summary=[(place_of(where) or _change_url(number, where), said) for where, _, said in found],
        conflict=conflict,
        since=since(case, here.user) if conflict else [],
    )


def _change_url(number: str, where: str) -> str:
    """The section, and the field of it, where a fault is mended; empty for what no section asks."""
    if where in ("form", "court_choice", "copies"):
        return url_for("agreement.other", number=number, back="check", _anchor=where)
    if not where.startswith(("clauses", "summary", "responsibility")):
        return ""
    anchor = None if "[" in where else "summary_text" if where == "summary" else where
    return url_for("agreement.terms", number=number, back="check", _anchor=anchor)


def _lacking(here: Here, draft: dict[str, Any]) -> list[Fault]:
    """What the sections would not have let pass: a blank in a clause is no promise."""
    written = write_clauses(draft, here.case, civil_day(here.at))
    return [(where, "missing", said) for where, said in [*missing_facts(draft), *faults_in(written, draft)]]


def _try(here: Here, draft: dict[str, Any]) -> Rehearsal | list[Fault]:
    """Take the step as if: what it would say and print, or what is missing.  Rolls the session back."""
    if lacking := _lacking(here, draft):
        return lacking
    facts = facts_of(draft, here.case, civil_day(here.at))
    by = By.user(here.user)
    try:
        loaded, _ = check("agree", {**facts, "number": NOT_NUMBERED}, "", here.at)
        loaded.pop("consents", None)  # asked at the press
        return rehearse(desk(), here.case, "agree", by=by, at=here.at, facts=loaded)
    except ValidationError as error:
        return faults_of(error)
    except Refused as refused:
        return faults_of_refusal(refused)
    finally:
        db.session.rollback()


@blueprint.get("/cases/<number>/agreement/draft.pdf")
@opens_to(*COMMITTEE)
def draft_pdf(number: str) -> Answer | Response:
    """The paper as it will be, marked 草稿 on every page; it is issued nowhere and kept nowhere."""
    here = stand(number)
    if not isinstance(here, Here):
        return here
    told = _try(here, load(here.case, here.user))
    if not isinstance(told, Rehearsal) or not told.papers:
        return redirect(url_for("agreement.check", number=number), 303)
    kind, facts = told.papers[0]
    try:
        made = documents.render(kind, facts, watermark=documents.DRAFT)
    except DocumentError:
        return redirect(url_for("agreement.check", number=number), 303)
    return answer_with(made.pdf, "draft.pdf")


@blueprint.post("/cases/<number>/agreement/check", endpoint="make")
@opens_to(*COMMITTEE)
def make(number: str) -> Answer:
    """生成协议书: the step `agree`; a version before it is void from now on."""
    if before := answered_before():
        return before
    here = stand(number)
    if not isinstance(here, Here):
        return here
    draft = load(here.case, here.user)
    if lacking := _lacking(here, draft):
        return _page(number, lacking), 422
    facts = facts_of(draft, here.case, civil_day(here.at))
    if needs_consent(here.case):
        facts["consents"] = request.form.getlist("consents[]")
    outcome = try_step(
        number,
        "agree",
        facts,
        leads_to=_done,
        said=None,
        drops=FORM,
    )
    if outcome.answer is not None:
        return outcome.answer
    find_case(number, asking(), now())
    return _page(number, outcome.faults, conflict=outcome.conflict), outcome.status


def _done(case: Case) -> str:
    return url_for("agreement.done", number=case.public_number)
