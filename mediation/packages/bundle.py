"""A bundle: cases packed one after the other into a ZIP, so that memory does not grow with their number."""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from pikepdf import PdfError
from sqlalchemy import select
from sqlalchemy.orm import Session

from documents import DocumentError
from mediation.config import Settings
from mediation.models import Case, Confirmation
from mediation.packages import handing, listing, manifest
from mediation.packages.binding import bind, count_pages, merge
from mediation.packages.naming import name_folder
from mediation.packages.pieces import MERGED, Piece, list_lacking, list_pieces
from mediation.rendering import fetch_paper, shelf_of
from mediation.services.papers import PaperChanged
from mediation.uploads import place_of
from workflows.steps import SHANGHAI

log = logging.getLogger(__name__)
#: What can go wrong with one case and must not keep the others back.
TROUBLE = (DocumentError, PaperChanged, LookupError, OSError, ValueError, PdfError)
BLOCK = 1 << 20
#: How the folders are called in which a case is laid ready.
TABLE = ".packing-"


@dataclass
class Bundle:
    """What came of it: the rows of the table, and the cases that could not be packed, each with why."""

    rows: list[listing.Row] = field(default_factory=list)
    handed: list[handing.Handed] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True)
class Packing:
    """What a case's packing needs, read in one short transaction that is over before anything is rendered."""

    row: listing.Row
    handed: handing.Handed
    pieces: list[Piece]


def write_bundle(
    session: Session,
    settings: Settings,
    case_ids: Iterable[int],
    target: Path,
    *,
    court: str,
    at: datetime,
    plain_names: bool = False,
    after_each: Callable[[int, list[tuple[str, str]]], None] | None = None,
) -> Bundle:
    """Pack these cases for a court into `target`, which appears only when it is whole.

    after_each(done, failures) is told how far it is.  A case that cannot be packed is named, and the others are in.
    """
    bundle, draft = Bundle(), target.with_name(f".{target.name}.{os.getpid()}")
    moment = at.astimezone(SHANGHAI)
    try:
        with open_private(draft) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
            store = _Store(out, bundle, moment, target.parent)
            for done, case_id in enumerate(case_ids, start=1):
                _pack_case(session, settings, case_id, len(bundle.rows) + 1, court, plain_names, store)
                if after_each is not None:
                    after_each(done, bundle.failures)
            title = f"{court} 司法确认卷宗清单（{moment:%Y年%m月%d日}，{len(bundle.rows)}件）"
            store.put(listing.NAME, listing.write_listing(bundle.rows, title))
            _add_lists(store, court, moment)
            store.put_unlisted(manifest.NAME, manifest.write_manifest(bundle.sums).encode("utf-8"))
        _finish(draft, target, bundle)
    finally:
        draft.unlink(missing_ok=True)
    return bundle


def make_private(folder: Path) -> None:
    """A folder that nobody but the system's own user opens: bundles hold identity numbers and are not encrypted."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def open_private(path: Path) -> IO[bytes]:
    """A new file for the system's own user alone, whatever the umask; a half of our own from before makes room."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _add_lists(store: _Store, court: str, moment: datetime) -> None:
    """The lists to be signed; where one cannot be printed the cases are in all the same, and it is said."""
    bundle = store.bundle
    try:
        for name, pdf in handing.write_lists(bundle.handed, court, moment, bundle.sums[listing.NAME]):
            store.put(name, pdf)
    except DocumentError as error:
        bundle.failures.append((handing.NAME, _say(error)))


def _finish(draft: Path, target: Path, bundle: Bundle) -> None:
    digest = hashlib.sha256()
    with draft.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
        os.fsync(file.fileno())
    bundle.sha256, bundle.size = digest.hexdigest(), draft.stat().st_size
    draft.replace(target)


