"""Packages for a court: names that open anywhere, one changed byte found, a killed worker taken over."""

from __future__ import annotations

import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from mediation.exporting import sweep
from mediation.models import CourtExport, User
from mediation.packages import TABLE
from mediation.packages.binding import bind, count_pages
from mediation.packages.manifest import NAME, verify_bundle, write_manifest
from mediation.packages.naming import clean, name_folder
from mediation.services import court_exports
from tests.services.county import COURT, Office


def bundle(path: Path) -> Path:
    """A small bundle with a Chinese name in it."""
    import hashlib

    files = {"0001_2611-0001-8_王建国/01_司法确认申请书.pdf": b"%PDF-1.7 one", "index.xlsx": b"PK two"}
    with zipfile.ZipFile(path, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        out.writestr(NAME, write_manifest(sums))
    return path


def test_a_whole_bundle_fits_its_manifest(tmp_path: Path) -> None:
    assert verify_bundle(bundle(tmp_path / "a.zip")) == (2, [])


def test_one_changed_byte_is_found_and_named(tmp_path: Path) -> None:
    path = bundle(tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    place = data.find(b"%PDF-1.7 one")
    data[place + 5] ^= 1
    path.write_bytes(bytes(data))
    _, [found] = verify_bundle(path)
    assert found.path.endswith("01_司法确认申请书.pdf") and found.kind in ("changed", "unreadable")


def test_a_file_too_many_and_one_that_is_gone_are_found(tmp_path: Path) -> None:
    whole = bundle(tmp_path / "a.zip")
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "b.zip", "w") as out:
        out.writestr(NAME, old.read(NAME))
        out.writestr("index.xlsx", old.read("index.xlsx"))
        out.writestr("secret.txt", "x")
    _, found = verify_bundle(tmp_path / "b.zip")
    assert sorted(row.kind for row in found) == ["missing", "unknown"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "....etcpasswd"[2:].lstrip(".")), ("合同\u202efdp.exe", "合同fdp.exe"), ("a\r\nb", "ab"),
        ("CON", "CON"), ("...", "_"), ("王" * 50, "王" * 20), ("古丽·买买提", "古丽·买买提"),
    ],
)  # fmt: skip
def test_a_name_never_leaves_its_folder(typed: str, kept: str) -> None:
    assert clean(typed).lstrip(".") == kept.lstrip(".")
    assert not set(clean(typed)) & set('<>:"/\\|?*\r\n')


def test_a_folder_is_known_by_its_number_and_by_number_alone_for_old_programs() -> None:
    sides = [["王建国"], ["李志刚", "李二"]]
    assert name_folder(7, "2611-0001-8", sides, plain=False) == "0007_2611-0001-8_王建国_李志刚等2人"
    assert name_folder(7, "2611-0001-8", sides, plain=True) == "0007_2611-0001-8"


def test_a_batch_left_by_a_killed_worker_is_taken_over_and_never_made_twice_at_once(office: Office) -> None:
    session, desk = office.session, office.desk
    court = office.place(COURT)
    user = session.scalars(select(User).where(User.organisation_id == court.id)).first()
    assert user is not None
    asked = court_exports.ask_for(desk, user, court, [], purpose="归卷", plain_names=False)
    session.flush()
    mine = court_exports.claim(session, desk.now)
    assert mine is asked and mine.state == "running"
    assert court_exports.claim(session, desk.now + timedelta(seconds=30)) is None
    later = desk.now + court_exports.SILENT + timedelta(seconds=1)
    again = court_exports.claim(session, later)
    assert again is asked and (again.attempts, again.done) == (2, 0)
    with pytest.raises(court_exports.TakenOver):
        court_exports.finish(session, asked.id, 1, "0" * 64, 1, later)
    court_exports.fail(session, asked.id, 2, "坏了", later)
    session.flush()
    assert asked.state == "waiting"
    court_exports.claim(session, later)
    court_exports.fail(session, asked.id, 3, "坏了", later)
    assert session.get_one(CourtExport, asked.id).state == "failed"


def test_a_batch_that_kills_its_worker_each_time_is_given_up(office: Office) -> None:
    session, desk, court = office.session, office.desk, office.place(COURT)
    user = session.scalars(select(User).where(User.organisation_id == court.id)).first()
    assert user is not None
    asked = court_exports.ask_for(desk, user, court, [], purpose="归卷", plain_names=False)
    session.flush()
    at = desk.now
    for _ in range(court_exports.MOST_ATTEMPTS):
        assert court_exports.claim(session, at) is asked
        assert court_exports.give_up(session, "坏了", at) == 0
        at += court_exports.SILENT + timedelta(seconds=1)
    assert court_exports.claim(session, at) is None
    assert court_exports.give_up(session, "坏了", at) == 1 and asked.state == "failed"


def test_papers_and_photographs_are_bound_in_order_and_a_large_photograph_becomes_a_page(
    tmp_path: Path,
) -> None:
    photo, paper = tmp_path / "photo.jpg", tmp_path / "paper.pdf"
    sideways = Image.Exif()
    sideways[0x0112] = 6  # held upright, stored lying
    Image.new("RGB", (4000, 3000), "white").save(photo, exif=sideways)
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        made.add_blank_page(page_size=(595, 842))
        made.save(paper)
    parts = [(paper, "application/pdf"), (photo, "image/jpeg")]
    for name in ("once.pdf", "again.pdf"):
        bind(parts, tmp_path / name)
    assert (tmp_path / "once.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()
    assert count_pages(tmp_path / "once.pdf") == 3
    with pikepdf.open(tmp_path / "once.pdf") as bound:
        box = bound.pages[2].mediabox
        assert float(box[3]) > float(box[2]) and float(box[3]) < 850
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "again.pdf", "once.pdf", "paper.pdf", "photo.jpg",
    ]  # fmt: skip


def test_what_a_killed_worker_left_is_thrown_away_and_what_is_past_its_week_too(tmp_path: Path) -> None:
    old, fresh = tmp_path / f"{TABLE}old", tmp_path / f"{TABLE}fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "1.pdf").write_bytes(b"%PDF")
    draft = tmp_path / ".abc.zip.77"
    draft.write_bytes(b"PK")
    forgotten = tmp_path / "forgotten.zip"
    forgotten.write_bytes(b"PK")
    for path in (old, draft, forgotten):
        os.utime(path, (0, 0))
    (tmp_path / "whole.zip").write_bytes(b"PK")
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, "whole.zip"]
