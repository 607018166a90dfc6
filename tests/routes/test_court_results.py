"""Results of many cases come in by Excel, are looked at, and count when they are saved; a ruling comes with one."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import Notice
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from tests import makers
from tests.pages import Browser, Page
from tests.residents import let_in, slip_for

HEAD = ["序号", "案件编号", "案号", "结果", "裁定日期", "理由"]


def accepted(app: Flask, serial: int = 1) -> str:
    """An application that the court has passed."""
    number = makers.make_case(app, state="in_court", serial=serial).public_number
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        case = makers.load_case(number)
        steps.take(desk, case, "court_accept", by=By.case_file("测试"), at=makers.NOW, facts={})
        db.session.commit()
        db.session.remove()
    return number


def workbook(*rows: list[object]) -> bytes:
    """An Excel file as a court keeps it: a title line, a head, a line a case."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026年11月司法确认结果"])
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def upload(browser: Browser, raw: bytes, name: str = "结果.xlsx", status: int = 200) -> Page:
    """Have a file read into the table."""
    page = browser.get("/court/results")
    fields = {**dict(page.form_fields("/court/results/read")), "file": (BytesIO(raw), name)}
    answer = browser.client.post("/court/results/read", data=fields, content_type="multipart/form-data")
    assert answer.status_code == status
    return Page(answer)


def state_of(app: Flask, number: str) -> tuple[str, str, date | None]:
    """What is on record of an application."""
    with app.app_context():
        row = makers.load_case(number).confirmation
        assert row is not None
        found = (row.state, row.court_number, row.ruling_on)
        db.session.rollback()
    return found


def test_a_workbook_fills_the_rows_and_counts_only_when_it_is_saved(app: Flask) -> None:
    one, two, three = (accepted(app, serial) for serial in (1, 2, 3))
    raw = workbook(
        [1, one, "（2026）湘0522民特31号", "确认", date(2026, 11, 20)],
        [2, two, "（2026）湘0522民特32号", "驳回", "2026年11月21日", "协议内容不明确，无法执行"],
        [3, "2611-9999-0", "（2026）湘0522民特33号", "确认", "2026-11-20"],
    )
    liaison = Browser(app).log_in("j1")
    page = upload(liaison, raw)
    assert "这些编号不在等结果的名单里" in page.words() and "2611-9999-0" in page.words()
    assert {state_of(app, number)[0] for number in (one, two, three)} == {"accepted"}, "only looked at"
    fields = fields_of(page, "/court/results")
    said = liaison.follow(liaison.post("/court/results", fields)).words()
    assert "已登记2件" in said
    assert state_of(app, one) == ("confirmed", "（2026）湘0522民特31号", date(2026, 11, 20))
    assert state_of(app, two) == ("refused", "（2026）湘0522民特32号", date(2026, 11, 21))
    assert state_of(app, three)[0] == "accepted"
    with app.app_context():
        told = set(db.session.scalars(select(Notice.template).where(Notice.party_id.is_not(None))))
        assert {"N14", "N15"} <= told
        db.session.rollback()
    assert liaison.post("/court/results", fields).response.status_code == 303, (
        "a second press does nothing twice"
    )
    with app.app_context():
        rulings = [e.step for e in makers.load_case(one).entries if e.step == "court_confirm"]
        assert len(rulings) == 1


def fields_of(page: Page, action: str) -> list[tuple[str, str]]:
    """What exactly the form with this address would send."""
    form = next(f for f in page.all("form") if f.get("action") == action)
    found = []
    for element in form.iter():
        name = element.get("name")
        if name and element.tag == "select":
            chosen = [o.get("value", "") for o in element.iter("option") if o.get("selected") is not None]
            found.append((name, chosen[0] if chosen else ""))
        elif name and element.tag == "input":
            found.append((name, element.get("value", "")))
    return found


