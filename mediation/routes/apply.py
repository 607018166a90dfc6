"""提交申请: five short pages, a check, one press; no account, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from mediation.access import desk, opens_to_all
from mediation.case_payloads import CasePayload
from mediation.clock import now
from mediation.database import db
from mediation.language import language, spoken
from mediation.models import Application
from mediation.office import about_office
from mediation.routes.resident_files import MOST_PHOTOS, keep_photos
from mediation.routes.transactions import writing
from mediation.routes.visitors import APPLICATION, address_of_visitor, cookie, drop_cookie, keep_cookie
from mediation.services import applying, attachments, guessing
from mediation.uploads import UploadRefused
from mediation.views import applying as pages
from mediation.views.track import phone_of, say_day
from mediation.views.whose_step import say_reason
from workflows import Refused

blueprint = Blueprint("apply", __name__)
LASTS = 30 * 24 * 3600
SCHEMA = CasePayload()
NAMES = ", ".join(pages.PAGES)


def _mine() -> Application | None:
    token = cookie(APPLICATION)
    return applying.find(desk(), token) if token else None


def _answers(row: Application | None) -> dict[str, Any]:
    return applying.answers_of(row) if row is not None and row.case_id is None else {}


@blueprint.get("/apply")
@opens_to_all
def begin() -> str:
    """The first page: what it is about."""
    answers = _answers(_mine())
    return _page("what", answers.get("what", {}), [])


@blueprint.post("/apply", endpoint="carry_over")
@opens_to_all
def carry_over() -> str:
    """The first page with what the guide was told; nothing is kept before 继续."""
    found, _ = pages.read_what(request.form, {})
    return _page("what", found, [])


@blueprint.get(f"/apply/<any({NAMES}):page>")
@opens_to_all
def show(page: str) -> str:
    """One question."""
    answers = _answers(_mine())
    return _page(page, answers.get(page, {}), [])


def _page(page: str, found: dict[str, Any], faults: list[tuple[str, str]]) -> str:
    session = db.session()
    return render_template(
        f"apply/{page}.html",
        page=page,
        place=pages.PAGES.index(page) + 1,
        before=pages.PAGES[pages.PAGES.index(page) - 1] if page != "what" else "",
        found=found,
        errors=dict(reversed(faults)),
        summary=faults,
        to_check=request.args.get("to") == "check" or request.form.get("to") == "check",
        types=list(spoken("dispute_type").items()),
        causes=pages.causes_of(found.get("type", "")),
        towns=pages.towns(session) if page == "where" else [],
        villages=pages.villages(session, found.get("town", "")) if page == "where" else [],
        others=max(len(found.get("rows", [])), 1) + bool(request.form.get("_more")) if page == "other" else 0,
        phone=about_office().phone,
    )


@blueprint.post(f"/apply/<any({NAMES}):page>", endpoint="answer")
@opens_to_all
def answer(page: str) -> Response | str | tuple[str, int]:
    """Keep the answer and go on; or show the page again with everything in it."""
    if page == "papers":
        return _photos()
    found, faults = pages.READ[page](request.form, {})
    if request.form.get("_more") or request.form.get("_causes"):
        return _page(page, found, [])
    if page == "where" and not faults and not found["village"] and _villages_of(found["town"]):
        return _page(page, found, [])  # the villages of this town are asked next
    if faults:
        return _page(page, found, faults), 422
    return _keep(page, found)


def _villages_of(town: str) -> bool:
    return town != pages.UNKNOWN and bool(pages.villages(db.session(), town))


def _keep(page: str, found: dict[str, Any]) -> Response:
    with writing() as desk_:
        row, token = _row(desk_)
        answers = {**_answers(row), page: found}
        if row is None:
            token = applying.begin(desk_, answers)
        else:
            applying.keep(desk_, row, answers)
        db.session.commit()
    ahead = request.form.get("to") == "check" and pages.first_missing(answers) is None
    onward = "check" if ahead else pages.next_page(page)
    there = url_for("apply.check") if onward == "check" else url_for("apply.show", page=onward)
    return keep_cookie(redirect(there, 303), APPLICATION, token, LASTS)


def _row(desk_: Any) -> tuple[Application | None, str]:
    """The application in hand; one that is filed already makes room for another."""
    token = cookie(APPLICATION)
    row = applying.find(desk_, token, for_change=True) if token else None
    return (None, "") if row is None or row.case_id is not None else (row, token)


def _photos() -> Response | tuple[str, int]:
    db.session.rollback()  # opening a photograph takes its time, and no transaction waits for it
    try:
        photos = [{**asdict(kept), "name": name} for kept, name in keep_photos("photo")]
    except UploadRefused as refused:
        found = _answers(_mine()).get("papers", {})
        return _page("papers", found, [("photo", refused.in_words(language()))]), 422
    before = _answers(_mine()).get("papers", {}).get("files", [])
    known = {file["sha256"] for file in before}
    files = (before + [file for file in photos if file["sha256"] not in known])[:MOST_PHOTOS]
    return _keep("papers", {"files": [] if request.form.get("_none") else files})


@blueprint.get("/apply/check")
@opens_to_all
def check() -> Response | str:
    """All answers, each with a way to change it."""
    row = _mine()
    if row is not None and row.case_id is not None:
        return redirect(url_for("apply.done"), 303)
    answers = _answers(row)
    if missing := pages.first_missing(answers):
        return redirect(
            url_for("apply.begin") if missing == "what" else url_for("apply.show", page=missing), 303
        )
    return _check(answers, [])


def _check(answers: dict[str, Any], faults: list[tuple[str, str]]) -> str:
    rows = [
        (question, said, url_for("apply.show", page=page, to="check"), spoken("page")["apply_change"])
        for page, question, said in pages.summary_of(answers, db.session())
    ]
    return render_template("apply/check.html", rows=rows, summary=faults)


@blueprint.post("/apply/send", endpoint="send")
@opens_to_all
def send() -> Response | tuple[str, int]:
    """File it, once however often the button is pressed."""
    if not request.form.get("agreed"):
        row = _mine()
        if row is not None and row.case_id is None and pages.first_missing(_answers(row)) is None:
            return _check(_answers(row), [("agreed", str(spoken("page")["apply_tick"]))]), 422
        return redirect(url_for("apply.check"), 303)
    status = 409
    try:
        return _file()
    except Refused as refused:
        faults = [("", say_reason(reason)) for reason in refused.reasons]
    except TooManyRequests:
        faults, status = [("", str(spoken("page")["apply_too_many"]).format(T=about_office().phone))], 429
    except ValidationError:
        faults = [("", str(spoken("page")["apply_look_again"]))]
    except (StaleDataError, IntegrityError):
        db.session.rollback()
        return redirect(url_for("apply.done"), 303)
    db.session.rollback()
    return _check(_answers(_mine()), faults), status


def _file() -> Response:
    with writing() as desk_:
        token = cookie(APPLICATION)
        row = applying.find(desk_, token, for_change=True) if token else None
        if row is None:
            return redirect(url_for("apply.begin"), 303)
        answers = applying.answers_of(row) if row.case_id is None else {}
        if row.case_id is None:
            if pages.first_missing(answers):
                return redirect(url_for("apply.check"), 303)
            counted = guessing.applications_of(desk_, address_of_visitor())
            if guessing.is_shut(desk_, counted):
                raise TooManyRequests
            guessing.count_wrong(desk_, counted)
            place = applying.find_place(desk_, pages.place_code(desk_.session, answers["where"]))
            if place is None:
                return redirect(url_for("apply.show", page="where"), 303)
            applying.send(desk_, row, place, SCHEMA.load(pages.case_of(answers)))
            _put_photos(row, answers.get("papers", {}).get("files", []), desk_.now)
        db.session.commit()
    return keep_cookie(redirect(url_for("apply.done"), 303), APPLICATION, token, LASTS)


def _put_photos(row: Application, files: list[dict[str, Any]], at: Any) -> None:
    if row.case is None:
        return
    for number, file in enumerate(files, start=1):
        title = str(spoken("page")["handed_in_photo"]).format(number=number)
        about = {"kind": "evidence", "title": title, "party": row.case.parties[0].ref, "file": file}
        attachments.put(row.case, about, str(spoken("page")["apply_by"]), at)


@blueprint.get("/apply/done")
@opens_to_all
def done() -> Response | str:
    """The receipt: the same however often it is opened, and nothing is filed by opening it."""
    row = _mine()
    if row is None or row.case is None:
        return redirect(url_for("apply.begin"), 303)
    day = applying.day_of_answer(row)
    return render_template(
        "apply/done.html",
        number=row.case.public_number,
        code=row.code or "",
        day=say_day(day, now()) if day else "",
        committee=row.case.committee.name,
        phone=phone_of(row.case),
    )


@blueprint.post("/apply/clear", endpoint="clear")
@opens_to_all
def clear() -> Response:
    """For a computer that others use too: nothing stays on it."""
    with writing() as desk_:
        token = cookie(APPLICATION)
        row = applying.find(desk_, token, for_change=True) if token else None
        if row is not None:
            applying.forget(desk_, row)
        db.session.commit()
    return drop_cookie(redirect(url_for("home.start"), 303), APPLICATION)
