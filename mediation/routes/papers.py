"""The papers of a case, as PDF."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, g
from werkzeug.exceptions import NotFound

from mediation.access import WITH_CASES, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.models import Document
from mediation.rendering import fetch_paper, shelf_of
from mediation.routes.file_answers import answer_with
from mediation.routes.records import note
from mediation.services import papers
from mediation.views.case import may_open
from mediation.void_papers import fetch_void

blueprint = Blueprint("papers", __name__)


@blueprint.get("/cases/<number>/papers/<int:paper>")
@opens_to(*WITH_CASES)
def show(number: str, paper: int) -> Response:
    """One paper as PDF; one that was replaced says so across every page."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = next((one for one in case.documents if one.number == paper), None)
    if row is None or not may_open(row, audience_of(case, user, at)):
        g.denied = f"paper {number[:20]}/{paper}"
        raise NotFound
    name = f"{papers.title_of(row)}-{case.public_number}-{row.number}"
    plain = f"paper-{case.public_number}-{row.number}"
    note("document", case.id, f"paper {row.number} {row.type}")
    return answer_with(_file_of(row).read_bytes(), f"{plain}.pdf", f"{name}.pdf")


def _file_of(row: Document) -> Path:
    shelf = shelf_of(current_app.extensions["mediation.settings"])
    document_id, kind, facts, void = row.id, row.type, row.facts, row.superseded_at is not None
    db.session.rollback()  # rendering takes its time, and a transaction left open would hold up whoever writes
    return fetch_void(shelf, kind, facts) if void else fetch_paper(db.session(), shelf, document_id).path