def test_what_is_wrong_in_a_row_stands_beside_its_cell_and_nothing_is_kept(app: Flask) -> None:
    one = accepted(app)
    raw = workbook([1, one, "（2026）湘0522民特31号", "驳回", date(2027, 1, 1)])
    said = upload(Browser(app).log_in("j1"), raw).words()
    assert "裁定日期在今天以后，请核对" in said and "驳回的请写理由" in said
    assert state_of(app, one)[0] == "accepted"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04 broken", "这个文件打不开"),
        (b"%PDF-1.7", "这个文件打不开"),
        (workbook([1, "没有编号"]), "没有读到案件编号"),
    ],
)
def test_a_file_that_tells_nothing_is_said_to(app: Flask, raw: bytes, words: str) -> None:
    accepted(app)
    assert words in upload(Browser(app).log_in("j1"), raw, status=422).words()


def test_a_result_for_another_courts_case_is_not_taken(app: Flask) -> None:
    one = accepted(app)
    raw = workbook([1, one, "（2026）湘0522民特31号", "确认", date(2026, 11, 20)])
    page = upload(Browser(app).log_in("j2"), raw)
    assert "这些编号不在等结果的名单里" in page.words()
    other = Browser(app).log_in("j2")
    fields = [
        ("csrf_token", other.token()), ("_key", "0" * 32), ("number", one), ("court_number-0", "（2026）民特1号"),
        ("result-0", "confirmed"), ("ruling_on-0", "2026-11-20"),
    ]  # fmt: skip
    said = other.client.post("/court/results", data=dict(fields))
    assert said.status_code == 409 and state_of(app, one)[0] == "accepted"


def one_page() -> bytes:
    """A ruling of one page."""
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        made.save(out)
    return out.getvalue()


PDF = one_page()


def send_ruling(
    browser: Browser, number: str, raw: bytes, status: int, name: str = "裁定书.pdf", **typed: str
) -> Page:
    """Send the page of one case with a file."""
    page = browser.get(f"/court/{number}/result")
    fields = {**dict(page.form_fields("/result")), **typed, "ruling": (BytesIO(raw), name)}
    answer = browser.client.post(f"/court/{number}/result", data=fields, content_type="multipart/form-data")
    assert answer.status_code == status, answer.get_data(as_text=True)[-3000:]
    return Page(answer)


def test_a_ruling_comes_with_its_result_and_the_committee_has_it(app: Flask) -> None:
    number = accepted(app)
    liaison = Browser(app).log_in("j1")
    typed = {"court_number": "（2026）湘0522民特41号", "result": "confirmed", "ruling_on": "2026-11-20"}
    send_ruling(liaison, number, PDF, 303, **typed)
    assert state_of(app, number) == ("confirmed", "（2026）湘0522民特41号", date(2026, 11, 20))
    with app.app_context():
        [file] = makers.load_case(number).attachments
        assert (file.kind, file.title, file.pages) == ("ruling", "（2026）湘0522民特41号", 1)
        assert file.confirmation_id == makers.load_case(number).confirmation.id
        db.session.rollback()
    mediator = Browser(app).log_in("v111")
    assert mediator.client.get(f"/cases/{number}/files/1").data == PDF
    assert "法院已确认" in let_in(app, slip_for(app, number)).get("/track/case").words()
    assert Browser(app).log_in("j2").client.get(f"/cases/{number}/files/1").status_code == 404


def test_a_ruling_may_come_later_and_alone(app: Flask) -> None:
    number = makers.make_case(app, state="confirmed").public_number
    liaison = Browser(app).log_in("j1")
    send_ruling(liaison, number, PDF, 303, court_number="")
    with app.app_context():
        assert [row.kind for row in makers.load_case(number).attachments] == ["ruling"]


@pytest.mark.parametrize(("raw", "name"), [(b"not a page", "裁定书.pdf"), (b"MZ\x90\x00", "a.exe")])
def test_what_is_no_page_is_refused_and_no_result_is_kept_without_it(
    app: Flask, raw: bytes, name: str
) -> None:
    number = accepted(app)
    typed = {"court_number": "（2026）湘0522民特41号", "result": "confirmed", "ruling_on": "2026-11-20"}
    page = send_ruling(Browser(app).log_in("j1"), number, raw, 422, name, **typed)
    assert "⚠" in page.words() and page.field("court_number") == "（2026）湘0522民特41号"
    assert state_of(app, number)[0] == "accepted"
