"""分派: who of the office answers for which case."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import User
from mediation.routes.cases import page_asked
from mediation.routes.forms import answered_before
from mediation.routes.pressing import NotTaken, press, tell
from mediation.views.dispatch import list_loads, list_waiting
from mediation.views.handover import say_relations

blueprint = Blueprint("dispatch", __name__)


@blueprint.get("/dispatch")
@opens_to(*COMMITTEE)
def board() -> str:
    """Cases nobody answers for on the left, people with their open cases on the right."""
    user, everything = asking(), request.args.get("all") == "1"
    page = page_asked()
    waiting = list_waiting(db.session(), user, now(), page, everything=everything)
    number = request.args.get("case", "")
    chosen = next((row for row in waiting.rows if row.number == number), None)
    loads = list_loads(db.session(), user, current_app.extensions["mediation.settings"].policy)
    return render_template(
        "dispatch/board.html",
        b=spoken("board"),
        risk_words=spoken("risk"),
        waiting=waiting.rows,
        found=waiting,
        everything=everything,
        chosen=chosen,
        loads=loads,
        hints=_hints(number, [one.id for one in loads]) if chosen else {},
    )


def _hints(number: str, people: list[int]) -> dict[int, list[str]]:
    """What each person may have to do with a party of the case, where there is anything."""
    case, session = find_case(number, asking(), now()), db.session()
    found = session.scalars(select(User).where(User.id.in_(people)))
    return {person.id: said for person in found if (said := say_relations(session, [case], person))}


@blueprint.post("/cases/<number>/give")
@opens_to(*COMMITTEE)
def give(number: str) -> Response:
    """分给他: whoever is named presides and answers for the case from now on."""
    user = asking()
    find_case(number, user, now())
    if before := answered_before():
        return before
    named = request.form.get("to", "")
    person = (
        db.session.get(User, int(named)) if named.isascii() and named.isdigit() and len(named) < 10 else None
    )
    if person is None or person.organisation_id != user.organisation_id or not person.active:
        raise NotFound
    said = str(spoken("board")["given"]).format(name=person.name, number=number)
    everything = request.form.get("all") == "1"
    page = url_for("dispatch.board", all="1") if everything else url_for("dispatch.board")
    data = {"mediators": [person.name], "presiding": person.name}
    loads = list_loads(db.session(), user, current_app.extensions["mediation.settings"].policy)
    full = next((load for load in loads if load.id == person.id and load.full), None)
    name, person_id = person.name, person.id
    try:
        answer = press(number, "assign", data, page, said=said, more={"responsible": person_id})
    except NotTaken as refused:
        return tell(refused, page)
    if full is not None:  # allowed, and said
        flash(str(spoken("page")["given_full"]).format(name=name, count=full.open_cases), "warning")
    return answer
