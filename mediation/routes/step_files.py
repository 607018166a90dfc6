"""Files that come with the form of a step: kept first, then put on record; a file that fails loses nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from mediation.access import asking, find_case
from mediation.database import db
from mediation.language import language
from mediation.routes.transactions import writing
from mediation.services import steps
from mediation.services.people import By
from mediation.uploads import Kept, UploadRefused, keep, name_to_show
from mediation.views.whose_step import say_reason
from workflows import Refused

MOST = 9


def sent(name: str) -> list[FileStorage]:
    """The files that a field of the form brought, at most nine."""
    return [file for file in request.files.getlist(name) if file.filename][:MOST]


def put_on_record(number: str, files: Sequence[tuple[FileStorage, dict[str, Any]]]) -> list[str]:
    """Keep each file and take `add_file` for it in a transaction of its own; what went wrong, in words.

    Each comes with what the step is told besides the file: kind, title, document, page.
    """
    said: list[str] = []
    for file, facts in files:
        try:
            _put(number, _keep(file), {**facts, "name": name_to_show(file.filename)})
        except UploadRefused as refused:
            said.append(f"{facts['title']}：{refused.in_words(language())}")
        except Refused as refused:
            # The very same scan again is no fault: a form was sent twice.
            told = [say_reason(r) for r in refused.reasons if r.code != "file_twice"]
            said += [f"{facts['title']}：{text}" for text in told]
        db.session.rollback()
    return said


def _keep(file: FileStorage) -> Kept:
    db.session.rollback()  # opening a file takes its time, and no transaction waits for it
    return keep(current_app.extensions["mediation.settings"], file.stream, only_pages=True)


def _put(number: str, kept: Kept, facts: dict[str, Any]) -> None:
    name = facts.pop("name")
    with writing() as desk:
        user = asking()
        case = find_case(number, user, desk.now)
        told = {**facts, "file": {**asdict(kept), "name": name}}
        steps.take(desk, case, "add_file", by=By.user(user), at=desk.now, facts=told)
        db.session.commit()
