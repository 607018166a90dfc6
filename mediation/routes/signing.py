"""签字盖章: a checklist that names what is missing, the scans of the signed pages, and signing on a screen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, opens_to, takes_files
from mediation.database import db
from mediation.language import spoken, word
from mediation.models import Case
from mediation.rendering import count_pages, shelf_of
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here, Outcome, give_desk_words, head_of, stand_before, try_step
from mediation.routes.step_files import put_on_record, sent
from mediation.services import scans
from mediation.services.telling import find_deadline
from mediation.views.formats import show_day
from mediation.views.signing import Signing, facts_of_signing, list_half_ticked, list_missing, show_signing
from mediation.views.step_pages import page_of

blueprint = Blueprint("signing", __name__)
blueprint.context_processor(give_desk_words)


@blueprint.get("/cases/<number>/sign")
@opens_to(*COMMITTEE)
def show(number: str) -> Answer:
    """The checklist; once everything is there, the day of effect and the last day for the court."""
    here = stand_before(number, "sign")
    if here.reasons:
        return _effect_page(here.case) if here.case.state == "performing" else here.refuse()
    note("view", here.case.id, "signing")
    _count_pages(here)
    return _page(stand_before(number, "sign"), Outcome())


def _count_pages(here: Here) -> None:
    """Have the paper rendered, so that there is a slot for each of its pages; ends the transaction."""
    agreement = here.case.agreement
    paper = scans.paper_of(agreement) if agreement else None
    if paper is not None:
        count_pages(db.session(), shelf_of(current_app.extensions["mediation.settings"]), paper)


def _page(
    here: Here, outcome: Outcome, *, typed: bool = False, missing: list[tuple[str, str]] | None = None
) -> str:
    case, agreement = here.case, here.case.agreement
    if agreement is None:
        raise NotFound
    seen = show_signing(case, agreement, request.form if typed else None)
    return render_template(
        "signing/show.html",
        case=here.head,
        seen=seen,
        missing=list_missing(seen) if missing is None else [],
        manners=[(code, str(spoken("manner")[code])) for code in ("signature", "fingerprint", "seal")],
        note_url=page_of(case, "note_handwriting"),
        arrange_url=page_of(case, "schedule"),
        summary=[*(("", said) for _, _, said in outcome.faults), *(missing or [])],
        errors=dict(missing or []),
        conflict=outcome.conflict,
    )


@blueprint.post("/cases/<number>/sign", endpoint="send")
@opens_to(*COMMITTEE)
@takes_files
@redraws
def sign(number: str) -> Answer:
    """完成签署, or 先记下: put the scans on record, then the signatures, unless something is still missing."""
    if before := answered_before():
        return before
    here = stand_before(number, "sign")
    if here.reasons:
        return here.refuse()
    if only_to_show():
        return _page(here, Outcome(), typed=True)
    photos = _scans(here.case)
    faults = put_on_record(number, photos)
    here = stand_before(number, "sign")
    agreement = here.case.agreement
    if agreement is None:
        raise NotFound
    seen = show_signing(here.case, agreement, request.form)
    facts = facts_of_signing(seen, agreement)
    nothing = not facts.keys() & {"parties", "mediators", "seal"}
    keeping = "keep" in request.form
    missing = _not_to_keep(seen, nothing=nothing and not photos) if keeping else list_missing(seen)
    if faults or missing:
        outcome = Outcome(faults=[("", "refused", text) for text in faults])
        return _page(here, outcome, typed=True, missing=missing), 409
    if nothing:
        flash(str(spoken("desk")["scans_kept"]), "done")
        return redirect(url_for("signing.show", number=number), 303)
    outcome = sign_with(number, facts)
    if outcome.answer is not None:
        return outcome.answer
    return _page(stand_before(number, "sign"), outcome, typed=True), outcome.status


def _not_to_keep(seen: Signing, *, nothing: bool) -> list[tuple[str, str]]:
    """Why 先记下 cannot keep what was sent: half a signature, nothing at all, or the last one without its scans."""
    if half := list_half_ticked(seen):
        return half
    if nothing:
        return [(f"s-{one.place}", word("sign", "nothing_to_keep")) for one in seen.signers if not one.done][
            :1
        ] or [("", word("sign", "nothing_to_keep"))]
    return [] if list_missing(seen, with_scans=False) else list_missing(seen)


def sign_with(number: str, facts: dict[str, Any]) -> Outcome:
    """Take the step `sign`; the files that the same form has put on record are no change to warn of."""
    # Putting scans on record moved the version on; those were this very form's own steps.
    return try_step(
        number,
        "sign",
        facts,
        leads_to=lambda case: url_for("signing.show", number=case.public_number),
        own_steps=True,
    )


def _scans(case: Case) -> list[Any]:
    agreement = case.agreement
    if agreement is None:
        return []
    found = []
    for name in request.files:
        page = int(name[5:]) if name.startswith("scan-") and name[5:].isdigit() else None
        if page is None and name != "scan-all":
            continue
        for file in sent(name)[:1]:
            facts = scans.scan_facts(agreement, {}, page)
            facts.pop("file")
            found.append((file, facts))
    return found


def _effect_page(case: Case) -> str:
    agreement = case.agreement
    window = find_deadline(case, "confirmation_window")
    note("view", case.id, "in effect")
    return render_template(
        "signing/effect.html",
        case=head_of(case),
        effective=show_day(agreement.effective_on) if agreement else "",
        last_day=show_day(window.last_day) if window and window.stopped_at is None else "",
        court_url=page_of(case, "apply_confirmation"),
        perform_url=page_of(case, "perform"),
        written=bool(agreement and agreement.form == "written"),
    )
