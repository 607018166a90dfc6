"""Who a visitor without an account is: the cookie of a visit by code, and the address that tries are counted for."""

from __future__ import annotations

from flask import current_app, g, request
from werkzeug.wrappers import Response

from mediation.access import desk
from mediation.config import Settings
from mediation.models import Visit
from mediation.services import visits
from mediation.services.visits import LASTS

VISIT, APPLICATION, DEVICE = "visit", "application", "device"


def address_of_visitor() -> str:
    """The address that wrong tries are counted for; empty where only a proxy's own is known.

    Behind a proxy that we were not told of, everybody seems to come from this machine: then the number and the sum of
    all tries are counted, and nobody is shut out by strangers.
    """
    settings: Settings = current_app.extensions["mediation.settings"]
    address = request.remote_addr or ""
    return "" if settings.https and not settings.proxies and address in ("127.0.0.1", "::1") else address


def visit_of() -> Visit | None:
    """The visit that this browser is on; None where there is none or its time is up."""
    token = request.cookies.get(_name(VISIT), "")
    if not token:
        return None
    if "visit" not in g:
        g.visit = visits.find_visit(desk(), token)
    found: Visit | None = g.visit
    return found


def visit_token() -> str:
    """What the cookie of the visit carries."""
    return request.cookies.get(_name(VISIT), "")


def keep_visit(response: Response, token: str) -> Response:
    """Give the browser its cookie; it lasts as long as the visit."""
    return keep_cookie(response, VISIT, token, int(LASTS.total_seconds()))


def keep_cookie(response: Response, name: str, token: str, seconds: int) -> Response:
    """A cookie that no script reads and no other site sends along."""
    settings: Settings = current_app.extensions["mediation.settings"]
    response.set_cookie(
        _name(name), token, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=settings.https
    )
    return response


def drop_cookie(response: Response, name: str) -> Response:
    """Forget it."""
    settings: Settings = current_app.extensions["mediation.settings"]
    response.delete_cookie(_name(name), path="/", httponly=True, samesite="Lax", secure=settings.https)
    return response


def cookie(name: str) -> str:
    """What the browser brought under a name; empty where it brought nothing."""
    return request.cookies.get(_name(name), "")


def _name(name: str) -> str:
    settings: Settings = current_app.extensions["mediation.settings"]
    return f"__Host-{name}" if settings.https else name
