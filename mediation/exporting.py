"""The worker that packs batches for a court: outside every transaction, in its own short ones."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from mediation.clock import now
from mediation.config import Settings
from mediation.database import begin_writing, db, write_gate
from mediation.packages import TABLE, Bundle, make_private, write_bundle
from mediation.rendering import gate_of
from mediation.services import court_exports

log = logging.getLogger(__name__)
#: Seconds after which what lies half-made belongs to nobody: a case is packed in far less.
LEFT_BEHIND = 3600
#: Seconds after which a bundle goes even where no row tells of it any more (a database that was restored).
LONGEST = int((court_exports.KEPT + timedelta(days=1)).total_seconds())
NOT_MADE = "没有做成，请再导一次；还不行请联系系统管理员"


def place_of_export(settings: Settings, token: str) -> Path:
    """Where a batch lies, or would lie."""
    return settings.instance / "exports" / f"{token}.zip"


def make_waiting_export(app: Flask) -> bool:
    """Make one batch that waits, or that a worker left half-made; whether there was one."""
    with app.app_context():
        settings: Settings = app.extensions["mediation.settings"]
        try:
            return _make(settings)
        finally:
            db.session.remove()


def _make(settings: Settings) -> bool:
    session = db.session()
    with write_gate(gate_of(settings)):
        begin_writing(session)
        _tidy(settings, session)
        export = court_exports.claim(session, now())
        if export is None:
            session.commit()
            return False
        job = _Job(
            export.id, export.attempts, export.token, list(export.case_ids), export.organisation.name,
            export.plain_names, export.asked_at,
        )  # fmt: skip
        session.commit()
    target = place_of_export(settings, job.token)
    make_private(target.parent)
    # Whoever had it before is dead, or will find that it was taken over: its half does not stay about.
    for half in target.parent.glob(f".{target.name}.*"):
        half.unlink(missing_ok=True)
    try:
        bundle = _pack(session, settings, job, target)
        with _written(session, settings):
            court_exports.finish(session, job.id, job.attempt, bundle.sha256, bundle.size, now())
    except court_exports.TakenOver:
        session.rollback()
        log.warning("batch %s was taken over by another worker", job.id)
    except Exception:
        session.rollback()
        log.exception("batch %s could not be made", job.id)
        with suppress(court_exports.TakenOver), _written(session, settings):
            court_exports.fail(session, job.id, job.attempt, NOT_MADE, now())
    return True


@dataclass(frozen=True)
class _Job:
    """A batch as its worker took it."""

    id: int
    attempt: int
    token: str
    case_ids: list[int]
    court: str
    plain_names: bool
    asked_at: datetime


def _pack(session: Session, settings: Settings, job: _Job, target: Path) -> Bundle:
    def tell(done: int, failures: list[tuple[str, str]]) -> None:
        with _written(session, settings):
            court_exports.report(session, job.id, job.attempt, done, failures, now())

    return write_bundle(
        session, settings, job.case_ids, target,
        court=job.court, at=job.asked_at, plain_names=job.plain_names, after_each=tell,
    )  # fmt: skip


@contextmanager
def _written(session: Session, settings: Settings) -> Iterator[None]:
    """A short transaction of the worker's own."""
    with write_gate(gate_of(settings)):
        begin_writing(session)
        try:
            yield
        except BaseException:
            session.rollback()
            raise
        session.commit()


def _tidy(settings: Settings, session: Session) -> None:
    """What nobody may fetch any more goes from the disk, and what kills its workers is not tried for ever."""
    court_exports.give_up(session, NOT_MADE, now())
    for token in court_exports.end_expired(session, now()):
        place_of_export(settings, token).unlink(missing_ok=True)
    folder = place_of_export(settings, "").parent
    if folder.exists():
        make_private(folder)
        sweep(folder)


def sweep(folder: Path) -> None:
    """People's papers do not stay about: what a worker left that was killed in the middle, and what nobody knows of."""
    for pattern, seconds in ((f"{TABLE}*", LEFT_BEHIND), (".*.zip.*", LEFT_BEHIND), ("*.zip", LONGEST)):
        for left in folder.glob(pattern):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > seconds:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
