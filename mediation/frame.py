"""What stands around every page: who is logged in, where one can go, the form's key."""

from __future__ import annotations

import itertools
import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from markupsafe import Markup, escape
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from mediation import guard
from mediation.access import COMMITTEE, WITH_CASES, Who
from mediation.clock import now
from mediation.database import db
from mediation.gateways import gateway_of
from mediation.language import language, spoken, word
from mediation.models import User
from mediation.office import about_office
from mediation.views.badges import count_badges
from workflows import Role


@dataclass(frozen=True)
class Place:
    """Somewhere one can go to from every page."""

    endpoint: str
    #: A word of [nav].
    word: str
    #: Who may go there; None: everybody who is logged in.
    roles: frozenset[Role] | None
    #: Under which of the centres' own verbs it stands in the left column, a word of [nav_group]; none: alone.
    group: str = ""
    #: One of the four of the phone's tab bar. The others are reached from 我的 there.
    tab: bool = False
    #: Where its number comes from: a name under `BADGES`.
    badge: str = ""
    #: Other endpoints that belong to it, by their beginning.
    inside: tuple[str, ...] = ()
    #: Only for an office that has none above it.
    at_top: bool = False
    #: Not for an office of the lowest level, which nobody stands below.
    has_below: bool = False


#: Endpoints that are about one case.
_OF_CASES = (
    "cases.", "steps.", "papers.", "files.", "dossier.", "readiness.", "agreement.", "signing.", "sessions.",
    "handing.", "closing.", "ending.", "paper_copies.", "printing.choose", "printing.send",
)  # fmt: skip

#: A department works on one page, what it is asked; its own list and to-do list would say the same again.
_WITH_FILES = WITH_CASES - {Role.department}

