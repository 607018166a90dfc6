"""What is turned away before any view sees it, and the headers that go with every answer."""

from __future__ import annotations

import secrets
from urllib.parse import unquote_to_bytes

from flask import current_app, g, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.wrappers import Response

from mediation.assets import is_static

LARGEST_FORM = 512 * 1024
#: A request with files: nine photographs, or one large PDF, and the form around them.
LARGEST_UPLOAD = 100 * 1024 * 1024
MOST_FIELDS = 4000
LONGEST_ADDRESS = 4096

# A script runs only when its tag carries this answer's nonce; styles come from our sheets alone; data: and blob: are
# the kit's own icons and a photograph on its way. Ten lines of our own, because flask-talisman's defaults (HTTPS
# redirect, its own cookies) would all have to be switched off for an office that serves its village over plain HTTP.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PAPER_POLICY = "default-src 'none'; object-src 'self'; base-uri 'none'; frame-ancestors 'self'"


def nonce() -> str:
    """What the script tags of this answer carry; another one for each answer."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def refuse_junk() -> None:
    """Broken bytes, hidden NULs and oversized forms are the sender's mistake, not an accident of ours."""
    g.request_id = secrets.token_hex(5).upper()
    address = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
    query = request.query_string
    if len(address) + len(query) > LONGEST_ADDRESS:
        raise BadRequest("address_too_long")
    _check_bytes(address)
    _check_bytes(unquote_to_bytes(query.replace(b"+", b" ")))
    if request.method in ("POST", "PUT", "PATCH", "DELETE"):
        _check_body()


def _check_bytes(raw: bytes) -> None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("bad_encoding") from error
    if "\0" in text:
        raise BadRequest("control_char")


def _check_body() -> None:
    if _takes_files():
        request.max_content_length = LARGEST_UPLOAD
    elif (request.content_length or 0) > LARGEST_FORM:
        raise RequestEntityTooLarge
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    body = request.get_data(cache=True)
    if len(body) > LARGEST_FORM or body.count(b"&") > MOST_FIELDS:
        raise RequestEntityTooLarge
    try:
        unquote_to_bytes(body).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("bad_encoding") from error
    # A name such as a-a-a-…, nested a thousand deep, would be unpacked as deeply.
    if any(len(name) > 120 or not name.isascii() for name in request.form):
        raise BadRequest("bad_form")


def _takes_files() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.mimetype == "multipart/form-data" and getattr(view, "takes_files", False)


def set_headers(response: Response) -> Response:
    """The same strict headers on every answer."""
    paper = response.mimetype == "application/pdf"
    headers = response.headers
    # A paper may be shown beside the form that it comes from, and in no other frame.
    headers["Content-Security-Policy"] = PAPER_POLICY if paper else PAGE_POLICY.format(nonce=nonce())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "SAMEORIGIN" if paper else "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    if not is_static(request.endpoint):
        headers["Cache-Control"] = "no-store"
    if current_app.extensions["mediation.settings"].https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers["X-Request-ID"] = g.get("request_id", "")
    return response
