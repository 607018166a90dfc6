"""Many applications at once: chosen from a table, packed by a worker, fetched while the link lives."""

from __future__ import annotations

from io import BytesIO

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
    send_file,
    url_for,
)
from sqlalchemy import func, select
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response as AnyResponse

from mediation.access import asking, opens_to, visible_cases
from mediation.clock import now
from mediation.database import db
from mediation.exporting import place_of_export
from mediation.language import word
from mediation.models import Attachment, Case, Confirmation, CourtExport, Document, User
from mediation.packages.listing import describe, write_listing
from mediation.packages.pieces import list_lacking
from mediation.routes.file_answers import name_file
from mediation.routes.forms import answered_before
from mediation.routes.records import note
from mediation.routes.transactions import writing
from mediation.services import court_exports
from mediation.submissions import find_earlier, remember
from mediation.views.court import OPEN, list_queue
from mediation.views.court_batch import list_exports, show_export
from workflows import Role

blueprint = Blueprint("court_batch", __name__)
STATES = (*OPEN, "confirmed", "refused")
#: What a paper of ours weighs, about: so that a batch that is too heavy is said to be before it is made.
PAPER_BYTES = 120 * 1024


@blueprint.get("/court/batch")
@opens_to(Role.court)
def choose() -> str:
    """The table, filtered by state, town and date."""
    return _table("")


def _table(error: str, chosen: tuple[str, ...] = ()) -> str:
    user = asking()
    state = request.values.get("state", "accepted")
    state = state if state in STATES else ""
    town, since = request.values.get("town", "")[:40], request.values.get("since", "")[:10]
    rows = list_queue(db.session(), user, now(), (state,) if state else STATES)
    towns = sorted({row.town for row in rows})
    rows = [
        row for row in rows if (not town or row.town == town) and (not since or row.filed >= since)
    ]  # dates as text compare as dates
    return render_template(
        "court/batch.html",
        rows=rows,
        towns=towns,
        town=town,
        since=since,
        state=state,
        states=[(name, word("court_state", name)) for name in STATES],
        chosen=chosen,
        error=error,
        most=court_exports.MOST_CASES,
        purpose=request.form.get("purpose", ""),
        summary=[("purpose" if not request.form.get("purpose", "").strip() else "rows", error)]
        if error
        else [],
    )


def _chosen(user: User) -> list[Case]:
    """The cases ticked, as far as this court may see them."""
    numbers = request.form.getlist("case")[:1000]
    query = (
        select(Case)
        .join(Confirmation, Confirmation.case_id == Case.id)
        .where(
            Case.public_number.in_(numbers),
            visible_cases(user, now()),
            Confirmation.court == user.organisation.name,
        )
        .order_by(Case.id)
    )
    return list(db.session.scalars(query).unique())


def _why_not(cases: list[Case], purpose: str) -> str:
    if not cases:
        return word("page", "court_choose_some")
    if len(cases) > court_exports.MOST_CASES:
        return word("page", "court_too_many").format(most=court_exports.MOST_CASES, chosen=len(cases))
    ids = [case.id for case in cases]
    files = select(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.case_id.in_(ids))
    papers = select(func.count()).where(Document.case_id.in_(ids))
    # Each page is in the bundle twice: in its own file and in the merged one.
    weight = 2 * ((db.session.scalar(files) or 0) + PAPER_BYTES * (db.session.scalar(papers) or 0))
    if weight > court_exports.MOST_BYTES:
        return word("page", "court_too_heavy").format(size=round(weight / 1024 / 1024))
    return "" if purpose else word("page", "court_purpose_missing")


@blueprint.post("/court/exports", endpoint="ask")
@opens_to(Role.court)
def ask() -> AnyResponse | str | tuple[str, int]:
    """Put a batch down to be made."""
    if before := answered_before():
        return before
    purpose = request.form.get("purpose", "").strip()[:200]
    cases = _chosen(asking())
    if why := _why_not(cases, purpose):
        return _table(why, tuple(request.form.getlist("case"))), 422
    ids = [case.id for case in cases]
    with writing() as desk:
        user = asking()
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        export = court_exports.ask_for(
            desk, user, user.organisation, ids, purpose=purpose, plain_names=bool(request.form.get("plain"))
        )
        page = url_for("court_batch.export", token=export.token)
        remember(desk, user, page)
        db.session.commit()
    return redirect(page, 303)


