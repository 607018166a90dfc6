"""The electronic seal on an agreement, where a county has switched it on."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from documents import DocumentError
from mediation.access import COMMITTEE, Audience, asking, audience_of, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.routes.forms import answered_before
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.sealing import SealError
from mediation.seals import make_sealed
from mediation.services import sealing, steps
from mediation.services.people import By
from mediation.submissions import find_earlier, remember
from mediation.views.whose_step import say_reason
from workflows import Refused

blueprint = Blueprint("seals", __name__)


@blueprint.get("/cases/<number>/seal")
@opens_to(*COMMITTEE)
def show(number: str) -> str:
    """The certificate, and the button; or what stands in the way."""
    case = _case(number)
    note("view", case.id, "seal")
    return _page(case, [])


def _case(number: str) -> Case:
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"seal {number[:20]}"
        raise NotFound
    return case


def _page(case: Case, faults: list[str]) -> str:
    here = desk()
    reason = sealing.why_not(here, case)
    certificate = sealing.current_certificate(here, case.committee)
    return render_template(
        "seals/show.html",
        number=case.public_number,
        title=case.title,
        committee=case.committee.name,
        subject=certificate.subject if certificate else "",
        until=f"{certificate.valid_until:%Y-%m-%d}" if certificate else "",
        reason=say_reason(reason) if reason else "",
        summary=[("", fault) for fault in faults],
    )


@blueprint.post("/cases/<number>/seal", endpoint="seal")
@opens_to(*COMMITTEE)
def put(number: str) -> Response | tuple[str, int]:
    """Seal the paper, outside any transaction, and put the sealed copy on record."""
    case = _case(number)
    if before := answered_before():
        return before
    try:
        facts = make_sealed(desk(), current_app.extensions["mediation.settings"], case)
        with writing() as writer:
            user = asking()
            case = find_case(number, user, writer.now)
            if earlier := find_earlier(writer, user):
                return redirect(earlier.location, 303)
            steps.take(writer, case, "add_file", by=By.user(user), at=writer.now, facts=facts)
            page = url_for("files.list_all", number=case.public_number)
            remember(writer, user, page)
            db.session.commit()
    except Refused as refused:
        faults = [say_reason(reason) for reason in refused.reasons]
    except (SealError, DocumentError) as error:
        faults = [str(error)]
    else:
        flash(str(spoken("page")["seal_done"]), "done")
        return redirect(page, 303)
    db.session.rollback()
    return _page(_case(number), faults), 409
