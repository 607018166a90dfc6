"""The worker that packs batches for a court: outside every transaction, in its own short ones."""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import suppress
from pathlib import Path

from flask import Flask

from mediation.clock import now
from mediation.config import Settings
from mediation.database import begin_writing, db, write_gate
from mediation.packages import TABLE, write_bundle
from mediation.rendering import gate_of
from mediation.services import court_exports

log = logging.getLogger(__name__)
#: Seconds after which what lies half-made belongs to nobody: a case is packed in far less.
LEFT_BEHIND = 24 * 3600


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
        export = court_exports.claim(session, now())
        if export is None:
            session.rollback()
            _throw_away_expired(settings)
            return False
        number, token, ids, court = export.id, export.token, list(export.case_ids), export.organisation.name
        plain, asked_at = export.plain_names, export.asked_at
        session.commit()
    target = place_of_export(settings, token)
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)

    def tell(done: int, failures: list[tuple[str, str]]) -> None:
        with write_gate(gate_of(settings)):
            begin_writing(session)
            court_exports.report(session, number, done, failures, now())
            session.commit()

    try:
        bundle = write_bundle(
            session, settings, ids, target, court=court, at=asked_at, plain_names=plain, after_each=tell
        )
    except Exception:
        session.rollback()
        log.exception("batch %s could not be made", number)
        with write_gate(gate_of(settings)):
            begin_writing(session)
            court_exports.fail(session, number, "没有做成，请再导一次；还不行请联系系统管理员", now())
            session.commit()
        return True
    with write_gate(gate_of(settings)):
        begin_writing(session)
        court_exports.finish(session, number, bundle.sha256, bundle.size, now())
        session.commit()
    return True


def sweep(folder: Path) -> None:
    """What a worker left that was killed in the middle: people's papers do not stay about."""
    for left in [*folder.glob(f"{TABLE}*"), *folder.glob(".*.zip.*")]:
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _throw_away_expired(settings: Settings) -> None:
    for row in court_exports.expired(db.session(), now()):
        place_of_export(settings, row.token).unlink(missing_ok=True)
    db.session.rollback()
