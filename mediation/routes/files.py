"""Files of a case: handed in, looked at, taken off the record."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from mediation.access import (
    COMMITTEE,
    WITH_CASES,
    Audience,
    asking,
    audience_of,
    find_case,
    opens_to,
    takes_files,
)
from mediation.clock import now
from mediation.database import db
from mediation.file_payloads import KINDS, FilePayload, RemovalPayload
from mediation.language import language, spoken, word
from mediation.models import Case
from mediation.routes.file_answers import answer_with
from mediation.routes.forms import Fault, answered_before, faults_of, faults_of_refusal
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import attachments, steps
from mediation.services.people import By
from mediation.submissions import find_earlier, remember
from mediation.uploads import Kept, UploadRefused, keep, name_to_show, place_of
from mediation.views.files import list_files, list_signed_on_paper, may_open_file
from mediation.views.titles import title_to
from workflows import Refused

blueprint = Blueprint("files", __name__)
MOST_AT_ONCE = 9
#: Kinds of which only pages make sense: what is signed or shown is looked at page by page.
ONLY_PAGES = frozenset({"scan", "identity", "photo"})


@blueprint.get("/cases/<number>/files")
@opens_to(*WITH_CASES)
def list_all(number: str) -> str:
    """All files on record, and the form to add one."""
    return _page(number, {}, [])


def _page(number: str, data: dict[str, Any], faults: list[Fault]) -> str:
    user, at = asking(), now()
    case = find_case(number, user, at)
    audience = audience_of(case, user, at)
    may_add = any(
        o.step.name == "add_file" and o.offered for o in steps.options(case, by=By.user(user), at=at)
    )
    return render_template(
        "files/list.html",
        case={"number": case.public_number, "title": title_to(case, audience)},
        files=list_files(case, audience),
        may_add=may_add,
        data={"kind": "evidence", **_asked_for(), **data},
        papers=list_signed_on_paper(case) if audience is Audience.committee else [],
        kinds=[(kind, word("file_kind", kind)) for kind in KINDS],
        parties=[(party.ref, party.name) for party in case.parties]
        if audience is not Audience.department
        else [],
        errors={where: sentence for where, _, sentence in reversed(faults)},
        summary=[(where, sentence) for where, _, sentence in faults],
    )


def _asked_for() -> dict[str, str]:
    """What a link from elsewhere says of the file that is wanted: its kind, whose it is, of which paper."""
    return {key: request.args[key][:40] for key in ("kind", "party", "document") if key in request.args}


@blueprint.post("/cases/<number>/files", endpoint="add")
@opens_to(*COMMITTEE)
@takes_files
def add(number: str) -> AnyResponse | str | tuple[str, int]:
    """Keep the files, then put them on record, all or none; answers a script in JSON."""
    find_case(number, asking(), now())
    if before := answered_before():
        return _answer_script(before) or before
    data: dict[str, Any] = {}
    try:
        data = FilePayload().load(request.form)
        kept = _keep(data["kind"])
        return _put(number, data, kept)
    except ValidationError as error:
        faults, status = faults_of(error), 422
    except UploadRefused as refused:
        faults, status = [("file", f"refused.{refused.code}", refused.in_words(language()))], 422
    except Refused as refused:
        faults, status = faults_of_refusal(refused), 409
    db.session.rollback()
    if _wants_json():
        answer = jsonify(errors=[{"where": w, "code": c, "message": m} for w, c, m in faults])
        answer.status_code = status
        return answer
    return _page(number, {key: request.form[key] for key in request.form}, faults), status


def _keep(kind: str) -> list[tuple[Kept, str]]:
    sent = [file for file in request.files.getlist("file") if file.filename][:MOST_AT_ONCE]
    db.session.rollback()  # opening a file takes its time, and no transaction waits for it
    settings = current_app.extensions["mediation.settings"]
    return [
        (keep(settings, file.stream, only_pages=kind in ONLY_PAGES), name_to_show(file.filename))
        for file in sent
    ]


def _put(number: str, data: dict[str, Any], kept: list[tuple[Kept, str]]) -> AnyResponse:
    with writing() as desk:
        user = asking()
        case = find_case(number, user, desk.now)
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        for place, (file, name) in enumerate(kept or [(None, "")]):
            facts = dict(data)
            if file is not None:
                facts["file"] = {**asdict(file), "name": name}
            if not facts.get("title"):
                facts["title"] = name or word("file_kind", data["kind"])
            elif len(kept) > 1:
                facts["title"] = f"{data['title']} {place + 1}"
            steps.take(desk, case, "add_file", by=By.user(user), at=desk.now, facts=facts)
        page = url_for("files.list_all", number=case.public_number)
        added = [_script_sees(case, row.number) for row in case.all_attachments[-len(kept) :]]
        remember(desk, user, page)
        db.session.commit()
    if _wants_json():
        return jsonify(files=added)
    flash(str(spoken("page")["files_added"]).format(count=len(kept)), "done")
    return redirect(page, 303)


def _script_sees(case: Case, file: int) -> dict[str, Any]:
    row = attachments.find(case, file)
    url = url_for("files.show", number=case.public_number, file=file)
    return {"number": file, "title": row.title if row else "", "url": url}


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _answer_script(before: AnyResponse) -> AnyResponse | None:
    return jsonify(files=[], location=before.headers["Location"]) if _wants_json() else None


@blueprint.get("/cases/<number>/files/<int:file>")
@opens_to(*WITH_CASES)
def show(number: str, file: int) -> Response:
    """One file, byte for byte: a picture or a PDF to look at, anything else only to save."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = attachments.find(case, file)
    if row is None or not may_open_file(row, audience_of(case, user, at)):
        g.denied = f"file {number[:20]}/{file}"
        raise NotFound
    note("document", case.id, f"file {row.number} {row.kind}")
    looked_at = row.media_type in ("application/pdf", "image/jpeg", "image/png")
    suffix = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}.get(row.media_type, "")
    name = row.filename or f"{row.title}.{suffix}"
    place = place_of(current_app.extensions["mediation.settings"], row.sha256)
    plain = f"file-{case.public_number}-{row.number}{'.' + suffix if suffix else ''}"
    return answer_with(place.read_bytes(), plain, name, kind=row.media_type, attached=not looked_at)


@blueprint.post("/cases/<number>/files/<int:file>/remove")
@opens_to(*COMMITTEE)
def remove(number: str, file: int) -> AnyResponse | tuple[str, int]:
    """Take a file off the record, with a reason; it is kept all the same."""
    find_case(number, asking(), now())
    if before := answered_before():
        return before
    try:
        data = RemovalPayload().load(request.form)
        with writing() as desk:
            user = asking()
            case = find_case(number, user, desk.now)
            facts = {**data, "number": file}
            steps.take(desk, case, "remove_file", by=By.user(user), at=desk.now, facts=facts)
            page = url_for("files.list_all", number=case.public_number)
            remember(desk, user, page)
            db.session.commit()
        flash(str(spoken("page")["file_removed"]), "done")
        return redirect(page, 303)
    except ValidationError as error:
        faults, status = faults_of(error), 422
    except Refused as refused:
        db.session.rollback()
        faults, status = faults_of_refusal(refused), 409
    here = [(f"reason-{file}" if where == "reason" else "", code, text) for where, code, text in faults]
    return _page(number, {}, here), status
