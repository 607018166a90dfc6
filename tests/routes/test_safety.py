"""Tokens, cookies, locks, double presses and lost races: what an office must be able to rely on."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from mediation import create_app
from mediation.access import opening_of
from mediation.config import read_settings
from mediation.database import db
from mediation.models import AccessRecord, Case, User, UserSession
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser, Page
from workflows import Role

UNTOUCHED_BY_READING = {"access_records", "user_sessions", "sqlite_sequence"}


def snapshot(app: Flask) -> str:
    """A hash of everything kept but the records of looking."""
    instance = Path(app.instance_path)
    connection = sqlite3.connect(instance / "mediation.db")
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        parts = [
            repr((table, connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()))
            for table in sorted(tables)
            if table not in UNTOUCHED_BY_READING
        ]
    finally:
        connection.close()
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def count_cases(app: Flask) -> int:
    """How many cases there are."""
    with app.app_context():
        return db.session.query(Case).count()


def filing(browser: Browser, name: str = "王建国", **more: str) -> tuple[Page, list[tuple[str, str]]]:
    """A registration, ready to be sent."""
    page = browser.get("/cases/new/full")
    typed = {
        "dispute_type": "neighbourhood", "facts": "争执", "parties-0-name": name, "parties-1-name": "李志刚", **more,
    }  # fmt: skip
    return page, list(typed.items())


def test_every_unsafe_route_wants_a_token(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    before = snapshot(app)
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            url = re.sub("<int:[a-z_]+>", "1", rule.rule.replace("<number>", planted.public_number))
            url = re.sub(r"<any\('?([a-z_]+)[^)]*\):[a-z_]+>", r"\1", url)
            response = browser.client.post(url, data={"_key": "0123456789abcdef", "reason": "x"})
            opening = opening_of(app, rule.endpoint)
            assert opening is not None
            theirs = opening.public or Role.mediator in opening.roles
            assert response.status_code == (400 if theirs else 403), url
    assert snapshot(app) == before


def test_a_page_that_was_open_too_long_keeps_what_was_typed(browser: Browser) -> None:
    browser.log_in("v111")
    page, typed = filing(browser, "王某某")
    again = browser.send(page, "/cases/new", [*typed, ("csrf_token", "old")], 400)
    assert ("parties-0-name", "王某某") in again.form_fields("/cases/new")
    assert "登记完成" in browser.follow(browser.send(again, "/cases/new")).words()


def test_a_copied_cookie_is_worth_nothing_after_logging_out(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    cookie = browser.client.get_cookie("mediation")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    browser.send(browser.get("/me"), "/logout")
    thief = Browser(app)
    thief.client.set_cookie("mediation", cookie.value)
    assert "/login" in thief.get("/me", 303).response.headers["Location"]


def test_a_changed_password_ends_every_other_login(app: Flask, browser: Browser) -> None:
    other = Browser(app).log_in("v111")
    browser.log_in("v111")
    page = browser.get("/me/password")
    new = [("old", makers.PASSWORD), ("new", "quite-another-1"), ("again", "quite-another-1")]
    browser.send(page, "/me/password", new)
    browser.get("/me")
    other.get("/me", 303)


def test_a_cookie_planted_before_the_login_does_not_share_it(app: Flask, browser: Browser) -> None:
    browser.get("/login")
    planted = browser.client.get_cookie("mediation")
    assert planted is not None
    browser.log_in("v111")
    thief = Browser(app)
    thief.client.set_cookie("mediation", planted.value)
    thief.get("/me", 303)
    with app.app_context():
        assert db.session.query(UserSession).count() == 1


def test_over_https_the_cookie_is_bound_to_this_host(tmp_path: Path) -> None:
    app = create_app(read_settings({"MEDIATION_INSTANCE": str(tmp_path), "MEDIATION_HTTPS": "1"}))
    response = app.test_client().get("/login", base_url="https://localhost")
    [cookie] = [one for one in response.headers.getlist("Set-Cookie") if "mediation=" in one]
    assert cookie.startswith("__Host-mediation=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "max-age" in response.headers["Strict-Transport-Security"]


def test_five_wrong_passwords_lock_for_fifteen_minutes(browser: Browser, clock: Clock) -> None:
    for _ in range(5):
        browser.log_in("v111", "wrong", 422)
    browser.log_in("v111", status=429)
    clock.forward(minutes=16)
    browser.log_in("v111")


def test_a_name_that_does_not_exist_gets_the_same_answer(browser: Browser) -> None:
    def said(phone: str) -> str:
        page = browser.get("/login")
        answer = browser.send(page, "/login", [("phone", phone), ("password", "wrong")], 422)
        return answer.words()

    assert said("13900000001") == said("13999999999")


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nX: y"]
)
def test_nobody_is_sent_elsewhere_after_logging_in(browser: Browser, onward: str) -> None:
    page = browser.get("/login", query_string={"next": onward})
    form = [("phone", "13900000001"), ("password", makers.PASSWORD), ("next", onward)]
    assert browser.send(page, "/login", form).response.headers["Location"] == "/"


def test_reading_changes_nothing(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="performing")
    browser.log_in("v111")
    number = planted.public_number
    paths = [
        "/",
        "/todo",
        "/cases",
        "/cases?q=x&state=filed&page=2",
        "/cases/new",
        "/me",
        "/me/password",
        "/healthz",
    ]
    paths += [f"/cases/{number}", f"/cases/{number}/steps/perform", f"/cases/{number}/done/{'k' * 32}"]
    before = snapshot(app)
    for path in paths:
        browser.client.get(path)
        browser.client.head(path)
    assert snapshot(app) == before


def test_each_view_and_each_refusal_is_recorded(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}")
    shown = browser.send(page, "/parties/1/numbers", (), 200, numbers=True)
    assert planted.numbers[0] in shown.text
    Browser(app).log_in("v211").get(f"/cases/{planted.public_number}", 404)
    with app.app_context():
        actions = [row.action for row in db.session.query(AccessRecord).order_by(AccessRecord.id)]
    assert actions == ["login", "view", "reveal", "login", "denied"]


def test_pressing_twice_files_one_case_and_shows_the_codes_both_times(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    page, typed = filing(browser)
    first = browser.send(page, "/cases/new", typed)
    second = browser.send(page, "/cases/new", typed)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert count_cases(app) == 1
    assert "交给当事人的查询码" in browser.follow(second).words()


def test_codes_are_gone_after_a_quarter_of_an_hour_and_for_anybody_else(
    app: Flask, browser: Browser, clock: Clock
) -> None:
    browser.log_in("v111")
    page, typed = filing(browser)
    done = browser.send(page, "/cases/new", typed)
    manager = Browser(app).log_in("m1")
    assert "不再显示" in manager.follow(done).words()
    clock.forward(minutes=16)
    assert "不再显示" in browser.follow(done).words()


def test_the_same_key_with_another_body_is_refused_in_words(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    page, typed = filing(browser)
    browser.send(page, "/cases/new", typed)
    answer = browser.send(page, "/cases/new", [*typed[:-1], ("parties-1-name", "别人")], 422)
    assert "已经提交过" in answer.words()
    assert count_cases(app) == 1


def test_an_old_form_is_told_who_was_quicker_and_loses_nothing(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="accepted")
    browser.log_in("v111")
    slow = browser.get(f"/cases/{planted.public_number}/steps/hold_session")
    manager = Browser(app).log_in("v111")
    quick = manager.get(f"/cases/{planted.public_number}/steps/assign")
    manager.send(quick, "/steps/assign", [("mediators", "新调解员")])
    typed = [
        ("attended[]", "a1"),
        ("attended[]", "r1"),
        ("outcome", "no_agreement"),
        ("record", "写了很久的记录"),
    ]
    answer = browser.send(slow, "/steps/hold_session", typed, 409)
    assert answer.field("record") == "写了很久的记录"
    assert "指派调解员" in answer.words()
    assert "用户v111" in answer.words()
    assert "已办好" in browser.follow(browser.send(answer, "/steps/hold_session")).words()


def test_a_first_password_must_be_changed_before_anything_else(app: Flask, browser: Browser) -> None:
    with app.app_context():
        for user in db.session.query(User):
            user.must_change_password = True
        db.session.commit()
    browser.log_in("v111")
    assert browser.get("/todo", 303).response.headers["Location"] == "/me/password"
    page = browser.get("/me/password")
    wrong = [("old", makers.PASSWORD), ("new", "short"), ("again", "short")]
    assert "至少8位" in browser.send(page, "/me/password", wrong, 422).words()
    for box, typed, said in (
        ("old", ("not-it-at-all", "long-enough-1", "long-enough-1"), "原密码不对"),
        ("new", (makers.PASSWORD, "x" * 201, "x" * 201), "太长"),
        ("again", (makers.PASSWORD, "long-enough-1", "long-enough-2"), "两遍新密码不一样"),
    ):
        refused = browser.send(
            page, "/me/password", list(zip(("old", "new", "again"), typed, strict=True)), 422
        )
        assert [one.get("id") for one in refused.all("p") if said in "".join(one.itertext())] == [
            f"{box}--error"
        ]
    right = [("old", makers.PASSWORD), ("new", "long-enough-1"), ("again", "long-enough-1")]
    browser.send(page, "/me/password", right)
    browser.get("/todo")


def test_a_threat_is_told_in_the_words_of_a_threat(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser.log_in("v111")
    page = browser.get(f"/cases/{number}/steps/flag_danger")
    told = [("ground", "crime"), ("reason", "扬言伤人。")]
    said = browser.follow(browser.send(page, "/steps/flag_danger", told)).words()
    assert "可能引起治安案件或者刑事案件" in said or "可能引起治安案件或刑事案件" in said
    assert "要追究刑事责任" not in said
