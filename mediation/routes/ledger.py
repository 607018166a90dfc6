"""The ledger of one case, and what is due or overdue in an office."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.routes.records import note
from mediation.routes.step_door import Answer, not_written_yet
from mediation.views.ledger import count_rates, list_acts, list_due, show_ledger
from mediation.views.three_sides import show_set_offs
from mediation.views.window import show_window

blueprint = Blueprint("ledger", __name__)


@blueprint.get("/cases/<number>/ledger")
@opens_to(*COMMITTEE)
def show(number: str) -> Answer:
    """Each promise with its lines and what was entered."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"ledger {number[:20]}"
        raise NotFound
    if case.agreement is None:
        return not_written_yet(case, user, str(spoken("page")["ledger_title"]))
    note("view", case.id, "ledger")
    return render_template(
        "ledger/show.html",
        number=case.public_number,
        title=case.title,
        clauses=show_ledger(case, user, at),
        acts=list_acts(case, user, at),
        h=spoken("handing"),
        three_sides=show_set_offs(case),
    )


@blueprint.get("/ledger")
@opens_to(*COMMITTEE)
def due() -> str:
    """What is due, what is overdue, and how well promises are kept."""
    user, at = asking(), now()
    return render_template(
        "ledger/due.html", rows=list_due(db.session(), user, at), rates=count_rates(db.session(), user, at)
    )


@blueprint.get("/cases/<number>/thirty-days")
@opens_to(*COMMITTEE)
def window(number: str) -> Answer:
    """How many of the thirty days are left, which courts may be asked, and what remains afterwards."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"window {number[:20]}"
        raise NotFound
    if (seen := show_window(case, at)) is None:
        return not_written_yet(case, user, str(spoken("page")["confirm_window_title"]))
    note("view", case.id, "window")
    return render_template("ledger/window.html", seen=seen)
