"""吹哨单 with the 报到回执 that is filled in by hand, and what a department keeps once it has answered."""

from __future__ import annotations

from flask import Response, current_app, g, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from mediation.access import COMMITTEE, asking, opens_to
from mediation.bound import collate
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Referral
from mediation.rendering import fetch_paper, shelf_of
from mediation.routes.file_answers import answer_with
from mediation.routes.records import note
from mediation.routes.whistles import WITH_WHISTLES, blueprint, find_question, only_committee
from mediation.services import whistle_papers
from mediation.services.obligations import civil_day
from mediation.views.whistles import show_kept_answer


@blueprint.get("/cases/<number>/whistles/<int:place>/order.pdf")
@opens_to(*COMMITTEE)
def order(number: str, place: int) -> Response:
    """The 吹哨单 for the printer; while an answer is owed, with a receipt behind it to be filled in by hand."""
    case, row, _ = find_question(number, place)
    only_committee(case, asking())
    paper = whistle_papers.order_of(case, row)
    if paper is None:
        raise NotFound
    note("document", case.id, f"paper {paper.number} {paper.type}")
    plain = f"whistle-{case.public_number}-{paper.number}.pdf"
    name = f"吹哨单-{row.department_name}-{case.public_number}.pdf"
    made = collate(db.session(), current_app.extensions["mediation.settings"], [(paper, 1)])
    return answer_with(made.pdf, plain, name)


def _find_own(answer: int) -> Referral:
    """What this person's office was asked.  Of the case it sees nothing any more, but its own answer stays its own."""
    row = db.session.get(Referral, answer)
    if row is None or row.department_id != asking().organisation_id:
        g.denied = f"answer {answer}"
        raise NotFound
    return row


@blueprint.get("/whistles/answers/<int:answer>")
@opens_to(*WITH_WHISTLES)
def answered(answer: int) -> str | AnyResponse:
    """The receipt of an answer, to be kept and printed: what was asked and answered, when, under which number."""
    row = _find_own(answer)
    if row.answered_at is None and row.declined_at is None:
        return redirect(url_for("whistles.board"), 303)  # it was asked again meanwhile
    note("view", row.case_id, f"answer {answer}")
    return render_template(
        "whistles/answered.html", b=spoken("board"), **show_kept_answer(row, civil_day(now()))
    )


@blueprint.get("/whistles/answers/<int:answer>/receipt.pdf")
@opens_to(*WITH_WHISTLES)
def receipt(answer: int) -> Response:
    """The 报到回执 as a paper, for the department's own file."""
    row = _find_own(answer)
    paper = whistle_papers.receipt_of(row.case, row)
    if paper is None:
        raise NotFound
    note("document", row.case_id, f"paper {paper.number} {paper.type}")
    name, paper_id = row.case.public_number, paper.id
    plain, number = f"receipt-{name}-{paper.number}.pdf", paper.number
    db.session.rollback()  # rendering takes its time, and no transaction waits for it
    kept = fetch_paper(db.session(), shelf_of(current_app.extensions["mediation.settings"]), paper_id)
    return answer_with(kept.path.read_bytes(), plain, f"报到回执-{name}-{number}.pdf")
