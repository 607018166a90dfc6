"""One file with everything an installation needs to rise again: database, keys and papers, each with its hash."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from mediation.config import Settings
from mediation.database import begin_writing
from mediation.models import UserSession

FORMAT = "mediation-backup/1"
MANIFEST, DATABASE, KEYS = "manifest.json", "mediation.db", "keys.json"
#: What a restoration may find: it was made by starting the system once, and holds no case.
_MADE_BY_STARTING = {
    DATABASE,
    KEYS,
    "write.lock",
    f"{DATABASE}-journal",
    f"{DATABASE}-wal",
    f"{DATABASE}-shm",
    "papers",
    "files",
}


class BackupRefused(Exception):
    """A backup that cannot be made or brought back, in words."""


@dataclass(frozen=True)
class Backup:
    """What was written."""

    files: int
    size: int
    has_database: bool


def database_file(settings: Settings) -> Path | None:
    """The SQLite file of an installation, None for another database."""
    return Path(settings.database_url.removeprefix("sqlite:///")) if settings.is_sqlite else None


def write_backup(settings: Settings, target: Path) -> Backup:
    """Write everything into one file, while people go on working.

    First the database, in one consistent copy, then the papers: a paper's file is there before the row that names it,
    so files copied later than the rows are never too few.  Raises BackupRefused.
    """
    if target.exists():
        raise BackupRefused(f"“{target}”已经有了，不覆盖。请换一个文件名。")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            members = _gather(settings, Path(folder))
            _write_tar(draft, members)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return Backup(len(members), target.stat().st_size, DATABASE in members)


def _gather(settings: Settings, folder: Path) -> dict[str, Path]:
    members = {KEYS: settings.instance / KEYS}
    source = database_file(settings)
    if source is not None:
        if not source.exists():
            raise BackupRefused("还没有数据库，没有可备份的内容。请先运行 mediation init。")
        copy = folder / DATABASE
        with closing(sqlite3.connect(source, timeout=30)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        members[DATABASE] = copy
    papers = settings.instance / "papers"
    for path in sorted(papers.glob("??/*.pdf")):
        members[f"papers/{path.parent.name}/{path.name}"] = path
    for path in sorted((settings.instance / "files").glob("??/*")):
        members[f"files/{path.parent.name}/{path.name}"] = path
    for path in sorted((settings.instance / "certificates").glob("*")):
        members[f"certificates/{path.name}"] = path
    for path in sorted((settings.instance / "fonts").glob("*")):
        members[f"fonts/{path.name}"] = path
    return members


def _write_tar(target: Path, members: dict[str, Path]) -> None:
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "files": {name: _hash(path) for name, path in members.items()},
    }
    # The backup holds the keys: nobody else may read it.
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            said = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size, head.mode = len(said), 0o600
            tar.addfile(head, io.BytesIO(said))
            for name, path in members.items():
                tar.add(path, name, recursive=False)
        file.flush()
        os.fsync(file.fileno())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore_backup(settings: Settings, source: Path) -> None:
    """Bring a backup back into an empty installation; raises BackupRefused, and then nothing is changed."""
    _refuse_full(settings)
    settings.instance.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.instance, prefix=".restore-") as folder:
        fresh = Path(folder)
        names = _unpack(source, fresh)
        if settings.is_sqlite and DATABASE not in names:
            raise BackupRefused(
                "备份里没有数据库：它来自 PostgreSQL。请设置 DATABASE_URL，并用 pg_restore 恢复数据库。"
            )
        place = database_file(settings)
        if place is not None:
            for suffix in ("-journal", "-wal", "-shm"):
                place.with_name(place.name + suffix).unlink(missing_ok=True)
        for kept in ("papers", "files"):
            shutil.rmtree(settings.instance / kept, ignore_errors=True)
        for name in names:
            target = place if name == DATABASE and place is not None else settings.instance / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(target)
    (settings.instance / KEYS).chmod(0o600)


def _refuse_full(settings: Settings) -> None:
    full = f"“{settings.instance}”里已经有数据，不覆盖。请把 MEDIATION_INSTANCE 指到一个空文件夹再恢复。"
    there = {path.name for path in settings.instance.iterdir()} if settings.instance.exists() else set()
    if there - _MADE_BY_STARTING:
        raise BackupRefused(full)
    place = database_file(settings)
    if place is None or not place.exists() or place.stat().st_size == 0:
        return
    with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as database:
        try:
            used = [
                database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("cases", "users")
            ]
        except sqlite3.DatabaseError as error:
            raise BackupRefused(full) from error
    if any(used):
        raise BackupRefused(full)


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    # By hand: Debian 12's Python does not know `filter="data"` yet.  Plain files below the folder, nothing else.
    for member in tar:
        name = PurePosixPath(member.name)
        if member.isdir():
            continue
        content = tar.extractfile(member) if member.isfile() else None
        if content is None or name.is_absolute() or ".." in name.parts:
            raise tarfile.TarError(f"{member.name} does not belong in a backup")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("xb") as file:
            shutil.copyfileobj(content, file)


def _unpack(source: Path, folder: Path) -> list[str]:
    """Every file of the backup, seen to be whole and nothing else."""
    damaged = f"“{source}”不是完整的备份文件，没有恢复。请换一份备份。"
    try:
        with tarfile.open(source, "r:") as tar:
            _extract(tar, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        wanted: dict[str, str] = manifest["files"]
        whole = manifest["format"] == FORMAT and all(
            not PurePosixPath(name).is_absolute() and _hash(folder / name) == sha256
            for name, sha256 in wanted.items()
        )
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as error:
        raise BackupRefused(damaged) from error
    if not whole or KEYS not in wanted:
        raise BackupRefused(damaged)
    return list(wanted)


def end_logins(session: Session) -> None:
    """Whoever was logged in when the backup was made has to log in again; the caller commits."""
    begin_writing(session)
    session.execute(
        update(UserSession).where(UserSession.ended_at.is_(None)).values(ended_at=datetime.now(UTC))
    )
