"""Papers as files: each rendered once, outside the write lock, and kept under the hash of its bytes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

import documents
from mediation.config import Settings
from mediation.database import begin_writing, write_gate
from mediation.models import Document
from mediation.services.papers import PaperChanged

_LOCKS = 64  # so many papers can be rendered at once by all processes together


@dataclass(frozen=True)
class Shelf:
    """Where rendered papers lie, and the gate to the database they are recorded in."""

    folder: Path
    gate: Path | None

    def place_of(self, sha256: str) -> Path:
        """Where the paper with this hash lies, or would lie."""
        return self.folder / sha256[:2] / f"{sha256}.pdf"


@dataclass(frozen=True)
class KeptPaper:
    """A paper on the shelf."""

    path: Path
    sha256: str
    pages: int


def shelf_of(settings: Settings) -> Shelf:
    """The shelf of an installation: `instance/papers`."""
    return Shelf(settings.instance / "papers", gate_of(settings))


def gate_of(settings: Settings) -> Path | None:
    """The file in front of which writers wait in line; none where the database does that itself."""
    return settings.instance / "write.lock" if settings.is_sqlite else None


def fetch_paper(session: Session, shelf: Shelf, document_id: int) -> KeptPaper:
    """A paper as a file; rendered now if that has never been done, or if its file was lost or damaged.

    Ends the session's transaction, since nothing may be held while a paper is rendered: call it with nothing left to
    commit.  Raises LookupError for no such paper, PaperChanged where the bytes are not what they were the first time,
    DocumentError where they cannot be made.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("there are changes to commit first; rendering ends the transaction")
    found = _look(session, shelf, document_id)
    if found is not None:
        return found
    with _alone(shelf, document_id):
        return _look(session, shelf, document_id) or _render(session, shelf, document_id)


def count_pages(session: Session, shelf: Shelf, paper: Document) -> int:
    """How many pages a paper has; where nobody knows yet it is rendered now, which ends the session's transaction.

    Raises what fetch_paper raises.
    """
    if paper.pages:
        return paper.pages
    key = paper.id
    session.rollback()
    return fetch_paper(session, shelf, key).pages


def _look(session: Session, shelf: Shelf, document_id: int) -> KeptPaper | None:
    row = session.execute(
        select(Document.sha256, Document.pages).where(Document.id == document_id)
    ).one_or_none()
    session.rollback()
    if row is None:
        raise LookupError(f"there is no paper {document_id}")
    if row.sha256 is None:
        return None
    path = shelf.place_of(row.sha256)
    return KeptPaper(path, row.sha256, row.pages or 0) if is_whole(path, row.sha256) else None


def _render(session: Session, shelf: Shelf, document_id: int) -> KeptPaper:
    row = session.execute(
        select(Document.type, Document.number, Document.facts, Document.sha256).where(
            Document.id == document_id
        )
    ).one()
    session.rollback()
    paper = documents.render(row.type, row.facts)
    if row.sha256 is not None and row.sha256 != paper.sha256:
        raise PaperChanged(
            f"paper {row.number} ({row.type}) hashes to {paper.sha256[:12]}…, first {row.sha256[:12]}…"
        )
    path = _put(shelf, paper.sha256, paper.pdf)
    if row.sha256 is None:
        _record(session, shelf, document_id, paper)
    return KeptPaper(path, paper.sha256, paper.pages)


def _record(session: Session, shelf: Shelf, document_id: int, paper: documents.Paper) -> None:
    """Write down what the paper hashes to.  The file is there already: a crash leaves one too many, never too few."""
    with write_gate(shelf.gate):
        begin_writing(session)
        session.execute(
            update(Document)
            .where(Document.id == document_id, Document.sha256.is_(None))
            .values(sha256=paper.sha256, pages=paper.pages, rendered_at=datetime.now(UTC))
            .execution_options(synchronize_session=False)
        )
        session.commit()


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the file is there with just these bytes."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _put(shelf: Shelf, sha256: str, pdf: bytes) -> Path:
    path = shelf.place_of(sha256)
    write_whole(path, pdf)
    for folder in (path.parent, shelf.folder):
        sync_folder(folder)
    return path


def write_whole(path: Path, pdf: bytes) -> None:
    """Write a paper aside and put it in place: no reader ever meets half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(4)}")
    # Papers carry identity numbers: nobody but the system reads them from the disk.
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """See that a file just put in place is still there after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(shelf: Shelf, document_id: int) -> Iterator[None]:
    """Two who ask for the same paper at once: one renders it, the other waits for it."""
    folder = shelf.folder / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / str(document_id % _LOCKS)).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
