"""Before a package leaves for the court: what it would be turned away for, and who can mend it."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.language import spoken
from mediation.routes.records import note
from mediation.routes.step_door import Answer, not_written_yet
from mediation.views.readiness import show_readiness

blueprint = Blueprint("readiness", __name__)


@blueprint.get("/cases/<number>/readiness")
@opens_to(*COMMITTEE)
def show(number: str) -> Answer:
    """The twelve checks on the current agreement."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"readiness {number[:20]}"
        raise NotFound
    if (seen := show_readiness(case, user, at)) is None:
        return not_written_yet(case, user, str(spoken("page")["readiness"]))
    note("view", case.id, "readiness")
    return render_template("readiness/show.html", number=case.public_number, title=case.title, seen=seen)
