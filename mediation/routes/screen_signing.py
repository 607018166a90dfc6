"""Signing without paper: on this screen, or on the party's own phone, for which this page shows a QR."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from mediation.access import COMMITTEE, asking, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.handwriting import Stroke, read_strokes
from mediation.language import spoken
from mediation.models import Case, Document, Party, SigningLink
from mediation.rendering import fetch_paper, shelf_of
from mediation.routes.drafts import only_to_show
from mediation.routes.forms import answered_before, redraws, typed_version
from mediation.routes.records import note
from mediation.routes.signing import blueprint, sign_with
from mediation.routes.step_door import Answer, Here, stand_before
from mediation.routes.transactions import writing
from mediation.services import phone_signing, scans
from mediation.services.situations import signers_of
from mediation.submissions import find_answer, find_earlier, form_key, remember
from mediation.views.screen_signing import list_others, make_code, show_code, show_paper
from mediation.views.signing import may_sign_on_screen

#: Addresses of this machine, which no phone can open.
HERE_ONLY = ("localhost", "127.", "[::1]", "0.0.0.0")


@blueprint.context_processor
def give_signing_words() -> dict[str, Any]:
    """The words of signing on a screen, as `s`."""
    return {"s": spoken("sign")}


@dataclass
class Place:
    """Somebody about to sign without paper: who, what, and before which case."""

    here: Here
    party: Party
    paper: Document

    @property
    def number(self) -> str:
        """The case's public number."""
        return str(self.here.case.public_number)


def _place(number: str, position: int) -> Place | Answer:
    here = stand_before(number, "sign")
    if here.reasons:
        return here.refuse()
    agreement = here.case.agreement
    party = next(
        (row for row in (signers_of(agreement, here.case) if agreement else []) if row.position == position),
        None,
    )
    paper = scans.paper_of(agreement) if agreement else None
    if party is None or paper is None or not may_sign_on_screen(here.case):
        raise NotFound
    return Place(here, party, paper)


@blueprint.get("/cases/<number>/sign/<int:position>/screen")
@opens_to(*COMMITTEE)
def screen(number: str, position: int) -> Answer:
    """现场屏幕签名: who it is, the very text, and a place to sign; only where the county has switched it on."""
    found = _place(number, position)
    if not isinstance(found, Place):
        return found
    note("view", found.here.case.id, f"sign on screen {position}")
    return _screen_page(found, {})


def _page(template: str, place: Place, errors: dict[str, str], **more: Any) -> str:
    return render_template(
        template,
        case=place.here.head,
        position=place.party.position,
        name=place.party.name,
        others=list_others(place.party),
        signed_by=request.form.get("by", ""),
        identity=bool(request.form.get("identity")),
        errors=errors,
        summary=list(errors.items()),
        **more,
    )


def _screen_page(place: Place, errors: dict[str, str]) -> str:
    return _page(
        "signing/screen.html",
        place,
        errors,
        witness=place.here.user.name,
        text=show_paper(place.paper),
        pdf=url_for("papers.show", number=place.number, paper=place.paper.number),
        read=bool(request.form.get("read")),
        strokes=request.form.get("strokes", ""),
    )


@blueprint.post("/cases/<number>/sign/<int:position>/screen", endpoint="screen_send")
@opens_to(*COMMITTEE)
@redraws
def sign_on_screen(number: str, position: int) -> Answer:
    """Keep the strokes with the hash of the very PDF that was shown."""
    if before := answered_before():
        return before
    found = _place(number, position)
    if not isinstance(found, Place):
        return found
    if only_to_show():
        return _screen_page(found, {})
    errors, strokes = read_pad("first_read")
    if not request.form.get("identity"):
        errors = {"identity": str(spoken("desk")["first_identity"]), **errors}
    by = _signer(found.party)
    if errors:
        return _screen_page(found, errors), 422
    ref, witness, key = found.party.ref, found.here.user.name, found.paper.id
    facts = phone_signing.facts_of(
        ref, witness, strokes, read_aloud=bool(request.form.get("read")), device=device_of(),
        sha256=hash_paper(key), signed_by=by,
    )  # fmt: skip
    outcome = sign_with(number, dict(facts))
    if outcome.answer is not None:
        return outcome.answer
    found = _place(number, position)
    if not isinstance(found, Place):
        return found
    said = {"strokes": "；".join(text for _, _, text in outcome.faults)} if outcome.faults else {}
    return _screen_page(found, said), outcome.status


def read_pad(first_read: str) -> tuple[dict[str, str], list[Stroke]]:
    """What was written on the pad, and whether the text was read; what is missing, by field.

    first_read: the word for a text that nobody has read yet.
    """
    errors, strokes = {}, []
    if not (request.form.get("read") or request.form.get("to_end")):
        errors["read"] = str(spoken("sign")[first_read])
    try:
        strokes = read_strokes(request.form.get("strokes", ""))
    except ValueError:
        errors["strokes"] = str(spoken("desk")["sign_first"])
    return errors, strokes


def device_of() -> str:
    """What the browser says it is."""
    return (request.user_agent.string or "")[:200]


