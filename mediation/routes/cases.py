"""Looking cases up, reading one, and showing a party's numbers in full, which is written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound, TooManyRequests

import workflows
from mediation.access import COMMITTEE, WITH_CASES, Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import language, spoken, word
from mediation.models import AccessRecord
from mediation.routes.file_answers import answer_with
from mediation.routes.records import note
from mediation.tables import write_table
from mediation.views.case import show_case
from mediation.views.lists import SHOWN, Wanted, list_all
from mediation.views.lists import list_cases as find_list
from mediation.views.numbers import list_numbers

blueprint = Blueprint("cases", __name__)
REVEALS_A_DAY = 100
MOST_EXPORTED = 5000
#: Of the list on a wide screen, in the order of its cells; words of [case_columns].
COLUMNS = ("number", "title", "kind", "level", "session", "state", "deadline", "mediators")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page_asked(name: str = "page") -> int:
    """The page of a list that the address asks for; the first where it asks for nonsense.

    name: of the address's field, where a page has several lists.
    """
    asked = request.args.get(name, "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


@blueprint.get("/cases")
@opens_to(*WITH_CASES)
def list_cases() -> str:
    """All that I may see, by number, title or name, and by state."""
    keys, user, wanted = current_app.extensions["mediation.keys"], asking(), _wanted()
    found = find_list(db.session(), user, now(), page_asked(), keys, wanted)
    return render_template(
        "cases/list.html",
        found=found,
        wanted=wanted,
        shown=SHOWN,
        states=[(row.name, row.zh if language() == "zh" else row.en) for row in _states().values()],
        kinds=list(spoken("dispute_type").items()),
        risk_words=spoken("risk"),
        columns=[spoken("case_columns")[name] for name in COLUMNS],
        files=user.role in COMMITTEE,
    )


def _states() -> Mapping[str, Any]:
    return workflows.load(current_app.extensions["mediation.settings"].policy).case.states


def _wanted() -> Wanted:
    asked = request.args
    state, show, kind = asked.get("state", ""), asked.get("show", ""), asked.get("kind", "")
    return Wanted(
        words=asked.get("q", "").strip()[:60],
        state=state if state in _states() else "",
        show=show if show in SHOWN else "",
        kind=kind if kind in spoken("dispute_type") else "",
        mine=asked.get("mine") == "1" and asking().role in COMMITTEE,
    )


@blueprint.get("/cases/export.xlsx")
@opens_to(*COMMITTEE)
def export() -> Response:
    """导出这些: the list as a table to take away, without anybody's numbers."""
    keys, user, head = current_app.extensions["mediation.keys"], asking(), spoken("case_columns")
    rows = list_all(db.session(), user, now(), keys, _wanted(), MOST_EXPORTED)
    note("export", None, f"list of {len(rows)} cases")
    cells = [[str(getattr(row, column)) for column in head] for row in rows]
    made = write_table(word("page", "nav_cases"), list(head.values()), cells, sheet="案件")
    return answer_with(made, "cases.xlsx", "案件.xlsx", kind=XLSX, attached=True)


@blueprint.get("/cases/<number>")
@opens_to(*WITH_CASES)
def show(number: str) -> str:
    """One case, cut to what the reader may see."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    seen = show_case(case, user, at, audience_of(case, user, at))
    note("view", case.id)
    return render_template("cases/show.html", case=seen)


@blueprint.post("/cases/<number>/parties/<int:position>/numbers")
@opens_to(*COMMITTEE)
def reveal(number: str, position: int) -> str:
    """A party's numbers in full, for half a minute; who asked is kept."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    party = next((row for row in case.all_parties if row.position == position), None)
    if party is None or audience_of(case, user, at) is not Audience.committee:
        g.denied = f"numbers {number[:20]}"
        raise NotFound
    check_quota(user.id)
    note("reveal", case.id, f"party {position}")
    return render_template(
        "cases/numbers.html",
        title=word("page", "full_numbers").format(name=party.name),
        name=party.name,
        numbers=list_numbers(party),
        back=url_for("cases.show", number=number),
    )


def check_quota(user_id: int) -> None:
    """Raise TooManyRequests where somebody has looked at more numbers today than the work needs."""
    recent = select(func.count()).where(
        AccessRecord.user_id == user_id,
        AccessRecord.action == "reveal",
        AccessRecord.at > now() - timedelta(days=1),
    )
    if (db.session.scalar(recent) or 0) >= REVEALS_A_DAY:
        raise TooManyRequests
