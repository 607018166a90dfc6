"""签字盖章: a checklist that names what is missing, the scans of the signed pages, and signing on a screen."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, asking, find_case, opens_to, takes_files
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case, Party
from mediation.rendering import fetch_paper, shelf_of
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import answered_before, redraws
from mediation.routes.records import note
from mediation.routes.step_door import Answer, Here, Outcome, give_desk_words, head_of, stand_before, try_step
from mediation.routes.step_files import put_on_record, sent
from mediation.services import scans
from mediation.services.situations import signers_of
from mediation.services.telling import find_deadline
from mediation.views.formats import show_day
from mediation.views.signing import facts_of_signing, list_missing, may_sign_on_screen, show_signing
from mediation.views.step_pages import page_of

blueprint = Blueprint("signing", __name__)
blueprint.context_processor(give_desk_words)
MOST_STROKES = 180_000


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
    if paper is not None and not paper.pages:
        shelf, key = shelf_of(current_app.extensions["mediation.settings"]), paper.id
        db.session.rollback()
        fetch_paper(db.session(), shelf, key)


def _page(here: Here, outcome: Outcome, *, typed: bool = False, missing: list[str] | None = None) -> str:
    case, agreement = here.case, here.case.agreement
    if agreement is None:
        raise NotFound
    seen = show_signing(case, agreement, request.form if typed else None)
    return render_template(
        "signing/show.html",
        case=here.head,
        seen=seen,
        missing=missing if missing is not None else list_missing(seen),
        pressed=missing is not None,
        manners=[(code, str(spoken("manner")[code])) for code in ("signature", "fingerprint", "seal")],
        note_url=page_of(case, "note_handwriting"),
        arrange_url=page_of(case, "schedule"),
        summary=[("", said) for _, _, said in outcome.faults],
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
    faults = put_on_record(number, _scans(here.case))
    here = stand_before(number, "sign")
    agreement = here.case.agreement
    if agreement is None:
        raise NotFound
    seen = show_signing(here.case, agreement, request.form)
    missing = list_missing(seen)
    finishing = "keep" not in request.form
    if faults or (finishing and missing):
        outcome = Outcome(faults=[("", "refused", text) for text in faults])
        return _page(here, outcome, typed=True, missing=missing), 409
    if not finishing and not list_missing(seen, with_scans=False) and missing:
        return _page(
            here, Outcome(), typed=True, missing=missing
        ), 409  # the last signature waits for the scans
    facts = facts_of_signing(seen, agreement)
    if not finishing and not facts.keys() & {"parties", "mediators", "seal"}:
        flash(str(spoken("desk")["scans_kept"]), "done")
        return redirect(url_for("signing.show", number=number), 303)
    outcome = _with_the_version(number, facts)
    if outcome.answer is not None:
        return outcome.answer
    return _page(stand_before(number, "sign"), outcome, typed=True), outcome.status


def _with_the_version(number: str, facts: dict[str, Any]) -> Outcome:
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


@blueprint.get("/cases/<number>/sign/<int:position>/screen")
@opens_to(*COMMITTEE)
def screen(number: str, position: int) -> Answer:
    """现场屏幕签名: who it is, the very paper, and a place to sign; only where the county has switched it on."""
    here = stand_before(number, "sign")
    if here.reasons:
        return here.refuse()
    party = _signer_at(here.case, position)
    note("view", here.case.id, f"sign on screen {position}")
    return _screen_page(here, party, {})


def _signer_at(case: Case, position: int) -> Party:
    agreement = case.agreement
    signers = signers_of(agreement, case) if agreement else []
    party = next((row for row in signers if row.position == position), None)
    if party is None or not may_sign_on_screen(case):
        raise NotFound
    return party


def _screen_page(here: Here, party: Party, errors: dict[str, str]) -> str:
    agreement = here.case.agreement
    paper = scans.paper_of(agreement) if agreement else None
    return render_template(
        "signing/screen.html",
        case=here.head,
        position=party.position,
        name=party.name,
        witness=here.user.name,
        paper=paper.number if paper else None,
        ticks={name: bool(request.form.get(name)) for name in ("identity", "read")},
        strokes=request.form.get("strokes", ""),
        errors=errors,
        summary=list(errors.items()),
    )


@blueprint.post("/cases/<number>/sign/<int:position>/screen", endpoint="screen_send")
@opens_to(*COMMITTEE)
@redraws
def sign_on_screen(number: str, position: int) -> Answer:
    """Keep the strokes with the hash of the very PDF that was shown."""
    if before := answered_before():
        return before
    here = stand_before(number, "sign")
    if here.reasons:
        return here.refuse()
    party = _signer_at(here.case, position)
    if only_to_show():
        return _screen_page(here, party, {})
    errors, strokes = _read_screen()
    if errors:
        return _screen_page(here, party, errors), 422
    agreement = here.case.agreement
    paper = scans.paper_of(agreement) if agreement else None
    ref, witness, key = party.ref, here.user.name, paper.id if paper else 0
    db.session.rollback()
    shown = fetch_paper(db.session(), shelf_of(current_app.extensions["mediation.settings"]), key)
    detail = {
        "party": ref,
        "identity_checked": True,
        "read_aloud": True,
        "witness": witness,
        "strokes": strokes,
    }
    device = (request.user_agent.string or "")[:200]
    facts = {
        "parties": [ref], "manner": "electronic", "paper_sha256": shown.sha256,
        "details": [{**detail, **({"device": device} if device.isprintable() and device else {})}],
    }  # fmt: skip
    outcome = _with_the_version(number, facts)
    if outcome.answer is not None:
        return outcome.answer
    here = stand_before(number, "sign")
    said = {"strokes": "；".join(text for _, _, text in outcome.faults)} if outcome.faults else {}
    return _screen_page(here, _signer_at(find_case(number, asking(), now()), position), said), outcome.status


def _read_screen() -> tuple[dict[str, str], str]:
    said, errors = spoken("desk"), {}
    for name in ("identity", "read"):
        if not request.form.get(name):
            errors[name] = str(said[f"first_{name}"])
    raw = request.form.get("strokes", "")
    try:
        strokes = json.loads(raw) if len(raw) <= MOST_STROKES else []
    except ValueError:
        strokes = []
    points = (
        sum(len(stroke) for stroke in strokes if isinstance(stroke, list)) if isinstance(strokes, list) else 0
    )
    if points < 2:
        errors["strokes"] = str(said["sign_first"])
    return errors, json.dumps(strokes, separators=(",", ":"))
