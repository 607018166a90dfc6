"""One function turns whatever went wrong into an answer: a page a person can act on, or problem+json for a program."""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from documents import DocumentError
from mediation import kept_forms
from mediation.access import desk
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import User
from mediation.office import about_office
from mediation.services import users
from mediation.submissions import DRAFT, TOKEN
from mediation.views.badges import BADGES
from mediation.views.whose_step import call_office, say_reason
from mediation.words import words
from workflows import Refused, Role

log = logging.getLogger(__name__)
NEVER_KEPT = frozenset({TOKEN, "password", "old", "new", "again"})
CODES = {400: "bad_request", 401: "log_in", 403: "not_your_function", 404: "not_found", 405: "method_not_allowed",
         413: "too_large", 415: "unsupported_media_type", 410: "gone", 422: "form_key_reused",
         429: "too_many"}  # fmt: skip
TRY_AGAIN_AFTER = "5"


class Stale(Exception):
    """The case was changed after the person opened the form; nothing was written."""


@dataclass
class Problem:
    """What an error comes to: a status, a stable code, and sentences where the error brings its own."""

    status: int
    code: str
    reasons: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    keep: bool = False  # what the person typed is handed back, to be sent again


def register_errors(app: Flask) -> None:
    """Every exception goes through `answer`."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> AnyResponse:
    """The answer to an exception; never a trace, a statement or a path."""
    if isinstance(error, HTTPException) and (error.code or 500) < 400:
        return error.get_response()
    problem = classify(error)
    if problem.status >= 500:
        _log(error, problem)
    db.session.rollback()
    if isinstance(error, SecurityError):  # a forged host: there is no address to lead back to
        return Response(words("zh")["error"]["bad_request"]["what"], 400, mimetype="text/plain")
    if request.path.startswith("/api/"):
        return _as_json(problem)
    if problem.status == 401 and request.method in ("GET", "HEAD"):
        return redirect(url_for("login.show", next=_here()), 303)
    if problem.status == 401 and (sealed := _seal_form()):
        return _as_login(sealed)
    return _as_page(problem)


def classify(error: Exception) -> Problem:
    """What kind of trouble this is."""
    if isinstance(error, CSRFError):
        return Problem(400, "form_too_old", keep=True)
    if isinstance(error, HTTPException):
        return _classify_http(error)
    if isinstance(error, Refused):
        return Problem(409, "refused", [say_reason(reason) for reason in error.reasons])
    if isinstance(error, (Stale, StaleDataError)):
        return Problem(409, "version_conflict", keep=True)
    if isinstance(error, (DBAPIError, TimeoutError)) and _is_passing(error):
        return Problem(503, "busy", headers={"Retry-After": TRY_AGAIN_AFTER}, keep=True)
    if isinstance(error, DocumentError):
        return Problem(500, "paper_not_made", [str(error)], keep=True)
    return Problem(500, "server_error", keep=True)


def _classify_http(error: HTTPException) -> Problem:
    status = error.code or 500
    code = CODES.get(status, "bad_request" if status < 500 else "server_error")
    if error.description in (
        "bad_encoding",
        "control_char",
        "form_key_missing",
        "address_too_long",
        "bad_form",
        "county_only",
    ):
        code = str(error.description)
    headers = {}
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            headers[name] = value
    return Problem(status, code, headers=headers, keep=status == 401)


def _is_passing(error: Exception) -> bool:
    # Locked, pool exhausted, connection lost: pressing again helps. A broken statement is a fault of ours.
    if isinstance(error, TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError")


def _log(error: Exception, problem: Problem) -> None:
    # Kind and place only: the message of an exception may carry what a person typed.
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    ]
    kind, number = type(error).__name__, g.get("request_id", "")
    log.error("%s %s %s: %s at %s", number, problem.status, request.endpoint, kind, " < ".join(places))


def _as_json(problem: Problem) -> Response:
    texts = words("zh")["error"].get(problem.code, words("zh")["error"]["server_error"])
    body = {
        "type": "about:blank",
        "title": texts["title"],
        "status": problem.status,
        "code": problem.code,
        "detail": texts["what"],
        "request_id": g.get("request_id", ""),
        "errors": [{"message": reason} for reason in problem.reasons],
    }
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, problem.status, problem.headers, mimetype="application/problem+json")


def _as_page(problem: Problem) -> Response:
    table = spoken("error")
    code = "no_such_page" if problem.code == "not_found" and g.get("who") is None else problem.code
    texts = dict(table.get(code) or table["server_error"])
    if code == "not_your_function":
        texts["todo"] = _whom_to_ask()
    if problem.status >= 500:
        g.badges = dict.fromkeys(BADGES, 0)  # nothing more is asked of a database that may be what failed
    html = _draw(texts, problem.reasons, request.path, _kept() if problem.keep else [])
    return Response(html, problem.status, problem.headers)


def _draw(texts: dict[str, str], reasons: list[str], action: str, kept: list[tuple[str, str]]) -> str:
    number = g.get("request_id", "")
    again = request.full_path.rstrip("?") if "again" in texts and request.method in ("GET", "HEAD") else ""
    return render_template(
        "errors/page.html",
        texts=texts,
        reasons=reasons,
        request_id=number,
        kept=kept,
        action=action,
        again=again,
    )


def send_again(path: str, fields: list[tuple[str, str]]) -> str:
    """A page that holds what was sent before logging in again, with the button that sends it."""
    return _draw(dict(spoken("error")["back_again"]), [], path, fields)


def _seal_form() -> str:
    fields = _kept()
    if not fields:
        return ""
    keys, token = current_app.extensions["mediation.keys"], session.get("token")
    owner = users.whose_session(desk(), token) if isinstance(token, str) else None
    draft = request.form.get(DRAFT, "")
    return kept_forms.seal(keys, request.path, fields, owner=owner, draft=draft, at=now())


def _as_login(sealed: str) -> Response:
    """The login itself, in place of the answer: behind it waits the page with everything that was typed."""
    page = render_template("login/login.html", onward="", phone="", error="", kept=sealed)
    return Response(page, 401)


def _kept() -> list[tuple[str, str]]:
    if request.method != "POST" or (request.endpoint or "").startswith("login."):
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]


def _whom_to_ask() -> str:
    """Whoever leads the reader's own office; an administrator is told which pages are there for him."""
    table, user = spoken("whom_to_ask"), g.get("user")
    if user is None or user.role == Role.admin:
        return str(table["admin"])
    leads = select(User.name).where(
        User.organisation_id == user.organisation_id,
        User.active,
        User.role == Role.manager,
        User.id != user.id,
    )
    names = "、".join(db.session.scalars(leads.order_by(User.id).limit(2)))
    call = call_office(user.organisation) or about_office().phone
    key = ("lead" if names else "office") + ("" if call else "_uncalled")
    return str(table[key]).format(office=user.organisation.name, names=names, call=call)


def _here() -> str | None:
    return request.full_path.rstrip("?") if request.path != "/" else None
