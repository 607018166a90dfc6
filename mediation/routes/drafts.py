"""草稿: what is typed is kept while it is typed, listed for its author, and taken up again."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotFound, UnprocessableEntity
from werkzeug.wrappers import Response

from mediation.access import STAFF, WITH_CASES, asking, desk, find_case, opens_to, opens_to_all
from mediation.clock import now
from mediation.database import db
from mediation.errors import NEVER_KEPT
from mediation.language import word
from mediation.models import Draft
from mediation.routes.forms import AGAIN, LOST_RACE, only_redraw
from mediation.routes.login import local_path
from mediation.routes.transactions import writing
from mediation.services import drafts
from mediation.services.desk import Desk
from mediation.submissions import KEY
from mediation.views.drafts import list_drafts

blueprint = Blueprint("drafts", __name__)
SLOT = re.compile(r"[A-Za-z0-9:_.-]{1,80}")
FORM = re.compile(r"[a-z0-9_.]{1,60}")
MOST_FIELDS = 4000
#: A cookie that a script may read: the draft that has just been carried out.
SENT = "sent"
#: Said by a form that waited on the device, and answered with where the result is.
QUEUED, LOCATION = "X-Queued", "X-Location"


@blueprint.get("/drafts")
@opens_to(*STAFF)
def show() -> str:
    """Everything begun and not sent, of the person who asks."""
    return render_template("drafts/list.html", rows=list_drafts(desk(), asking()))


@blueprint.get("/drafts/token")
@opens_to_all
def token() -> Response:
    """A fresh token for a form that was filled in on an older page, and who is logged in here now."""
    return jsonify(token=generate_csrf(), user=str(g.who.id) if g.who else "")


@blueprint.post("/drafts", endpoint="keep")
@opens_to(*WITH_CASES)
def keep_draft() -> Response | tuple[Response, int]:
    """Keep what a page sends; 409 with what another device wrote where that is newer."""
    said = _read_body()
    with writing() as desk_:
        try:
            kept = _keep(desk_, said)
            answer = {"version": kept.version, "at": _milliseconds(kept)}
            db.session.commit()
        except drafts.DraftMoved as moved:
            return jsonify(_tell(moved.newer)), 409
        except drafts.DraftTooLong as error:
            raise UnprocessableEntity from error
        except LOST_RACE:
            db.session.rollback()
            newer = drafts.find(desk_, asking(), said["slot"])
            return (jsonify(_tell(newer)), 409) if newer else (jsonify({}), 503)
    return jsonify(answer)


def _keep(desk_: Desk, said: dict[str, Any]) -> Draft:
    user = asking()
    case = find_case(said["case"], user, desk_.now) if said["case"] else None
    return drafts.keep(
        desk_,
        user,
        said["form"],
        said["fields"],
        case=case,
        slot=said["slot"],
        address=said["address"],
        title=said["title"],
        device=said["device"],
        seen=said["seen"],
    )


def _read_body() -> dict[str, Any]:
    """What the page says, each part checked; raises BadRequest for anything else."""
    try:
        said = request.get_json(force=False)
    except RecursionError as error:
        raise BadRequest from error
    if not isinstance(said, dict):
        raise BadRequest
    form, slot, seen = said.get("form"), said.get("slot"), said.get("seen")
    if not isinstance(form, str) or not FORM.fullmatch(form):
        raise BadRequest
    if not isinstance(slot, str) or not SLOT.fullmatch(slot):
        raise BadRequest
    if isinstance(seen, bool) or not (seen is None or (isinstance(seen, int) and 0 <= seen < 10**9)):
        raise BadRequest
    return {
        "form": form,
        "slot": slot,
        "seen": seen,
        "case": _line(said.get("case"), 20),
        "address": local_path(_line(said.get("address"), 300)) or "",
        "title": _line(said.get("title"), drafts.LONGEST_TITLE),
        "device": _line(said.get("device"), 40),
        "fields": _read_fields(said.get("fields")),
    }


def _read_fields(rows: Any) -> list[list[str]]:
    if not isinstance(rows, list) or len(rows) > MOST_FIELDS:
        raise BadRequest
    found = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 2 or not all(isinstance(part, str) for part in row):
            raise BadRequest
        if row[0] not in NEVER_KEPT and row[0] != KEY and not row[0].startswith("_"):
            found.append([_whole(row[0])[:120], _whole(row[1])])
    return found


def _line(value: Any, limit: int) -> str:
    return " ".join(_whole(value).split())[:limit] if isinstance(value, str) else ""


def _whole(text: str) -> str:
    # Half of a pair of surrogates cannot be written in UTF-8, and a draft is kept whatever was typed.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@blueprint.get("/drafts/newest")
@opens_to(*WITH_CASES)
def newest() -> Response:
    """The newest draft of a form, for the page that has just been opened on it; empty where there is none."""
    number, user = request.args.get("case", "")[:20], asking()
    case = find_case(number, user, now()) if number else None
    row = drafts.newest_of(desk(), user, request.args.get("form", "")[:60], case)
    return jsonify(_tell(row) if row is not None else {})


@blueprint.get("/drafts/<slot>")
@opens_to(*WITH_CASES)
def read(slot: str) -> Response:
    """One draft, for the page that goes on with it."""
    row = drafts.find(desk(), asking(), slot)
    if row is None:
        raise NotFound
    return jsonify(_tell(row))


def _milliseconds(row: Draft) -> int:
    return round(row.updated_at.timestamp() * 1000)


def _tell(row: Draft) -> dict[str, Any]:
    return {
        "slot": row.slot,
        "form": row.form,
        "version": row.version,
        "at": _milliseconds(row),
        "title": row.title,
        "device": row.device,
        "fields": drafts.read(row),
    }


@blueprint.post("/drafts/<slot>/discard")
@opens_to(*WITH_CASES)
def discard(slot: str) -> Response:
    """Throw it away, for good."""
    with writing() as desk_:
        drafts.discard(desk_, asking(), slot=slot)
        db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify({})
    flash(word("page", "draft_gone"), "done")
    return redirect(url_for("drafts.show"), 303)


def draft_asked() -> MultiDict[str, str] | None:
    """What a page opened with `?draft=…` goes on with; None where nothing is kept under that name."""
    slot = request.args.get("draft", "")
    row = drafts.find(desk(), asking(), slot) if SLOT.fullmatch(slot) else None
    fields = drafts.read(row) if row is not None else None
    if not isinstance(fields, list):
        return None
    return MultiDict([(str(name), str(value)) for name, value in fields])


@blueprint.before_app_request
def refuse_to_act() -> None:
    """A form that is sent only to be drawn again is never carried out by a view that does not know of that."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "POST" and request.form.get(AGAIN) and not getattr(view, "redraws", False):
        raise BadRequest


def only_to_show() -> bool:
    """Whether the form was sent back only to be drawn with what is in it, rows and all."""
    return only_redraw()


@blueprint.after_app_request
def tell_what_was_sent(response: Response) -> Response:
    """Tell the device which of its copies has been carried out, and a queued form where its answer is.

    A script that follows a redirect would read the answer, and its one-time messages, in the person's stead.
    """
    slot = g.pop("sent", "")
    if slot and SLOT.fullmatch(slot) and response.status_code < 400:
        response.set_cookie(
            SENT, slot, max_age=600, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
        )
    if request.headers.get(QUEUED) and response.status_code == 303:
        response.headers[LOCATION] = response.headers.pop("Location")
        response.status_code = 204
        response.set_data(b"")
    return response
