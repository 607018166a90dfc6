"""The bound file of a case: what it lacks, what is in it, and the volume itself; and all copies for the printer."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, render_template
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to
from mediation.bound import bind_case, collate_case, plan
from mediation.clock import now
from mediation.database import db
from mediation.models import Case
from mediation.routes.file_answers import answer_with
from mediation.routes.records import note
from mediation.views.dossier import show_dossier

blueprint = Blueprint("dossier", __name__)


@blueprint.get("/cases/<number>/dossier")
@opens_to(*COMMITTEE)
def show(number: str) -> str:
    """What is missing and who can supply it, and what will be bound."""
    case = _case(number)
    note("view", case.id, "dossier")
    return render_template("dossier/show.html", seen=show_dossier(case))


@blueprint.get("/cases/<number>/dossier.pdf")
@opens_to(*COMMITTEE)
def volume(number: str) -> Response:
    """The volume."""
    case = _case(number)
    note("document", case.id, "dossier")
    settings = current_app.extensions["mediation.settings"]
    planned = plan(db.session(), settings, case, now())
    if not planned.sheets:
        raise NotFound
    db.session.rollback()  # binding takes its time, and a transaction left open would hold up whoever writes
    kept = bind_case(db.session(), settings, planned)
    return answer_with(kept.path.read_bytes(), f"dossier-{planned.name}.pdf", f"卷宗-{planned.name}.pdf")


@blueprint.get("/cases/<number>/print-set.pdf")
@opens_to(*COMMITTEE)
def print_set(number: str) -> Response:
    """All copies of all papers in one file."""
    case = _case(number)
    note("document", case.id, "print set")
    public = case.public_number
    try:
        made = collate_case(db.session(), current_app.extensions["mediation.settings"], case)
    except LookupError as error:
        raise NotFound from error
    return answer_with(made.pdf, f"print-set-{public}.pdf", f"打印整套-{public}.pdf")


def _case(number: str) -> Case:
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"dossier {number[:20]}"
        raise NotFound
    return case
