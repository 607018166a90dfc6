"""The court's own pages: what waits, one application beside its papers, and what is said to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.forms import tidy_form
from mediation.language import spoken, word
from mediation.models import Case, User
from mediation.payloads import STEPS
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
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.submissions import find_earlier, remember
from mediation.views.court import TILES, for_review, list_queue, show_review
from mediation.views.court_returns import count_returns
from workflows import Refused, Role

blueprint = Blueprint("court", __name__)
#: What a court decides on its review page → the step it is.
DECISIONS = {"pass": "court_accept", "return": "court_request", "decline": "court_reject"}
DAYS_TO_MEND = 7


@blueprint.get("/court")
@opens_to(Role.court)
def queue() -> str:
    """The applications that wait, by deadline; a tile shows only its own."""
    user, at = asking(), now()
    rows = list_queue(db.session(), user, at)
    tile = request.args.get("tile", "")
    g.setdefault("badges", {})["court"] = sum(for_review(row) for row in rows)
    return render_template(
        "court/queue.html",
        tiles=[(name, sum(name in row.tiles for row in rows)) for name in TILES],
        tile=tile if tile in TILES else "",
        rows=[row for row in rows if tile not in TILES or tile in row.tiles],
        first=next((row.number for row in rows if for_review(row)), ""),
        updated=f"{at.astimezone():%H:%M}",
    )


@blueprint.get("/court/returns")
@opens_to(Role.court, Role.manager)
def returns() -> str:
    """How often each committee's applications came back, and why."""
    rows = [list(row) for row in count_returns(db.session(), asking(), now())]
    return render_template("court/returns.html", rows=rows)


@blueprint.get("/court/<number>")
@opens_to(Role.court)
def review(number: str) -> str:
    """One application: its papers, the twelve checks, and the three answers."""
    return _show_review(number, {}, [])


def _show_review(number: str, data: dict[str, Any], faults: list[Fault]) -> str:
    user, at = asking(), now()
    case = find_case(number, user, at)
    seen = _seen(case, user)
    note("view", case.id, "court review")
    rows = [row.number for row in list_queue(db.session(), user, at) if for_review(row)]
    place = rows.index(number) if number in rows else -1
    return render_template(
        "court/review.html",
        case=seen,
        data=data,
        errors={where: sentence for where, _, sentence in faults},
        summary=[(where, sentence) for where, _, sentence in faults],
        before=rows[place - 1] if place > 0 else "",
        after=rows[place + 1] if 0 <= place < len(rows) - 1 else "",
        left=len(rows),
    )


def _seen(case: Case, user: User) -> dict[str, Any]:
    seen = show_review(case, user, now())
    if seen is None or audience_of(case, user, now()) is not Audience.court:
        g.denied = f"court {case.public_number}"
        raise NotFound
    return seen


@blueprint.get("/court/<number>/return", defaults={"answer": "return"})
@blueprint.get("/court/<number>/decline", defaults={"answer": "decline"})
@opens_to(Role.court)
def answer_form(number: str, answer: str) -> str:
    """What has to be mended and until when; or why the court does not take it."""
    until = civil_day(now()) + timedelta(days=DAYS_TO_MEND)
    asked = [code for code in request.args.getlist("reason") if code in spoken("return_reason")]
    return _show_answer(number, answer, {"until": until.isoformat(), "reasons": asked}, [])


def _show_answer(number: str, answer: str, data: dict[str, Any], faults: list[Fault]) -> str:
    user = asking()
    case = find_case(number, user, now())
    seen = _seen(case, user)
    words = spoken("return_reason" if answer == "return" else "refusal_ground")
    return render_template(
        f"court/{answer}.html",
        case=seen,
        data=data,
        choices=list(words.items()),
        errors={where: sentence for where, _, sentence in faults},
        summary=[(where, sentence) for where, _, sentence in faults],
    )


@blueprint.post("/court/<number>/pass", defaults={"answer": "pass"}, endpoint="decide")
@blueprint.post("/court/<number>/return", defaults={"answer": "return"}, endpoint="decide")
@blueprint.post("/court/<number>/decline", defaults={"answer": "decline"}, endpoint="decide")
@opens_to(Role.court)
def decide(number: str, answer: str) -> Response | str | tuple[str, int]:
    """Say it, and go on to the next that waits."""
    find_case(number, asking(), now())
    if before := answered_before():
        return before
    data = {key: value for key, value in tidy_form(request.form).items() if not key.startswith("_")}
    data = {key: value for key, value in data.items() if key not in ("csrf_token", "version")}
    try:
        return _say(number, answer, _facts(answer, data))
    except ValidationError as error:
        faults, status = faults_of(error), 422
    except Refused as refused:
        faults, status = faults_of_refusal(refused), 409
    except LOST_RACE:
        faults, status = [("", "stale", word("page", "changed_meanwhile"))], 409
    db.session.rollback()
    page = (
        _show_review(number, data, faults) if answer == "pass" else _show_answer(number, answer, data, faults)
    )
    return page, status


def _facts(answer: str, data: dict[str, Any]) -> dict[str, Any]:
    asked = dict(data)
    for name in ("reasons", "checks"):
        if name in asked and not isinstance(asked[name], list):
            asked[name] = [asked[name]]
    if answer == "pass":
        asked.setdefault("checks", [])
    facts: dict[str, Any] = STEPS[DECISIONS[answer]]().load(asked)
    errors = {}
    if answer == "return":
        if not facts.get("reasons"):
            errors["reasons"] = [word("page", "court_pick_reason")]
        elif "other" in facts["reasons"] and not facts.get("reason"):
            errors["reason"] = [word("page", "court_say_other")]
        until = facts.get("until")
        if until is None or until <= civil_day(now()):
            errors["until"] = [word("page", "court_until_later")]
        said = "；".join(
            spoken("return_reason")[code] for code in facts.get("reasons", ()) if code != "other"
        )
        facts["reason"] = "；".join(part for part in (said, facts.get("reason", "")) if part)
    if answer == "decline" and not facts.get("ground"):
        errors["ground"] = [word("page", "court_pick_ground")]
    elif answer == "decline":
        facts["reason"] = facts.get("reason") or spoken("refusal_ground").get(
            facts["ground"], facts["ground"]
        )
    if errors:
        raise ValidationError(errors)
    return facts


def _say(number: str, answer: str, facts: dict[str, Any]) -> Response:
    with writing() as desk:
        user = asking()
        case = find_case(number, user, desk.now)
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        if typed_version() != case.version:
            raise LOST_RACE[0]("the case was changed meanwhile")
        steps.take(desk, case, DECISIONS[answer], by=By.user(user), at=desk.now, facts=facts)
        desk.session.flush()
        rest = [row.number for row in list_queue(desk.session, user, desk.now) if for_review(row)]
        page = url_for("court.review", number=rest[0]) if rest else url_for("court.queue")
        remember(desk, user, page)
        db.session.commit()
    flash(word("page", f"court_done_{answer}").format(number=number), "done")
    return redirect(page, 303)
