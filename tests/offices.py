"""An office for tests that use the command line: its own folder, a small county, and every command at hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import text

from mediation import create_app
from mediation.commands import main
from mediation.config import read_settings
from mediation.database import Base, db

DIVISIONS = """code,name,level,parent_code
430522,新邵县,county,
430522101,严塘镇,town,430522
430522101202,大源村,village,430522101
430522101203,邮亭村,village,430522101
430522102,雀塘镇,town,430522
430522102207,龙头村,village,430522102
"""
COUNTY, TOWN, OTHER_TOWN = "430522000000", "430522101000", "430522102000"
VILLAGE = "430522101202"


@dataclass
class Office:
    """One installation."""

    instance: Path
    app: Flask

    def run(self, *args: str | Path, stdin: str | bytes | None = None, expect: int | None = 0) -> Result:
        """Run a command; fails where its exit code is another than expected, or where it broke with a trace."""
        result = CliRunner().invoke(
            main,
            [str(arg) for arg in args],
            input=stdin,
            obj=ScriptInfo(create_app=lambda: self.app, set_debug_flag=False),
            env={"MEDIATION_INSTANCE": str(self.instance)},
        )
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert expect is None or result.exit_code == expect, result.output
        return result

    def import_cases(self, *cases: Mapping[str, Any], expect: int | None = 0) -> list[dict[str, Any]]:
        """Bring case files in; what is printed of each."""
        told = "\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        return lines_of(self.run("cases", "import", "-", stdin=told, expect=expect))

    def export_cases(self, *numbers: str) -> list[dict[str, Any]]:
        """Cases by their numbers, as case files."""
        return lines_of(self.run("cases", "export", *numbers))

    def ask(self, sql: str, **values: Any) -> list[Any]:
        """Rows of a query."""
        with self.app.app_context():
            found = list(db.session.execute(text(sql), values).all())
            db.session.rollback()
        return found

    def change(self, sql: str, **values: Any) -> int:
        """Change rows behind the system's back, references unchecked; how many were changed."""
        with self.app.app_context(), db.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                return int(raw.execute(sql, values).rowcount)
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    def count_rows(self) -> dict[str, int]:
        """How many rows each table has, and what every counter says."""
        counts = {
            table.name: self.ask(f"SELECT count(*) FROM {table.name}")[0][0]
            for table in Base.metadata.sorted_tables
        }
        return counts | {
            f"counter {scope}": value for scope, value in self.ask("SELECT scope, value FROM counters")
        }

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def open_office(instance: Path) -> Office:
    """The installation in a folder."""
    return Office(instance, create_app(read_settings({"MEDIATION_INSTANCE": str(instance)})))


def found_office(instance: Path) -> Office:
    """A new installation with a small county."""
    office = open_office(instance)
    office.run("init")
    office.run("organizations", "import", "-", stdin=DIVISIONS)
    return office


def lines_of(result: Result) -> list[dict[str, Any]]:
    """The JSON objects a command printed, one a line."""
    return [json.loads(line) for line in result.stdout.splitlines() if line]
