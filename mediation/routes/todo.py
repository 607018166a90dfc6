"""待办: what waits for me, the most pressing first."""

from __future__ import annotations

from flask import Blueprint, render_template

from mediation.access import WITH_CASES, asking, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.routes.cases import page_asked
from mediation.views.lists import list_todo

blueprint = Blueprint("todo", __name__)


@blueprint.get("/todo")
@opens_to(*WITH_CASES)
def show() -> str:
    """The list, with the next step named in each row."""
    found = list_todo(db.session(), asking(), now(), page_asked())
    return render_template("todo/list.html", found=found)
