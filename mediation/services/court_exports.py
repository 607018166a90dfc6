"""Batches of packages for a court: asked for with a purpose, made by a worker, taken over where it was killed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from mediation.models import AccessRecord, Confirmation, CourtExport, Organisation, User
from mediation.services.desk import Desk

MOST_CASES, MOST_BYTES = 50, 300 * 1024 * 1024
KEPT = timedelta(days=7)
#: A worker that says nothing for so long is dead, and its batch is begun anew.
SILENT = timedelta(seconds=90)
MOST_ATTEMPTS = 3


def ask_for(
    desk: Desk, user: User, court: Organisation, case_ids: list[int], *, purpose: str, plain_names: bool
) -> CourtExport:
    """Put a batch down to be made; who asked, for which cases and what for is on record from now on."""
    export = CourtExport(
        token=secrets.token_hex(12),
        organisation_id=court.id,
        user_id=user.id,
        by_name=user.name,
        purpose=purpose,
        plain_names=plain_names,
        case_ids=case_ids,
        state="waiting",
        done=0,
        failures=[],
        sha256="",
        size=0,
        attempts=0,
        asked_at=desk.now,
    )
    desk.session.add(export)
    for case_id in case_ids:
        desk.session.add(
            AccessRecord(
                at=desk.now, user_id=user.id, case_id=case_id, action="export", what=f"court: {purpose}"[:200]
            )
        )
    return export


def claim(session: Session, at: datetime) -> CourtExport | None:
    """Take the oldest batch that nobody works on; None where there is none.  Two workers never take the same one."""
    free = or_(
        CourtExport.state == "waiting",
        and_(
            CourtExport.state == "running",
            CourtExport.heard_at < at - SILENT,
            CourtExport.attempts < MOST_ATTEMPTS,
        ),
    )
    found = session.scalar(select(CourtExport.id).where(free).order_by(CourtExport.id).limit(1))
    if found is None:
        return None
    taken = session.execute(
        update(CourtExport)
        .where(CourtExport.id == found, free)
        .values(state="running", heard_at=at, done=0, failures=[], attempts=CourtExport.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if not getattr(taken, "rowcount", 0):
        return None
    return session.get_one(CourtExport, found, populate_existing=True)


class TakenOver(Exception):
    """Another worker makes this batch now; whoever was slow leaves it alone."""


def _mine(session: Session, export_id: int, attempt: int) -> CourtExport:
    row = session.get_one(CourtExport, export_id, populate_existing=True)
    if (row.state, row.attempts) != ("running", attempt):
        raise TakenOver(f"batch {export_id}")
    return row


def report(
    session: Session, export_id: int, attempt: int, done: int, failures: list[tuple[str, str]], at: datetime
) -> None:
    """How far it is; raises TakenOver where another worker has begun it anew."""
    row = _mine(session, export_id, attempt)
    row.done, row.failures, row.heard_at = done, [list(pair) for pair in failures], at


def finish(session: Session, export_id: int, attempt: int, sha256: str, size: int, at: datetime) -> None:
    """It lies ready, for a week; the cases in it are fetched.  Raises TakenOver."""
    row = _mine(session, export_id, attempt)
    row.state, row.sha256, row.size = "done", sha256, size
    row.finished_at, row.expires_at = at, at + KEPT
    session.execute(
        update(Confirmation)
        .where(Confirmation.case_id.in_(row.case_ids), Confirmation.court == row.organisation.name)
        .values(exported_at=at)
        .execution_options(synchronize_session=False)
    )


def fail(session: Session, export_id: int, attempt: int, why: str, at: datetime) -> None:
    """It could not be made; after three tries nobody tries again.  Raises TakenOver."""
    row = _mine(session, export_id, attempt)
    row.state = "failed" if row.attempts >= MOST_ATTEMPTS else "waiting"
    row.failures = [*row.failures, ["", why]]
    row.finished_at = at if row.state == "failed" else None


def give_up(session: Session, why: str, at: datetime) -> int:
    """Batches that killed their worker each time they were tried; returns how many there were."""
    rows = session.scalars(
        select(CourtExport).where(
            CourtExport.state == "running",
            CourtExport.heard_at < at - SILENT,
            CourtExport.attempts >= MOST_ATTEMPTS,
        )
    ).all()
    for row in rows:
        row.state, row.finished_at, row.failures = "failed", at, [*row.failures, ["", why]]
    return len(rows)


def end_expired(session: Session, at: datetime) -> list[str]:
    """The names of batches whose week is over: nobody fetches them any more, and their files go."""
    rows = session.scalars(
        select(CourtExport)
        .where(CourtExport.state == "done", CourtExport.expires_at < at)
        .order_by(CourtExport.id)
        .limit(50)
    ).all()
    for row in rows:
        row.state = "expired"
    return [row.token for row in rows]
