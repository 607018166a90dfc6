"""A paper in another dress: in large print to be read aloud from, or as a Word file to be worked on."""

from __future__ import annotations

from flask import Blueprint, Response, g
from werkzeug.exceptions import NotFound

import documents
from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.models import Document
from mediation.routes.file_answers import answer_with
from mediation.routes.records import note
from mediation.services import papers

blueprint = Blueprint("paper_copies", __name__)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _find(number: str, paper: int, what: str) -> Document:
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = next((one for one in case.documents if one.number == paper), None)
    if row is None or audience_of(case, user, at) is not Audience.committee or row.superseded_at is not None:
        g.denied = f"{what} {number[:20]}/{paper}"
        raise NotFound
    note("document", case.id, f"{what} {row.number} {row.type}")
    return row


@blueprint.get("/cases/<number>/papers/<int:paper>/reading.pdf")
@opens_to(*COMMITTEE)
def reading(number: str, paper: int) -> Response:
    """大字阅读版 of an agreement; the one that is signed is the other."""
    row = _find(number, paper, "reading")
    kind, facts, name = row.type, row.facts, papers.title_of(row)
    db.session.rollback()  # rendering takes its time, and no transaction waits for it
    try:
        made = documents.render_reading_copy(kind, facts)
    except ValueError as error:
        raise NotFound from error
    return answer_with(made.pdf, "reading.pdf", f"{name}-大字阅读版.pdf")


@blueprint.get("/cases/<number>/papers/<int:paper>/paper.docx")
@opens_to(*COMMITTEE)
def word(number: str, paper: int) -> Response:
    """The paper as a Word file, marked as no original."""
    row = _find(number, paper, "docx")
    kind, facts, name = row.type, row.facts, papers.title_of(row)
    db.session.rollback()
    made = documents.docx_of(documents.thaw(kind, facts))
    return answer_with(made, "paper.docx", f"{name}.docx", kind=WORD, attached=True)
