"""What stands around every page: who is logged in, where one can go, the form's key."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from mediation.access import COMMITTEE, WITH_CASES, Who
from mediation.language import word


@dataclass(frozen=True)
class Link:
    """A place to go to."""

    url: str
    text: str
    here: bool


#: endpoint, word, who may go there; read by the frame and by a test that no page is forgotten.
NAVIGATION = (
    ("todo.show", "nav_todo", WITH_CASES),
    ("filing.new", "nav_file", COMMITTEE),
    ("cases.list_cases", "nav_cases", WITH_CASES),
    ("login.me", "nav_me", None),
)


#: What no HTML page may hold. A form that is refused is shown again with what was typed, and that may be anything.
_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def show_printable(value: Any) -> Any:
    """Text as a page can hold it: a character that no page may hold shows as �, so that it is seen to be there."""
    return _NOT_HTML.sub("\ufffd", value) if type(value) is str else value


def register_frame(app: Flask) -> None:
    """Hand the frame's facts to every template."""

    @app.context_processor
    def give_frame() -> dict[str, Any]:
        who: Who | None = g.get("who")
        return {
            "who": who,
            "role_word": word("role", who.role) if who else "",
            "navigation": _links(who) if who else [],
            "new_key": lambda: secrets.token_hex(16),
            "return_to": request.full_path.rstrip("?") if request.method == "GET" else "/",
        }


def _links(who: Who) -> list[Link]:
    return [
        Link(url_for(endpoint), word("page", text), request.endpoint == endpoint)
        for endpoint, text, roles in NAVIGATION
        if roles is None or who.role in roles
    ]
