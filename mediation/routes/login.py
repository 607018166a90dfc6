"""Logging in and out, the own account, the own password."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import urlencode

from flask import (
    Blueprint,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from mediation import kept_forms
from mediation.access import STAFF, asking, desk, opens_to, opens_to_all
from mediation.database import db
from mediation.errors import send_again
from mediation.frame import has_page
from mediation.identity import IdentityError, check_phone
from mediation.kept_forms import KeptForm
from mediation.language import word
from mediation.models import User, UserSession
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import drafts, users
from mediation.services.desk import Desk
from mediation.services.phrases import list_phrases
from mediation.services.users import LoginRefused, PasswordRefused

blueprint = Blueprint("login", __name__)


def local_path(address: str | None) -> str | None:
    """The address, if it leads to a page of ours; nobody is sent elsewhere by a link."""
    if not address or not address.startswith("/") or len(address) > 300:
        return None
    if address.startswith(("//", "/\\")) or not address.isprintable():
        return None
    return address


@blueprint.get("/login")
@opens_to_all
def show() -> Response | str:
    """The form; somebody who is in already is sent on."""
    if g.who is not None:
        return redirect(url_for("home.start"), 303)
    return _form(request.args.get("next", ""))


def _form(
    onward: str, *, phone: str = "", error: str = "", kept: str = "", helper: User | None = None
) -> str:
    """helper: who is named, with their number, to somebody who is locked out; nobody else is shown it."""
    onward = local_path(onward) or ""
    resets = (helper.name, helper.phone) if helper else None
    return render_template(
        "login/login.html", onward=onward, phone=phone, error=error, kept=kept, resets=resets
    )


@blueprint.post("/login")
@opens_to_all
def enter() -> Response | tuple[str, int]:
    """Check phone and password; wrong tries are counted in the database, whatever the answer."""
    typed, onward = request.form.get("phone", ""), request.form.get("next", "")
    try:
        phone = check_phone(typed)
    except IdentityError:
        phone = typed.strip()
    with writing() as desk_:
        try:
            user = users.check_login(desk_, phone, request.form.get("password", ""))
        except LoginRefused as refused:
            helper = users.find_helper(desk_, phone) if refused.locked else None
            db.session.commit()
            return _turned_away(onward, typed, refused, helper)
        token, user_id = users.open_session(desk_, user), user.id
        kept = kept_forms.unseal(desk_.keys, request.form.get("kept", ""), user=user.id, at=desk_.now)
        back = _take_up(desk_, user, kept) if kept else ""
        db.session.commit()
    _begin(token)
    note("login", None, f"user {user_id}")
    if kept and not back:
        return send_again(kept.path, kept.fields), 200
    return redirect(back or local_path(onward) or url_for("home.start"), 303)


def _take_up(desk_: Desk, user: User, kept: KeptForm) -> str:
    """Where somebody goes on whose form came after the login had run out: the same page, with all of the text; empty
    where the form's address shows no page."""
    if not has_page(kept.path):
        return ""
    slot = kept.draft or secrets.token_hex(16)
    fields = [[name, value] for name, value in kept.fields if not name.startswith("_")]
    try:
        drafts.keep(desk_, user, "kept", fields, slot=slot[:80], address=kept.path)
    except drafts.DraftTooLong:
        return ""
    return f"{kept.path}?{urlencode({'draft': slot[:80]})}"


def _turned_away(onward: str, typed: str, refused: LoginRefused, helper: User | None) -> tuple[str, int]:
    note("login_failed")
    error = word("login", "locked" if refused.locked else "wrong")
    kept = request.form.get("kept", "")[: kept_forms.LONGEST]
    page = _form(onward, phone=typed[:40], error=error, kept=kept, helper=helper)
    return page, 429 if refused.locked else 422


def _begin(token: str) -> None:
    # Nothing of the session before survives: a cookie planted beforehand is worth nothing afterwards.
    session.clear()
    session["token"] = token


@blueprint.post("/logout")
@opens_to(*STAFF)
def logout() -> Response:
    """End this login, also for whoever kept a copy of the cookie."""
    with writing() as desk_:
        users.end_session(desk_, session.get("token", ""))
        db.session.commit()
    session.clear()
    note("logout")
    return redirect(url_for("login.show"), 303)


@blueprint.get("/session")
@opens_to_all
def session_left() -> Response:
    """For how many seconds this login still holds, and whether going on would lengthen that; asking does not."""
    g.seen_at = None
    return _tell_left(desk())


@blueprint.post("/session")
@opens_to(*STAFF)
def stay() -> Response:
    """继续使用: somebody is still there."""
    with writing() as desk_:
        row = desk_.session.get_one(UserSession, g.login_id)
        row.seen_at, g.seen_at = desk_.now, None
        answer = _tell_left(desk_)
        db.session.commit()
    return answer


def _tell_left(desk_: Desk) -> Response:
    row = desk_.session.get(UserSession, g.login_id) if g.login_id is not None else None
    left = users.ends_at(row) - desk_.now if row is not None else timedelta()
    can_stay = row is not None and desk_.now - row.started_at < users.LONGEST - users.WARNED_BEFORE
    return jsonify(left=max(0, int(left.total_seconds())), can_stay=can_stay)


@blueprint.get("/me")
@opens_to(*STAFF)
def me() -> str:
    """Who I am here, and what I can do about my account."""
    rows = list_phrases(db.session(), asking())
    return render_template(
        "login/me.html",
        phrases=[{"id": row.id, "text": row.text} for row in rows],
    )


@blueprint.get("/me/password")
@opens_to(*STAFF)
def password() -> str:
    """The form for a new password."""
    return _password_form(asking())


def _password_form(user: User, refused: PasswordRefused | None = None) -> str:
    errors = {refused.box: word("login", refused.fault)} if refused else {}
    return render_template("login/password.html", first=user.must_change_password, errors=errors)


@blueprint.post("/me/password", endpoint="password_set")
@opens_to(*STAFF)
def set_password() -> Response | tuple[str, int]:
    """Set it; every other login of this person ends."""
    typed = [request.form.get(box, "") for box in ("old", "new", "again")]
    with writing() as desk_:
        user = asking()
        try:
            users.change_password(desk_, user, *typed)
        except PasswordRefused as refused:
            db.session.rollback()
            return _password_form(user, refused), 422
        token = users.open_session(desk_, user)
        db.session.commit()
    _begin(token)
    note("password")
    flash(word("login", "changed"), "done")
    return redirect(url_for("home.start"), 303)
