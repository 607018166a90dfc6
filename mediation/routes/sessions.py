"""调解记录: who came, what each said, how it ended, and where one goes from there."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for

from mediation.access import COMMITTEE, opens_to, takes_files
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.routes.drafts import draft_asked, only_to_show
from mediation.routes.forms import answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here, Outcome, give_desk_words, stand_before, try_step
from mediation.routes.step_files import put_on_record, sent
from mediation.services.phrases import list_phrases
from mediation.views.sessions import (
    OUTCOMES,
    count_here,
    facts_of_session,
    first_session,
    leads_to,
    read_session,
    words_to_keep,
)
from mediation.views.step_pages import page_of

blueprint = Blueprint("sessions", __name__)
blueprint.context_processor(give_desk_words)


@blueprint.get("/cases/<number>/sessions/new")
@opens_to(*COMMITTEE)
def new(number: str) -> Answer:
    """An empty record, filled in as far as it is known."""
    here = stand_before(number, "hold_session")
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "form hold_session")
    kept = draft_asked()
    typed = first_session(here.case, here.user, here.at) if kept is None else read_session(kept, here.case)
    return _page(here, typed, Outcome())


def _page(here: Here, typed: dict[str, object], outcome: Outcome) -> str:
    case = here.case
    outcome.faults = [
        (where, code, str(spoken("desk")["choose_outcome"]) if where == "outcome" else said)
        for where, code, said in outcome.faults
    ]
    no, usual = count_here(case)
    own, usual_words = [row.text for row in list_phrases(db.session(), here.user)], spoken("phrase")
    return render_template(
        "sessions/new.html",
        case=here.head,
        no=no,
        usual=usual,
        first=not case.sessions,
        s=spoken("sign"),
        typed=typed,
        parties=[(party.ref, party.name) for party in case.parties],
        outcomes=[(code, str(spoken("session_outcome")[code])) for code in OUTCOMES],
        keep=words_to_keep(case),
        own_phrases=own,
        phrases=[*own, *map(str, usual_words.get(case.dispute_type, usual_words["other"]))],
        errors={where: said for where, _, said in reversed(outcome.faults)},
        summary=[(where.split("[")[0], said) for where, _, said in outcome.faults],
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/sessions/new", endpoint="record")
@opens_to(*COMMITTEE)
@takes_files
@redraws
def record_session(number: str) -> Answer:
    """Write it down; photographs that fail lose nothing of the record."""
    if before := answered_before():
        return before
    here = stand_before(number, "hold_session")
    if here.reasons:
        return here.refuse()
    typed = read_session(request.form, here.case)
    if only_to_show():
        return _page(here, typed, Outcome())
    title = str(spoken("desk")["session_photo"]).format(no=len(here.case.sessions) + 1)
    outcome = try_step(
        number, "hold_session", facts_of_session(typed), typed_at=str(typed["at"]), leads_to=_where_next
    )
    if outcome.answer is None:
        return _page(stand_before(number, "hold_session"), typed, outcome), outcome.status
    for said in put_on_record(number, [(file, {"kind": "photo", "title": title}) for file in sent("photos")]):
        flash(said, "warning")
    return outcome.answer


def _where_next(case: Case) -> str:
    step = leads_to(case, case.sessions[-1].outcome, count_here(case)[0] - 1)
    return page_of(case, step) if step else url_for("cases.show", number=case.public_number)
