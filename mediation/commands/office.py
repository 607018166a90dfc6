"""What every command has at hand: settings, keys, the shelf of papers, and a short transaction to write in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from mediation import migrating
from mediation.config import Settings
from mediation.database import begin_writing, db, write_gate
from mediation.keys import KeyRing
from mediation.rendering import Shelf, gate_of, shelf_of
from mediation.services import calendars, ledger, obligations, searching
from mediation.services.desk import Desk


def settings() -> Settings:
    """How this installation runs."""
    return cast(Settings, current_app.extensions["mediation.settings"])


def keys() -> KeyRing:
    """The installation's keys."""
    return cast(KeyRing, current_app.extensions["mediation.keys"])


def session() -> Session:
    """The database session of this command."""
    return cast(Session, db.session())


def shelf() -> Shelf:
    """Where rendered papers lie."""
    return shelf_of(settings())


@contextmanager
def writing() -> Iterator[Desk]:
    """One short write transaction behind the gate: committed at its end, or nothing of it is kept."""
    here = session()
    with write_gate(gate_of(settings())):
        begin_writing(here)
        try:
            yield Desk(here, keys(), datetime.now(UTC), policy=settings().policy)
            here.commit()
        except BaseException:
            here.rollback()
            raise


def prepare_database(app: Flask) -> list[int]:
    """Bring the schema to its newest form and load the announced rest days; returns the years that are new."""
    with app.app_context():
        with write_gate(gate_of(settings())):
            migrating.upgrade(db.engine)
        with writing() as desk:
            years = calendars.load_rest_days(desk.session)
            ledger.open_missing(desk.session, obligations.civil_day(desk.now))
            while searching.index_missing(desk):
                pass
            return years