@blueprint.post("/court/batch/list", endpoint="listing")
@opens_to(Role.court)
def listing() -> AnyResponse | tuple[str, int]:
    """The table alone, as a workbook."""
    user, purpose = asking(), request.form.get("purpose", "").strip()[:200]
    cases = _chosen(user)
    if not cases or not purpose:
        said = word("page", "court_purpose_missing" if cases else "court_choose_some")
        return _table(said, tuple(request.form.getlist("case"))), 422
    rows = []
    for case in cases:
        note("export", case.id, f"court list: {purpose}")
        row = [one for one in case.confirmations if one.court == user.organisation.name][-1]
        rows.append(describe(case, row, "", list_lacking(case)))
    book = write_listing(rows, f"{user.organisation.name} 司法确认清单（{len(rows)}件）")
    return send_file(
        BytesIO(book),
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name="index.xlsx",
    )


@blueprint.get("/court/exports")
@opens_to(Role.court)
def exports() -> str:
    """Who fetched what, when and what for."""
    return render_template("court/exports.html", rows=list_exports(db.session(), asking(), now()))


def _find(token: str) -> CourtExport:
    user = asking()
    row = db.session.scalar(
        select(CourtExport).where(
            CourtExport.token == token, CourtExport.organisation_id == user.organisation_id
        )
    )
    if row is None:
        g.denied = f"export {token[:32]}"
        raise NotFound
    return row


@blueprint.get("/court/exports/<token>")
@opens_to(Role.court)
def export(token: str) -> str:
    """How far it is, and the link once it is ready."""
    return render_template("court/export.html", export=show_export(_find(token), now()))


@blueprint.get("/court/exports/<token>/progress")
@opens_to(Role.court)
def progress(token: str) -> Response:
    """The same for a script."""
    seen = show_export(_find(token), now())
    return jsonify(state=seen.state, done=seen.done, total=seen.total, words=seen.words)


@blueprint.get("/court/exports/<token>/file")
@opens_to(Role.court)
def fetch(token: str) -> AnyResponse:
    """The bundle, while its week lasts and every case in it may still be seen."""
    row, user = _find(token), asking()
    path = place_of_export(current_app.extensions["mediation.settings"], token)
    seen = select(func.count()).where(Case.id.in_(row.case_ids), visible_cases(user, now()))
    allowed = db.session.scalar(seen) == len(set(row.case_ids))
    if (
        row.state != "done"
        or not row.expires_at
        or row.expires_at < now()
        or not allowed
        or not path.exists()
    ):
        raise Gone
    for case_id in row.case_ids:
        note("export", case_id, f"court download {row.id}: {row.purpose}"[:200])
    name = f"司法确认卷宗包_{row.asked_at:%Y%m%d}_{len(row.case_ids) - len(row.failures)}件.zip"
    response = send_file(path, mimetype="application/zip", as_attachment=True, download_name="packages.zip")
    plain = f"packages-{row.asked_at:%Y%m%d}.zip"
    response.headers["Content-Disposition"] = name_file(plain, name, attached=True)
    return response


@blueprint.post("/court/exports/<token>/again", endpoint="again")
@opens_to(Role.court)
def again(token: str) -> AnyResponse:
    """The same cases once more, for the same purpose."""
    if before := answered_before():
        return before
    old = _find(token)
    ids, purpose, plain = list(old.case_ids), old.purpose, old.plain_names
    with writing() as desk:
        user = asking()
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        seen = select(Case.id).where(Case.id.in_(ids), visible_cases(user, desk.now)).order_by(Case.id)
        left = list(desk.session.scalars(seen))
        if not left:
            flash(word("page", "court_none_left"), "warning")
            return redirect(url_for("court_batch.export", token=token), 303)
        made = court_exports.ask_for(desk, user, user.organisation, left, purpose=purpose, plain_names=plain)
        page = url_for("court_batch.export", token=made.token)
        remember(desk, user, page)
        db.session.commit()
    flash(word("page", "court_asked_again"), "done")
    return redirect(page, 303)
