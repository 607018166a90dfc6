"""One form and one press for each step of the workflow; what a step is and who may take it stands in the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

import workflows
from mediation.access import WITH_CASES, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.forms import Moment, fault
from mediation.language import language, spoken
from mediation.models import Case, User
from mediation.payloads import STEPS
from mediation.routes.drafts import draft_asked, only_to_show
from mediation.routes.filing import codes_by_name
from mediation.routes.forms import (
    LOST_RACE,
    Fault,
    answered_before,
    faults_of,
    faults_of_refusal,
    typed_version,
)
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.situations import see
from mediation.submissions import find_earlier, form_key, remember
from mediation.views.history import name_step, tell_history
from mediation.views.reading import Reader, add_or_remove
from mediation.views.step_form import LOOKS_BACK, first_values, hidden_fields, surroundings
from mediation.views.widgets import build, place_errors
from workflows import Refused, Step

blueprint = Blueprint("steps", __name__)
NAMES = sorted(STEPS)
ADDRESS = f"/cases/<number>/steps/<any({', '.join(NAMES)}):step>"
SCHEMAS: dict[str, Schema] = {name: kind() for name, kind in STEPS.items()}
AT = Moment(from_page=True)


@dataclass
class Form:
    """One step's form, as it goes back to the person."""

    data: dict[str, Any]
    faults: list[Fault]
    at: str = ""
    conflict: bool = False


@blueprint.get(ADDRESS)
@opens_to(*WITH_CASES)
def show(number: str, step: str) -> str | tuple[str, int]:
    """The form of a step, or why it cannot be taken now."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = _step_of(case, step)
    if reasons := _why_not(case, row, user, at):
        return _not_now(case, row, user, reasons)
    note("view", case.id, f"form {step}")
    if (typed := draft_asked()) is not None:
        return _render(case, row, user, Form(_read(case, row, user, typed), [], typed.get("at", "")[:40]))
    return _render(case, row, user, Form(first_values(case, user, row), []))


def _read(case: Case, row: Step, user: User, typed: MultiDict[str, str]) -> dict[str, Any]:
    parties = surroundings(db.session(), case, user, row).parties
    reader = Reader(tuple(parties), hidden_fields(case, row), keep_empty=True)
    return reader.read(SCHEMAS[row.name].fields, typed)


def _step_of(case: Case, step: str) -> Step:
    row = steps.workflow_of(case).case.steps.get(step)
    if row is None:
        raise NotFound
    return row


def _why_not(case: Case, row: Step, user: User, at: datetime) -> list[str]:
    """Empty where the step is offered; otherwise what the engine says when one takes it all the same."""
    option = next((o for o in steps.options(case, by=By.user(user), at=at) if o.step.name == row.name), None)
    if option is not None:
        return [reason.in_words(language()) for reason in option.missing]
    flow, by = steps.workflow_of(case), By.user(user).actor(case, row, at)
    try:
        move = workflows.Move(at, {})
        flow.take(see(case, move.today), row.name, by=by, move=move)
    except Refused as refused:
        return [reason.in_words(language()) for reason in refused.reasons]
    return []


def _not_now(case: Case, row: Step, user: User, reasons: list[str]) -> tuple[str, int]:
    head, title = _head(case), name_step(case, row.name)
    status = 409 if _is_theirs(case, row, user) else 403
    return render_template("cases/not_now.html", case=head, title=title, reasons=reasons), status


def _is_theirs(case: Case, row: Step, user: User) -> bool:
    # A form shows names and clauses; whoever may not take the step is not shown it.
    at = now()
    return By.user(user).actor(case, row, at).may_take(row)


def _head(case: Case) -> dict[str, Any]:
    return {"number": case.public_number, "title": case.title, "version": case.version}


def _render(case: Case, row: Step, user: User, form: Form) -> str:
    around = surroundings(db.session(), case, user, row)
    widgets = build(SCHEMAS[row.name].fields, form.data, around, row.name)
    faults = [one for one in form.faults if one[0] != "at"]
    summary = [("at", one[2]) for one in form.faults if one[0] == "at"] + place_errors(widgets, faults)
    return render_template(
        "cases/step.html",
        case=_head(case),
        title=name_step(case, row.name),
        step=row.name,
        widgets=widgets,
        summary=summary,
        looks_back=row.name in LOOKS_BACK,
        at=form.at,
        at_errors=[one[2] for one in form.faults if one[0] == "at"],
        conflict=form.conflict,
        since=_since(case, user) if form.conflict else [],
    )


def _since(case: Case, user: User) -> list[Any]:
    # Each step moves the version by one, so the difference is what happened meanwhile.
    count = max(1, min(case.version - typed_version(), 5))
    return tell_history(case, audience_of(case, user, now()))[:count]


@blueprint.post(ADDRESS, endpoint="take")
@opens_to(*WITH_CASES)
def take(number: str, step: str) -> Response | str | tuple[str, int]:
    """Take the step; or give the form back with what was typed, and say what is missing or who was quicker."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = _step_of(case, step)
    if before := answered_before():
        return before
    if not _is_theirs(case, row, user):
        return _not_now(case, row, user, _why_not(case, row, user, at))
    parties = surroundings(db.session(), case, user, row).parties
    pressed = bool(request.form.get("_add") or request.form.get("_remove")) or only_to_show()
    reader = Reader(tuple(parties), hidden_fields(case, row), keep_empty=pressed)
    data = reader.read(SCHEMAS[step].fields, request.form)
    form = Form(data, [], request.form.get("at", "")[:40])
    if add_or_remove(data, request.form) or only_to_show():
        return _render(case, row, user, form)
    try:
        facts, moment = _check(step, data, form.at, at)
        return _carry_out(number, step, facts, moment)
    except ValidationError as error:
        form.faults, status = faults_of(error), 422
    except Refused as refused:
        form.faults, status = faults_of_refusal(refused, language()), 409
    except (_Stale, *LOST_RACE):
        form.conflict, status = True, 409
    db.session.rollback()
    user = asking()
    case = find_case(number, user, now())  # it may have left these hands meanwhile
    row = _step_of(case, step)
    if not _is_theirs(case, row, user):
        return _not_now(case, row, user, _why_not(case, row, user, now()))
    return _render(case, row, user, form), status


