"""吹哨报到: calling departments, the board of who was called, and the plain page of a department."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from mediation.access import COMMITTEE, Audience, asking, audience_of, find_case, opens_to, takes_files
from mediation.clock import now
from mediation.database import db
from mediation.language import language, spoken
from mediation.models import Case, Referral, User
from mediation.payloads import STEPS
from mediation.routes.cases import page_asked
from mediation.routes.forms import Fault, answered_before
from mediation.routes.pressing import NotTaken, press, tell
from mediation.routes.records import note
from mediation.services import duty_list, steps
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.whistle_counts import COUNTED, FILTERS, PERIODS
from mediation.uploads import Kept, UploadRefused, keep
from mediation.views.whistle_bulletin import show_bulletin
from mediation.views.whistles import (
    departments_asked,
    list_asked_of,
    list_whistles,
    orders_of,
    readers_of,
    receipt_of,
    show_whistle,
)
from workflows import Role

blueprint = Blueprint("whistles", __name__)
WITH_WHISTLES = COMMITTEE | {Role.department}
OF_DEPARTMENT = ("arrive", "respond", "decline_referral")
OF_CALLER = ("withdraw_referral", "verify_referral")
MOST_FILES = 5


@blueprint.get("/whistles")
@opens_to(*WITH_WHISTLES)
def board() -> str:
    """Who was called and who is late; for a department, what is asked of it."""
    user, at = asking(), now()
    if user.role == Role.department:
        waiting, over = list_asked_of(db.session(), user, at)
        return render_template("whistles/department.html", b=spoken("board"), waiting=waiting, over=over)
    show, since = request.args.get("show", "open"), request.args.get("since", "")
    asked = {
        "show": show if show in FILTERS + COUNTED else "open",
        "since": since if since in PERIODS else "",
        "department": request.args.get("department", "")[:100],
        "case": request.args.get("case", "")[:20],
    }
    found = list_whistles(db.session(), user, at, page_asked(), **asked)
    return render_template(
        "whistles/board.html",
        b=spoken("board"),
        found=found,
        asked={key: value for key, value in asked.items() if value},
        departments=departments_asked(db.session(), user, at),
        counted=asked["show"] in COUNTED,
        bulletin=None
        if asked["case"]
        else show_bulletin(db.session(), user, at, asked["since"] or PERIODS[0]),
        may_call=bool(asked["case"]) and _may_call(asked["case"], user),
    )


def _may_call(number: str, user: User) -> bool:
    """Whether this person may call departments about the case now."""
    at = now()
    offered = steps.options(find_case(number, user, at), by=By.user(user), at=at)
    return any(one.offered and one.step.name == "refer" for one in offered)


@blueprint.get("/cases/<number>/whistles")
@opens_to(*WITH_WHISTLES)
def of_case(number: str) -> Response:
    """The questions of one case: the board of it, or a department's own question."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    if audience_of(case, user, at) is Audience.committee:
        return redirect(url_for("whistles.board", case=number), 303)
    own = [row for row in case.referrals if row.department_id == user.organisation_id and row.is_open]
    if len(own) != 1:
        return redirect(url_for("whistles.board"), 303)
    return redirect(url_for("whistles.show", number=number, place=case.referrals.index(own[0]) + 1), 303)


def only_committee(case: Case, user: User) -> None:
    """Raise NotFound for whoever sees only a question of the case."""
    if audience_of(case, user, now()) is not Audience.committee:
        g.denied = f"whistles {case.public_number}"
        raise NotFound


