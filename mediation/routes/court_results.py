"""Closing the loop: case numbers and rulings, row by row, pasted, from a workbook, or for one case with its ruling."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import asking, find_case, opens_to, takes_files
from mediation.clock import now
from mediation.court_tables import CELLS, ResultRow, read_day, read_pasted, read_workbook, row_of
from mediation.database import db
from mediation.language import language, word
from mediation.models import User
from mediation.payloads import STEPS
from mediation.routes.cases import page_asked
from mediation.routes.forms import answered_before
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.submissions import find_earlier, remember
from mediation.uploads import UploadRefused, keep
from mediation.views.court import list_queue, show_review
from mediation.views.court_done import list_answered
from mediation.views.whose_step import say_reason
from workflows import Refused, Role

blueprint = Blueprint("court_results", __name__)
STEP_OF = {"confirmed": "court_confirm", "dismissed": "court_dismiss", "withdrawn": "court_withdraw"}
RESULTS = tuple(STEP_OF)


@blueprint.get("/court/results")
@opens_to(Role.court)
def table() -> str:
    """A row for each application that was passed and has no result."""
    return _page({}, [])


def _page(entered: dict[str, ResultRow], unknown: list[str], pasted: str = "", said: str = "") -> str:
    user = asking()
    rows = list_queue(db.session(), user, now(), ("accepted",))
    known = [(row, entered.get(row.number) or ResultRow(row.number, row.court_number)) for row in rows]
    numbers = {row.number for row in rows}
    unknown += [number for number in entered if number not in numbers]
    faults = [
        (f"{name}-{place}", f"{row.number}{word('page', 'colon')}{sentence}")
        for place, (row, typed) in enumerate(known)
        for name, sentence in typed.errors.items()
    ]
    return render_template(
        "court/results.html",
        rows=known,
        unknown=unknown,
        pasted=pasted,
        said=said,
        results=[(code, word("court_result", code)) for code in RESULTS],
        summary=faults + ([("pasted", said)] if said else []),
    )


@blueprint.post("/court/results/read", endpoint="read")
@opens_to(Role.court)
@takes_files
def read() -> str | tuple[str, int]:
    """Fill the rows from what was pasted or uploaded; nothing is kept before it is looked at and saved."""
    pasted, file = request.form.get("pasted", "")[:100_000], request.files.get("file")
    try:
        rows = read_workbook(file.stream.read()) if file and file.filename else read_pasted(pasted)
    except ValueError:
        return _page({}, [], pasted, word("page", "court_not_a_table")), 422
    if not rows:
        return _page({}, [], pasted, word("page", "court_nothing_read")), 422
    entered = {row.number: _check(row) for row in rows}
    return _page(entered, [], pasted)


def _check(row: ResultRow) -> ResultRow:
    """What is wrong with a row, beside its cell."""
    row.errors = {}
    day = read_day(row.ruling_on)
    if row.ruling_on and not day:
        row.errors["ruling_on"] = word("page", "court_day_wrong")
    elif day and date.fromisoformat(day) > civil_day(now()):
        row.errors["ruling_on"] = word("page", "court_day_ahead")
    elif row.result and not day:
        row.errors["ruling_on"] = word("page", "court_day_missing")
    row.ruling_on = day or row.ruling_on
    if row.result not in ("", *RESULTS):
        row.errors["result"] = word("page", "court_result_wrong")
    if row.ruling_on and not row.result:
        row.errors["result"] = word("page", "court_result_missing")
    if row.result in ("confirmed", "dismissed") and not row.court_number:
        row.errors["court_number"] = word("page", "court_number_missing")
    if row.result == "dismissed" and not row.reason:
        row.errors["reason"] = word("page", "court_reason_missing")
    return row


def _typed() -> dict[str, ResultRow]:
    """The rows of the form that carry something, by number."""
    found = {}
    for place, number in enumerate(request.form.getlist("number")[:1000]):
        cells = {name: request.form.get(f"{name}-{place}", "").strip()[:500] for name in CELLS}
        row = row_of(number[:20], cells)
        if row.touched:
            found[row.number] = _check(row)
    return found


@blueprint.post("/court/results", endpoint="save")
@opens_to(Role.court)
def save() -> Response | str | tuple[str, int]:
    """All rows, or none of them; the parties are told by the steps that this takes."""
    if before := answered_before():
        return before
    typed = _typed()
    if not typed:
        return _page({}, [], said=word("page", "court_nothing_typed")), 422
    if any(row.errors for row in typed.values()):
        return _page(typed, []), 422
    with writing() as desk:
        user = asking()
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        done = 0
        for row in typed.values():
            try:
                done += _carry_out(desk, user, row)
            except Refused as refused:
                row.errors["result"] = " ".join(say_reason(reason) for reason in refused.reasons)
                break
            except NotFound:
                g.denied = f"result {row.number}"
                row.errors["result"] = word("page", "court_not_here")
                break
        else:
            page = url_for("court_results.table")
            remember(desk, user, page)
            db.session.commit()
            flash(word("page", "court_saved").format(count=done), "done")
            return redirect(page, 303)
    db.session.rollback()
    return _page(typed, []), 409


def _carry_out(desk: Desk, user: User, row: ResultRow) -> int:
    """One row: a number alone, or a result; whether anything was new."""
    case, by = find_case(row.number, user, desk.now), By.user(user)
    application = case.confirmation
    if not row.result:
        if application is not None and application.court_number == row.court_number:
            return 0
        facts = STEPS["court_number"]().load({"number": row.court_number})
        steps.take(desk, case, "court_number", by=by, at=desk.now, facts=facts)
        return 1
    asked: dict[str, Any] = {"number": row.court_number, "ruling_on": row.ruling_on}
    if row.result != "withdrawn":
        asked["ruling_number"] = row.court_number
    if row.reason:
        asked["reason"] = row.reason
    name = STEP_OF[row.result]
    facts = STEPS[name]().load({key: value for key, value in asked.items() if value})
    steps.take(desk, case, name, by=by, at=desk.now, facts=facts)
    return 1


@blueprint.get("/court/results/done")
@opens_to(Role.court)
def done() -> str:
    """What this court has answered, by its numbers; a case is opened from here only while the court reads it."""
    words, page = request.args.get("q", "").strip()[:60], page_asked()
    found = list_answered(db.session(), asking(), now(), words, page)
    return render_template("court/done.html", found=found, words=words)


@blueprint.get("/court/<number>/result")
@opens_to(Role.court)
def one(number: str) -> str:
    """The same for one case, with its ruling."""
    return _one(number, ResultRow(number), "")


def _one(number: str, row: ResultRow, file_error: str) -> str:
    user = asking()
    case = find_case(number, user, now())
    seen = show_review(case, user, now())
    if seen is None:
        g.denied = f"court {number[:20]}"
        raise NotFound
    note("view", case.id, "court result")
    if not row.touched and case.confirmation is not None:
        row.court_number = case.confirmation.court_number
    summary = [*row.errors.items()] + ([("ruling", file_error)] if file_error else [])
    return render_template(
        "court/result.html",
        case=seen,
        row=row,
        file_error=file_error,
        results=[(code, word("court_result", code)) for code in RESULTS],
        summary=summary,
    )


@blueprint.post("/court/<number>/result", endpoint="save_one")
@opens_to(Role.court)
@takes_files
def save_one(number: str) -> Response | str | tuple[str, int]:
    """The result and the ruling of one case; the ruling may come alone and later."""
    find_case(number, asking(), now())
    if before := answered_before():
        return before
    row = _check(row_of(number, {name: request.form.get(name, "").strip()[:500] for name in CELLS}))
    file = request.files.get("ruling")
    kept, file_error = None, ""
    try:
        db.session.rollback()  # opening a file takes its time, and no transaction waits for it
        if file and file.filename:
            kept = keep(current_app.extensions["mediation.settings"], file.stream, only_pages=True)
    except UploadRefused as refused:
        file_error = refused.in_words(language())
    if not row.touched and kept is None and not file_error:
        row.errors["result"] = word("page", "court_nothing_typed")
    if row.errors or file_error:
        return _one(number, row, file_error), 422
    with writing() as desk:
        user = asking()
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        try:
            if row.result or row.court_number:
                _carry_out(desk, user, row)
            if kept is not None:
                case = find_case(number, user, desk.now)
                facts = {"file": {**vars(kept), "name": ""}}
                steps.take(desk, case, "court_ruling", by=By.user(user), at=desk.now, facts=facts)
        except Refused as refused:
            row.errors["result"] = " ".join(say_reason(reason) for reason in refused.reasons)
        else:
            page = url_for("court.review", number=number)
            remember(desk, user, page)
            db.session.commit()
            flash(word("page", "court_saved").format(count=1), "done")
            return redirect(page, 303)
    db.session.rollback()
    return _one(number, row, ""), 409
