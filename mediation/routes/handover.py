"""换届交接: all open cases of one person go to another with one press, with a list to sign."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import asking, desk, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import User
from mediation.routes.forms import answered_before, faults_of_refusal
from mediation.routes.transactions import writing
from mediation.services import handing_over, users
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.submissions import find_answer, find_earlier, form_key, remember
from mediation.views.formats import show_moment
from mediation.views.handover import cases_of, people_of, say_relations, tell_case
from mediation.views.handovers import list_past, tell_past
from workflows import Refused, Role

blueprint = Blueprint("handover", __name__)


def _person(name: str) -> User | None:
    """Somebody of the asking person's own office, as the form names them; None where nobody is named yet."""
    typed = request.values.get(name, "")
    if not typed:
        return None
    found = (
        db.session.get(User, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    )
    if found is None or not found.active or found.organisation_id != asking().organisation_id:
        raise NotFound
    return found


@blueprint.get("/handover")
@opens_to(Role.manager)
def choose() -> str:
    """Whose cases go to whom; first what there is."""
    return _page("")


def _page(error: str, hints: list[str] | None = None) -> str:
    user, at = asking(), now()
    giver, taker = _person("from"), _person("to")
    return render_template(
        "handover/choose.html",
        b=spoken("board"),
        h=spoken("handing"),
        hints=hints or [],
        closing=request.values.get("close") == "1",
        people=people_of(db.session(), user),
        giver=(giver.id, giver.name) if giver else None,
        taker=(taker.id, taker.name) if taker else None,
        rows=[tell_case(case, at) for case in cases_of(db.session(), giver, user, at)] if giver else [],
        past=list_past(db.session(), user),
        summary=[("to", error)] if error else [],
    )


@blueprint.post("/handover")
@opens_to(Role.manager)
def carry_out() -> Response | tuple[str, int]:
    """All of them or none: each case gets its entry, and the parties see the new name from this minute on."""
    if before := answered_before():
        return before
    giver, taker = _person("from"), _person("to")
    if giver is None or taker is None or giver.id == taker.id:
        return _page(str(spoken("board")["handover_to_whom"])), 422
    hints = say_relations(db.session(), cases_of(db.session(), giver, asking(), now()), taker)
    if hints and request.form.get("seen") != str(taker.id):
        return _page("", hints), 409
    try:
        with writing() as here:
            user = asking()
            if earlier := find_earlier(here, user):
                return redirect(earlier.location, 303)
            told = _hand_over(here, user, giver, taker)
            if request.form.get("close") == "1":
                users.close_account(here, giver)
            page = url_for("handover.done", key=form_key())
            remember(here, user, page, told)
            db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return _page("；".join(text for _, _, text in faults_of_refusal(refused))), 409
    return redirect(page, 303)


def _hand_over(here: Desk, user: User, giver: User, taker: User) -> dict[str, Any]:
    rows = []
    for case in cases_of(here.session, giver, user, here.now):
        handing_over.take_over(here, case, giver, taker, By.user(user))
        rows.append(tell_case(case, here.now))
    office = user.organisation
    return {
        "from": giver.name, "to": taker.name, "at": show_moment(here.now), "by": user.name, "rows": rows,
        "office": office.committee.name if office.committee else office.name,
    }  # fmt: skip


@blueprint.get("/handover/<key>")
@opens_to(Role.manager)
def done(key: str) -> str:
    """交接清单, to be printed and signed by both, while it is still known."""
    told = find_answer(desk(), asking(), key)
    if told is None:
        raise NotFound
    return render_template("handover/list.html", b=spoken("board"), h=spoken("handing"), told=told)


@blueprint.get("/handover/past/<int:entry>")
@opens_to(Role.manager)
def past(entry: int) -> str:
    """交接清单 of an earlier hand-over, with the cases as they stand now."""
    told = tell_past(db.session(), asking(), entry, now())
    if told is None:
        raise NotFound
    return render_template(
        "handover/list.html", b=spoken("board"), h=spoken("handing"), told=told, again=True
    )