def find_question(number: str, place: int) -> tuple[Case, Referral, bool]:
    """The case, the question, and whether it was put to the person's own office; raises NotFound."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = case.referrals[place - 1] if 1 <= place <= len(case.referrals) else None
    own = row is not None and row.department_id == user.organisation_id and row.is_open
    if row is None or (not own and audience_of(case, user, at) is not Audience.committee):
        g.denied = f"whistle {number[:20]}/{place}"
        raise NotFound
    return case, row, own


@blueprint.get("/cases/<number>/whistles/<int:place>")
@opens_to(*WITH_WHISTLES)
def show(number: str, place: int) -> str:
    """One question: for the department, what it is asked and nothing else of the case."""
    return _page(number, place, {}, [], "")


def _page(number: str, place: int, data: dict[str, Any], faults: list[Fault], step: str) -> str:
    case, row, own = find_question(number, place)
    user, at = asking(), now()
    offered = {o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered}
    note("view", case.id, f"whistle {place}")
    return render_template(
        "whistles/own.html" if own else "whistles/show.html",
        b=spoken("board"),
        row=show_whistle(row, civil_day(at), readers_of(db.session(), [row]), () if own else orders_of(case)),
        receipt="" if own else receipt_of(case, row),
        may=offered,
        departments=[
            (one.name, duty_list.duties_of(one.name))
            for one in duty_list.departments_near(db.session(), case.holder)
            if one.name != row.department_name
        ],
        others=duty_list.others_near(db.session(), case.holder) if own else [],
        data=data,
        step=step or request.args.get("noted", ""),
        errors={where: sentence for where, _, sentence in reversed(faults)},
        summary=[(where, sentence) for where, _, sentence in faults],
    )


@blueprint.post(
    f"/cases/<number>/whistles/<int:place>/<any({', '.join(OF_DEPARTMENT)}):step>", endpoint="reply"
)
@opens_to(*WITH_WHISTLES)
@takes_files
def reply(number: str, place: int, step: str) -> Response | str | tuple[str, int]:
    """A department comes, answers or says whose it is; whoever called writes the same down for one that phones."""
    _, row, own = find_question(number, place)
    if before := answered_before():
        return before
    data: dict[str, Any] = {
        key: request.form.get(key, "") for key in STEPS[step]().fields if key in request.form
    }
    data |= {"referral": place}
    if step == "decline_referral" and (typed := request.form.get("other", "").strip()):
        data["to"] = typed
    page = url_for("whistles.answered", answer=row.id)
    if step == "arrive" or not own:
        noted = step if step == "arrive" and not own else None
        page = url_for("whistles.show", number=number, place=place, noted=noted)
    try:
        kept = _keep_files() if step == "respond" else []
        first = _handing_in(kept, row.department_name) if kept else None
        return press(number, step, data, page, said=_say_done(step, own, data), first=first)
    except UploadRefused as refused:
        faults, status = [("file", f"refused.{refused.code}", refused.in_words(language()))], 422
    except NotTaken as not_taken:
        faults, status = not_taken.faults, not_taken.status
    return _page(number, place, data, faults, step), status


def _say_done(step: str, own: bool, data: dict[str, Any]) -> str:
    """What has happened: to the department itself, or to whoever wrote it down for one that phoned."""
    who = str(data.get("to") or "")
    if step == "decline_referral" and own:
        _, read = duty_list.whom_it_reaches(db.session(), asking().organisation, who)
        step = step if read else "decline_referral_outside"
    return str(spoken("board")[f"{step}_{'done' if own else 'noted'}"]).format(who=who)


def _too_many(sent: int) -> Fault:
    text = str(spoken("board")["too_many_files"]).format(most=MOST_FILES, sent=sent)
    return ("file", "too_many_files", text)


def _keep_files() -> list[tuple[Kept, str]]:
    """The files that came with the answer, the same one once; raises NotTaken where there are too many."""
    sent = [file for file in request.files.getlist("file") if file.filename]
    if len(sent) > MOST_FILES:
        raise NotTaken([_too_many(len(sent))], 422)
    db.session.rollback()  # opening a file takes its time, and no transaction waits for it
    settings = current_app.extensions["mediation.settings"]
    found: dict[str, tuple[Kept, str]] = {}
    for file in sent:
        kept = keep(settings, file.stream, only_pages=False)
        found.setdefault(kept.sha256, (kept, (file.filename or "")[-100:]))
    return list(found.values())


def _handing_in(kept: list[tuple[Kept, str]], department: str) -> Any:
    def hand_in(desk: Desk, case: Case) -> None:
        for place, (file, _) in enumerate(kept, start=1):
            facts = {
                "kind": "other",
                "title": f"{department}交来的材料{place}",
                "file": {**asdict(file), "name": ""},
            }
            steps.take(desk, case, "attach_answer", by=By.user(asking()), at=desk.now, facts=facts)

    return hand_in


@blueprint.post(f"/cases/<number>/whistles/<int:place>/<any({', '.join(OF_CALLER)}):step>", endpoint="settle")
@opens_to(*COMMITTEE)
def settle(number: str, place: int, step: str) -> Response | str | tuple[str, int]:
    """Whoever called takes the question back, or says whether it was really done."""
    find_question(number, place)
    if before := answered_before():
        return before
    data: dict[str, Any] = {
        key: request.form.get(key, "") for key in STEPS[step]().fields if key in request.form
    }
    page = url_for("whistles.show", number=number, place=place)
    if step == "verify_referral" and not data.get("check"):
        missing = ("check", "check_missing", str(spoken("board")["check_missing"]))
        return _page(number, place, data, [missing], step), 422
    try:
        return press(number, step, {**data, "referral": place}, page)
    except NotTaken as refused:
        return _page(number, place, data, refused.faults, step), refused.status


@blueprint.post("/cases/<number>/whistles/<int:place>/nudge")
@opens_to(*COMMITTEE)
def nudge(number: str, place: int) -> Response:
    """催一下: counted, and shown to the department in red."""
    _, row, _ = find_question(number, place)
    if before := answered_before():
        return before
    page = {
        "late": url_for("whistles.board", show="late"),
        "one": url_for("whistles.show", number=number, place=place),
        "case": url_for("whistles.board", case=number),
    }.get(request.form.get("from", ""), url_for("whistles.board"))
    said = "nudged" if readers_of(db.session(), [row]) else "nudged_outside"
    try:
        return press(number, "nudge_referral", {"referral": place}, page, said=str(spoken("board")[said]))
    except NotTaken as refused:
        return tell(refused, page)
