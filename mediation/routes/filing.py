"""详细登记: a dispute becomes a case on one long form, with everything a case file can say."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, opens_to
from mediation.case_payloads import CasePayload
from mediation.database import db
from mediation.routes.drafts import draft_asked, only_to_show
from mediation.routes.forms import LOST_RACE, Fault, answered_before, faults_of, faults_of_refusal, redraws
from mediation.routes.transactions import writing
from mediation.services import filing
from mediation.services.people import By
from mediation.services.tracking import FreshCode
from mediation.submissions import find_earlier, form_key, remember
from mediation.views.parties import group_of, number_parties
from mediation.views.reading import Reader, add_or_remove
from mediation.views.widgets import Surroundings, build, place_errors
from workflows import Refused

blueprint = Blueprint("filing", __name__)
SCHEMA = CasePayload()
HIDDEN = frozenset({"external_id"})
TWO_SIDES = {
    "source": "party",
    "parties": [{"role": "applicant", "kind": "person"}, {"role": "respondent", "kind": "person"}],
}


@blueprint.get("/cases/new/full")
@opens_to(*COMMITTEE)
def full() -> str:
    """The form, with two sides to begin with."""
    typed = draft_asked()
    return _form(TWO_SIDES if typed is None else Reader(keep_empty=True).read(SCHEMA.fields, typed), [])


def _form(data: dict[str, Any], faults: list[Fault]) -> str:
    around = Surroundings(parties=group_of(data), hidden=HIDDEN)
    widgets = build(SCHEMA.fields, data, around, "case")
    order = (
        "dispute_type",
        "parties",
        "facts",
        "claims",
        "amount",
        "source",
        "title",
        "people",
        "closed_session",
    )
    widgets.sort(key=lambda widget: order.index(widget.id))
    return render_template("cases/full.html", widgets=widgets, summary=place_errors(widgets, faults))


@blueprint.post("/cases/new/full", endpoint="create_full")
@opens_to(*COMMITTEE)
@redraws
def create_full() -> Response | str | tuple[str, int]:
    """File it, or show the form again with everything in it."""
    if before := answered_before():
        return before
    pressed = bool(request.form.get("_add") or request.form.get("_remove")) or only_to_show()
    data = Reader(keep_empty=pressed).read(SCHEMA.fields, request.form)
    if add_or_remove(data, request.form):
        for row in data.get("parties", ()):
            row.setdefault("role", "respondent")
            row.setdefault("kind", "person")
        return _form(data, [])
    if only_to_show():
        return _form(data, [])
    try:
        checked = SCHEMA.load(number_parties(data))
    except ValidationError as error:
        return _form(data, faults_of(error)), 422
    try:
        return _file(checked)
    except Refused as refused:
        return _form(data, faults_of_refusal(refused)), 409


def _file(checked: dict[str, Any]) -> Response:
    with writing() as desk_:
        user = asking()
        if earlier := find_earlier(desk_, user):
            return redirect(earlier.location, 303)
        try:
            filed = filing.file_case(desk_, user.organisation, checked, by=By.user(user), at=desk_.now)
            location = url_for("filing.done", number=filed.case.public_number, key=form_key())
            remember(desk_, user, location, codes_by_name(filed.case.all_parties, filed.codes))
            db.session.commit()
        except LOST_RACE:
            db.session.rollback()
            if earlier := find_earlier(desk_, user):
                return redirect(earlier.location, 303)
            raise
    return redirect(location, 303)


def codes_by_name(parties: list[Any], codes: list[FreshCode]) -> list[list[str]]:
    """Whom to hand which code: name, number, code, the QR's token, and the ref."""
    names = {party.ref: party.name for party in parties}
    return [[names.get(code.ref, code.ref), code.number, code.code, code.token, code.ref] for code in codes]
