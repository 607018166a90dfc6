"""窗口: a new code for a party that lost it, somebody whom it trusts, slips, the agreement in plain words."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

import documents
from mediation.access import COMMITTEE, Audience, asking, audience_of, desk, find_case, opens_to
from mediation.clock import now
from mediation.database import db
from mediation.identity import IdentityError, check_phone
from mediation.language import spoken
from mediation.models import Case, Companion, Notice, Party
from mediation.routes.file_answers import answer_with
from mediation.routes.filing import codes_by_name
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import cards, companions, notices, tracking
from mediation.services.obligations import civil_day
from mediation.submissions import find_answer, find_earlier, form_key, remember
from mediation.text_guard import TextError, check_text
from mediation.views.slips import list_slips

blueprint = Blueprint("window", __name__)
Faults = list[tuple[str, str]]


def _whole(number: str) -> Case:
    """The case, for an office that sees all of it."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is not Audience.committee:
        g.denied = f"window {number[:20]}"
        raise NotFound
    return case


def _party(case: Case, position: int) -> Party:
    found = next((row for row in case.parties if row.position == position), None)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/cases/<number>/window")
@opens_to(*COMMITTEE)
def show(number: str) -> str:
    """The parties, whom they trust, and a new code for each."""
    return _page(_whole(number), [])


def _page(case: Case, faults: Faults, position: int = 0) -> str:
    return render_template(
        "window/show.html",
        number=case.public_number,
        title=case.title,
        parties=[(row.position, row.name, _companions(row), _may_invite(case, row)) for row in case.parties],
        summary=faults,
        opened=position,
        may=list(spoken("companion_may").items()),
        has_agreement=cards.agreement_paper(case) is not None,
    )


def _may_invite(case: Case, party: Party) -> bool:
    return case.state == "filed" and party.role != "applicant"


def _companions(party: Party) -> list[tuple[int, str, str, str, list[str]]]:
    today, words = civil_day(now()), spoken("companion_may")
    return [
        (row.id, row.name, row.relation, row.until_day.isoformat(), [words[one] for one in row.may])
        for row in party.companions
        if row.is_live(today)
    ]


@blueprint.post("/cases/<number>/window/<int:position>/code")
@opens_to(*COMMITTEE)
def renew(number: str, position: int) -> AnyResponse:
    """A fresh code for a party that stands at the window; the one before is void."""
    with writing() as found:
        user = asking()
        case = _whole(number)
        if earlier := find_earlier(found, user):
            return redirect(earlier.location, 303)
        fresh = tracking.issue_code(found.session, case, _party(case, position), found.now, found.keys)
        page = url_for("window.slips", number=case.public_number, key=form_key())
        remember(found, user, page, codes_by_name(case.all_parties, [fresh]))
        db.session.commit()
        note("reissue", case.id, f"party {position}")
    return redirect(page, 303)


@blueprint.post("/cases/<number>/window/<int:position>/invite")
@opens_to(*COMMITTEE)
def invite(number: str, position: int) -> AnyResponse:
    """N05: the other side is asked whether it will talk; once each, and without a word of what about."""
    with writing() as found:
        case = _whole(number)
        party, once = _party(case, position), f"N05:{case.id}:{position}"
        if not found.session.scalar(select(Notice.id).where(Notice.once == once)):
            notices.put(found, case, party, "N05", found.now, once=once)
        db.session.commit()
    flash(str(spoken("page")["invite_done"]), "done")
    return redirect(url_for("window.show", number=number), 303)


@blueprint.post("/cases/<number>/window/<int:position>/companion")
@opens_to(*COMMITTEE)
def trust(number: str, position: int) -> AnyResponse | tuple[str, int]:
    """Somebody may follow by the party's signed consent; the own code is printed on a slip of its own."""
    case = _whole(number)
    _party(case, position)
    try:
        typed = _read_companion()
    except TextError as error:
        return _page(case, [(f"name-{position}", error.message_zh)], position), 422
    except IdentityError as error:
        return _page(case, [(f"phone-{position}", error.message)], position), 422
    except ValueError as error:
        return _page(case, [(f"until-{position}", str(error))], position), 422
    with writing() as found:
        user = asking()
        case = _whole(number)
        if earlier := find_earlier(found, user):
            return redirect(earlier.location, 303)
        party = _party(case, position)
        fresh = companions.name_companion(found, case, party, by=user.name, **typed)
        page = url_for("window.slips", number=case.public_number, key=form_key())
        row = [f"{typed['name']}（{typed['relation']}）", fresh.number, fresh.code, fresh.token, fresh.ref]
        remember(found, user, page, [row])
        db.session.commit()
        note("companion", case.id, f"party {position}")
    return redirect(page, 303)


def _read_companion() -> dict[str, Any]:  # raises what is wrong, in words
    page, today = spoken("page"), civil_day(now())
    until = request.form.get("until", "")
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise ValueError(str(page["companion_say_until"])) from None
    if not today <= day <= date(today.year + 2, 12, 31):
        raise ValueError(str(page["companion_say_until"]))
    if request.form.get("signed") != "1":
        raise ValueError(str(page["companion_say_signed"]))
    phone = request.form.get("phone", "")
    return {
        "name": check_text(request.form.get("name", ""), kind="name", label=str(page["companion_name"])),
        "relation": check_text(
            request.form.get("relation", ""), limit=30, label=str(page["companion_relation"])
        ),
        "phone": check_phone(phone) if phone.strip() else None,
        "may": ["see", *request.form.getlist("may[]")],
        "until": day,
    }


@blueprint.post("/cases/<number>/window/companions/<int:companion>/end")
@opens_to(*COMMITTEE)
def end(number: str, companion: int) -> AnyResponse:
    """The party no longer wants it."""
    with writing() as found:
        case = _whole(number)
        row = found.session.get(Companion, companion)
        if row is None or row.party.case_id != case.id:
            raise NotFound
        companions.end(found, row, asking().name)
        db.session.commit()
    flash(str(spoken("page")["companion_ended"]), "done")
    return redirect(url_for("window.show", number=number), 303)


@blueprint.get("/cases/<number>/slips/<key>")
@opens_to(*COMMITTEE)
def slips(number: str, key: str) -> str:
    """Slips to print, for the few minutes in which the codes are known."""
    case = _whole(number)
    codes = find_answer(desk(), asking(), key) or []
    note("view", case.id, "slips" if codes else "")
    return render_template(
        "window/slips.html", number=case.public_number, slips=list_slips(case, codes, now()) if codes else []
    )


@blueprint.get("/cases/<number>/cards/<int:position>")
@opens_to(*COMMITTEE)
def card(number: str, position: int) -> Response:
    """协议明白卡 for one party, as PDF: from the same facts as the agreement, to be read aloud before signing."""
    case = _whole(number)
    party = _party(case, position)
    try:
        frozen = cards.write_card(case, party)
    except LookupError:
        raise NotFound from None
    note("document", case.id, f"card {position}")
    db.session.rollback()  # rendering takes its time
    return answer_with(documents.render("agreement_card", frozen).pdf, f"card-{number[:20]}-{position}.pdf")
