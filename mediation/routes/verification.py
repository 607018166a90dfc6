"""What the code on a printed paper opens: is this the paper on record? Open to everybody, and it names nobody."""

from __future__ import annotations

import hashlib
from typing import IO

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from mediation.access import opens_to_all, takes_files
from mediation.database import db
from mediation.language import spoken
from mediation.routes.transactions import writing
from mediation.services.verification import Likeness, OnRecord, TooManyTries, look_up, tidy
from mediation.uploads import LARGEST_FILE
from mediation.views.formats import show_day

blueprint = Blueprint("verification", __name__)
_BLOCK = 256 * 1024


@blueprint.get("/verify")
@opens_to_all
def ask() -> Response | str:
    """Where a code is typed in."""
    if typed := request.args.get("code", "").strip():
        return redirect(url_for("verification.show", code=tidy(typed) or "-"), 303)
    return render_template("verification/ask.html", code="", error="")


@blueprint.get("/verify/<code>")
@opens_to_all
def show(code: str) -> Response | str | tuple[str, int]:
    """What the paper with this code is today."""
    found = _find(code)
    return found if isinstance(found, tuple) else _page(found)


@blueprint.post("/verify/<code>", endpoint="compare")
@opens_to_all
@takes_files
def compare(code: str) -> Response | str | tuple[str, int]:
    """Compare a file with the paper on record, by its hash; the file is read and forgotten."""
    found = _find(code)
    if isinstance(found, tuple):
        return found
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(found, error="verify_no_file"), 422
    return _page(found, likeness=found.compare(_hash(file.stream)))


def _find(code: str) -> OnRecord | tuple[str, int]:
    with writing() as desk:
        try:
            found = look_up(desk, code, request.remote_addr or "")
        except TooManyTries:
            return _ask_again(code, "verify_too_many", 429)
        db.session.commit()
    return found if found is not None else _ask_again(code, "verify_unknown", 404)


def _ask_again(code: str, error: str, status: int) -> tuple[str, int]:
    return render_template("verification/ask.html", code=code[:20], error=spoken("page")[error]), status


def _page(found: OnRecord, *, likeness: Likeness | None = None, error: str = "") -> str:
    words = spoken("verification")
    return render_template(
        "verification/show.html",
        found=found,
        said=words[found.standing],
        good=found.standing in ("current", "issued"),
        issued=show_day(found.issued_on),
        ended=show_day(found.ended_on),
        likeness=likeness,
        compared=words[likeness] if likeness else "",
        error=spoken("page")[error] if error else "",
    )


def _hash(stream: IO[bytes]) -> str:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > LARGEST_FILE:
            raise RequestEntityTooLarge
        digest.update(block)
    return digest.hexdigest()
