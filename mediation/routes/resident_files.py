"""Photographs that residents send: kept and really opened before any transaction begins."""

from __future__ import annotations

from flask import current_app, request

from mediation.uploads import Kept, keep, name_to_show

MOST_PHOTOS = 9


def keep_photos(field: str) -> list[tuple[Kept, str]]:
    """What came under a field of the form, on the shelf; raises UploadRefused."""
    sent = [file for file in request.files.getlist(field) if file.filename][:MOST_PHOTOS]
    settings = current_app.extensions["mediation.settings"]
    return [(keep(settings, file.stream, only_pages=True), name_to_show(file.filename)) for file in sent]
