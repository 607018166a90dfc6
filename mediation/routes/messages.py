"""消息: what the office was told, read by each of its people; one press opens the case."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import word
from mediation.models import Case, Notice
from mediation.routes.cases import page_asked
from mediation.routes.transactions import writing
from mediation.services import messages
from mediation.views.messages import list_messages, to_office_of

blueprint = Blueprint("messages", __name__)


@blueprint.get("/messages")
@opens_to(*COMMITTEE)
def show() -> str:
    """The list, the newest first."""
    page = page_asked()
    found = list_messages(db.session(), asking(), now(), page)
    return render_template("messages/list.html", found=found)


@blueprint.post("/messages/<int:notice>")
@opens_to(*COMMITTEE)
def read(notice: int) -> Response:
    """It is read, and its case opens."""
    with writing() as desk:
        user = asking()
        number = desk.session.scalar(
            select(Case.public_number)
            .join(Notice, Notice.case_id == Case.id)
            .where(Notice.id == notice, to_office_of(user, desk.now))
        )
        if number is None:
            g.denied = f"message {notice}"
            raise NotFound
        messages.mark_read(desk, user, Notice.id == notice)
        db.session.commit()
    return redirect(url_for("cases.show", number=number), 303)


@blueprint.post("/messages/read")
@opens_to(*COMMITTEE)
def read_all() -> Response:
    """This person has read all of them; the colleagues' stay new."""
    with writing() as desk:
        user = asking()
        seen = (
            select(Notice.id)
            .join(Case, Case.id == Notice.case_id)
            .where(to_office_of(user, desk.now), messages.is_new(user, desk))
        )
        count = messages.mark_read(desk, user, Notice.id.in_(seen))
        db.session.commit()
    flash(word("page", "messages_all_read").format(count=count), "done")
    return redirect(url_for("messages.show"), 303)
