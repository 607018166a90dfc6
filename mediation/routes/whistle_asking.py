"""吹哨: whom to call, for what, by when; the order and what the parties will be told are seen before it is blown."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

import documents
from documents import DocumentError
from mediation.access import COMMITTEE, asking, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.payloads import STEPS
from mediation.routes.drafts import only_to_show
from mediation.routes.file_answers import answer_with
from mediation.routes.forms import Fault, answered_before, redraws
from mediation.routes.pressing import NotTaken, press
from mediation.routes.whistles import blueprint, only_committee
from mediation.services import duty_list
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.rehearsing import rehearse
from mediation.views.reading import Reader, add_or_remove
from mediation.views.whistle_preview import Preview, is_complete, show_preview
from mediation.views.whistles import deadline_chips
from workflows import Refused

#: Buttons of the form that send nothing: show the order, or print it as a draft (the value says which one).
LOOK, PRINT = "_look", "_print"
#: More registered departments than a hand can look over are chosen from a list.
MOST_CHIPS = 8


@blueprint.get("/cases/<number>/whistles/new")
@opens_to(*COMMITTEE)
def ask(number: str) -> str:
    """Whom to call, for what, by when."""
    return _page(number, [{}], [])


def _page(number: str, rows: list[dict[str, Any]], faults: list[Fault], *, looking: bool = False) -> str:
    preview = _preview(number, rows)
    user, at = asking(), now()
    case = find_case(number, user, at)
    only_committee(case, user)
    names = [row.name for row in duty_list.departments_near(db.session(), case.holder)]
    summary = [(_field_of(where, rows, names), text) for where, _, text in faults]
    return render_template(
        "whistles/ask.html",
        b=spoken("board"),
        case={"number": number, "title": case.title, "version": case.version},
        rows=rows or [{}],
        departments=names,
        as_chips=len(names) <= MOST_CHIPS,
        duties=[(name, duty_list.duties_of(name)) for name in names if duty_list.duties_of(name)],
        chips=deadline_chips(civil_day(at)),
        preview=preview,
        looking=looking,
        errors=dict(reversed(summary)),
        summary=summary,
    )


def _field_of(where: str, rows: list[dict[str, Any]], names: list[str]) -> str:
    """The field a fault is about: a department that nobody named is chosen among those that are known."""
    field = where.replace("[", "-").replace("].", "-")
    head, _, last = field.rpartition("-")
    place = int(head.removeprefix("departments-")) if head[-1:].isdigit() else len(rows)
    typed = str(rows[place].get("to") or "") if place < len(rows) else ""
    return f"{head}-known" if last == "to" and names and typed in ("", *names) else field


def _posted() -> tuple[MultiDict[str, str], list[Fault]]:
    """The form, with the department that was tapped as the one that is called; faults where another was typed too."""
    form, faults = MultiDict(request.form), []
    for name in [name for name in form if name.endswith("-known") and form[name]]:
        field = name.removesuffix("known") + "to"
        typed = form.get(field, "").strip()
        if typed and typed != form[name]:
            text = str(spoken("board")["chosen_and_typed"]).format(chosen=form[name], typed=typed)
            faults.append((field, "chosen_and_typed", text))
        else:
            form[field] = form[name]
    return form, faults


def _say_sent(number: str, rows: list[dict[str, Any]]) -> tuple[str, str]:
    """Who has been told by the system, and to whom the order must be carried."""
    case = find_case(number, asking(), now())
    told: list[str] = []
    untold: list[str] = []
    for row in rows:
        typed = str(row.get("to") or "").strip()
        name, read = duty_list.whom_it_reaches(db.session(), case.holder, typed)
        (told if read else untold).append(name)
    b, comma = spoken("board"), str(spoken("page")["comma"])
    return (
        str(b["whistle_sent"]).format(who=comma.join(told)) if told else str(b["whistle_written"]),
        str(b["not_in_system"]).format(who=comma.join(untold)) if untold else "",
    )


def _preview(number: str, rows: list[dict[str, Any]]) -> Preview | None:
    """The orders as they will be printed, and the words for the parties; None while no row says whom and what for.

    The whistle is blown as if, and the session rolled back.
    """
    asked = _complete(rows)
    if not asked:
        return None
    user, at = asking(), now()
    case = find_case(number, user, at)
    only_committee(case, user)
    try:
        loaded = STEPS["refer"]().load({"departments": asked})
        told = rehearse(desk(), case, "refer", by=By.user(user), at=at, facts=loaded)
        return show_preview(case, [row["to"] for row in asked], told.papers, at)
    except (ValidationError, Refused, DocumentError):
        return None  # what is wrong is said beside its field when the whistle is blown
    finally:
        db.session.rollback()


def _complete(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key != "_row" and value not in ("", None)}
        for row in rows
        if is_complete(row)
    ]


@blueprint.post("/cases/<number>/whistles/new", endpoint="send")
@opens_to(*COMMITTEE)
@redraws
def send(number: str) -> AnyResponse | str | tuple[str, int]:
    """Blow the whistle: one press calls all of them.  Other buttons of the form add a row, or show the order."""
    case = find_case(number, asking(), now())
    only_committee(case, asking())
    if before := answered_before():
        return before
    fields = {"departments": STEPS["refer"]().fields["departments"]}
    pressed = any(request.form.get(name) for name in ("_add", "_remove", LOOK))
    form, twice = _posted()
    data = Reader(keep_empty=pressed or only_to_show()).read(fields, form)
    rows: list[dict[str, Any]] = data.get("departments", [])
    if only_to_show() or request.form.get(LOOK):
        return _page(number, rows, [], looking=bool(request.form.get(LOOK)))
    if add_or_remove(data, request.form):
        return _page(number, data.get("departments", []), [])
    if request.form.get(PRINT):
        return _print(number, rows, request.form[PRINT]) or _page(number, rows, [], looking=True)
    if twice:
        return _page(number, rows, twice), 422
    try:
        page = url_for("whistles.board", case=number)
        said, warning = _say_sent(number, rows)
        answer = press(number, "refer", data, page, said=said)
        if warning:
            flash(warning, "warning")
        return answer
    except NotTaken as refused:
        faults = [
            (f"departments[0].{where}" if where in ("to", "matter", "until") else where, code, text)
            for where, code, text in refused.faults
        ]
        return _page(number, rows, faults), refused.status


def _print(number: str, rows: list[dict[str, Any]], which: str) -> Response | None:
    """One order as a PDF marked 草稿 on every page; it is issued nowhere and kept nowhere."""
    preview = _preview(number, rows)
    place = int(which) if which.isascii() and which.isdigit() and len(which) < 4 else len(rows)
    if preview is None or place >= len(preview.orders):
        return None
    order = preview.orders[place]
    try:
        made = documents.render(order.kind, order.frozen, watermark=documents.DRAFT)
    except DocumentError:
        return None
    return answer_with(made.pdf, "draft.pdf")
