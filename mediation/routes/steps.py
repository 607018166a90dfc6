"""One form and one press for each step of the workflow; what a step is and who may take it stands in the policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from mediation.access import WITH_CASES, asking, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case, User
from mediation.payloads import STEPS
from mediation.routes.drafts import draft_asked, only_to_show
from mediation.routes.forms import Fault, answered_before, faults_of, faults_of_refusal, redraws
from mediation.routes.records import note
from mediation.routes.step_door import (
    SCHEMAS,
    Answer,
    check,
    head_of,
    is_theirs,
    not_now,
    refusal_of,
    since,
    stand_before,
    step_of,
    try_step,
    why_not,
)
from mediation.views.history import name_step
from mediation.views.readiness import show_before
from mediation.views.reading import OTHER, Reader, add_or_remove
from mediation.views.step_form import LOOKS_BACK, first_values, hidden_fields, surroundings
from mediation.views.three_sides import foresee_set_off
from mediation.views.way_out import TAKING_ON, say_what_happened
from mediation.views.widgets import build, place_errors
from workflows import Step

blueprint = Blueprint("steps", __name__)
NAMES = sorted(STEPS)
ADDRESS = f"/cases/<number>/steps/<any({', '.join(NAMES)}):step>"

#: What it comes to is shown as a table before it is entered; 算一算 only draws the form again.
FORESEEN, COUNT = "set_off", "_count"


@dataclass
class Form:
    """One step's form, as it goes back to the person."""

    data: dict[str, Any]
    faults: list[Fault]
    at: str = ""
    conflict: bool = False
    counted: bool = False


@blueprint.get(ADDRESS)
@opens_to(*WITH_CASES)
def show(number: str, step: str) -> str | tuple[str, int]:
    """The form of a step, or why it cannot be taken now."""
    here = stand_before(number, step)
    if here.reasons:
        return here.refuse()
    case, row, user = here.case, here.row, here.user
    note("view", case.id, f"form {step}")
    if (typed := draft_asked()) is not None:
        return _render(case, row, user, Form(_read(case, row, user, typed), [], typed.get("at", "")[:40]))
    return _render(case, row, user, Form(first_values(case, user, row, now(), request.args), []))


def _read(case: Case, row: Step, user: User, typed: MultiDict[str, str]) -> dict[str, Any]:
    parties = surroundings(db.session(), case, user, row).parties
    reader = Reader(tuple(parties), hidden_fields(case, row), keep_empty=True)
    return reader.read(SCHEMAS[row.name].fields, typed)


def _said_twice(typed: MultiDict[str, str]) -> list[Fault]:
    """Fields in which one of the choices stands and another thing is typed beside them: only the person knows which."""
    said = str(spoken("stepform")["said_twice"])
    found = []
    for name in typed:
        field = name.removesuffix(OTHER)
        chosen, other = typed.get(field, "").strip(), typed[name].strip()
        if name.endswith(OTHER) and chosen and other not in ("", chosen):
            found.append((field, "said_twice", said.format(chosen=chosen, other=other)))
    return found


def _render(case: Case, row: Step, user: User, form: Form) -> str:
    around = surroundings(db.session(), case, user, row)
    widgets = build(SCHEMAS[row.name].fields, form.data, around, row.name)
    for widget in widgets:
        widget.other = request.form.get(f"{widget.name}{OTHER}", widget.other)
    faults = [one for one in form.faults if one[0] != "at"]
    summary = [("at", one[2]) for one in form.faults if one[0] == "at"] + place_errors(widgets, faults)
    return render_template(
        "cases/step.html",
        case=head_of(case),
        title=name_step(case, row.name),
        step=row.name,
        foreseen=foresee_set_off(case, form.data) if row.name == FORESEEN else [],
        can_foresee=row.name == FORESEEN,
        counted=form.counted and not form.faults,
        h=spoken("handing"),
        before=show_before(case, row.name, now()),
        widgets=widgets,
        summary=summary,
        looks_back=row.name in LOOKS_BACK,
        at=form.at,
        at_errors=[one[2] for one in form.faults if one[0] == "at"],
        conflict=form.conflict,
        since=since(case, user, row.name, widgets, around) if form.conflict else [],
    )


def faults_ahead(case: Case, row: Step, user: User, data: dict[str, Any]) -> list[Fault]:
    """What stands against it so far, field by field; who agrees is asked last, and not yet missed."""
    try:
        facts, _ = check(row.name, data, "", now())
    except ValidationError as error:
        return faults_of(error)
    refused = refusal_of(case, row, user, now(), facts)
    found = faults_of_refusal(refused) if refused else []
    return [one for one in found if one[0] != "consents"]


@blueprint.post(ADDRESS, endpoint="take")
@opens_to(*WITH_CASES)
@redraws
def take(number: str, step: str) -> Answer:
    """Take the step; or give the form back with what was typed, and say what is missing or who was quicker."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = step_of(case, step)
    if before := answered_before():
        return before
    if not is_theirs(case, row, user):
        return not_now(case, row, user, why_not(case, row, user, at))
    parties = surroundings(db.session(), case, user, row).parties
    counted = COUNT in request.form
    redrawn = only_to_show() or counted
    pressed = bool(request.form.get("_add") or request.form.get("_remove")) or redrawn
    reader = Reader(tuple(parties), hidden_fields(case, row), keep_empty=pressed)
    data = reader.read(SCHEMAS[step].fields, request.form)
    form = Form(data, [], request.form.get("at", "")[:40])
    if add_or_remove(data, request.form) or redrawn:
        form.faults = faults_ahead(case, row, user, data) if counted else []
        form.counted = counted
        return _render(case, row, user, form)
    if clash := _said_twice(request.form):
        form.faults = clash
        return _render(case, row, user, form), 422
    outcome = try_step(number, step, data, typed_at=form.at if step in LOOKS_BACK else "")
    if outcome.answer is not None:
        return outcome.answer
    form.faults, form.conflict = outcome.faults, outcome.conflict
    user = asking()
    case = find_case(number, user, now())  # it may have left these hands meanwhile
    row = step_of(case, step)
    # Whoever comes second to take something on has typed nothing that could be lost.
    gone = outcome.conflict and step in TAKING_ON and say_what_happened(case, step, user)
    if not is_theirs(case, row, user) or gone:
        return not_now(case, row, user, why_not(case, row, user, now()))
    return _render(case, row, user, form), outcome.status