#: The places, in the order of the left column; read by the frame and by a test that no page is forgotten.
#: Add a line for a page that people go to; its word stands in [nav] of your words file.
NAVIGATION: tuple[Place, ...] = (
    Place("todo.show", "todo", _WITH_FILES, tab=True, badge="todo"),
    Place("messages.show", "messages", COMMITTEE, badge="messages", inside=("messages.",)),
    Place("filing.new", "file", COMMITTEE, "reception", tab=True, inside=("filing.",)),
    Place("inbox.show", "inbox", COMMITTEE, "reception", badge="inbox", inside=("inbox.",)),
    Place("calls.show", "calls", COMMITTEE, "reception", badge="calls", inside=("calls.", "window.")),
    Place("cases.list_cases", "cases", _WITH_FILES, "mediation", tab=True, inside=_OF_CASES),
    Place("meetings.agenda", "agenda", COMMITTEE, "mediation", inside=("meetings.",)),
    Place("county.desk", "county", COMMITTEE, "mediation", inside=("county.",), at_top=True),
    Place("dispatch.board", "dispatch", COMMITTEE, "routing", inside=("dispatch.",)),
    Place("whistles.board", "whistles", COMMITTEE, "routing", badge="whistles", inside=("whistles.",)),
    Place(
        "whistles.board", "asked", frozenset({Role.department}), tab=True, badge="whistles",
        inside=("whistles.",),
    ),
    Place("county.late", "late", frozenset({Role.manager}), "supervision"),
    Place("ledger.due", "ledger", COMMITTEE, "supervision", inside=("ledger.",)),
    Place(
        "printing.queue", "printing", COMMITTEE, "papers", badge="printing",
        inside=("printing.queue",), has_below=True,
    ),
    Place("printing.blanks", "blanks", COMMITTEE, "papers"),
    Place("court.queue", "court", frozenset({Role.court}), tab=True, badge="court", inside=("court.",)),
    Place("court_batch.choose", "court_batch", frozenset({Role.court})),
    Place("court_results.table", "court_results", frozenset({Role.court}), inside=("court_results.",)),
    Place("court_batch.exports", "court_exports", frozenset({Role.court}), inside=("court_batch.",)),
    Place("court.returns", "court_returns", frozenset({Role.court, Role.manager})),
    Place("login.me", "me", None, tab=True, inside=("login.", "me.")),
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A place as this person sees it."""

    url: str
    text: str
    icon: str
    here: bool
    tab: bool
    badge: str
    #: On 我的, from where a phone leads to the places without a tab: what waits there, all together.
    behind: str = ""
    group: str = ""


#: What no HTML page may hold. A form that is refused is shown again with what was typed, and that may be anything.
_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def show_printable(value: Any) -> Any:
    """Text as a page can hold it: a character that no page may hold shows as �, so that it is seen to be there."""
    return _NOT_HTML.sub("\ufffd", value) if type(value) is str else value


#: A date, or a telephone number with its area.
_WHOLE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|0[0-9]{2,3}-[0-9]{7,8}")


def keep_whole(text: str) -> Markup:
    """The text with each date and telephone number in one piece: a browser breaks a line after any hyphen."""
    return Markup(_WHOLE.sub(r'<span class="nowrap">\g<0></span>', str(escape(text))))


#: What a sentence says to dial: an office, a mobile telephone, the police. A case number has other groups of digits.
_DIALLED = re.compile(r"(?<=打)110(?!\d)|(?<![\d-])(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?![\d-])")


def link_numbers(text: str) -> Markup:
    """The sentence with each telephone number in it as something to tap."""
    return Markup(_DIALLED.sub(r'<a class="nowrap" href="tel:\g<0>">\g<0></a>', str(escape(text))))


#: Internet Explorer's core, which 360 and its like use in their 兼容 mode.
_OLD = re.compile(r"MSIE |Trident/")


def _turn_away_old_browsers() -> Response | None:
    """One plain page that says which button to press; nothing of ours would work there."""
    if not _OLD.search(request.headers.get("User-Agent", "")):
        return None
    return Response(
        f'<!doctype html><html lang="{"zh-CN" if language() == "zh" else "en"}">'
        f"<title>{word('page', 'old_browser')}</title><h1>{word('page', 'old_browser')}</h1>"
    )


def has_page(path: str) -> bool:
    """Whether an address can be opened, and is not only sent to."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True


def register_frame(app: Flask) -> None:
    """Hand the frame's facts to every template."""
    app.before_request(_turn_away_old_browsers)
    app.add_template_filter(keep_whole, "whole")
    app.add_template_filter(link_numbers, "dial")

    @app.context_processor
    def give_frame() -> dict[str, Any]:
        who: Who | None = g.get("who")
        return {
            "who": who,
            "role_word": word("role", who.role) if who else "",
            **_navigation(who),
            "office": about_office(),
            "nonce": guard.nonce,
            "answers_a_form": request.method == "POST" and has_page(request.path),
            "new_key": lambda: secrets.token_hex(16),
            "return_to": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        }


#: Whose places stand under fewer verbs than this finds them without headings.
_HEADED = 3


def _navigation(who: Who | None) -> dict[str, Any]:
    """The places, one after the other, and the same under the verbs of the left column."""
    links = _links(who) if who else []
    words = spoken("nav_group") if len({link.group for link in links} - {""}) >= _HEADED else {}
    runs = itertools.groupby(links, lambda link: link.group)
    return {
        "navigation": links,
        "navigation_groups": [(str(words.get(group, "")), list(run)) for group, run in runs],
    }


def _links(who: Who) -> list[Link]:
    counts, places = count_here(who), [place for place in NAVIGATION if _is_for(place, who)]
    behind = sum(counts.get(place.badge, 0) for place in places if not place.tab)
    return [
        Link(
            url_for(place.endpoint),
            str(spoken("nav")[place.word]),
            place.word,
            _is_here(place),
            place.tab,
            show_count(counts.get(place.badge, 0)),
            show_count(behind) if place.word == "me" else "",
            place.group,
        )
        for place in places
    ]


def _is_for(place: Place, who: Who) -> bool:
    if place.roles is not None and who.role not in place.roles:
        return False
    return (who.at_top or not place.at_top) and not (who.at_bottom and place.has_below)


def _is_here(place: Place) -> bool:
    endpoint = request.endpoint or ""
    if endpoint in {other.endpoint for other in NAVIGATION}:
        return endpoint == place.endpoint
    return bool(place.inside) and endpoint.startswith(place.inside)


def show_count(number: int) -> str:
    """A number as a badge shows it: nothing for none, and never above 99+."""
    return "99+" if number > 99 else str(number or "")


def count_here(who: Who) -> dict[str, int]:
    """How much waits at each place of this person.  What a page has counted already it has said in g.badges; the rest
    is asked at once, and once a request."""
    told: dict[str, int] = g.setdefault("badges", {})
    wanted = {place.badge for place in NAVIGATION if place.badge and _is_for(place, who)}
    lacking, user = sorted(wanted - set(told)), g.get("user")
    if lacking and isinstance(user, User):
        gateway = gateway_of(current_app.extensions["mediation.settings"]) is not None
        try:
            told |= count_badges(db.session(), user, now(), lacking, gateway=gateway)
        except SQLAlchemyError:  # the page that says what is wrong must still be drawn
            told |= dict.fromkeys(lacking, 0)
    return told
