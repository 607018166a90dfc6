"""我的常用语: the sentences somebody often writes, kept and dropped on 我的."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from mediation.access import STAFF, asking, opens_to
from mediation.database import db
from mediation.routes.transactions import writing
from mediation.services import phrases
from mediation.text_guard import TextError, check_text

blueprint = Blueprint("phrases", __name__)


@blueprint.post("/me/phrases")
@opens_to(*STAFF)
def add() -> Response:
    """Keep a sentence to use again."""
    try:
        text = check_text(request.form.get("phrase", ""), kind="note", limit=phrases.LONGEST)
    except TextError as error:
        flash(error.message_zh, "warning")
        return redirect(url_for("login.me"), 303)
    with writing() as desk:
        phrases.add_phrase(desk, asking(), text)
        db.session.commit()
    return redirect(url_for("login.me"), 303)


@blueprint.post("/me/phrases/<int:phrase>/drop")
@opens_to(*STAFF)
def drop(phrase: int) -> Response:
    """Forget a sentence of mine; nothing happens where it is somebody else's."""
    with writing() as desk:
        phrases.drop_phrase(desk, asking(), phrase)
        db.session.commit()
    return redirect(url_for("login.me"), 303)
