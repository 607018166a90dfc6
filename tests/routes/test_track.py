"""查进度 in pages: let in, turned away alike, and nothing shown that is not the visitor's."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from mediation.database import begin_writing, db
from mediation.models import Duty, Rating, Supplement, Visit
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import words
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser
from tests.residents import ask, let_in, slip_for

UNKNOWN = "2611-0977-1"


def bare(page: str) -> str:
    """A page without what differs each time it is drawn."""
    return re.sub(r'(csrf_token" value|nonce|content)="[^"]*"', "", page)


def take(app: Flask, number: str, step: str, **facts: object) -> None:
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], app.extensions["mediation.clock"]())
        case = makers.load_case(number)
        steps.take(desk, case, step, by=By.case_file("测试"), at=desk.now, facts=facts)
        db.session.commit()


def test_wrong_number_and_wrong_code_are_answered_alike_and_the_sixth_waits(app: Flask) -> None:
    number = makers.make_case(app, state="mediating").public_number
    slip = slip_for(app, number)
    browser = Browser(app)
    wrong = f"{(int(slip.code) + 1) % 10**8:08d}"
    first = ask(browser, number, wrong)
    assert bare(first.text) == bare(ask(browser, UNKNOWN, slip.code).text)
    assert "编号或查询码对不上" in first.words()
    for _ in range(4):
        ask(browser, number, wrong)
    assert "15分钟" in ask(browser, number, wrong, 429).words()
    assert "15分钟" in ask(Browser(app), number, slip.code, 429).words()


def test_the_lock_is_in_the_database_and_not_in_the_process(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="mediating").public_number
    slip = slip_for(app, number)
    for step in range(5):
        ask(Browser(app), number, f"{(int(slip.code) + 1 + step) % 10**8:08d}")
    from tests.conftest import close_app, open_app

    again = open_app(app.extensions["mediation.settings"].instance)
    ask(Browser(again), number, slip.code, 429)
    again.extensions["mediation.clock"].forward(minutes=16)
    ask(Browser(again), number, slip.code, 303)
    close_app(again)


def test_where_it_has_been_opened_it_opens_again_though_strangers_guess(app: Flask) -> None:
    slip = slip_for(app, makers.make_case(app).public_number)
    own = let_in(app, slip)
    own.send(own.get("/track/case"), "/track/leave")
    for step in range(6):
        ask(Browser(app), slip.number, f"{(int(slip.code) + 1 + step) % 10**8:08d}", 422 if step < 5 else 429)
    ask(Browser(app), slip.number, slip.code, 429)
    ask(own, slip.number, slip.code, 303)
    own.send(own.get("/track/case"), "/track/leave", [("quick", "1")])
    assert own.client.get_cookie("device") is None and own.client.get_cookie("visit") is None
    ask(own, slip.number, slip.code, 429)


def test_the_page_shows_the_own_masked_name_and_nothing_of_the_other(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating", mark="密𬭎")
    browser = let_in(app, slip_for(app, planted.public_number))
    for path in ("/track/case", "/track/print", "/track/papers"):
        page = browser.get(path)
        for secret in (*planted.numbers, *planted.names, *planted.records, *planted.story):
            assert secret not in page.text + str(page.response.headers), (path, secret)
        for kind in words()["dispute_type"].values():
            assert kind == "其他" or kind not in page.words()
        assert page.response.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.response.headers["X-Robots-Tag"]
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert "甲**" in browser.get("/track/case").words()


def test_the_code_is_in_no_address_and_no_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    slip = slip_for(app, makers.make_case(app).public_number)
    browser = Browser(app)
    answer = ask(browser, slip.number, slip.code, 303)
    assert answer.response.headers["Location"] == "/track/case"
    cookie = answer.response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and slip.code not in cookie
    assert slip.code not in caplog.text and slip.token not in caplog.text


def test_a_scanned_token_opens_the_same_page(app: Flask) -> None:
    slip = slip_for(app, makers.make_case(app).public_number)
    browser = Browser(app)
    page = browser.get("/track")
    browser.send(page, "/track", [("token", slip.token)], 303)
    assert slip.number in browser.get("/track/case").words()
    browser.send(browser.get("/track"), "/track", [("token", "x" * 32)], 422)


def test_without_a_visit_every_page_leads_to_the_door(app: Flask, clock: Clock) -> None:
    browser = Browser(app)
    for path in ("/track/case", "/track/print", "/track/papers", "/track/rating"):
        assert browser.get(path, 303).response.headers["Location"] == "/track"
    visitor = let_in(app, slip_for(app, makers.make_case(app).public_number))
    clock.forward(minutes=31)
    visitor.get("/track/case", 303)


def test_leaving_is_for_good_and_says_nothing_of_where_one_was(app: Flask) -> None:
    visitor = let_in(app, slip_for(app, makers.make_case(app).public_number))
    kept = visitor.client.get_cookie("visit")
    assert kept is not None
    answer = visitor.send(visitor.get("/track/case"), "/track/leave", [("quick", "1")])
    assert answer.response.headers["Location"] == "/today"
    assert "调解" not in visitor.get("/today").text
    visitor.client.set_cookie("visit", kept.value)
    visitor.get("/track/case", 303)


def test_ten_days_without_news_are_said(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="mediating").public_number
    slip = slip_for(app, number)
    clock.at = makers.START + timedelta(days=9)
    assert "没有新进展" not in let_in(app, slip).get("/track/case").words()
    clock.at = makers.START + timedelta(days=10, hours=3)
    assert "已有10天没有新进展" in let_in(app, slip).get("/track/case").words()


def test_what_is_missing_is_asked_for_and_handed_in_once(app: Flask) -> None:
    number = makers.make_case(app, state="accepted").public_number
    visitor = let_in(app, slip_for(app, number))
    assert "现在不用补材料" in visitor.get("/track/papers").words()
    take(app, number, "ask_more", matter="身份证复印件")
    assert "还差：身份证复印件" in visitor.get("/track/case").words()
    other = let_in(app, slip_for(app, number, "r1"))
    assert "身份证复印件" not in other.get("/track/case").words()
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    page = visitor.get("/track/papers")
    for _ in range(2):
        fields = {
            "csrf_token": page.field("csrf_token"),
            "text": "这是我的身份证",
            "photo": (BytesIO(picture.getvalue()), "证.jpg"),
        }
        assert (
            visitor.client.post("/track/papers", data=fields, content_type="multipart/form-data").status_code
            == 303
        )
    with app.app_context():
        case = makers.load_case(number)
        [row] = case.supplements
        assert row.answer == "这是我的身份证" and row.handed_in_at
        [file] = case.attachments
        assert file.party is not None and file.party.ref == "a1"
        assert "这是我的身份证" not in str([entry.facts for entry in case.entries])
    assert "还差" not in visitor.get("/track/case").words()


def test_nothing_handed_in_is_said_beside_the_field(app: Flask) -> None:
    visitor = let_in(app, slip_for(app, makers.make_case(app).public_number))
    page = visitor.send(visitor.get("/track/papers"), "/track/papers", [("text", "")], 422)
    assert "请先拍一张照片" in page.words()


def test_a_bad_rating_promises_a_call_and_one_word_more_is_kept(app: Flask) -> None:
    number = makers.make_case(app, state="closed").public_number
    visitor = let_in(app, slip_for(app, number))
    visitor.send(visitor.get("/track/rating"), "/track/rating", [], 422)
    answers = [("score", "2"), ("reasons[]", "slow"), ("words", "等了很久")]
    said = visitor.follow(visitor.send(visitor.get("/track/rating"), "/track/rating", answers)).words()
    assert "1个工作日内有人打电话给您" in said
    assert "不满意：等了很久" in visitor.get("/track/rating").words()
    visitor.send(visitor.get("/track/rating"), "/track/rating", [("score", "5")])
    with app.app_context():
        [row] = db.session.scalars(select(Rating)).all()
        assert (row.score, row.reasons, row.later_score) == (2, ["slow"], 5)
        assert db.session.scalar(select(func.count()).where(Duty.kind == "callback")) == 1
        [limit] = [d for d in makers.load_case(number).deadlines if d.name == "rating_callback"]
        assert limit.last_day.isoformat() == "2026-11-24"


def test_opening_a_page_writes_nothing(app: Flask) -> None:
    visitor = let_in(app, slip_for(app, makers.make_case(app).public_number))
    with app.app_context():
        before = [
            db.session.scalar(select(func.count()).select_from(kind)) for kind in (Visit, Supplement, Rating)
        ]
    for path in ("/track", "/track/case", "/track/print", "/track/papers", "/track/rating"):
        visitor.client.get(path)
    with app.app_context():
        after = [
            db.session.scalar(select(func.count()).select_from(kind)) for kind in (Visit, Supplement, Rating)
        ]
    assert before == after


def test_behind_a_known_proxy_each_visitor_is_counted_alone(app: Flask, tmp_path: Path) -> None:
    from mediation import create_app
    from mediation.config import read_settings

    folder = app.extensions["mediation.settings"].instance
    behind = create_app(read_settings({"MEDIATION_INSTANCE": str(folder), "MEDIATION_PROXIES": "1"}))
    behind.extensions["mediation.clock"] = app.extensions["mediation.clock"]
    slip = slip_for(app, makers.make_case(app).public_number)
    browser = Browser(behind)
    page = browser.get("/track")
    form = {"csrf_token": page.field("csrf_token"), "number": "1", "code": "1"}
    for _ in range(60):
        browser.client.post("/track", data=form, headers={"X-Forwarded-For": "198.51.100.7"})
    right = {**form, "number": slip.number, "code": slip.code}
    assert (
        browser.client.post("/track", data=right, headers={"X-Forwarded-For": "198.51.100.7"}).status_code
        == 429
    )
    assert (
        browser.client.post("/track", data=right, headers={"X-Forwarded-For": "198.51.100.8"}).status_code
        == 303
    )
    from tests.conftest import close_app

    close_app(behind)
