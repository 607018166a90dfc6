"""PostgreSQL alone: what SQLite has no say in.  What both engines must do alike is under tests/services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.services.engines import fresh_url, open_engine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this needs the server."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.postgres)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it, opened as the system opens it."""
    with fresh_url("postgresql", tmp_path) as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()
