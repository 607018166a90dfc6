"""县级终调: the desk of the highest office, its experts, and those below who are over their time."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import ValidationError, fields
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, find_case, opens_to
from mediation.case_payloads import Phone, one_of
from mediation.clock import now
from mediation.database import db
from mediation.forms import Page, Text
from mediation.language import spoken, word
from mediation.models import Expert, User
from mediation.routes.cases import page_asked
from mediation.routes.forms import Fault, answered_before, faults_of
from mediation.routes.pressing import NotTaken, press, tell
from mediation.routes.transactions import writing
from mediation.services import consulting
from mediation.submissions import find_earlier, remember
from mediation.views.county import by_town, list_court_queue, list_desk, list_late
from mediation.views.experts import list_experts, say_next
from mediation.views.supervision import list_items
from mediation.words import codes_of
from workflows import Role

blueprint = Blueprint("county", __name__)


class ExpertPayload(Page):
    """A new expert."""

    name = Text(kind="name", required=True)
    field = Text(limit=100, required=True)
    unit = Text(limit=150)
    phone = Phone()
    types = fields.List(one_of("dispute_type"))


def _at_the_top() -> User:
    """The person, who works at an office that has none above it; Forbidden for anybody else."""
    user = asking()
    if user.organisation.parent is not None:
        raise Forbidden("county_only")
    return user


@blueprint.get("/county/desk")
@opens_to(*COMMITTEE)
def desk() -> str:
    """Cases that came up, the most urgent first, with what was tried below; then what waits at the court."""
    user, at, session = _at_the_top(), now(), db.session()
    found = list_desk(session, user, at, page_asked())
    return render_template(
        "county/desk.html",
        b=spoken("board"),
        h=spoken("handing"),
        risk_words=spoken("risk"),
        sees_late=user.role == Role.manager,
        cases=found.rows,
        found=found,
        court=list_court_queue(session, user, at),
    )


@blueprint.get("/supervision")
@opens_to(Role.manager)
def late() -> str:
    """Cases below that are over their time, by town, with what was said about them."""
    user, at, session = asking(), now(), db.session()
    found = list_late(session, user, at, page_asked())
    return render_template(
        "county/late.html",
        b=spoken("board"),
        h=spoken("handing"),
        found=found,
        towns=by_town(found.rows),
        book=list_items(session, user, at, page_asked("book")),
    )


@blueprint.post("/cases/<number>/urge")
@opens_to(Role.manager)
def urge(number: str) -> Response:
    """催办 with the usual words; whoever holds the case has to answer by a day."""
    find_case(number, asking(), now())
    if before := answered_before():
        return before
    words = spoken("board")
    try:
        return press(number, "supervise", {"matter": str(words["urge_text"])}, url_for("county.late"),
                     said=str(words["urged"]).format(number=number))  # fmt: skip
    except NotTaken as refused:
        return tell(refused, url_for("county.late"))


@blueprint.post("/cases/<number>/expert")
@opens_to(*COMMITTEE)
def answer(number: str) -> Response:
    """An expert comes or does not; the desk then suggests the next one."""
    find_case(number, _at_the_top(), now())
    if before := answered_before():
        return before
    data = {"expert": request.form.get("expert", ""), "answer": request.form.get("answer", "")}
    said = say_next(db.session(), find_case(number, asking(), now()), data["expert"], data["answer"])
    try:
        return press(number, "expert_replies", data, url_for("county.desk"), said=said)
    except NotTaken as refused:
        return tell(refused, url_for("county.desk"))


@blueprint.get("/experts")
@opens_to(*COMMITTEE)
def experts() -> str:
    """The county's pool, and the form to add somebody."""
    return _experts_page({}, [])


def _experts_page(data: dict[str, Any], faults: list[Fault]) -> str:
    user = _at_the_top()
    return render_template(
        "county/experts.html",
        b=spoken("board"),
        experts=list_experts(db.session(), user),
        types=[(code, word("dispute_type", code)) for code in codes_of("dispute_type")],
        data=data,
        errors={where: sentence for where, _, sentence in reversed(faults)},
        summary=[(where, sentence) for where, _, sentence in faults],
    )


def _named(faults: list[Fault]) -> list[Fault]:
    """Of an empty field, which one it is."""
    labels, say = spoken("board"), str(spoken("page")["fill_in"])
    return [
        (where, code, say.format(label=labels[f"expert_{where}"]) if code == "required" else said)
        for where, code, said in faults
    ]


@blueprint.post("/experts")
@opens_to(*COMMITTEE)
def add_expert() -> Response | tuple[str, int]:
    """Somebody more in the pool."""
    _at_the_top()
    if before := answered_before():
        return before
    try:
        found = ExpertPayload().load(request.form)
    except ValidationError as error:
        typed: dict[str, Any] = {
            key: request.form[key] for key in ("name", "field", "unit", "phone") if key in request.form
        }
        return _experts_page(
            {**typed, "types": request.form.getlist("types[]")}, _named(faults_of(error))
        ), 422
    with writing() as desk:
        user = asking()
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        consulting.add_expert(
            desk, user.organisation, name=found["name"], field=found["field"], unit=found.get("unit", ""),
            phone=found.get("phone"), types=found.get("types", []),
        )  # fmt: skip
        page = url_for("county.experts")
        remember(desk, user, page)
        db.session.commit()
    flash(str(spoken("board")["expert_added"]), "done")
    return redirect(page, 303)


@blueprint.post("/experts/<int:expert>/switch")
@opens_to(*COMMITTEE)
def switch_expert(expert: int) -> Response:
    """Stop suggesting somebody, or suggest them again."""
    _at_the_top()
    if before := answered_before():
        return before
    with writing() as desk:
        user = asking()
        row = db.session.get(Expert, expert)
        if row is None or row.organisation_id != user.organisation_id:
            raise NotFound
        row.active = not row.active
        page = url_for("county.experts")
        remember(desk, user, page)
        db.session.commit()
    return redirect(page, 303)
