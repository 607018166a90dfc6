"""名单导入: many claimants come into a case from a spreadsheet; nothing is written before the last press."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from mediation.access import COMMITTEE, asking, desk, find_case, opens_to, takes_files
from mediation.claimant_columns import ColumnsMissing
from mediation.claimants import TEMPLATE, ClaimList, check_list
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken, word
from mediation.models import Case
from mediation.routes.file_answers import answer_with
from mediation.routes.filing import codes_by_name
from mediation.routes.forms import LOST_RACE, answered_before, typed_version
from mediation.routes.records import note
from mediation.routes.step_door import stand_before
from mediation.routes.transactions import writing
from mediation.services import drafts, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.submissions import find_earlier, form_key, remember
from mediation.tables import Row, TableRefused, read_pasted, read_table, write_table
from mediation.views.claimants import facts_of, find_known, namesakes_of, say_done, show_list
from mediation.views.whose_step import say_reason
from workflows import Refused

blueprint = Blueprint("claimants", __name__)
FORM, STEP = "claimants", "add_parties"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/cases/<number>/claimants")
@opens_to(*COMMITTEE)
def show(number: str) -> str | tuple[str, int]:
    """Where the list is handed in; or, where the step cannot be taken, why."""
    here = stand_before(number, STEP)
    if here.reasons:
        return here.refuse()
    return _page(here.case, "")


def _head(case: Case) -> dict[str, Any]:
    return {"number": case.public_number, "title": case.title, "version": case.version}


def _page(case: Case, error: str, text: str = "") -> str:
    summary = [("list", error)] if error else []
    return render_template(
        "claimants/hand_in.html", case=_head(case), error=error, text=text, summary=summary
    )


@blueprint.post("/cases/<number>/claimants", endpoint="hand_in")
@opens_to(*COMMITTEE)
@takes_files
def hand_in(number: str) -> AnyResponse | str | tuple[str, int]:
    """Read the list and keep it as a draft of the person's own; the case is not touched."""
    here = stand_before(number, STEP)
    if here.reasons:
        return here.refuse()
    at = here.at
    text = request.form.get("text", "")
    try:
        rows = _read(text)
        with writing() as desk_:
            case = find_case(number, asking(), desk_.now)
            title = f"{word('page', 'list_import')} {case.title}"
            address = url_for("claimants.check", number=number)
            drafts.keep(desk_, asking(), FORM, {"rows": rows}, case=case, address=address, title=title)
            db.session.commit()
    except ColumnsMissing as missing:
        listed = word("page", "comma").join(missing.found[:20])
        error = str(spoken("table_refused")[missing.code]).format(found=listed)
        return _page(find_case(number, asking(), at), error, text), 422
    except (TableRefused, drafts.DraftTooLong) as refused:
        code = refused.code if isinstance(refused, TableRefused) else "too_many_rows"
        return _page(find_case(number, asking(), at), word("table_refused", code), text), 422
    return redirect(url_for("claimants.check", number=number), 303)


def _read(text: str) -> list[Row]:
    sent = request.files.get("list")
    db.session.rollback()  # reading takes its time, and no transaction waits for it
    rows = read_table(sent.stream) if sent is not None and sent.filename else read_pasted(text)
    check_list(rows)
    return rows


@blueprint.get("/cases/<number>/claimants/check")
@opens_to(*COMMITTEE)
def check(number: str) -> AnyResponse | str:
    """What is on the list: the rows that have to be mended, the totals, whom the group elects."""
    case = find_case(number, asking(), now())
    found = _checked(desk(), case)
    if found is None:
        return redirect(url_for("claimants.show", number=number), 303)
    return _check_page(case, found, [])


def _checked(desk_: Desk, case: Case) -> ClaimList | None:
    kept = drafts.fetch(desk_, asking(), FORM, case)
    if not isinstance(kept, dict) or not kept.get("rows"):
        return None
    rows = [(int(number), [str(cell) for cell in cells]) for number, cells in kept["rows"]]
    try:
        return check_list(rows, find_known(case), namesakes_of(case))
    except TableRefused:
        return None  # kept before lists were read as they are now