class _Stale(Exception):
    """Somebody changed the case after this form was opened."""


def _check(
    step: str, data: dict[str, Any], typed_at: str, at: datetime
) -> tuple[dict[str, Any], datetime | None]:
    errors: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    moment = None
    try:
        facts = SCHEMAS[step].load(data)
    except ValidationError as error:
        errors |= dict(error.messages_dict)
    if typed_at.strip() and step in LOOKS_BACK:
        try:
            moment = AT.deserialize(typed_at.strip())
            if moment > at:
                raise fault("in_future", str(spoken("page")["at_in_future"]))
        except ValidationError as error:
            errors["at"] = (
                error.messages.get("_schema") if isinstance(error.messages, dict) else error.messages
            )
    if errors:
        raise ValidationError(errors)
    return facts, moment


def _carry_out(number: str, step: str, facts: dict[str, Any], moment: datetime | None) -> Response:
    with writing() as desk:
        user = asking()
        case = find_case(number, user, desk.now)
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        if typed_version() != case.version:
            raise _Stale
        try:
            return redirect(_take(desk, case, user, step, facts, moment or desk.now), 303)
        except LOST_RACE:
            db.session.rollback()
            if earlier := find_earlier(desk, user):
                return redirect(earlier.location, 303)
            raise


def _take(desk: Desk, case: Case, user: User, step: str, facts: dict[str, Any], at: datetime) -> str:
    taken = steps.take(desk, case, step, by=By.user(user), at=at, facts=facts)
    page = url_for("cases.show", number=case.public_number)
    codes = codes_by_name(case.all_parties, taken.codes)
    if codes and user.role in ("mediator", "manager"):
        page = url_for("filing.done", number=case.public_number, key=form_key())
    done = str(spoken("page")["step_done"]).format(step=name_step(case, step))
    warnings = [reason.in_words(language()) for reason in taken.warnings]
    if not _still_visible(case, user, desk.now):
        page = url_for("todo.show")
    remember(desk, user, page, codes or None)
    db.session.commit()
    flash(done, "done")
    for text in warnings:
        flash(text, "warning")
    return page


def _still_visible(case: Case, user: User, at: datetime) -> bool:
    # A department that has answered its last question has nothing more to see.
    g.denied = None
    return bool(audience_of(case, user, at)) and any(
        row.organisation_id == user.organisation_id and row.ends_at is None for row in case.grants
    )
