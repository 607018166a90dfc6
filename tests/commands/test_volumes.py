"""`mediation documents dossier`: two hundred pages with scans, numbered, with bookmarks, and searchable."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw
from pypdf import PdfReader

from tests.commands.test_papers import EAVES
from tests.offices import Office, lines_of

SCANS = 185


def photograph(no: int) -> bytes:
    """A scanned page, different each time."""
    picture = Image.new("L", (420, 594), 245)
    ImageDraw.Draw(picture).text((40, 40), f"page {no}", fill=20)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=40)
    return out.getvalue()


def put_file(office: Office, number: int, raw: bytes, kind: str, title: str) -> None:
    """A file on the shelf and on record, as the page for files leaves it."""
    sha256 = hashlib.sha256(raw).hexdigest()
    place = office.instance / "files" / sha256[:2] / sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(raw)
    office.change(
        "INSERT INTO attachments (case_id, number, kind, title, filename, media_type, sha256, size, pages, origin,"
        " proves, added_at, added_by, removed_why) SELECT id, :number, :kind, :title, '', 'image/jpeg', :sha256,"
        " :size, 1, '', '', '2026-01-01 00:00:00', '王秀英', '' FROM cases WHERE case_no = :case_no",
        number=number, kind=kind, title=title, sha256=sha256, size=len(raw), case_no=EAVES,
    )  # fmt: skip


def bind(office: Office, out: Path, number: str = EAVES) -> dict[str, Any]:
    [told] = lines_of(office.run("documents", "dossier", number, "--out", out))
    return told


def test_two_hundred_pages_are_bound_in_order_and_stay_searchable(
    busy_office: Office, tmp_path: Path
) -> None:
    for number in range(1, SCANS + 1):
        kind = "receipt" if number == SCANS else "evidence"
        put_file(
            busy_office, number, photograph(number), kind, "收条" if number == SCANS else f"证据 {number}"
        )
    told = bind(busy_office, tmp_path)
    pdf = PdfReader(told["path"])
    assert told["pages"] == len(pdf.pages) >= 195
    texts = [page.extract_text().replace("\n", "") for page in pdf.pages]
    assert "卷宗类型" in texts[0]
    marks = {mark.title: pdf.get_destination_page_number(mark) for mark in pdf.outline}  # type: ignore[union-attr,arg-type]
    first = pdf.page_labels.index("1")
    contents = "".join(texts[1:first])
    for title in ("受理告知书", "人民调解记录", "人民调解口头协议登记表", "收条"):
        page = marks[title]
        assert pdf.page_labels[page] == str(page - first + 1)
        assert f"{title} {page - first + 1}" in contents
    assert "人民调解记录" in texts[marks["人民调解记录"]]
    assert marks["受理告知书"] < marks["证据"] < marks["人民调解记录"] < marks["收条"]
    said = busy_office.ask("SELECT facts FROM cases WHERE case_no = :no", no=EAVES)[0][0]
    assert said[:20] in "".join(texts)


def test_the_case_itself_lies_in_the_volume_and_the_bytes_stay_the_same(
    busy_office: Office, tmp_path: Path
) -> None:
    put_file(busy_office, 1, photograph(1), "identity", "身份证")
    told = bind(busy_office, tmp_path)
    with pikepdf.open(told["path"]) as volume:
        assert list(volume.attachments) == ["case.json"]
        case = json.loads(volume.attachments["case.json"].get_file().read_bytes())
        with volume.open_metadata() as metadata:
            assert metadata.pdfa_status == "3U"
    [exported] = busy_office.export_cases(EAVES)
    assert case == exported
    assert bind(busy_office, tmp_path)["sha256"] == told["sha256"]


def test_what_is_missing_is_told_and_stands_in_the_case_note(busy_office: Office, tmp_path: Path) -> None:
    told = bind(busy_office, tmp_path)
    assert "identity" in [gap["code"] for gap in told["missing"]]
    text = PdfReader(told["path"]).pages[-2].extract_text().replace("\n", "")
    assert "缺少的材料" in text
    assert "当事人身份证明" in text


def test_all_copies_come_in_one_file_and_blanks_one_a_type(busy_office: Office, tmp_path: Path) -> None:
    [told] = lines_of(busy_office.run("documents", "print-set", EAVES, "--out", tmp_path))
    assert told["pages"] == len(PdfReader(told["path"]).pages)
    assert told["pages"] % 2 == 0
    blanks = lines_of(
        busy_office.run("documents", "blanks", "--out", tmp_path / "blanks", "--type", "session_record")
    )
    assert {row["type"] for row in blanks} == {"session_record"}


def test_a_number_that_nobody_knows_is_said(busy_office: Office, tmp_path: Path) -> None:
    result = busy_office.run(
        "documents", "dossier", "〔2026〕无此村人调字第0001号", "--out", tmp_path, expect=1
    )
    assert "没有这个案号" in result.output


def test_a_closed_case_is_bound_with_its_papers_and_an_open_one_when_asked(
    busy_office: Office, tmp_path: Path
) -> None:
    [(state,)] = busy_office.ask("SELECT state FROM cases WHERE case_no = :no", no=EAVES)
    told = lines_of(busy_office.run("documents", "render", EAVES, "--out", tmp_path, "--type", "dossier"))
    assert [row["type"] for row in told] == ["dossier"]
    assert told[0]["pages"] == len(PdfReader(told[0]["path"]).pages)
    every = lines_of(busy_office.run("documents", "render", EAVES, "--out", tmp_path))
    assert ("dossier" in [row["type"] for row in every]) is (state in ("closed", "archived"))


def test_an_office_that_insists_gets_a_word_file(busy_office: Office, tmp_path: Path) -> None:
    [told] = lines_of(busy_office.run("documents", "docx", EAVES, "--out", tmp_path))
    assert told["type"] == "oral_agreement"
    assert Path(told["path"]).read_bytes().startswith(b"PK")
    result = busy_office.run("documents", "docx", EAVES, "--out", tmp_path, "--type", "agreement", expect=1)
    assert "还没有这种文书" in result.output
