"""材料照片 on the case page: the photographs and scans on record, the newest first, and where one adds to them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from mediation.access import Audience
from mediation.models import Attachment, Case
from mediation.views.files import FileSeen, may_open_file, show_file

#: So many stand on the case page; all of them are on the page of the files.
SHOWN = 6


@dataclass(frozen=True)
class Photos:
    """`there` are the newest; `total` counts all that this reader may open."""

    there: list[FileSeen]
    total: int
    all_url: str
    #: "" where this reader adds nothing.
    add_url: str


def show_photos(case: Case, audience: Audience, *, may_add: bool) -> Photos | None:
    """None for whom the case has no files at all: a department."""
    if audience is Audience.department:
        return None
    rows = [row for row in reversed(case.attachments) if _is_a_page(row) and may_open_file(row, audience)]
    number = case.public_number
    return Photos(
        [show_file(case, row) for row in rows[:SHOWN]],
        len(rows),
        url_for("files.list_all", number=number),
        url_for("files.list_all", number=number, kind="photo", _anchor="add") if may_add else "",
    )


def _is_a_page(row: Attachment) -> bool:
    """A photograph or a scan, and no recording or table."""
    return row.media_type.startswith("image/") or row.media_type == "application/pdf"
