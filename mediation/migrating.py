"""Bringing a database to the newest schema: all of a migration, or none of it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from mediation.database import Base


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("mediation") / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Make the schema what this version of the system needs; nothing happens where it already is."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Back to an older schema, for tests and for going back to an older version."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        command.downgrade(_config(connection), revision)


def newest_revision() -> str:
    """The schema version this code needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def present_revision(engine: Engine) -> str | None:
    """The schema version the database has, None where it has none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(engine: Engine) -> list[Any]:
    """What the models say and the database lacks, or the other way round; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def write_revision(engine: Engine, message: str) -> None:
    """For developers: a new revision from what changed in the models."""
    with engine.connect() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)
