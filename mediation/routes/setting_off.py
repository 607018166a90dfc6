"""抵销: two debts of an agreement are chosen by who owes whom, the result is looked at, and then it is written down."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from mediation.access import COMMITTEE, opens_to
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import Fault, answered_before, redraws
from mediation.routes.ledger import blueprint
from mediation.routes.records import note
from mediation.routes.step_door import SCHEMAS, Answer, Here, Outcome, stand_before, try_step
from mediation.routes.steps import COUNT, faults_ahead
from mediation.views.reading import Reader
from mediation.views.setting_off import list_debts, list_pairs, most_of, parties_in, place_pair, show_after
from mediation.views.step_form import hidden_fields, surroundings
from mediation.views.three_sides import foresee_set_off
from mediation.views.widgets import Choice, build, place_errors

STEP = "set_off"


@blueprint.get("/cases/<number>/set-off", endpoint="set_off")
@opens_to(*COMMITTEE)
def show(number: str) -> Answer:
    """Who owes whom, and which two debts meet; with one such pair alone it is chosen already."""
    here = stand_before(number, STEP)
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, f"form {STEP}")
    clause = request.args.get("clause", "")
    pairs = list_pairs(here.case)
    near = [pair for pair in pairs if not clause or clause in pair.value.split("-")]
    pair = near[0].value if len(near) == 1 else ""
    form = MultiDict({"pair": pair, "amount": most_of(here.case, pair)})
    return _page(here, pairs, form, Outcome())


def _read(here: Here, pairs: list[Choice], form: MultiDict[str, str]) -> dict[str, Any]:
    first, _, second = form.get("pair", "").partition("-")
    known = MultiDict(form)
    known["clause"], known["against"] = first, second
    reader = Reader(tuple(_asked(here, pairs)), hidden_fields(here.case, here.row), keep_empty=False)
    return reader.read(SCHEMAS[STEP].fields, known)


def _asked(here: Here, pairs: list[Choice]) -> list[Choice]:
    wanted = parties_in(here.case, pairs)
    return [Choice(row.ref, row.name) for row in here.case.parties if row.ref in wanted]


def _page(
    here: Here, pairs: list[Choice], form: MultiDict[str, str], outcome: Outcome, *, counted: bool = False
) -> str:
    case, data = here.case, _read(here, pairs, form)
    around = surroundings(db.session(), case, here.user, here.row)
    around.parties = _asked(here, pairs)
    widgets = [
        place_pair(pairs, form.get("pair", "")),
        *(
            one
            for one in build(SCHEMAS[STEP].fields, data, around, STEP)
            if one.id not in ("clause", "against")
        ),
    ]
    at_faults = [said for where, _, said in outcome.faults if where == "at"]
    return render_template(
        "ledger/set_off.html",
        case=here.head,
        s=spoken("setting_off"),
        h=spoken("handing"),
        debts=list_debts(case),
        pairs=pairs,
        widgets=widgets,
        summary=place_errors(widgets, [_at_its_field(one) for one in outcome.faults if one[0] != "at"])
        + [("at", said) for said in at_faults],
        at=form.get("at", "")[:40],
        at_errors=at_faults,
        after=show_after(case, data) if counted and not outcome.faults else None,
        three_sides=foresee_set_off(case, data) if counted and not outcome.faults else [],
        conflict=outcome.conflict,
        by_hand=url_for("steps.show", number=case.public_number, step=STEP),
    )


def _at_its_field(fault: Fault) -> Fault:
    where, code, said = fault
    return ("pair" if where in ("clause", "against") else where, code, said)


@blueprint.post("/cases/<number>/set-off", endpoint="take_set_off")
@opens_to(*COMMITTEE)
@redraws
def take(number: str) -> Answer:
    """算一算 draws the page again with what it comes to; 抵销 writes it down."""
    if before := answered_before():
        return before
    here = stand_before(number, STEP)
    if here.reasons:
        return here.refuse()
    form, pairs = request.form, list_pairs(here.case)
    if only_to_show():
        return _page(here, pairs, form, Outcome())
    data, missing = _read(here, pairs, form), _missing(pairs, form)
    if COUNT in form:
        found = missing or faults_ahead(here.case, here.row, here.user, data)
        return _page(here, pairs, form, Outcome(faults=found), counted=True)
    if missing:
        return _page(here, pairs, form, Outcome(faults=missing)), 422
    outcome = try_step(
        number, STEP, data, typed_at=form.get("at", "")[:40], leads_to=_to_ledger, drops="ledger.set_off"
    )
    if outcome.answer is not None:
        return outcome.answer
    again = stand_before(number, STEP)  # as it stands now: somebody else may have changed it meanwhile
    return _page(again, list_pairs(again.case), form, outcome), outcome.status


def _missing(pairs: list[Choice], form: MultiDict[str, str]) -> list[Fault]:
    words = spoken("setting_off")
    if form.get("pair", "") in {pair.value for pair in pairs}:
        return []
    found = [("pair", "pair_missing", str(words["pair_missing"]))]
    if not form.get("amount", "").strip():
        found.append(("amount", "amount_missing", str(words["amount_missing"])))
    return found


def _to_ledger(case: Case) -> str:
    return url_for("ledger.show", number=case.public_number)
