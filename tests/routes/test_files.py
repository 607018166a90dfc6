"""Files of a case: handed in at its page, seen by whom they are for, taken off the record with a reason."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from mediation.database import db
from mediation.models import Attachment, Entry
from tests import makers
from tests.pages import Browser, Page
from tests.test_uploads import make_pdf, package, picture


def hand_in(
    browser: Browser,
    number: str,
    *files: tuple[bytes, str],
    status: int = 303,
    json: bool = False,
    **fields: str,
) -> TestResponse:
    """Send files as the form does."""
    page = browser.get(f"/cases/{number}/files")
    form = dict(page.form_fields(f"/cases/{number}/files"))
    data: dict[str, Any] = {**form, "kind": "evidence", **fields}
    data["file"] = [(io.BytesIO(raw), name) for raw, name in files]
    headers = {"Accept": "application/json"} if json else {}
    response = browser.client.post(f"/cases/{number}/files", data=data, headers=headers)
    assert response.status_code == status, response.get_data(as_text=True)[:3000]
    return response


def test_what_is_handed_in_comes_back_byte_for_byte(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    raw = picture(size=(300, 200))
    hand_in(
        browser, planted.public_number, (raw, "收条 1.jpg"), (make_pdf(3), "../../合同.pdf"), title="收条"
    )
    words = browser.get(f"/cases/{planted.public_number}/files").words()
    assert "收条 1" in words
    assert "收条 2" in words
    got = browser.client.get(f"/cases/{planted.public_number}/files/1")
    assert got.data == raw
    assert got.mimetype == "image/jpeg"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    with app.app_context():
        rows = db.session.query(Attachment).order_by(Attachment.number).all()
        assert [(row.filename, row.pages) for row in rows] == [("收条 1.jpg", 1), ("合同.pdf", 3)]
        entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
        assert entry is not None
        assert entry.step == "add_file"
        assert entry.facts["file"]["sha256"] == rows[1].sha256


def test_a_script_is_answered_in_json(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    answer = hand_in(browser, planted.public_number, (picture(), "a.jpg"), status=200, json=True)
    assert answer.json["files"][0]["number"] == 1
    refused = hand_in(browser, planted.public_number, (b"<html>", "a.jpg"), status=422, json=True)
    assert "收不了" in refused.json["errors"][0]["message"]


def test_a_letter_is_handed_out_only_to_be_saved(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    hand_in(browser, planted.public_number, (package("word/document.xml"), "申请.docx"))
    got = browser.client.get(f"/cases/{planted.public_number}/files/1")
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_no_file_is_said_and_what_was_typed_stays(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    page = Page(hand_in(browser, planted.public_number, status=409, title="工资表"))
    assert "还没有选文件" in page.words()
    assert page.field("title") == "工资表"


def test_the_same_file_in_the_same_place_is_not_taken_twice(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    hand_in(browser, planted.public_number, (picture(), "a.jpg"))
    again = Page(hand_in(browser, planted.public_number, (picture(), "b.jpg"), status=409))
    assert "已经收过了" in again.words()


def test_a_file_goes_off_the_record_with_a_reason_and_stays_kept(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    hand_in(browser, planted.public_number, (picture(), "a.jpg"))
    page = browser.get(f"/cases/{planted.public_number}/files")
    refused = browser.send(page, "/files/1/remove", status=409)
    assert "请写明原因" in refused.words()
    page = browser.get(f"/cases/{planted.public_number}/files")
    browser.send(page, "/files/1/remove", [("reason", "传错了")])
    assert "还没有材料" in browser.get(f"/cases/{planted.public_number}/files").words()
    assert browser.client.get(f"/cases/{planted.public_number}/files/1").status_code == 200


def test_others_meet_neither_the_list_nor_the_file(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="referred")
    browser.log_in("v111")
    hand_in(browser, planted.public_number, (picture(), "a.jpg"))
    for person in ("v112", "v211", "j1", "a1"):
        other = Browser(app).log_in(person)
        for path in ("files", "files/1"):
            assert other.client.get(f"/cases/{planted.public_number}/{path}").status_code in (403, 404), (
                person
            )
    department = Browser(app).log_in("d1")
    assert department.client.get(f"/cases/{planted.public_number}/files/1").status_code == 404


def test_a_court_sees_what_the_application_rests_on_and_no_photo_of_a_session(
    app: Flask, browser: Browser
) -> None:
    planted = makers.make_case(app, state="in_court")
    browser.log_in("v111")
    hand_in(browser, planted.public_number, (picture(), "a.jpg"), kind="photo")
    hand_in(browser, planted.public_number, (make_pdf(2), "b.pdf"), kind="identity")
    court = Browser(app).log_in("j1")
    assert court.client.get(f"/cases/{planted.public_number}/files/1").status_code == 404
    assert court.client.get(f"/cases/{planted.public_number}/files/2").status_code == 200


def test_a_form_that_takes_no_files_is_as_small_as_ever(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    body = b"--x\r\nContent-Disposition: form-data; name=facts\r\n\r\n" + b"a" * 600_000 + b"\r\n--x--\r\n"
    response = browser.client.post("/cases/new", data=body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
