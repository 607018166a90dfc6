"""Offices for the tests of the command line: the small county is made once, and each test works on a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mediation.casefile import read_json
from tests.offices import Office, found_office, open_office

CASES = Path(__file__).resolve().parent.parent / "fixtures" / "cases.jsonl"


@pytest.fixture(scope="session")
def cases() -> dict[str, dict[str, Any]]:
    """The case files of the tests, by external_id."""
    return {case["external_id"]: case for case in read_json(CASES.read_text("utf-8"))}


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small county."""
    folder = tmp_path_factory.mktemp("office") / "instance"
    found_office(folder).close()
    return folder


@pytest.fixture
def office(small_county: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of the small county."""
    instance = tmp_path / "instance"
    shutil.copytree(small_county, instance)
    found = open_office(instance)
    yield found
    found.close()


@pytest.fixture(scope="session")
def busy_county(small_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small county and every case file of the tests in it."""
    folder = tmp_path_factory.mktemp("busy") / "instance"
    shutil.copytree(small_county, folder)
    found = open_office(folder)
    found.run("cases", "import", CASES)
    found.close()
    return folder


@pytest.fixture
def busy_office(busy_county: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of the busy county."""
    instance = tmp_path / "busy"
    shutil.copytree(busy_county, instance)
    found = open_office(instance)
    yield found
    found.close()
