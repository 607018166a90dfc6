"""Writing: in line behind one gate on SQLite, all of a request or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from mediation.clock import now
from mediation.config import Settings
from mediation.database import begin_writing, db, let_go, write_gate
from mediation.rendering import gate_of
from mediation.services.desk import Desk


@contextmanager
def writing() -> Iterator[Desk]:
    """A desk with an open writing transaction.  The view commits once, as its last act; without that, or when it
    raises, nothing is kept.  The gate is held from BEGIN to COMMIT and always let go."""
    settings: Settings = current_app.extensions["mediation.settings"]
    let_go(db.session)
    with write_gate(gate_of(settings)):
        begin_writing(db.session)
        try:
            yield Desk(db.session(), current_app.extensions["mediation.keys"], now(), policy=settings.policy)
        finally:
            db.session.rollback()