def hash_paper(document_id: int) -> str:
    """The SHA-256 of the very PDF; ends the transaction."""
    db.session.rollback()
    return fetch_paper(
        db.session(), shelf_of(current_app.extensions["mediation.settings"]), document_id
    ).sha256


def _signer(party: Party) -> str:
    by = request.form.get("by", "")
    return by if any(by == name for name, _ in list_others(party)) else ""


@blueprint.get("/cases/<number>/sign/<int:position>/phone")
@opens_to(*COMMITTEE)
def phone(number: str, position: int) -> Answer:
    """Who is there was checked? Then a QR may be shown."""
    found = _place(number, position)
    return _ask_page(found, {}) if isinstance(found, Place) else found


def _ask_page(place: Place, errors: dict[str, str]) -> str:
    host = host_for_phones()
    return _page(
        "signing/phone.html",
        place,
        errors,
        minutes=phone_signing.minutes_of(place.here.case),
        only_here=host if host.startswith(HERE_ONLY) else "",
    )


def host_for_phones() -> str:
    """The name that a phone can reach: the one the system was told, where this browser uses the machine's own."""
    hosts: tuple[str, ...] = current_app.extensions["mediation.settings"].hosts
    return hosts[0] if hosts and request.host.startswith(HERE_ONLY) else request.host


@blueprint.post("/cases/<number>/sign/<int:position>/phone", endpoint="phone_send")
@opens_to(*COMMITTEE)
@redraws
def show_phone(number: str, position: int) -> Answer:
    """Make the link; pressed twice, it is one."""
    if before := answered_before():
        return before
    found = _place(number, position)
    if not isinstance(found, Place):
        return found
    if only_to_show():
        return _ask_page(found, {})
    if not request.form.get("identity"):
        return _ask_page(found, {"identity": str(spoken("desk")["first_identity"])}), 422
    if typed_version() != found.here.case.version:
        return redirect(url_for("signing.show", number=number), 303)  # somebody changed the case meanwhile
    by, key = _signer(found.party), found.paper.id
    hash_paper(key)  # rendered now, so that the phone does not wait for it
    with writing() as writer:
        user = asking()
        case = find_case(number, user, writer.now)
        if earlier := find_earlier(writer, user):
            return redirect(earlier.location, 303)
        party = next(row for row in case.parties if row.position == position)
        paper = scans.paper_of(case.agreement) if case.agreement else None
        if paper is None or paper.id != key:
            raise NotFound
        shown = phone_signing.issue(writer, case, party, paper, user, by)
        page = url_for("signing.code", number=number, key=form_key())
        remember(writer, user, page, {"link": shown.link.id, "token": shown.token})
        db.session.commit()
    note("show code", case.id, f"signing link {position}")
    return redirect(page, 303)


@blueprint.get("/cases/<number>/sign/code/<key>")
@opens_to(*COMMITTEE)
def code(number: str, key: str) -> Answer:
    """The QR, and how far the signing has come; a script looks by itself, without one it is a link."""
    case = find_case(number, asking(), now())
    link, token = _shown(case, key)
    if link is None:
        return redirect(url_for("signing.show", number=number), 303)
    here = stand_before(number, "sign")
    address = url_for("phone_signing.enter")
    scheme = "https" if current_app.extensions["mediation.settings"].https else request.scheme
    seen = show_code(link, phone_signing.standing_of(desk(), link))
    return render_template(
        "signing/code.html",
        case=here.head,
        key=key,
        seen=seen,
        qr=make_code(f"{scheme}://{host_for_phones()}{address}#{token}") if token else None,
        only_here=host_for_phones() if host_for_phones().startswith(HERE_ONLY) else "",
    )


def _shown(case: Case, key: str) -> tuple[SigningLink | None, str]:
    # What the form answered is kept for its own author, encrypted, and emptied after a quarter of an hour.
    answer = find_answer(desk(), asking(), key)
    if not isinstance(answer, dict) or "link" not in answer:
        return None, ""
    link = db.session.get(SigningLink, answer["link"])
    if link is None or link.agreement.case_id != case.id:
        return None, ""
    return link, str(answer["token"])


@blueprint.get("/cases/<number>/sign/code/<key>/state")
@opens_to(*COMMITTEE)
def code_state(number: str, key: str) -> Response:
    """One word, for the page that shows the QR."""
    link, _ = _shown(find_case(number, asking(), now()), key)
    return jsonify(state=str(phone_signing.standing_of(desk(), link)) if link else "over")


@blueprint.get("/cases/<number>/sign/<int:position>/picture")
@opens_to(*COMMITTEE)
def picture(number: str, position: int) -> Response:
    """What somebody wrote on a screen, as a picture."""
    case = find_case(number, asking(), now())
    rows = case.agreement.live_signatures if case.agreement else []
    row = next((one for one in rows if one.party and one.party.position == position and one.picture), None)
    if row is None or row.picture is None:
        raise NotFound
    note("view", case.id, f"signature {position}")
    return Response(base64.b64decode(row.picture), mimetype="image/png")