class _Store:
    """The open ZIP: writes a member and remembers its hash; names are UTF-8 and marked so."""

    def __init__(self, out: zipfile.ZipFile, bundle: Bundle, moment: datetime, folder: Path) -> None:
        self.out, self.bundle, self.folder = out, bundle, folder
        self.stamp = (
            max(moment.year, 1980),
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
        )

    def put(self, name: str, data: bytes) -> None:
        """A member that the manifest names."""
        self.put_unlisted(name, data)
        self.bundle.sums[name] = hashlib.sha256(data).hexdigest()

    def put_file(self, name: str, path: Path) -> None:
        """A member that the manifest names, from the disk, a block at a time."""
        digest, info = hashlib.sha256(), self._head(name)
        info.file_size = path.stat().st_size  # so that the ZIP knows whether it needs the large form
        with path.open("rb") as file, self.out.open(info, "w") as member:
            while block := file.read(BLOCK):
                digest.update(block)
                member.write(block)
        self.bundle.sums[name] = digest.hexdigest()

    def put_unlisted(self, name: str, data: bytes) -> None:
        """A member that the manifest does not name: the manifest itself."""
        self.out.writestr(self._head(name), data)

    def _head(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self.stamp)
        info.external_attr = 0o600 << 16
        info.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
        return info


def _pack_case(
    session: Session, settings: Settings, case_id: int, place: int, court: str, plain: bool, store: _Store
) -> None:
    found = _read(session, case_id, place, court, plain)
    session.rollback()
    session.expunge_all()
    if found is None:
        store.bundle.failures.append((f"#{case_id}", "没有交到这个法院的申请"))
        return
    # A case is laid ready on the disk first: where one file of it cannot be had, nothing of it is in the ZIP.
    with TemporaryDirectory(prefix=TABLE, dir=store.folder) as table:
        try:
            files = list(_files(session, settings, found.pieces, Path(table)))
        except TROUBLE as error:
            log.warning("case %s could not be packed: %s", found.row.number, type(error).__name__)
            store.bundle.failures.append((found.row.number, _say(error)))
            return
        for name, path in files:
            store.put_file(f"{found.row.folder}/{name}", path)
        pages = count_pages(files[-1][1]) if files and files[-1][0] == MERGED else None
    found.row.files = len(files)
    found.handed.row = replace(found.handed.row, papers=len(files) - (pages is not None), pages=pages)
    store.bundle.rows.append(found.row)
    store.bundle.handed.append(found.handed)


def _read(session: Session, case_id: int, place: int, court: str, plain: bool) -> Packing | None:
    case = session.scalar(select(Case).where(Case.id == case_id))
    applications: list[Confirmation] = (
        [] if case is None else [r for r in case.confirmations if r.court == court]
    )
    if case is None or not applications:
        return None
    sides = [
        [party.name for party in case.parties if party.role == role] for role in ("applicant", "respondent")
    ]
    folder = name_folder(place, case.public_number, sides, plain=plain)
    lacking = list_lacking(case)
    return Packing(
        listing.describe(case, applications[-1], folder, lacking),
        handing.describe(case, applications[-1], lacking),
        list_pieces(case),
    )


def _files(
    session: Session, settings: Settings, pieces: list[Piece], table: Path
) -> Iterable[tuple[str, Path]]:
    shelf, bound = shelf_of(settings), []
    for place, piece in enumerate(pieces, start=1):
        papers = [(fetch_paper(session, shelf, row).path, "application/pdf") for row in piece.papers]
        scans = [(place_of(settings, sha256), kind) for sha256, kind in piece.files]
        if papers or scans:
            target = table / f"{place}.pdf"
            bind([*papers, *scans], target)
            bound.append(target)
            yield piece.name, target
        for sha256, name, ending in piece.beside:
            place_of(settings, sha256).stat()  # it is there: later would be too late to leave the case out
            yield f"{name}.{ending}", place_of(settings, sha256)
    if bound:
        merge(bound, table / "0.pdf")
        yield MERGED, table / "0.pdf"


def _say(error: BaseException) -> str:
    if isinstance(error, DocumentError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "有一个文件在服务器上找不到了，请联系系统管理员"
    if isinstance(error, PaperChanged):
        return "有一份文书和第一次生成的不一样，请联系系统管理员"
    return "有一个文件打不开，请调委会重新上传"
