"""The files of a case as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from mediation.access import Audience
from mediation.language import word
from mediation.models import Attachment, Case
from mediation.services import papers
from mediation.services.attachments import FOR_COURT
from mediation.views.formats import show_moment, show_size


@dataclass(frozen=True)
class FileSeen:
    """One file: what it is, who brought it, where to open it."""

    number: int
    title: str
    kind: str
    party: str
    about: str
    added: str
    url: str
    is_picture: bool


def list_files(case: Case, audience: Audience) -> list[FileSeen]:
    """The files this reader may open, newest first."""
    return [show_file(case, row) for row in reversed(case.attachments) if may_open_file(row, audience)]


#: Papers of which a signed copy counts as the paper itself, wherever the case goes from here.
SIGNED_ON_PAPER = (
    "agreement", "oral_agreement", "confirmation_application", "confirmation_undertaking", "delivery_address",
    "mediation_certificate", "power_of_attorney", "representative_identity",
)  # fmt: skip


def list_signed_on_paper(case: Case) -> list[tuple[str, str]]:
    """The papers a scan may be the signed copy of: number and title, the newest first."""
    return [
        (str(row.number), f"{papers.title_of(row)} {row.number}")
        for row in reversed(case.documents)
        if row.type in SIGNED_ON_PAPER and row.superseded_at is None
    ]


def show_file(case: Case, row: Attachment) -> FileSeen:
    """One file in words."""
    pages = word("page", "file_pages").format(pages=row.pages) if row.pages and row.pages > 1 else ""
    return FileSeen(
        number=row.number,
        title=row.title,
        kind=word("file_kind", row.kind),
        party=row.party.name if row.party else "",
        about=" · ".join(part for part in (pages, show_size(row.size)) if part),
        added=f"{show_moment(row.added_at)} {row.added_by}",
        url=url_for("files.show", number=case.public_number, file=row.number),
        is_picture=row.media_type.startswith("image/"),
    )


def may_open_file(row: Attachment, audience: Audience) -> bool:
    """Whether a file is for this reader; what was taken off the record is the committee's alone."""
    if audience is Audience.court:
        return row.kind in FOR_COURT and row.removed_at is None
    return audience is Audience.committee