def _check_page(case: Case, found: ClaimList, errors: list[str]) -> str:
    note("view", case.id, "list of claimants")
    return render_template(
        "claimants/check.html",
        case=_head(case),
        seen=show_list(case, found, request.form.get("representatives")),
        summary=[("", text) for text in errors],
    )


@blueprint.post("/cases/<number>/claimants/import", endpoint="bring_in")
@opens_to(*COMMITTEE)
def bring_in(number: str) -> AnyResponse | str | tuple[str, int]:
    """Bring in those without a fault, in one step; or show again what stands against it."""
    if before := answered_before():
        return before
    try:
        return _bring_in(number)
    except Refused as refused:
        errors = [say_reason(reason) for reason in refused.reasons]
    except LOST_RACE:
        errors = [word("page", "list_changed")]
    db.session.rollback()
    case = find_case(number, asking(), now())
    found = _checked(desk(), case)
    if found is None:
        return redirect(url_for("claimants.show", number=number), 303)
    return _check_page(case, found, errors), 409


def _bring_in(number: str) -> AnyResponse | tuple[str, int]:
    with writing() as desk_:
        user = asking()
        case = find_case(number, user, desk_.now)
        if earlier := find_earlier(desk_, user):
            return redirect(earlier.location, 303)
        found = _checked(desk_, case)
        if found is None:
            return redirect(url_for("claimants.show", number=number), 303)
        facts, errors = facts_of(
            case,
            found,
            request.form.get("representatives", ""),
            with_amount=bool(request.form.get("set_amount")),
        )
        if typed_version() != case.version:
            errors.append(word("page", "list_changed"))
        if errors:
            db.session.rollback()
            return _check_page(find_case(number, asking(), now()), found, errors), 409
        taken = steps.take(desk_, case, STEP, by=By.user(user), at=desk_.now, facts=facts)
        page = _page_after(number, len(facts["parties"]), len(found.bad))
        remember(desk_, user, page, codes_by_name(case.all_parties, taken.codes))
        if not found.bad:
            drafts.discard(desk_, user, FORM, case)
        db.session.commit()
    flash(say_done(len(facts["parties"]), len(facts["completes"])), "done")
    return redirect(page, 303)


def _page_after(number: str, new: int, bad: int) -> str:
    """The new ones' codes are on the page that follows; where there are none, what is left of the list, or the case."""
    if new:
        return url_for("filing.done", number=number, key=form_key(), left=bad or None)
    return url_for("claimants.check" if bad else "cases.show", number=number)


@blueprint.get("/claimants/template.xlsx")
@opens_to(*COMMITTEE)
def template() -> Response:
    """An empty list with the columns we know, every cell of it text."""
    notes = [str(text) for text in spoken("list_notes").values()]
    return _workbook("名单模板.xlsx", write_table("名单", TEMPLATE, [], notes=notes))


@blueprint.get("/cases/<number>/claimants/problems.xlsx")
@opens_to(*COMMITTEE)
def problems(number: str) -> Response:
    """The rows that have to be mended, with what is wrong, to be mended and handed in again."""
    case = find_case(number, asking(), now())
    found = _checked(desk(), case)
    if found is None:
        raise NotFound
    last = [word("page", "list_wrong"), word("page", "list_row")]
    head = [*(word("list_column", column) for column in found.columns), *last]
    rows = [
        [
            *(one.cells.get(column, "") for column in found.columns),
            "；".join(one.faults.values()),
            str(one.number),
        ]
        for one in found.bad
    ]
    note("export", case.id, "list of claimants")
    return _workbook("要改的几行.xlsx", write_table("名单", head, rows))


def _workbook(name: str, body: bytes) -> Response:
    return answer_with(body, "list.xlsx", name, kind=XLSX, attached=True)
