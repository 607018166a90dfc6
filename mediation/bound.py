"""The bound file as a PDF: planned from the rows, then, with no transaction open, put together from the shelves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pikepdf import Pdf
from sqlalchemy.orm import Session

import documents
from documents import facts as f
from mediation.casefile_export import write_case
from mediation.config import Settings
from mediation.models import Case, Document
from mediation.rendering import KeptPaper, Shelf, fetch_paper, shelf_of, write_whole
from mediation.services.dossier import Sheet, cover_of, day_of, sheets_of
from mediation.services.whistle_papers import goes_with_a_receipt
from mediation.uploads import place_of
from mediation.void_papers import fetch_void


@dataclass(frozen=True)
class Plan:
    """All that the volume is made of, free of any row."""

    name: str  # of the case, for its folder
    cover: f.Dossier
    sheets: tuple[Sheet, ...]
    voids: dict[int, tuple[str, str]]  # papers that were replaced: type and facts
    case_file: str


def plan(session: Session, settings: Settings, case: Case, now: datetime) -> Plan:
    """What the volume of a case is made of today.  Renders what has not been rendered, since only then it is known
    of how many pages no signed scan is there; so it ends the transaction and begins another."""
    for document_id in [row.id for row in _current(case)]:
        fetch_paper(session, shelf_of(settings), document_id)
    sheets = tuple(sheets_of(case))
    voided = {row.id: (row.type, row.facts) for row in case.documents if row.superseded_at is not None}
    return Plan(
        name=case.public_number,
        cover=cover_of(case, day_of(case, now)),
        sheets=sheets,
        voids=voided,
        case_file=json.dumps(write_case(case), ensure_ascii=False, indent=1),
    )


def bind_case(session: Session, settings: Settings, planned: Plan) -> KeptPaper:
    """The volume as a file, made once for what it is made of; the one before is thrown away.

    Ends the session's transaction.  Raises DocumentError where it cannot be made, OSError where a file is gone.
    """
    shelf = shelf_of(settings)
    key = _key(planned)
    path = shelf.folder / "dossiers" / planned.name / f"{key}.pdf"
    if not path.exists():
        _make(session, settings, shelf, planned, path)
    pdf = path.read_bytes()
    with Pdf.open(path) as volume:
        return KeptPaper(path, hashlib.sha256(pdf).hexdigest(), len(volume.pages))


def _key(planned: Plan) -> str:
    said = [planned.case_file, documents.freeze(planned.cover), *(asdict(sheet) for sheet in planned.sheets)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _make(session: Session, settings: Settings, shelf: Shelf, planned: Plan, path: Path) -> None:
    parts = [
        documents.Part(
            sheet.title, _files(session, settings, shelf, sheet, planned.voids), sheet.kind, sheet.note
        )
        for sheet in planned.sheets
    ]
    volume = documents.bind(planned.cover, parts, case_file=planned.case_file)
    if path.parent.exists():
        for old in path.parent.glob("*.pdf"):
            old.unlink(missing_ok=True)
    write_whole(path, volume.pdf)


def _files(
    session: Session, settings: Settings, shelf: Shelf, sheet: Sheet, voids: dict[int, tuple[str, str]]
) -> tuple[bytes, ...]:
    if sheet.paper is None:
        return tuple(place_of(settings, sha256).read_bytes() for sha256 in sheet.files)
    if sheet.void:
        return (fetch_void(shelf, *voids[sheet.paper]).read_bytes(),)
    return (fetch_paper(session, shelf, sheet.paper).path.read_bytes(),)


def collate_case(session: Session, settings: Settings, case: Case) -> documents.Paper:
    """Every copy of every paper of a case in one file, for the printer.  Ends the session's transaction.

    Raises LookupError where there is no paper yet, DocumentError where one cannot be made.
    """
    return collate(session, settings, [(row, None) for row in _current(case)])


def collate(
    session: Session, settings: Settings, wanted: Sequence[tuple[Document, int | None]]
) -> documents.Paper:
    """So many copies of these papers in one file; None: as many as the paper's own facts call for.  Behind a 吹哨单
    that waits for an answer lies a 报到回执 to be filled in by hand.

    Ends the session's transaction.  Raises LookupError for no paper at all, DocumentError where one cannot be made.
    """
    shelf = shelf_of(settings)
    rows = [(row.id, row.type, row.facts, copies, goes_with_a_receipt(row)) for row, copies in wanted]
    session.rollback()
    stacks = []
    for document_id, kind, facts, copies, to_fill_in in rows:
        count = copies or documents.find_kind(kind).copies(documents.thaw(kind, facts))
        pdf = fetch_paper(session, shelf, document_id).path.read_bytes()
        stacks.append(documents.Stack(kind, pdf, count))
        if to_fill_in:
            stacks.append(documents.Stack("whistle_receipt", documents.receipt_beside(facts).pdf, 1))
    if not stacks:
        raise LookupError("there is no paper to print yet")
    return documents.collate(stacks)


def _current(case: Case) -> list[Document]:
    return [row for row in case.documents if row.superseded_at is None]
