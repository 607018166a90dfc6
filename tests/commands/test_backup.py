"""`mediation backup` and `restore`: what is brought back is what was there, and never on top of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offices import Office, open_office

EAVES = "〔2026〕大源村人调字第0001号"


@pytest.fixture
def backed_up(busy_office: Office, tmp_path: Path) -> Path:
    """A backup of the busy county with a rendered paper."""
    busy_office.run("documents", "render", EAVES, "--out", tmp_path / "out", "--type", "rights_notice")
    file = tmp_path / "backup.tar"
    busy_office.run("backup", file)
    return file


def test_a_restored_office_is_the_same_and_sound(
    busy_office: Office, backed_up: Path, tmp_path: Path
) -> None:
    fresh = open_office(tmp_path / "fresh")
    assert "核对无误" in fresh.run("restore", backed_up).output
    assert fresh.count_rows() == busy_office.count_rows()
    fresh.close()
    again = open_office(tmp_path / "fresh")  # with the keys that came back
    assert again.export_cases(EAVES) == busy_office.export_cases(EAVES)
    assert len(list((again.instance / "papers").glob("??/*.pdf"))) == 1
    again.close()


def test_a_backup_is_restored_over_an_office_without_cases(backed_up: Path, tmp_path: Path) -> None:
    fresh = open_office(tmp_path / "fresh")
    fresh.run("init")
    fresh.close()
    fresh.run("restore", backed_up)
    fresh.close()


def test_a_backup_is_never_restored_over_data(busy_office: Office, backed_up: Path) -> None:
    before = busy_office.count_rows()
    assert "已经有数据" in busy_office.run("restore", backed_up, expect=1).stderr
    assert busy_office.count_rows() == before


def test_a_damaged_backup_is_refused(backed_up: Path, tmp_path: Path) -> None:
    whole = backed_up.read_bytes()
    middle = len(whole) // 2
    for number, damaged in enumerate(
        (
            b"",
            whole[:middle],
            whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            b"no tar at all",
        )
    ):
        file = tmp_path / f"damaged-{number}.tar"
        file.write_bytes(damaged)
        fresh = open_office(tmp_path / f"fresh-{number}")
        assert "不是完整的备份" in fresh.run("restore", file, expect=1).stderr
        assert not (fresh.instance / "mediation.db").exists()
        fresh.close()


def test_a_backup_does_not_overwrite_and_is_private(busy_office: Office, backed_up: Path) -> None:
    assert "不覆盖" in busy_office.run("backup", backed_up, expect=1).stderr
    assert backed_up.stat().st_mode & 0o077 == 0
