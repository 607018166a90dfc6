"""待办: what waits for me, the most pressing first."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from mediation.access import COMMITTEE, WITH_CASES, asking, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.frame import count_here, show_count
from mediation.language import spoken
from mediation.routes.cases import page_asked
from mediation.views.reviews import list_to_read
from mediation.views.todo import list_todo

blueprint = Blueprint("todo", __name__)


@blueprint.get("/todo")
@opens_to(*WITH_CASES)
def show() -> str:
    """The list, with the next step named in each row."""
    user = asking()
    mine = request.args.get("mine") == "1"
    found = list_todo(db.session(), user, now(), page_asked(), request.args.get("show", ""), mine=mine)
    counts = dict(found.tiles)
    if not found.mine:
        g.badges = {"todo": counts["red"] + counts["yellow"]}
    counted = count_here(g.who)
    calls, messages = (show_count(counted.get(name, 0)) for name in ("calls", "messages"))
    return render_template(
        "todo/list.html",
        calls=calls,
        messages=messages,
        found=found,
        counts=counts,
        risk_words=spoken("risk"),
        files=user.role in COMMITTEE,
        to_read=list_to_read(db.session(), user) if user.role in COMMITTEE else [],
        s=spoken("sign"),
    )
