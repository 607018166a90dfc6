"""查进度: a party lets itself in with number and code, sees its own matter, hands something in, and leaves."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from mediation.access import opens_to_all
from mediation.clock import now
from mediation.database import db
from mediation.language import language, spoken
from mediation.models import Companion, Rating, Visit
from mediation.office import about_office
from mediation.routes.resident_files import keep_photos
from mediation.routes.transactions import writing
from mediation.routes.visitors import (
    DEVICE,
    VISIT,
    address_of_visitor,
    cookie,
    drop_cookie,
    keep_cookie,
    keep_visit,
    visit_of,
    visit_token,
)
from mediation.services import companions, public_states, supplements, visits
from mediation.services.obligations import civil_day
from mediation.services.visits import TurnedAway
from mediation.text_guard import TextError, check_text
from mediation.uploads import UploadRefused
from mediation.views.track import phone_of, show_track
from mediation.views.whose_step import say_reason
from workflows import Refused

blueprint = Blueprint("track", __name__)


@blueprint.get("/track")
@opens_to_all
def show() -> str:
    """Number and code; a QR brings its token behind #, where no server and no log ever sees it."""
    return _form("", [])


def _form(number: str, faults: list[str]) -> str:
    phone = about_office().phone
    summary = [("number", text.format(T=phone or spoken("page")["track_window"])) for text in faults]
    return render_template(
        "track/enter.html", number=number, summary=summary, inside=visit_of() is not None, phone=phone
    )


@blueprint.post("/track")
@opens_to_all
def enter() -> Response | tuple[str, int]:
    """Let in, or turned away without a word of what was wrong; a wrong try is counted before the answer leaves."""
    number, token = request.form.get("number", "")[:40], request.form.get("token", "")
    with writing() as desk:
        try:
            if token:
                key = visits.enter_by_token(desk, token, address_of_visitor())
            else:
                code = request.form.get("code", "")[:60]
                key = visits.enter(desk, number, code, address_of_visitor(), cookie(DEVICE))
        except TurnedAway as away:
            db.session.commit()
            text = str(spoken("page")["track_wait" if away.waits else "track_wrong"])
            return _form("", [text]), 429 if away.waits else 422
        device = visits.remember_device(desk, key, cookie(DEVICE))
        db.session.commit()
    answer = keep_visit(redirect(url_for("track.case"), 303), key)
    return keep_cookie(answer, DEVICE, device, int(visits.KNOWN_FOR.total_seconds()))


@blueprint.get("/track/case")
@opens_to_all
def case() -> Response | str:
    """Where the matter stands; whose it is, only the cookie knows."""
    visit = visit_of()
    if visit is None:
        return redirect(url_for("track.show"), 303)
    return _page(visit, "track/case.html")


@blueprint.get("/track/print")
@opens_to_all
def printed() -> Response | str:
    """The same on one sheet of paper."""
    visit = visit_of()
    if visit is None:
        return redirect(url_for("track.show"), 303)
    return _page(visit, "track/print.html")


def _page(visit: Visit, template: str) -> str:
    found = visit.code.party.case
    rating = db.session.scalar(select(Rating).where(Rating.party_id == visit.code.party_id))
    seen = show_track(found, visit.code, now(), rating, about_office().hours)
    return render_template(template, seen=seen)


@blueprint.post("/track/leave")
@opens_to_all
def leave() -> Response:
    """End the visit; the page that follows says nothing of where one has been."""
    with writing() as desk:
        visits.end_visit(desk, visit_token())
        db.session.commit()
    quick = bool(request.form.get("quick"))
    answer = drop_cookie(redirect(url_for("track.today" if quick else "home.start"), 303), VISIT)
    # Whoever has to leave quickly leaves no trace at all; the code opens from the paper as before.
    return drop_cookie(answer, DEVICE) if quick else answer


@blueprint.post("/track/companions/<int:companion>")
@opens_to_all
def withdraw(companion: int) -> Response:
    """The party takes its consent back; only its own companions, and only the party itself."""
    visit = visit_of()
    if visit is None or visit.code.companion is not None:
        return redirect(url_for("track.show"), 303)
    with writing() as desk:
        again = visits.find_visit(desk, visit_token())
        row = desk.session.get(Companion, companion)
        if again is not None and row is not None and row.party_id == again.code.party_id:
            companions.end(desk, row, str(spoken("party_role")[again.code.party.role]))
        db.session.commit()
    flash(str(spoken("page")["companion_ended"]), "done")
    return redirect(url_for("track.case"), 303)


@blueprint.get("/today")
@opens_to_all
def today() -> str:
    """A plain page of the calendar, for who must leave another page at once."""
    day = civil_day(now())
    weeks = public_states.month_of(day)
    return render_template("track/today.html", day=day, weeks=weeks)


@blueprint.get("/track/papers")
@opens_to_all
def papers() -> Response | str:
    """补材料: what is missing, in one sentence; a photograph or some words."""
    visit = visit_of()
    if visit is None:
        return redirect(url_for("track.show"), 303)
    return _papers(visit, "", "")


def _papers(visit: Visit, text: str, fault: str) -> str:
    found = visit.code.party.case
    rating = db.session.scalar(select(Rating).where(Rating.party_id == visit.code.party_id))
    seen = show_track(found, visit.code, now(), rating, about_office().hours)
    summary = [("text", fault)] if fault else []
    return render_template("track/papers.html", seen=seen, text=text, summary=summary, phone=phone_of(found))


@blueprint.post("/track/papers", endpoint="hand_in")
@opens_to_all
def hand_in() -> Response | str | tuple[str, int]:
    """Keep what was sent, once; or say what is wrong with it."""
    visit = visit_of()
    if visit is None:
        return redirect(url_for("track.show"), 303)
    code_id, typed = visit.code_id, request.form.get("text", "")
    try:
        text = check_text(typed, kind="note", limit=2000) if typed.strip() else ""
        db.session.rollback()  # opening a photograph takes its time, and no transaction waits for it
        photos = keep_photos("photo")
        if not text and not photos:
            return _papers(_again(), typed, str(spoken("page")["papers_nothing"])), 422
        with writing() as desk:
            again = visits.find_visit(desk, visit_token())
            if again is None or again.code_id != code_id:
                return redirect(url_for("track.show"), 303)
            party = again.code.party
            files = [{**asdict(kept), "name": name} for kept, name in photos]
            supplements.hand_in_from_home(desk, party.case, party, text, files, desk.now)
            db.session.commit()
    except TextError as error:
        return _papers(_again(), typed, error.message_zh), 422
    except UploadRefused as refused:
        return _papers(_again(), typed, refused.in_words(language())), 422
    except Refused as refused:
        db.session.rollback()
        return _papers(_again(), typed, "".join(say_reason(r) for r in refused.reasons)), 409
    flash(str(spoken("page")["papers_done"]), "done")
    return redirect(url_for("track.case"), 303)


def _again() -> Visit:
    g.pop("visit", None)
    found = visit_of()
    if found is None:
        raise LookupError("the visit was there a moment ago")
    return found
