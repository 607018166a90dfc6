"""写协议 ①: who the parties are, with all who speak for them; completed all at once or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import render_template, request, url_for
from marshmallow import ValidationError

from mediation.access import COMMITTEE, opens_to
from mediation.database import db
from mediation.language import spoken, word
from mediation.models import Case, User
from mediation.routes.agreement import blueprint, stand, where_next
from mediation.routes.forms import (
    LOST_RACE,
    Fault,
    answered_before,
    faults_of,
    faults_of_refusal,
    only_redraw,
    redraws,
)
from mediation.routes.records import note
from mediation.routes.step_door import (
    SCHEMAS,
    Answer,
    Here,
    Stale,
    carry_out,
    refusal_of,
    since,
    stand_before,
    step_of,
    why_not,
)
from mediation.services.obligations import civil_day
from mediation.services.steps import workflow_of
from mediation.views.agreement_parties import (
    PartyForm,
    first_minor,
    in_page_order,
    list_order,
    place_fault,
    read_changes,
    show_parties,
)
from workflows import Refused
from workflows.readiness import read_law

Changes = list[tuple[int, dict[str, Any]]]


@blueprint.get("/cases/<number>/agreement")
@opens_to(*COMMITTEE)
def parties(number: str) -> Answer:
    """① Who they are."""
    here = stand(number)
    return _parties_page(here, {}) if isinstance(here, Here) else here


def _parties_page(here: Here, more: dict[str, Any], typed: bool = False) -> str:
    case = here.case
    note("view", case.id, "agreement parties")
    shown = more.pop("shown", None) or show_parties(case, civil_day(here.at), request.form if typed else None)
    may_change = not why_not(case, workflow_of(case).case.steps["update_party"], here.user, here.at)
    return render_template(
        "agreement/parties.html",
        case=here.head,
        parties=shown,
        order=list_order(case) if len(case.parties) > 2 and may_change else [],
        s=spoken("sign"),
        may_change=may_change,
        id_types=[
            (code, word("id_type", code)) for code in ("resident_id", "residence_permit", "passport", "other")
        ],
        authorities=[(code, word("authority", code)) for code in ("special", "general")],
        adult=read_law().rules["adult_age"],
        back=request.values.get("back", ""),
        at=request.args.get("at", ""),
        **{"summary": [], "conflict": False, "since": [], **more},
    )


@blueprint.post("/cases/<number>/agreement", endpoint="parties_save")
@opens_to(*COMMITTEE)
@redraws
def save_parties(number: str) -> Answer:
    """Complete what is missing of the parties, all of it or nothing, and go on."""
    here = stand(number)
    if not isinstance(here, Here):
        return here
    if only_redraw() or "_add" in request.form or "_remove" in request.form:
        return _parties_page(here, {}, typed=True)
    if before := answered_before():
        return before
    changes = read_changes(here.case, request.form)
    if not changes:
        return where_next(number, "agreement.terms")
    return _complete_parties(here, number, changes)


def _complete_parties(here: Here, number: str, changes: Changes) -> Answer:
    shown = show_parties(here.case, civil_day(here.at), request.form)
    summary: list[tuple[str, str]] = []
    moves = []
    for place, data in changes:
        try:
            moves.append(("update_party", SCHEMAS["update_party"].load(data)))
        except ValidationError as error:
            summary += [place_fault(place, fault, shown) for fault in in_page_order(faults_of(error))]
    if summary:
        return _parties_page(here, {"shown": shown, "summary": summary}), 422
    back = request.values.get("back") == "check"
    after = "agreement.check" if back else "agreement.terms"
    try:
        return carry_out(
            number, moves, leads_to=lambda case: _where_next(case, changes, after, civil_day(here.at)),
            said=str(spoken("desk")["parties_kept"]),
        )  # fmt: skip
    except Refused as refused:
        reasons, conflict = refused, False
    except (Stale, *LOST_RACE):
        reasons, conflict = None, True
    db.session.rollback()
    again = stand_before(number, "agree")
    more: dict[str, Any] = {"conflict": conflict, "since": since(again.case, again.user) if conflict else []}
    if reasons is not None:
        shown = show_parties(again.case, civil_day(again.at), request.form)
        places = [place for place, _ in changes]
        more |= {"shown": shown, "summary": _say_refused(again, reasons, places, moves, shown)}
    return _parties_page(again, more, typed=True), 409


def _where_next(case: Case, changes: Changes, after: str, today: date) -> str:
    """The next page; once more this one where a number has just said that somebody needs a guardian."""
    told = [place for place, data in changes if "id_number" in data]
    minor = first_minor(case, told, today)
    if minor is None:
        return url_for(after, number=case.public_number)
    back = "check" if after == "agreement.check" else None
    return url_for("agreement.parties", number=case.public_number, back=back, _anchor=f"party-{minor}")


def _say_refused(
    here: Here,
    refused: Refused,
    places: list[int],
    moves: list[tuple[str, dict[str, Any]]],
    shown: list[PartyForm],
) -> list[tuple[str, str]]:
    """What was refused, beside the fields of the party it was refused for, and linked to them."""
    found = [
        place_fault(place, fault, shown)
        for place, (_, facts) in zip(places, moves, strict=True)
        for fault in _refusals(here.case, here.user, here.at, facts)
    ]
    return found or [("", said) for _, _, said in faults_of_refusal(refused)]


def _refusals(case: Case, user: User, at: datetime, facts: dict[str, Any]) -> list[Fault]:
    refused = refusal_of(case, step_of(case, "update_party"), user, at, facts)
    # What is about the whole step, and no field of it, stands at the head of the page alone.
    return [fault for fault in faults_of_refusal(refused) if fault[0]] if refused else []
