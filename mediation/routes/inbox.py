"""来件: applications, escalations, transfers and answers that wait for somebody to take them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken, word
from mediation.routes.cases import page_asked
from mediation.services import steps
from mediation.services.people import By
from mediation.views.inbox import VERBS, list_inbox
from mediation.views.step_pages import page_of
from mediation.views.way_out import say_what_happened

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/inbox")
@opens_to(*COMMITTEE)
def show() -> str:
    """What came in, the nearest date first."""
    found = list_inbox(db.session(), asking(), now(), page_asked())
    return render_template("inbox/list.html", b=spoken("board"), risk_words=spoken("risk"), found=found)


@blueprint.get(f"/inbox/<number>/<any({', '.join(VERBS)}):step>")
@opens_to(*COMMITTEE)
def go(number: str, step: str) -> Response:
    """To the form of a step, unless somebody else was quicker: then back, with who it was."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if any(o.step.name == step and o.offered for o in steps.options(case, by=By.user(user), at=at)):
        return redirect(page_of(case, step), 303)
    quicker = say_what_happened(case, step, user)
    flash(
        f"{number} {quicker}" if quicker else word("page", "not_from_inbox").format(number=number), "warning"
    )
    return redirect(url_for("inbox.show"), 303)
