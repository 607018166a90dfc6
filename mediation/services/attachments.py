"""Files of a case: put on record, and taken off it with a reason; the bytes stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mediation.models import Attachment, Case, Document
from mediation.services import scans
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused

#: What a court is handed with an application (CPLI 354; FS5 3); what was said in mediation is not in these.
FOR_COURT = frozenset({"scan", "electronic", "evidence", "identity", "authority", "property", "ruling"})


def add_file(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `add_file`: the file, which is on the shelf already, becomes one of the case's."""
    scans.check_pages(case, move.facts)
    put(case, move.facts, by.name, move.at)


def remove_file(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `remove_file`: it no longer counts; its row and its bytes are kept."""
    row = find(case, int(move.get("number", 0)))
    if row is not None:
        row.removed_at, row.removed_why = move.at, move.text("reason")


def put(case: Case, facts: Mapping[str, Any], by_name: str, at: datetime) -> Attachment:
    """Put a kept file on record; other steps that bring files (a ruling, a receipt) use this too.

    facts: kind, title, file {sha256, size, media_type, pages, name}, and optionally party (a ref), document (its
    number), page, original, origin, proves.  Raises Refused where the very same file has that place already.
    """
    file = facts["file"]
    document = _document(case, facts.get("document"))
    party = case.party(str(facts.get("party") or ""))
    same = [
        row
        for row in case.attachments
        if (row.sha256, row.kind, row.page) == (file["sha256"], facts["kind"], facts.get("page"))
        and row.document is document
        and row.party is party
    ]
    if same:
        reason = Reason(
            "file_twice",
            f"这个文件已经收过了（第{same[0].number}份：{same[0].title}），不用再传。",
            "This very file is on record already.",
            where="file",
        )
        raise Refused("not_met", "add_file", [reason])
    row = Attachment(
        number=len(case.all_attachments) + 1,
        kind=facts["kind"],
        title=str(facts.get("title") or file.get("name") or ""),
        filename=str(file.get("name") or ""),
        media_type=file["media_type"],
        sha256=file["sha256"],
        size=file["size"],
        pages=file.get("pages"),
        party=party,
        document=document,
        page=facts.get("page"),
        sharpness=file.get("sharpness"),
        original=facts.get("original"),
        origin=str(facts.get("origin") or ""),
        proves=str(facts.get("proves") or ""),
        added_at=at,
        added_by=by_name,
        removed_why="",
    )
    case.all_attachments.append(row)
    return row


def find(case: Case, number: int) -> Attachment | None:
    """A file of the case by its number, also one that was taken off the record."""
    return next((row for row in case.all_attachments if row.number == number), None)


def _document(case: Case, number: Any) -> Document | None:
    return next((row for row in case.documents if row.number == number), None)
