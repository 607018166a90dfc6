"""Who looked at what: written before the answer leaves; an answer that cannot be recorded is not given."""

from __future__ import annotations

from datetime import timedelta

from flask import g
from werkzeug.wrappers import Response

from mediation.clock import now
from mediation.database import db
from mediation.models import AccessRecord, UserSession
from mediation.routes.transactions import writing

SEEN_EVERY = timedelta(minutes=5)


def note(action: str, case_id: int | None = None, what: str = "") -> None:
    """Have this request recorded: view, document, reveal, login …"""
    notes: list[tuple[str, int | None, str]] = g.setdefault("notes", [])
    notes.append((action, case_id, what[:200]))


def keep_records(response: Response) -> Response:
    """After each request: write the notes down, and, now and then, that the person is still there."""
    if denied := g.pop("denied", None):
        note("denied", None, denied)
    notes = g.pop("notes", [])
    due = g.get("seen_at") is not None and now() - g.seen_at > SEEN_EVERY
    if not notes and not due:
        return response
    who, g.seen_at = g.get("who"), None
    with writing() as desk:
        for action, case_id, what in notes:
            desk.session.add(
                AccessRecord(
                    at=desk.now, user_id=who.id if who else None, case_id=case_id, action=action, what=what
                )
            )
        if due and (row := desk.session.get(UserSession, g.login_id)) is not None:
            row.seen_at = desk.now
        db.session.commit()
    return response
