"""`mediation documents gallery`: every kind of paper in a folder, to be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import CATALOGUE
from tests.offices import Office


def test_it_writes_each_kind_and_names_each_file(
    busy_office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("documents.gallery.CATALOGUE", {"receipt_slip": CATALOGUE["receipt_slip"]})
    told = busy_office.run("documents", "gallery", "--out", tmp_path / "out")
    named = [Path(line) for line in told.output.splitlines()]
    sizes = ("short", "typical", "extreme", "blank")
    assert [path.name for path in named][:4] == [f"receipt_slip-{size}.pdf" for size in sizes]
    assert all(path.read_bytes().startswith(b"%PDF") for path in named)
