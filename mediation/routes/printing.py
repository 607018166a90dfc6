"""代打印: papers sent to the printer of the office above, the queue there, and blank forms to fill in by hand."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

import documents
from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, find_print_job, opens_to
from mediation.bound import collate
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case, PrintJob
from mediation.printing_payloads import PrintOrderPayload
from mediation.routes.cases import page_asked
from mediation.routes.drafts import only_to_show
from mediation.routes.file_answers import answer_with
from mediation.routes.forms import LOST_RACE, Fault, answered_before, faults_of, faults_of_refusal, redraws
from mediation.routes.records import note
from mediation.routes.step_door import stand_before
from mediation.routes.transactions import writing
from mediation.services import paper_parts, printing, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.submissions import find_earlier, remember
from mediation.views.printing import LISTS, fetch_times, list_orders, list_to_choose, show_queue
from mediation.views.whose_step import say_reason
from workflows import Refused

blueprint = Blueprint("printing", __name__)
SCHEMA = PrintOrderPayload()
#: What is said of an order besides the papers.
SAID = ("fetcher", "fetch_when", "note")
Answer = AnyResponse | str | tuple[str, int]
#: What the printing office does with an order → what the next page says.
AT_THE_PRINTER = {"print_done": "said_printed", "print_fetched": "said_fetched"}


@blueprint.context_processor
def give_words() -> dict[str, Any]:
    """The words of these pages, as `p`."""
    return {"p": spoken("printing")}


@blueprint.get("/cases/<number>/print")
@opens_to(*COMMITTEE)
def choose(number: str) -> Answer:
    """Which papers, how many copies, who fetches them; above it what was sent already."""
    here = stand_before(number, "ask_print")
    if audience_of(here.case, here.user, here.at) is not Audience.committee:
        raise NotFound
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "print")
    wanted = {int(one) for one in request.args.getlist("paper") if one.isascii() and one.isdigit()}
    return _page(here.case, wanted, [], None)


def _page(case: Case, wanted: set[int], faults: list[Fault], typed: Any) -> str:
    fresh = {"fetcher": asking().name, "fetch_when": "", "note": ""}
    return render_template(
        "printing/choose.html",
        number=case.public_number,
        title=case.title,
        version=case.version,
        printer=case.holder.parent.name if case.holder.parent else "",
        papers=list_to_choose(case, wanted, typed),
        orders=list_orders(case),
        times=fetch_times(now()),
        typed={name: typed.get(name, "") for name in SAID} if typed is not None else fresh,
        summary=[("papers" if where.startswith("papers") else where, said) for where, _, said in faults],
        errors=defaultdict(str, {where.split("[")[0]: said for where, _, said in reversed(faults)}),
    )


@blueprint.post("/cases/<number>/print", endpoint="send")
@opens_to(*COMMITTEE)
@redraws
def send(number: str) -> Answer:
    """发给上级打印."""
    if before := answered_before():
        return before
    case, form = find_case(number, asking(), now()), request.form
    if audience_of(case, asking(), now()) is not Audience.committee:
        raise NotFound
    wanted = {int(one) for one in form.getlist("papers[]") if one.isascii() and one.isdigit()}
    if only_to_show():
        return _page(case, wanted, [], form)
    try:
        lines = [{"paper": one, "copies": _plain(form.get(f"copies-{one}", ""))} for one in sorted(wanted)]
        told = {name: form.get(name, "") for name in SAID}
        facts = SCHEMA.load({**told, **({"papers": lines} if lines else {})})
        with writing() as desk:
            if earlier := find_earlier(desk, asking()):
                return redirect(earlier.location, 303)
            fresh = find_case(number, asking(), desk.now)
            page, printer = url_for("printing.choose", number=number), fresh.holder.parent
            steps.take(desk, fresh, "ask_print", by=By.user(asking()), at=desk.now, facts=facts)
            said = str(spoken("printing")["said_sent"]).format(printer=printer.name if printer else "")
            remember(desk, asking(), page)
            db.session.commit()
    except ValidationError as error:
        db.session.rollback()
        return _page(find_case(number, asking(), now()), wanted, faults_of(error), form), 422
    except Refused as refused:
        db.session.rollback()
        faults = faults_of_refusal(refused)
        return _page(find_case(number, asking(), now()), wanted, faults, form), 409
    flash(said, "done")
    return redirect(page, 303)


def _plain(typed: str) -> str:
    return typed.translate(str.maketrans("０１２３４５６７８９", "0123456789")).strip()


@blueprint.get("/printing")
@opens_to(*COMMITTEE)
def queue() -> str:
    """What waits at our printer, what lies there to be fetched, and what we have sent to the office above."""
    asked = {name: page_asked(name) for name in LISTS}
    found = show_queue(db.session(), asking(), now(), asked)
    return render_template("printing/queue.html", found=found, asked=asked)


@blueprint.get("/printing/<int:job>/papers.pdf")
@opens_to(*COMMITTEE)
def papers(job: int) -> Response:
    """The papers of one order, each as often as it is wanted, in one file."""
    row = find_print_job(job, asking(), now())
    wanted = printing.papers_of(row)
    numbers = " ".join(str(paper.number) for paper, _ in wanted)
    note("document", row.case_id, f"print order {row.number} papers {numbers}")
    name = f"{row.case.public_number}-{row.number}"
    try:
        made = collate(db.session(), current_app.extensions["mediation.settings"], wanted)
    except LookupError as error:
        raise NotFound from error
    return answer_with(made.pdf, f"print-{name}.pdf", f"代打印-{name}.pdf")


@blueprint.post(f"/printing/<int:job>/<any({', '.join(AT_THE_PRINTER)}):step>")
@opens_to(*COMMITTEE)
def mark(job: int, step: str) -> AnyResponse:
    """已打印, 已取走: pressed at the printer."""
    return _press(lambda: find_print_job(job, asking(), now()), step, AT_THE_PRINTER[step])


@blueprint.post("/cases/<number>/print/<int:order>/recall")
@opens_to(*COMMITTEE)
def recall(number: str, order: int) -> AnyResponse:
    """不用打印了: pressed by the office that sent it."""

    def find() -> PrintJob:
        case = find_case(number, asking(), now())
        row = next((one for one in case.print_jobs if one.number == order), None)
        if row is None or audience_of(case, asking(), now()) is not Audience.committee:
            raise NotFound
        return row

    return _press(find, "recall_print", "said_recalled")


def _press(find: Any, step: str, said: str) -> AnyResponse:
    page = request.form.get("back", "")
    page = page if page.startswith("/cases/") else url_for("printing.queue")
    with writing() as desk:
        if earlier := find_earlier(desk, asking()):
            return redirect(earlier.location, 303)
        try:
            row: PrintJob = find()
            facts = {"order": row.number}
            steps.take(desk, row.case, step, by=By.user(asking()), at=desk.now, facts=facts)
            _commit(desk, page)
            flash(str(spoken("printing")[said]), "done")
        except Refused as refused:
            db.session.rollback()
            for reason in refused.reasons:
                flash(say_reason(reason), "warning")
        except LOST_RACE:
            db.session.rollback()
            flash(str(spoken("page")["changed_meanwhile"]), "warning")
    return redirect(page, 303)


def _commit(desk: Desk, page: str) -> None:
    remember(desk, asking(), page)
    db.session.commit()


@blueprint.get("/forms/blank")
@opens_to(*COMMITTEE)
def blanks() -> str:
    """空白表格: every form, to be filled in by hand where there is no time, no network or no power."""
    kinds = sorted(documents.CATALOGUE.items(), key=lambda pair: pair[1].order)
    return render_template("printing/blanks.html", kinds=[(code, kind.title) for code, kind in kinds])


@blueprint.get("/forms/blank/<code>.pdf")
@opens_to(*COMMITTEE)
def blank(code: str) -> Response:
    """One of them, with the committee's own name, address and telephone."""
    kind, committee = documents.CATALOGUE.get(code), asking().organisation.committee
    if kind is None:
        raise NotFound
    own = paper_parts.committee_facts(committee) if committee is not None else None
    db.session.rollback()  # rendering takes its time, and no transaction waits for it
    return answer_with(documents.blank(code, own).pdf, f"{code}-blank.pdf", f"{kind.title}-空白.pdf")
