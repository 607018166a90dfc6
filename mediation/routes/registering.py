"""快速登记: one page; the case is filed and, where the other side is willing, accepted with one press."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, asking, desk, find_case, opens_to
from mediation.case_payloads import CasePayload
from mediation.clock import now
from mediation.database import db
from mediation.language import spoken, word
from mediation.routes.drafts import draft_asked, only_to_show
from mediation.routes.filing import blueprint, codes_by_name
from mediation.routes.forms import LOST_RACE, answered_before, faults_of, redraws
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import drafts, registering
from mediation.services.people import By
from mediation.submissions import DRAFT, find_answer, find_earlier, form_key, remember
from mediation.views.done import show_done
from mediation.views.registering import (
    Fault,
    Side,
    Typed,
    data_of,
    doubtful_phones,
    find_faults,
    read_typed,
    show_registration,
)
from mediation.views.whose_step import say_reason
from workflows import Refused

SCHEMA = CasePayload()
FORM = "filing.new"


@blueprint.get("/cases/new")
@opens_to(*COMMITTEE)
def new() -> str:
    """The page, with two sides to begin with, or with what a draft holds."""
    kept = draft_asked()
    return _page(Typed() if kept is None else read_typed(kept), [])


def _page(typed: Typed, faults: list[Fault], doubts: list[dict[str, str]] | None = None) -> str:
    facts = show_registration(db.session(), asking(), now(), typed, faults)
    return render_template(
        "cases/new.html",
        summary=faults,
        doubts=doubts or [],
        sure=request.form.getlist("_sure"),
        slot=request.form.get(DRAFT) or request.args.get("draft", ""),
        **facts,
    )


@blueprint.post("/cases/new", endpoint="create")
@opens_to(*COMMITTEE)
@redraws
def create() -> Response | str | tuple[str, int]:
    """Register it; or show the page again with everything on it, and what is missing or doubtful."""
    if before := answered_before():
        return before
    typed = read_typed(request.form)
    if _reshaped(typed) or only_to_show():
        return _page(typed, [])
    if "_save" in request.form:
        return _save_draft(typed)
    if faults := find_faults(typed):
        return _page(typed, faults), 422
    if doubts := _doubts(typed):
        return _page(typed, [], doubts), 200
    try:
        checked = SCHEMA.load(data_of(typed))
    except ValidationError as error:
        return _page(
            typed, [(where.replace("[", "-").replace("].", "-"), text) for where, _, text in faults_of(error)]
        ), 422
    try:
        return _register(typed, checked)
    except Refused as refused:
        db.session.rollback()
        return _page(typed, [("", say_reason(reason)) for reason in refused.reasons]), 409


def _reshaped(typed: Typed) -> bool:
    """Carry out a press on 再加一方 or 去掉这一方."""
    if "_add" in request.form:
        typed.sides.append(Side())
        return True
    place = request.form.get("_remove", "")
    if place.isascii() and place.isdigit() and 2 <= int(place[:4]) < len(typed.sides):
        typed.sides.pop(int(place[:4]))
    return "_remove" in request.form


def _doubts(typed: Typed) -> list[dict[str, str]]:
    """What may be a mistake, asked once: the same name on both sides, the same people registered before."""
    sure, user = request.form.getlist("_sure"), asking()
    if (phones := _doubtful_numbers(typed)) and phones["code"] not in sure:
        return [phones]
    names = [side.name for side in typed.sides]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice and "name" not in sure:
        text = word("page", "same_name").format(name=twice)
        second = names.index(twice, names.index(twice) + 1)
        return [
            {
                "code": "name",
                "title": text,
                "more": "",
                "url": f"#parties-{second}-name",
                "url_words": word("page", "same_name_mend"),
                "go_on": word("page", "same_name_go_on"),
            }
        ]
    same = (
        registering.find_same(db.session(), user.organisation, names, now()) if "same" not in sure else None
    )
    if same is None:
        return []
    return [
        {
            "code": "same",
            "title": word("page", "maybe_same").format(number=same.public_number),
            "more": word("page", "maybe_same_more").format(title=same.title),
            "url": url_for("cases.show", number=same.public_number),
            "url_words": word("page", "open_it"),
            "go_on": word("page", "not_the_same"),
        }
    ]


def _doubtful_numbers(typed: Typed) -> dict[str, str] | None:
    wrong = doubtful_phones(typed)
    if not wrong:
        return None
    page = spoken("page")
    return {
        # Sure of these very numbers, and of no others that are typed instead.
        "code": "phone " + " ".join(side.phone for side in typed.sides if side.phone)[:200],
        "title": str(page["comma"]).join(text for _, text in wrong),
        "more": str(page["phone_doubt_more"]),
        "url": f"#{wrong[0][0]}",
        "url_words": str(page["phone_mend"]),
        "go_on": str(page["phone_go_on"]),
    }


def _save_draft(typed: Typed) -> Response:
    kept = [[k, v] for k, v in request.form.items(multi=True) if not k.startswith("_") and k != "csrf_token"]
    with writing() as desk_:
        slot = request.form.get(DRAFT, "") or f"{FORM}:{secrets.token_hex(6)}"
        names = "、".join(side.name for side in typed.sides if side.name)
        title = f"{word('page', 'quick_title')} {names}"
        drafts.keep(desk_, asking(), FORM, kept, slot=slot[:80], address=url_for("filing.new"), title=title)
        db.session.commit()
    flash(word("page", "draft_saved"), "done")
    return redirect(url_for("todo.show"), 303)


def _register(typed: Typed, checked: dict[str, Any]) -> Response:
    with writing() as desk_:
        user = asking()
        if earlier := find_earlier(desk_, user):
            return redirect(earlier.location, 303)
        try:
            found = registering.register(
                desk_, user.organisation, checked, by=By.user(user), at=desk_.now,
                willing=typed.willing == "yes", urgent=typed.danger == "yes", dangers=typed.dangers,
            )  # fmt: skip
            location = url_for(
                "filing.done", number=found.case.public_number, key=form_key(), many=int(typed.many) or None
            )
            remember(desk_, user, location, codes_by_name(found.case.all_parties, found.codes))
            db.session.commit()
        except LOST_RACE:
            db.session.rollback()
            if earlier := find_earlier(desk_, user):
                return redirect(earlier.location, 303)
            raise
    return redirect(location, 303)


def _slips(number: str, key: str) -> str:
    return url_for("window.slips", number=number, key=key)


@blueprint.get("/cases/<number>/done", defaults={"key": ""})
@blueprint.get("/cases/<number>/done/<key>")
@opens_to(*COMMITTEE)
def done(number: str, key: str) -> str:
    """The number, what comes next, and the tracking codes for the few minutes in which they can be written down."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    codes = find_answer(desk(), user, key) if key else None
    note("view", case.id, "codes" if codes else "")
    return render_template(
        "cases/done.html",
        case=show_done(case, user, at),
        codes=codes or [],
        slips_url=_slips(number, key) if codes else "",
        list_url=url_for("claimants.show", number=number) if request.args.get("many") == "1" else "",
        left=request.args.get("left", 0, int),
        left_url=url_for("claimants.check", number=number),
    )
