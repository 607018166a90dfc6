"""The front door: where to begin, whether the system lives, which language it speaks."""

from __future__ import annotations

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from mediation.access import STAFF, WITH_CASES, asking, desk, opens_to, opens_to_all
from mediation.database import db
from mediation.language import CHOICES
from mediation.routes.login import local_path
from mediation.submissions import find_sent
from mediation.views.rooms import list_rooms
from workflows import Role

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@opens_to_all
def start() -> Response | str:
    """Three doors for residents; whoever works here, to the work that waits."""
    if g.who is None:
        return render_template("home/start.html", rooms=list_rooms(db.session()))
    if g.who.role == Role.department:
        return redirect(url_for("whistles.board"), 303)
    return redirect(url_for("todo.show" if g.who.role in WITH_CASES else "login.me"), 303)


@blueprint.get("/healthz")
@opens_to_all
def health() -> tuple[Response, int]:
    """200 while the database answers, 503 otherwise; says nothing about anybody."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return jsonify(status="unavailable", database="down"), 503
    return jsonify(status="ok", database="up"), 200


@blueprint.get("/sent/<key>")
@opens_to(*STAFF)
def sent(key: str) -> Response:
    """Where a form that this person sent has led; nothing where it was never carried out."""
    row = find_sent(desk(), asking(), key[:64])
    return jsonify(location=row.location if row is not None else "")


@blueprint.post("/language")
@opens_to_all
def choose_language() -> Response:
    """Chinese or English, for a year, whoever logs in here."""
    return _choose("_language", request.form.get("language", ""))


@blueprint.post("/size")
@opens_to_all
def choose_size() -> Response:
    """How large the text is, for a year."""
    return _choose("_size", request.form.get("size", ""))


@blueprint.post("/keys")
@opens_to_all
def choose_keys() -> Response:
    """Whether single keys (/ and ?) do something, for a year."""
    return _choose("_keys", request.form.get("keys", ""))


def _choose(field: str, value: str) -> Response:
    if value in CHOICES[field][1]:
        g.chosen = {field: value}
    return redirect(local_path(request.form.get("back")) or url_for("home.start"), 303)
