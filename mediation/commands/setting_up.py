"""`mediation init`: the database, its calendars and reference data; as often as one likes."""

from __future__ import annotations

import sqlite3

import click
from flask import current_app
from flask.cli import with_appcontext

from mediation.commands.office import prepare_database, settings
from mediation.database import wal_is_safe


@click.command("init", help="建立或升级数据库，装入节假日；可以重复运行。")
@with_appcontext
def init() -> None:
    """Create or migrate the database and load what it needs."""
    years = prepare_database(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(f"数据库已就绪：{describe_database()}", err=True)
    if years:
        click.echo(f"已装入{years[0]}年至{years[-1]}年的节假日。", err=True)


def describe_database() -> str:
    """Which database it is, and for SQLite the version and the journal that was chosen for it."""
    found = settings()
    if not found.is_sqlite:
        return "PostgreSQL"
    return (
        f"SQLite {sqlite3.sqlite_version}，{journal_words()}，{found.database_url.removeprefix('sqlite:///')}"
    )


def journal_words() -> str:
    """WAL where this SQLite has no WAL-reset fault, a truncated journal otherwise."""
    if wal_is_safe(sqlite3.sqlite_version_info):
        return "WAL + FULL"
    return "TRUNCATE + FULL（本机 SQLite 的 WAL 有缺陷，已自动避开）"
