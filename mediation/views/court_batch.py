"""Batches that a court asked for, as its pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.language import word
from mediation.models import CourtExport, User
from mediation.views.formats import show_moment, show_size


@dataclass(frozen=True)
class ExportSeen:
    """A batch: how far it is, and where it can be fetched."""

    token: str
    state: str  # waiting, running, done, failed, expired
    words: str
    done: int
    total: int
    by: str
    asked: str
    purpose: str
    until: str
    sha256: str
    size: str
    failures: list[tuple[str, str]]
    url: str
    file_url: str


def show_export(row: CourtExport, at: datetime) -> ExportSeen:
    """One batch."""
    over = row.state == "done" and row.expires_at is not None and row.expires_at < at
    state, total = "expired" if over else row.state, len(row.case_ids)
    return ExportSeen(
        token=row.token,
        state=state,
        words=word("court_export", state).format(done=row.done, total=total),
        done=row.done,
        total=total,
        by=row.by_name,
        asked=show_moment(row.asked_at),
        purpose=row.purpose,
        until=show_moment(row.expires_at),
        sha256=row.sha256,
        size=show_size(row.size) if row.size else "",
        failures=[(str(number), str(why)) for number, why in row.failures],
        url=url_for("court_batch.export", token=row.token),
        file_url=url_for("court_batch.fetch", token=row.token) if state == "done" else "",
    )


def list_exports(session: Session, user: User, at: datetime) -> list[ExportSeen]:
    """Those of this person's court, the newest first."""
    rows = (
        select(CourtExport)
        .where(CourtExport.organisation_id == user.organisation_id)
        .order_by(CourtExport.id.desc())
        .limit(200)
    )
    return [show_export(row, at) for row in session.scalars(rows)]
