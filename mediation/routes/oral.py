"""口头协议: five fields, one press; the session and the agreement are recorded, and the papers are there to print."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import ValidationError

from mediation.access import COMMITTEE, asking, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.routes.forms import LOST_RACE, Fault, answered_before, faults_of, faults_of_refusal
from mediation.routes.records import note
from mediation.routes.step_door import (
    SCHEMAS,
    Answer,
    Stale,
    carry_out,
    head_of,
    stand_before,
    step_of,
    why_not,
)
from mediation.services import cards
from mediation.views.oral import clause_of, session_of
from workflows import Refused

blueprint = Blueprint("oral", __name__)
FIELDS = ("payer", "payee", "what", "amount", "due")


@blueprint.get("/cases/<number>/oral")
@opens_to(*COMMITTEE)
def show(number: str) -> Answer:
    """The five fields; or why there can be no oral agreement now."""
    case = find_case(number, asking(), now())
    if refused := _not_now(number, case):
        return refused
    note("view", case.id, "form oral")
    return _page(case, {}, [])


def _not_now(number: str, case: Case) -> Answer | None:
    user, at = asking(), now()
    row = step_of(case, "agree")
    if case.state in ("accepted", "mediating"):  # the session is recorded in the same breath
        row = step_of(case, "hold_session")
    if not why_not(case, row, user, at):
        return None
    return stand_before(number, row.name).refuse()


def _page(case: Case, typed: dict[str, str], faults: list[Fault]) -> str:
    known = {*FIELDS, "agreed"}
    summary = [(where if where in known else "", words) for where, _, words in faults]
    return render_template(
        "oral/form.html",
        case=head_of(case),
        parties=[(row.ref, row.name) for row in case.parties],
        typed=typed,
        errors={where: words for where, _, words in reversed(faults)},
        summary=summary,
    )


@blueprint.post("/cases/<number>/oral", endpoint="send")
@opens_to(*COMMITTEE)
def send(number: str) -> Answer:
    """Record the session where none ended in agreement, and the agreement; all of it or nothing."""
    if before := answered_before():
        return before
    user = asking()
    case = find_case(number, user, now())
    typed = {key: request.form.get(key, "").strip() for key in FIELDS}
    faults = _faults_in(typed)
    if faults:
        return _page(case, typed, faults), 422
    try:
        moves = _moves(case, user.name, typed)
        return carry_out(number, moves, leads_to=_done, said=str(spoken("page")["oral_done"]))
    except ValidationError as error:
        faults, status = [(_field(where), code, words) for where, code, words in faults_of(error)], 422
    except Refused as refused:
        faults, status = [("", code, words) for _, code, words in faults_of_refusal(refused)], 409
    except (Stale, *LOST_RACE):
        db.session.rollback()
        return redirect(url_for("cases.show", number=number), 303)
    db.session.rollback()
    return _page(find_case(number, asking(), now()), typed, faults), status


def _faults_in(typed: dict[str, str]) -> list[Fault]:
    page = spoken("page")
    found = [
        (key, "required", str(page[f"oral_say_{key}"])) for key in ("payer", "payee", "due") if not typed[key]
    ]
    if not (typed["what"] or typed["amount"]):
        found.append(("what", "required", str(page["oral_say_what"])))
    if typed["payer"] and typed["payer"] == typed["payee"]:
        found.append(("payee", "same", str(page["oral_say_same"])))
    if request.form.get("agreed") != "1":
        found.append(("agreed", "required", str(page["oral_say_agreed"])))
    return found


def _field(where: str) -> str:
    """Which of the five fields a fault in the clause belongs to."""
    last = where.rpartition(".")[2].partition("[")[0]
    return {"obligors": "payer", "obligees": "payee", "text": "what"}.get(last, last)


def _moves(case: Case, mediator: str, typed: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    agree = SCHEMAS["agree"].load({"form": "oral", "clauses": [clause_of(case, typed)]})
    if case.state in ("accepted", "mediating") and not (
        case.sessions and case.sessions[-1].outcome == "agreed"
    ):
        return [("hold_session", SCHEMAS["hold_session"].load(session_of(case, mediator))), ("agree", agree)]
    return [("agree", agree)]


def _done(case: Case) -> str:
    return url_for("oral.done", number=case.public_number)


@blueprint.get("/cases/<number>/oral/done")
@opens_to(*COMMITTEE)
def done(number: str) -> Answer:
    """What to print now, and how it becomes a written one without typing it again."""
    case = find_case(number, asking(), now())
    if case.agreement is None or case.agreement.form != "oral":
        return redirect(url_for("cases.show", number=number), 303)
    paper = cards.agreement_paper(case)
    note("view", case.id, "oral done")
    return render_template(
        "oral/done.html",
        case=head_of(case),
        paper=url_for("papers.show", number=number, paper=paper.number) if paper else "",
        parties=[(row.position, row.name) for row in case.parties] if paper else [],
    )
