"""屏幕签字 on one's own phone: a QR lets in, the very text is read, the name is written once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mediation.access import desk, opens_to_all
from mediation.database import db
from mediation.language import spoken
from mediation.models import SigningLink
from mediation.rendering import fetch_paper, shelf_of
from mediation.routes.drafts import only_to_show
from mediation.routes.file_answers import answer_with
from mediation.routes.forms import LOST_RACE, redraws
from mediation.routes.screen_signing import device_of, hash_paper, read_pad
from mediation.routes.step_door import give_desk_words
from mediation.routes.transactions import writing
from mediation.routes.visitors import address_of_visitor, cookie, drop_cookie, keep_cookie
from mediation.services import phone_signing
from mediation.services.phone_signing import LinkOver
from mediation.services.visits import TurnedAway
from mediation.views.screen_signing import clock_of, show_paper
from mediation.views.whose_step import say_reason
from workflows import Refused

blueprint = Blueprint("phone_signing", __name__)
blueprint.context_processor(give_desk_words)
SIGNING = "signing"
Page = Response | str | tuple[str, int]


@blueprint.context_processor
def give_words() -> dict[str, Any]:
    """The words of signing on a screen, as `s`."""
    return {"s": spoken("sign")}


@blueprint.get("/s")
@opens_to_all
def enter() -> str:
    """The QR brings its token behind #, where no server and no log ever sees it; a script sends it on."""
    return render_template("signing/enter.html")


@blueprint.post("/s", endpoint="open")
@opens_to_all
def open_link() -> Page:
    """Let in the first phone that scanned the code; whatever else is told the same."""
    with writing() as writer:
        try:
            token = request.form.get("token", "")
            key, link = phone_signing.open_link(writer, token, cookie(SIGNING), address_of_visitor())
        except TurnedAway as away:
            db.session.commit()
            return _over(waits=away.waits)
        seconds = int((link.expires_at - writer.now).total_seconds())
        db.session.commit()
    return keep_cookie(redirect(url_for("phone_signing.paper"), 303), SIGNING, key, seconds)


def _over(*, waits: bool = False) -> tuple[str, int]:
    """The same page for a code that was used, is too old, or never was."""
    return render_template("signing/over.html", waits=waits), 429 if waits else 410


@blueprint.get("/s/paper")
@opens_to_all
def paper() -> Page:
    """The whole text, and below it the place to sign."""
    link = phone_signing.find_open(desk(), cookie(SIGNING))
    return _paper_page(link, {}) if link else _over()


def _paper_page(link: SigningLink, errors: dict[str, str]) -> str:
    return render_template(
        "signing/paper.html",
        name=link.party.name,
        signer=link.signed_by,
        witness=link.user.name,
        until=clock_of(link.expires_at),
        text=show_paper(link.document),
        pdf=url_for("phone_signing.pdf"),
        read=bool(request.form.get("read")),
        strokes=request.form.get("strokes", ""),
        errors=errors,
        summary=list(errors.items()),
    )


@blueprint.get("/s/paper.pdf")
@opens_to_all
def pdf() -> Page:
    """The original, for who may sign it and while."""
    link = phone_signing.find_open(desk(), cookie(SIGNING))
    if link is None:
        return _over()
    key, name = link.document_id, f"agreement-{link.document.number}"
    db.session.rollback()
    kept = fetch_paper(db.session(), shelf_of(current_app.extensions["mediation.settings"]), key)
    return answer_with(kept.path.read_bytes(), f"{name}.pdf")


@blueprint.post("/s/paper", endpoint="sign")
@opens_to_all
@redraws
def sign_it() -> Page:
    """Keep the name under the very text that was shown; a second press finds the code used."""
    link = phone_signing.find_open(desk(), cookie(SIGNING))
    if link is None:
        return _over()
    if only_to_show():
        return _paper_page(link, {})
    errors, strokes = read_pad("first_read")
    if errors:
        return _paper_page(link, errors), 422
    sha256 = hash_paper(link.document_id)
    with writing() as writer:
        try:
            phone_signing.sign(
                writer, cookie(SIGNING), strokes, read_aloud=bool(request.form.get("read")), device=device_of(),
                sha256=sha256,
            )  # fmt: skip
            db.session.commit()
        except (LinkOver, *LOST_RACE):
            db.session.rollback()
            return _over()
        except Refused as refused:
            said = "；".join(say_reason(reason) for reason in refused.reasons)
            db.session.rollback()
            link = phone_signing.find_open(writer, cookie(SIGNING))
            return (_paper_page(link, {"strokes": said}), 409) if link else _over()
    return drop_cookie(redirect(url_for("phone_signing.done"), 303), SIGNING)


@blueprint.get("/s/done")
@opens_to_all
def done() -> str:
    """That it is done; whose and what it was, this page does not say."""
    return render_template("signing/done.html")
