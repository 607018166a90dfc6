"""Photographs that residents send: kept and really opened before any transaction begins."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from mediation.text_guard import TextError, check_text
from mediation.uploads import Kept, keep

MOST_PHOTOS = 9


def keep_photos(field: str) -> list[tuple[Kept, str]]:
    """What came under a field of the form, on the shelf; raises UploadRefused."""
    sent = [file for file in request.files.getlist(field) if file.filename][:MOST_PHOTOS]
    settings = current_app.extensions["mediation.settings"]
    return [(keep(settings, file.stream, only_pages=True), _name(file)) for file in sent]


def _name(file: FileStorage) -> str:
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2].strip()[-200:]
    try:
        return check_text(name, kind="line") if name else ""
    except TextError:
        return ""
