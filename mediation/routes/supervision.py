"""督办 of one case: the order, the answer, 销号, on one page for whoever asks and whoever answers."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.routes.forms import answered_before
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Outcome, head_of, stand_before, try_step
from mediation.services import steps, supervising
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.views.formats import days_left
from mediation.views.supervision import STEPS, name_stage, tell_thread

blueprint = Blueprint("supervision", __name__)
FIELDS = ("matter", "note", "until")


@blueprint.get("/cases/<number>/supervision")
@opens_to(*COMMITTEE)
def show(number: str) -> str:
    """What was asked from above and what was answered; whoever is next finds the form at the end."""
    return _page(number, Outcome(), "")


def _page(number: str, outcome: Outcome, pressed: str) -> str:
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"supervision {number[:20]}"
        raise NotFound
    note("view", case.id, "supervision")
    offered = {o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered}
    due, stage = supervising.due_of(case), name_stage(case)
    words, card = days_left(due.last_day, civil_day(at)) if due else ("", "")
    return render_template(
        "handing/supervision.html",
        h=spoken("handing"),
        case=head_of(case),
        thread=tell_thread(db.session(), case),
        stage=stage,
        due=(card, words),
        may=offered,
        pressed=pressed,
        typed={name: request.form.get(name, "") for name in FIELDS},
        errors={where: said for where, _, said in reversed(outcome.faults)},
        summary=[(f"{pressed}-{where}", said) for where, _, said in outcome.faults],
        conflict=outcome.conflict,
    )


@blueprint.post(f"/cases/<number>/supervision/<any({', '.join(STEPS)}):step>", endpoint="take")
@opens_to(*COMMITTEE)
def take(number: str, step: str) -> Answer:
    """Ask, answer, or strike off."""
    if before := answered_before():
        return before
    here = stand_before(number, step)
    if here.reasons:
        return here.refuse()
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    facts = {name: value for name, value in typed.items() if value}
    outcome = try_step(number, step, facts, leads_to=_thread, said=str(spoken("handing")[f"{step}_done"]))
    if outcome.answer is not None:
        return outcome.answer
    return _page(number, outcome, step), outcome.status


def _thread(case: Case) -> str:
    return url_for("supervision.show", number=case.public_number)
