"""What every test may ask for: an application with its own small county, and a client that checks each page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from mediation import create_app
from mediation.config import read_settings
from mediation.database import Base, db
from mediation.services import users
from tests import makers
from tests.pages import Browser

# Hundreds of logins, none of which has to withstand a thief: how costly a hash is has no part in what is tested.
users.HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class Clock:
    """The time as a test has it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Tell it."""
        return self.at

    def forward(self, **more: float) -> None:
        """Let time pass."""
        self.at += timedelta(**more)


class CompiledTemplates(BytecodeCache):
    """Each template is compiled once for all the applications of a run; Jinja checks that its source is the same."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks for one."""
        if found := self.kept.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja hands one over."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


def open_app(instance: Path) -> Flask:
    """An application on an instance folder, with a clock of its own."""
    app = create_app(read_settings({"MEDIATION_INSTANCE": str(instance)}))
    app.jinja_env.bytecode_cache = TEMPLATES
    app.config["TESTING"] = False  # errors are answered as they are in the office
    app.extensions["mediation.clock"] = Clock(makers.NOW)
    return app


def close_app(app: Flask) -> None:
    """Let go of its connections."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def county_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the offices and people of all tests, made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("county")
    app = open_app(folder)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    makers.make_county(app)
    close_app(app)
    return folder


@pytest.fixture
def app(county_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application on a copy of that instance."""
    instance = tmp_path / "instance"
    shutil.copytree(county_folder, instance)
    found = open_app(instance)
    yield found
    close_app(found)


@pytest.fixture
def clock(app: Flask) -> Clock:
    """The application's clock."""
    found: Clock = app.extensions["mediation.clock"]
    return found


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A visitor who has not logged in."""
    return Browser(app)
