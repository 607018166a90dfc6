"""What the code on a printed paper opens: issued, current, replaced or void, and never a name."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from mediation.database import begin_writing, db
from mediation.models import Document
from tests import makers
from tests.conftest import Clock
from tests.makers import Planted
from tests.pages import Browser, Page

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")


def code_of(app: Flask, planted: Planted, kind: str, place: int = -1) -> tuple[str, int]:
    """The check code of a paper, and its number."""
    with app.app_context():
        case = makers.load_case(planted.public_number)
        row = [paper for paper in case.documents if paper.type == kind][place]
        found = row.check_code, row.number
        db.session.remove()
    return found


def compare(browser: Browser, code: str, raw: bytes, status: int = 200) -> Page:
    page = browser.get(f"/verify/{code}")
    data = dict(page.form_fields("/verify/")) | {"file": (io.BytesIO(raw), "文书.pdf")}
    response = browser.client.post(f"/verify/{code}", data=data)
    assert response.status_code == status
    return Page(response)


@pytest.mark.parametrize(
    ("state", "kind", "place", "says"),
    [
        ("agreed", "agreement", -1, "还没有签齐"),
        ("performing", "agreement", -1, "现在有效"),
        ("superseded", "agreement", 0, "已经被新的一份代替"),
        ("superseded", "agreement", -1, "还没有签齐"),
        ("mediating", "session_record", -1, "现在有效"),
    ],
)
def test_a_paper_is_told_as_what_it_is_today_without_a_name(
    app: Flask, browser: Browser, state: str, kind: str, place: int, says: str
) -> None:
    planted = makers.make_case(app, state=state)
    code, number = code_of(app, planted, kind, place)
    page = browser.get(f"/verify/{code}")
    assert says in page.words()
    assert ("人调协字第" if kind == "agreement" else f"号-{number:02d}") in page.words()
    for secret in (*planted.names, *planted.numbers, *planted.records, *planted.story):
        assert secret not in page.text
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_draft_that_nobody_signed_is_void_once_the_case_has_ended(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="agreed")
    code, _ = code_of(app, planted, "agreement")
    with app.app_context():
        begin_writing(db.session)
        case = makers.load_case(planted.public_number)
        assert case.agreement is not None
        case.agreement.state = "abandoned"
        db.session.commit()
    assert "已经作废" in browser.get(f"/verify/{code}").words()


def test_the_code_is_found_however_it_is_typed(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="performing")
    code, _ = code_of(app, planted, "agreement")
    typed = f" {code[:5].lower()}-{code[5:]} ".replace("0", "o").replace("1", "l")
    page = browser.get(f"/verify?code={typed}", 303)
    assert "现在有效" in browser.follow(page).words()
    assert "核验码" in browser.get("/verify").words()


def test_a_code_that_nobody_has_says_what_to_do(browser: Browser) -> None:
    page = browser.get("/verify/AAAAAAAAAA", 404)
    assert "没有这个核验码" in page.words()
    assert page.field("code") == "AAAAAAAAAA"


def test_the_very_file_is_recognised_and_a_changed_byte_is_not(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="performing")
    code, number = code_of(app, planted, "agreement")
    assert "没法比较" in compare(browser, code, b"%PDF-").words()
    insider = Browser(app).log_in("v111")
    pdf = insider.client.get(f"/cases/{planted.public_number}/papers/{number}").data
    assert "一模一样" in compare(browser, code, pdf).words()
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    assert "不一样" in compare(browser, code, bytes(changed)).words()
    with app.app_context():
        kept = {path.name for path in (app.extensions["mediation.settings"].instance / "files").rglob("*")}
        assert not kept
        assert db.session.query(Document).filter_by(check_code=code).count() == 1


def test_comparing_nothing_asks_for_a_file(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="performing")
    code, _ = code_of(app, planted, "agreement")
    page = browser.get(f"/verify/{code}")
    response = browser.client.post(f"/verify/{code}", data=dict(page.form_fields("/verify/")))
    assert response.status_code == 422
    assert "还没有选文件" in Page(response).words()


def test_guessing_is_slowed_down_and_holders_wait_a_quarter_of_an_hour(
    app: Flask, browser: Browser, clock: Clock
) -> None:
    planted = makers.make_case(app, state="performing")
    code, _ = code_of(app, planted, "agreement")
    tries = [browser.client.get(f"/verify/AAAAAAAA{n:02d}").status_code for n in range(61)]
    assert tries[:59] == [404] * 59
    assert tries[-1] == 429
    assert "15分钟" in browser.get(f"/verify/{code}", 429).words()
    clock.forward(minutes=16)
    assert "现在有效" in browser.get(f"/verify/{code}").words()
