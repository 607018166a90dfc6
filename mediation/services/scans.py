"""Signing on paper: a slot for the scan of each signed page, and what was changed by hand (PML 29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mediation.models import Agreement, Attachment, Case, Document, HandwrittenChange
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.situations import signers_of
from workflows import Change, Move, Reason, Refused


@dataclass(frozen=True)
class Slot:
    """A page of the agreement, and the scan that shows it signed."""

    page: int
    scan: Attachment | None

    def is_blurred(self, below: int) -> bool:
        """Whether the photograph is less sharp than that, so that the page may not be readable."""
        sharpness = self.scan.sharpness if self.scan is not None else None
        return sharpness is not None and sharpness < below


def paper_of(agreement: Agreement) -> Document | None:
    """The paper of this version; a form for oral agreements counts as one."""
    papers = [row for row in agreement.case.documents if row.agreement is agreement]
    return papers[-1] if papers else None


def slots_of(agreement: Agreement) -> list[Slot]:
    """One slot a page, in order.  Empty until the paper has been rendered, since before nobody knows its pages: call
    `rendering.fetch_paper` first.  A scan of all pages fills every slot; of two scans of a page the later counts."""
    paper = paper_of(agreement)
    if paper is None or not paper.pages:
        return []
    found: dict[int, Attachment] = {}
    for row in scans_of(agreement):
        for page in [row.page] if row.page else range(1, paper.pages + 1):
            found[page] = row
    return [Slot(page, found.get(page)) for page in range(1, paper.pages + 1)]


def missing_slots(agreement: Agreement) -> list[int]:
    """The pages of which no scan is on record."""
    return [slot.page for slot in slots_of(agreement) if slot.scan is None]


def scans_of(agreement: Agreement) -> list[Attachment]:
    """The scans of this version that are on record, oldest first."""
    paper = paper_of(agreement)
    rows = agreement.case.attachments
    return [row for row in rows if row.kind == "scan" and paper is not None and row.document is paper]


def scan_facts(agreement: Agreement, file: Mapping[str, Any], page: int | None = None) -> dict[str, Any]:
    """What the step `add_file` is told for a scan: of one page, or of all.  `file` as `uploads.keep` answers.

    Raises LookupError where the agreement has no paper.
    """
    paper = paper_of(agreement)
    if paper is None:
        raise LookupError("this agreement has no paper that could be signed")
    title = f"协议书签字页 第{page}页" if page else "协议书签字件"
    return {"kind": "scan", "title": title, "file": dict(file), "document": paper.number, "page": page}


def check_pages(case: Case, facts: Mapping[str, Any]) -> None:
    """A scan has the pages of the paper that it shows; raises Refused where it has not."""
    paper = next((row for row in case.documents if row.number == facts.get("document")), None)
    if facts.get("kind") != "scan" or paper is None or not paper.pages:
        return
    page, pages = facts.get("page"), facts["file"].get("pages")
    if page is not None and not 1 <= page <= paper.pages:
        zh = f"这份文书只有{paper.pages}页，没有第{page}页。请选对页码。"
        raise _refusal(
            "no_such_page", zh, f"The paper has {paper.pages} page(s); there is no page {page}.", "page"
        )
    if page is not None and pages != 1:
        zh = f"这一格只放第{page}页，您选的文件有{pages}页。请只选这一页，或者不填页码、整份上传。"
        raise _refusal("one_page_only", zh, f"This slot is for page {page} alone.", "file")
    if page is None and pages != paper.pages:
        zh = f"这份文书有{paper.pages}页，您选的文件有{pages}页，对不上。请补拍缺的页，或一页一页上传。"
        raise _refusal("page_count", zh, f"The paper has {paper.pages} page(s), the file {pages}.", "file")


def _refusal(code: str, zh: str, en: str, where: str) -> Refused:
    return Refused("not_met", "add_file", [Reason(code, zh, en, who="调解员", where=where)])


def note_handwriting(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `note_handwriting`: a change made by hand, with the initials that stand beside it."""
    agreement = case.agreement
    if agreement is None:
        return
    agreement.changes.append(
        HandwrittenChange(
            number=len(agreement.changes) + 1,
            page=move.get("page"),
            clause_no=move.get("clause"),
            words=move.text("words"),
            initials=sorted(set(move.get("initials") or ())),
            recorded_at=move.at,
            recorded_by=by.name,
        )
    )


def uninitialled(row: HandwrittenChange) -> list[str]:
    """The names of the parties whose initials are missing beside a change."""
    signers = signers_of(row.agreement, row.agreement.case)
    return [party.name for party in signers if party.ref not in row.initials]


def differs_from_paper(agreement: Agreement) -> bool:
    """Whether the typed text is no longer what was signed: the paper counts."""
    return bool(agreement.changes or agreement.handwritten)
