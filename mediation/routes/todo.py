"""待办: what waits for me, the most pressing first."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template, request

from mediation.access import COMMITTEE, WITH_CASES, asking, desk, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.gateways import gateway_of
from mediation.language import spoken
from mediation.models import User
from mediation.routes.cases import page_asked
from mediation.services import outbox
from mediation.views.calls import list_duties
from mediation.views.todo import list_todo
from workflows import Role

blueprint = Blueprint("todo", __name__)


def _calls(user: User) -> int:
    """How many calls wait for this person's office; none for a court and a department."""
    if Role(user.role) not in COMMITTEE:
        return 0
    gateway = gateway_of(current_app.extensions["mediation.settings"])
    waiting = outbox.count_calls(desk(), user.organisation_id, gateway=gateway is not None)
    return waiting + len(list_duties(db.session(), user.organisation_id))


@blueprint.get("/todo")
@opens_to(*WITH_CASES)
def show() -> str:
    """The list, with the next step named in each row."""
    user = asking()
    found = list_todo(db.session(), user, now(), page_asked(), request.args.get("show", ""))
    counts = dict(found.tiles)
    calls = _calls(user)
    g.badges = {"todo": counts["red"] + counts["yellow"], "calls": calls}
    return render_template(
        "todo/list.html",
        calls=calls,
        found=found,
        counts=counts,
        risk_words=spoken("risk"),
        files=user.role in COMMITTEE,
    )
