"""评价: five faces with words, why, and a promise to call whoever is not content."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mediation.access import desk, opens_to_all
from mediation.database import db
from mediation.language import spoken
from mediation.models import Visit
from mediation.routes.transactions import writing
from mediation.routes.visitors import visit_of, visit_token
from mediation.services import ratings, visits
from mediation.services.ratings import RatedTwice
from mediation.text_guard import TextError, check_text
from mediation.words import codes_of

blueprint = Blueprint("rating", __name__)


@blueprint.get("/track/rating")
@opens_to_all
def show() -> Response | str:
    """The five faces; or what was said already, and room for one word more."""
    visit = visit_of()
    if visit is None or visit.code.companion is not None:
        return redirect(url_for("track.show"), 303)
    return _page(visit, {}, "")


def _page(visit: Visit, typed: dict[str, Any], fault: str) -> str:
    said = ratings.find_rating(desk(), visit.code.party)
    return render_template(
        "resident/rating.html",
        said=said and {"score": spoken("rating")[str(said.score)], "words": said.words or ""},
        later=said and said.later_score and spoken("rating")[str(said.later_score)],
        scores=list(spoken("rating").items()),
        reasons=list(spoken("rating_reason").items()),
        typed=typed,
        summary=[("score", fault)] if fault else [],
    )


@blueprint.post("/track/rating", endpoint="send")
@opens_to_all
def send() -> Response | str | tuple[str, int]:
    """Keep it; a second press of the same button changes nothing that was said."""
    visit = visit_of()
    if visit is None or visit.code.companion is not None:
        return redirect(url_for("track.show"), 303)
    typed: dict[str, Any] = {
        "score": request.form.get("score", ""),
        "reasons": [one for one in request.form.getlist("reasons[]") if one in codes_of("rating_reason")],
        "words": request.form.get("words", "")[:3000],
    }
    if typed["score"] not in codes_of("rating"):
        return _page(visit, typed, str(spoken("page")["rating_choose"])), 422
    try:
        words = check_text(typed["words"], kind="note", limit=1000) if typed["words"].strip() else ""
    except TextError as error:
        return _page(visit, typed, error.message_zh), 422
    with writing() as found:
        again = visits.find_visit(found, visit_token())
        if again is None:
            return redirect(url_for("track.show"), 303)
        party, second = again.code.party, request.form.get("second") == "1"
        try:
            if second or ratings.find_rating(found, party) is None:
                ratings.rate(
                    found, party.case, party, int(typed["score"]), typed["reasons"], words, found.now
                )
            db.session.commit()
        except RatedTwice:
            db.session.rollback()
    calls = int(typed["score"]) <= ratings.NOT_CONTENT
    flash(str(spoken("page")["rating_call" if calls else "rating_thanks"]), "done")
    return redirect(url_for("track.case"), 303)
