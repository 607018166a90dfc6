"""约时间 and 日程: when and where, who is asked to come, what they are told; and all meetings of the office by day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, jsonify, render_template, request
from werkzeug.wrappers import Response

import workflows
from mediation.access import COMMITTEE, asking, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.routes.cases import page_asked
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here, Outcome, give_desk_words, stand_before, try_step
from mediation.services import appointments, notices, public_states
from mediation.services.obligations import civil_day
from mediation.views.agenda import list_days, list_unarranged
from mediation.views.sessions import GUESTS, TIMES, facts_of_meeting, first_meeting, moment_of, read_meeting
from workflows.steps import SHANGHAI

blueprint = Blueprint("meetings", __name__)
blueprint.context_processor(give_desk_words)


def _stand(number: str) -> Here:
    """Before arranging a meeting, or before moving the one that lies ahead."""
    here = stand_before(number, "schedule")
    row = here.case.appointment
    if row is not None and row.starts_at > here.at:
        return stand_before(number, "reschedule")
    return here


@blueprint.get("/cases/<number>/schedule")
@opens_to(*COMMITTEE)
def show(number: str) -> Answer:
    """Chips for the time and the place, and the words that will be sent."""
    here = _stand(number)
    if here.reasons:
        return here.refuse()
    note("view", here.case.id, "form schedule")
    return _page(here, first_meeting(here.case, here.at), Outcome())


def _page(here: Here, typed: dict[str, Any], outcome: Outcome) -> str:
    case, said = here.case, spoken("desk")
    rooms = [
        f"{case.holder.name}调解室",
        *(str(spoken("place")[code]) for code in ("field", "home", "video")),
    ]
    known = typed["place"] in rooms
    moving = here.row.name == "reschedule"
    return render_template(
        "meetings/schedule.html",
        case=here.head,
        moving=moving,
        signing=case.state == "agreed",
        typed=typed,
        times=[(code, str(spoken("meet_time")[code])) for code in (*TIMES, "date")],
        places=[(text, text) for text in rooms] + [("other", str(said["another_place"]))],
        place=typed["place"] if known else "other",
        place_text="" if known else typed["place"],
        parties=[(party.ref, party.name) for party in case.parties],
        no_phone=[party.name for party in case.parties if not appointments.can_be_called(party)],
        guests=[(code, str(spoken("guest")[code]), typed["guests"].get(code, "")) for code in GUESTS],
        preview=_preview(here, typed),
        errors={where.split("[")[0]: text for where, _, text in reversed(outcome.faults)},
        summary=[(where.split("[")[0] or "", text) for where, _, text in outcome.faults],
        conflict=outcome.conflict,
    )


def _preview(here: Here, typed: dict[str, Any]) -> dict[str, Any]:
    """The words of the notice, and what else the office has at that time."""
    case, when = here.case, moment_of(typed, here.at)
    if when is None:
        return {"text": "", "clashes": [], "free": ""}
    template = "N25" if case.state == "agreed" else "N06"
    if here.row.name == "reschedule":
        template = "N07"
    if public_states.is_sensitive(case, here.at):
        template = "N20"  # nothing about a quarrel at home leaves on a telephone that somebody else may hold
    found = appointments.find_clashes(db.session(), case.holder, when, besides=case)
    said = str(spoken("desk")["clash"])
    free = appointments.is_free(db.session(), case.holder, civil_day(when), besides=case)
    return {
        "text": notices.fill(
            str(notices.templates()["texts"][template]),
            case,
            template,
            W=notices.say_when(when),
            P=typed["place"],
        ),
        "free": str(spoken("sign")["day_free"]) if free else "",
        "clashes": [
            said.format(time=f"{row.starts_at.astimezone(SHANGHAI):%H:%M}", place=row.place) for row in found
        ],
    }


@blueprint.post("/cases/<number>/schedule/preview", endpoint="preview")
@opens_to(*COMMITTEE)
def preview_notice(number: str) -> Response | Answer:
    """The words for what the page says so far, for a script."""
    here = _stand(number)
    if here.reasons:
        return here.refuse()
    return jsonify(_preview(here, read_meeting(request.form)))


@blueprint.post("/cases/<number>/schedule", endpoint="arrange")
@opens_to(*COMMITTEE)
@redraws
def arrange_meeting(number: str) -> Answer:
    """通知并保存."""
    if before := answered_before():
        return before
    here = _stand(number)
    if here.reasons:
        return here.refuse()
    typed = read_meeting(request.form)
    if only_to_show():
        return _page(here, typed, Outcome())
    outcome = try_step(number, here.row.name, facts_of_meeting(typed, here.at))
    if outcome.answer is not None:
        return outcome.answer
    return _page(_stand(number), typed, outcome), outcome.status


@blueprint.get("/schedule")
@opens_to(*COMMITTEE)
def agenda() -> str:
    """日程: the office's meetings by day; what is past and not recorded yet stands first."""
    user, at, session = asking(), now(), db.session()
    policy = workflows.load(current_app.extensions["mediation.settings"].policy)
    attempts = policy.level(user.organisation.level).attempts
    return render_template(
        "meetings/agenda.html",
        days=list_days(session, user, at),
        unarranged=list_unarranged(session, user, at, page_asked(), attempts=attempts),
    )
