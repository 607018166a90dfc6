"""The small county, on SQLite: what the law asks is the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.services import county
from tests.services.engines import opened


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the county in it."""
    with opened("sqlite", tmp_path_factory.mktemp("county")) as found:
        county.build(found)
        yield found


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Work that is undone after the test."""
    with county.transaction(engine) as found:
        yield found


@pytest.fixture
def office(session: Session) -> county.Office:
    """The window where cases are filed."""
    return county.Office(session)
