"""电话告知: what still has to be read out to whom, and other duties to the parties; done with one press."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.gateways import gateway_of
from mediation.language import spoken
from mediation.models import Case, Duty, Notice
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import door_visits, outbox, steps
from mediation.services.people import By
from mediation.views.calls import TO_PARTIES, list_calls, list_duties

blueprint = Blueprint("calls", __name__)


@blueprint.get("/calls")
@opens_to(*COMMITTEE)
def show() -> str:
    """The list, the oldest first: whom to call, and the words to say."""
    user = asking()
    has_gateway = gateway_of(current_app.extensions["mediation.settings"]) is not None
    calls = list_calls(outbox.to_be_called(desk(), user.organisation_id, gateway=has_gateway), desk())
    duties = list_duties(db.session(), user.organisation_id)
    if calls:
        note("view", None, f"calls {len(calls)}")
    return render_template("calls/list.html", calls=calls, duties=duties)


@blueprint.post("/calls/<int:notice>")
@opens_to(*COMMITTEE)
def told(notice: int) -> Response:
    """It was read out."""
    with writing() as found:
        user = asking()
        row = found.session.get(Notice, notice)
        if row is None or row.party_id is None or row.state not in ("waiting", "to_call", "dead"):
            raise NotFound
        find_case(row.case.public_number, user, found.now)
        outbox.read_out(found, row, user.name)
        db.session.commit()
    flash(str(spoken("page")["calls_told"]), "done")
    return redirect(url_for("calls.show"), 303)


@blueprint.post("/duties/<int:duty>")
@opens_to(*COMMITTEE)
def done(duty: int) -> Response:
    """A duty to a party is done; a duty to report has its own step."""
    with writing() as found:
        user = asking()
        row = found.session.scalar(select(Duty).where(Duty.id == duty, Duty.kind.in_(TO_PARTIES)))
        if row is None or row.done_at is not None:
            raise NotFound
        case: Case = find_case(row.case.public_number, user, now())
        if case.holder_id != user.organisation_id:
            raise NotFound
        party = next((one for one, owed in door_visits.owed(case) if owed is row), None)
        if party is not None:
            steps.take(
                found, case, "tell_in_person", by=By.user(user), at=found.now, facts={"party": party.ref}
            )
        else:
            row.done_at, row.done_by = found.now, user.name
        db.session.commit()
    flash(str(spoken("page")["calls_done"]), "done")
    return redirect(url_for("calls.show"), 303)
