"""写协议 ②: the facts, and each promise as a block of fields that becomes a clause a court can enforce."""

from __future__ import annotations

from flask import jsonify, render_template, request
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, opens_to
from mediation.database import db
from mediation.routes.agreement import blueprint, load, save, stand, where_next
from mediation.routes.forms import only_redraw, redraws
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here
from mediation.services.agreement_draft import Draft, write_clauses
from mediation.services.agreement_turns import set_by_chips
from mediation.services.obligations import civil_day
from mediation.services.phrases import list_phrases
from mediation.views.agreement_presses import tell_split
from mediation.views.agreement_terms import faults_in, missing_facts, offered_blocks, read_terms, show_clauses


@blueprint.get("/cases/<number>/agreement/terms")
@opens_to(*COMMITTEE)
def terms(number: str) -> Answer:
    """② What was agreed."""
    here = stand(number)
    if not isinstance(here, Here):
        return here
    note("view", here.case.id, "agreement terms")
    return _page(here, load(here.case, here.user), tell=False)


def _page(here: Here, draft: Draft, *, tell: bool) -> str:
    case = here.case
    written = write_clauses(draft, case, civil_day(here.at))
    usual, rest = offered_blocks(case)
    last = case.sessions[-1] if case.sessions else None
    return render_template(
        "agreement/terms.html",
        case=here.head,
        draft=draft,
        clauses=show_clauses(draft, case, written, tell=tell),
        usual=usual,
        rest=rest,
        phrases=[row.text for row in list_phrases(db.session(), here.user)],
        session_record=last.record if last else "",
        summary=[*missing_facts(draft), *faults_in(written, draft)] if tell else [],
        back=request.values.get("back", ""),
        today=civil_day(here.at).isoformat(),
        split=tell_split(request.form),
    )


@blueprint.post("/cases/<number>/agreement/terms", endpoint="terms_save")
@opens_to(*COMMITTEE)
@redraws
def save_terms(number: str) -> Answer:
    """Keep section ② and go on; with a row added or taken away the page comes back as it is."""
    here = stand(number)
    if not isinstance(here, Here):
        return here
    draft = load(here.case, here.user)
    pressed = read_terms(request.form, draft, here.case)
    for clause in draft["clauses"]:
        set_by_chips(clause, civil_day(here.at))
    if only_redraw():
        return _page(here, draft, tell=False)
    written = write_clauses(draft, here.case, civil_day(here.at))
    lacking = bool(missing_facts(draft) or faults_in(written, draft))
    save(number, draft, whole=not pressed and not lacking)
    here = _again(number)
    if pressed:
        return _page(here, draft, tell=False)
    if lacking:
        return _page(here, draft, tell=True), 422
    return where_next(number, "agreement.other")


def _again(number: str) -> Here:
    found = stand(number)
    if not isinstance(found, Here):
        raise RuntimeError("a draft that was just kept can be gone on with")
    return found


@blueprint.post("/cases/<number>/agreement/terms/preview", endpoint="terms_preview")
@opens_to(*COMMITTEE)
def preview_terms(number: str) -> Response | Answer:
    """What the clauses on the page say so far, for a script; nothing is kept."""
    here = stand(number)
    if not isinstance(here, Here):
        return here
    draft = load(here.case, here.user)
    read_terms(request.form, draft, here.case)
    for clause in draft["clauses"]:
        set_by_chips(clause, civil_day(here.at))
    shown = show_clauses(draft, here.case, write_clauses(draft, here.case, civil_day(here.at)), tell=False)
    return jsonify(
        clauses=[{"sentence": one.sentence, "reworded": one.reworded, "vague": one.vague} for one in shown]
    )
