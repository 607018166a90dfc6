"""Batches for a court, packed whole: one bad case keeps nobody back, and what is handed over is signed for."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from flask import Flask
from pypdf import PdfReader

from mediation.clock import now
from mediation.database import begin_writing, db
from mediation.models import Attachment
from mediation.packages import Bundle, verify_bundle, write_bundle
from tests import makers

COURT = "第1县人民法院"


def pack(app: Flask, numbers: list[str], target: Path) -> Bundle:
    with app.app_context():
        ids = [makers.load_case(number).id for number in numbers]
        db.session.rollback()
        settings = app.extensions["mediation.settings"]
        return write_bundle(db.session(), settings, ids, target, court=COURT, at=now())


def lose_a_file(app: Flask, number: str) -> None:
    """A recording that a row names and the disk no longer has."""
    with app.app_context():
        begin_writing(db.session)
        case = makers.load_case(number)
        case.all_attachments.append(
            Attachment(
                number=1, kind="evidence", title="录音", filename="a.mp3", media_type="audio/mpeg", size=1,
                sha256="0" * 64, added_at=now(), added_by="测试",
            )
        )  # fmt: skip
        db.session.commit()


def test_a_case_whose_file_is_lost_is_named_and_nothing_of_it_is_in(app: Flask, tmp_path: Path) -> None:
    good = makers.make_case(app, state="in_court").public_number
    bad = makers.make_case(app, state="in_court", serial=2, mark="丁戊己").public_number
    lose_a_file(app, bad)
    bundle = pack(app, [good, bad], tmp_path / "a.zip")
    assert [number for number, _ in bundle.failures] == [bad]
    assert "找不到了" in bundle.failures[0][1]
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        assert not [name for name in made.namelist() if bad in name]
        listed = read(made.read("交接清单.pdf"))
    assert "共1件" in listed
    assert verify_bundle(tmp_path / "a.zip")[1] == []
    assert not list(tmp_path.glob(".*"))


def test_who_hands_over_is_the_nearest_body_above_all_the_cases(app: Flask, tmp_path: Path) -> None:
    one = makers.make_case(app, state="in_court").public_number
    beside = makers.make_case(
        app, state="in_court", serial=2, mark="丁戊己", office=makers.org_code(1, 1, 2)
    ).public_number
    pack(app, [one, beside], tmp_path / "a.zip")
    with app.app_context():
        body = makers.load_case(one).committee.organisation.parent.committee
        town = body.name
        db.session.rollback()
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        listed = read(made.read("交接清单.pdf"))
    assert town in listed and "共2件" in listed
    pack(app, [one], tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as made:
        assert town not in read(made.read("交接清单.pdf"))


def read(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
