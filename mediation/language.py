"""How the interface speaks to this person: Chinese or English, and how large; papers stay Chinese."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, redirect, request
from werkzeug.wrappers import Response

from mediation.words import words

LANGUAGES = {"zh": "zh-CN", "en": "en"}
#: Text sizes in the order in which the header's button goes through them.
SIZES = ("standard", "large", "huge")
COOKIE, SIZE_COOKIE, KEYS_COOKIE, HINTED = "language", "size", "keys", "size_hinted"
A_YEAR = 366 * 24 * 3600
#: The header's buttons send the page's own form with one of these, so that nothing typed is lost.
CHOICES = {
    "_language": (COOKIE, tuple(LANGUAGES)),
    "_size": (SIZE_COOKIE, SIZES),
    "_keys": (KEYS_COOKIE, ("on", "off")),
}


def language() -> str:
    """`zh` or `en`: a cookie of its own, so that the choice survives logging in and out."""
    return _chosen("_language")


def size() -> str:
    """`standard`, `large` or `huge`."""
    return _chosen("_size")


def _chosen(field: str) -> str:
    cookie, known = CHOICES[field]
    found = g.get("chosen", {}).get(field) or request.cookies.get(cookie, known[0])
    return str(found) if found in known else known[0]


def spoken(vocabulary: str) -> dict[str, Any]:
    """The words of one vocabulary in the person's language."""
    found: dict[str, Any] = words(language())[vocabulary]
    return found


def word(vocabulary: str, code: str | None) -> str:
    """The word for a code in the person's language; empty for no code."""
    return str(spoken(vocabulary)[code]) if code else ""


def register_language(app: Flask) -> None:
    """Give every template its words: `w` for the page's own texts, `lang` for <html lang>."""

    @app.context_processor
    def give_words() -> dict[str, Any]:
        now = size()
        return {
            "w": spoken("page"),
            "net_words": spoken("net"),
            "lang": LANGUAGES[language()],
            "language": language(),
            "size": now,
            "single_keys": _chosen("_keys"),
            "key_words": spoken("keys"),
            "next_size": SIZES[(SIZES.index(now) + 1) % len(SIZES)],
            "sizes": SIZES,
            "size_words": spoken("size"),
            "size_hint": request.method == "GET" and not {SIZE_COOKIE, HINTED} & request.cookies.keys(),
        }

    app.before_request(_hear_choice)
    app.after_request(_keep_choice)


def _hear_choice() -> Response | None:
    """A choice sent along with a page's form: the view draws the form again; one that cannot, is opened anew."""
    if request.method != "POST":
        return None
    sent = {field: request.form[field] for field in CHOICES if field in request.form}
    g.chosen = {field: value for field, value in sent.items() if value in CHOICES[field][1]}
    view = current_app.view_functions.get(request.endpoint or "")
    if sent and not getattr(view, "redraws", False):
        return redirect(request.path, 303)
    return None


def _keep_choice(response: Response) -> Response:
    secure = current_app.extensions["mediation.settings"].https
    kept = {CHOICES[field][0]: value for field, value in g.get("chosen", {}).items()}
    if response.mimetype == "text/html" and response.status_code == 200 and HINTED not in request.cookies:
        kept[HINTED] = "1"
    for name, value in kept.items():
        response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response
