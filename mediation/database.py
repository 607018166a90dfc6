"""How rows are kept: the base class, the column types, and what each database engine must be told."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Date, Dialect, Engine, MetaData, Numeric, String, event
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import JSON, TypeDecorator

from mediation.keys import KeyRing


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and handed out aware; a moment without a zone is refused."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware on the way out (SQLite forgets the zone)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Text that is encrypted at rest; the engine carries the key (see `prepare_engine`)."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypted on the way in."""
        return None if value is None else _keys_of(dialect).encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypted on the way out."""
        return None if value is None else _keys_of(dialect).decrypt(value)


def _keys_of(dialect: Dialect) -> KeyRing:
    keys = getattr(dialect, "mediation_keys", None)
    if not isinstance(keys, KeyRing):
        raise RuntimeError("this engine has no keys; call prepare_engine first")
    return keys


class DayInChina(FunctionElement[date]):
    """The date on the calendar in China of a moment that is kept: for counting in the database."""

    type = Date()
    inherit_cache = True


@compiles(DayInChina)
def _day_on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(({compiler.process(element.clauses, **more)}) AT TIME ZONE 'Asia/Shanghai' AS DATE)"


@compiles(DayInChina, "sqlite")
def _day_on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    # China keeps one time all the year, eight hours before Greenwich.
    return f"date({compiler.process(element.clauses, **more)}, '+8 hours')"


class Money(TypeDecorator[Decimal]):
    """Yuan with two places; SQLite keeps it as an exact integer of fen."""

    impl = Numeric(15, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """An integer of fen on SQLite, whose own numbers are floats."""
        from sqlalchemy import BigInteger

        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(15, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Exact on the way in; more than two places are refused."""
        if value is None:
            return None
        fen = Decimal(value) * 100
        if fen != fen.to_integral_value():
            raise ValueError(f"{value} has more than two places")
        return int(fen) if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Two places on the way out."""
        if value is None:
            return None
        exact = Decimal(value) / 100 if dialect.name == "sqlite" else Decimal(value)
        return exact.quantize(Decimal("0.01"))


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy when the class is made
        datetime: UtcDateTime,
        Decimal: Money,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


# Plain models on our own base; Flask-SQLAlchemy only gives the session and the engine (see DECISIONS.md).
db = SQLAlchemy(metadata=Base.metadata, session_options={"autoflush": False})

WAL_IS_SAFE_FROM = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault, in which committed rows can vanish."""
    newest, *backports = WAL_IS_SAFE_FROM
    if version >= newest:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in backports)


def prepare_engine(engine: Engine, keys: KeyRing) -> None:
    """Give an engine its keys and, on SQLite, durable settings and one queue for writers.

    Acknowledged means kept: WAL with FULL where this SQLite has no WAL-reset fault, otherwise a truncated
    rollback journal with FULL.  Never NORMAL: it may lose the last commits in a power cut.
    """
    engine.dialect.mediation_keys = keys  # type: ignore[attr-defined]
    if engine.dialect.name != "sqlite":
        return
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that DDL is transactional too
        for pragma in (
            f"journal_mode={journal}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def write_gate(path: Path | None) -> Iterator[None]:
    """Wait in line to write: SQLite's own waiting is unfair, the kernel's is not.  No gate, no waiting."""
    if path is None:
        yield
        return
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


def let_go(session: Session | scoped_session[Any]) -> None:
    """End a transaction that has only read.  Whoever waits in line to write must hold no read lock meanwhile: the
    writer at the head of the line may be waiting for just that one."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("there are changes already; say begin_writing before making any")
    session.rollback()


def learn_sizes(engine: Engine) -> None:
    """Let SQLite's planner learn how large the tables are and how they are spread; PostgreSQL learns by itself.

    Without it SQLite takes an index on the little that differs for better than one on a case.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()  # a connection reads what was learned when it is opened


def begin_writing(session: Session | scoped_session[Any]) -> None:
    """Start this session's transaction as a writing one.  On SQLite it takes the write lock at once, so a
    transaction that has read can never find itself unable to write.  What was only read before is let go."""
    let_go(session)
    session.connection(execution_options={"writing": True})
