"""A form that comes after the login has run out: the login is asked, and then the same page holds all of the text."""

from __future__ import annotations

import random
import string

from flask import Flask

from mediation import kept_forms
from mediation.database import db
from mediation.models import Case
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser, Page

SAID = [("dispute_type", "neighbourhood"), ("parties-0-name", "王某某"), ("parties-1-name", "李某某"),
        ("facts", "界线"),
        ("parties-0-role", "applicant"), ("parties-0-kind", "person"), ("parties-1-role", "respondent"),
        ("parties-1-kind", "person")]  # fmt: skip


def send_late(browser: Browser, clock: Clock) -> Page:
    """Fill in a registration, be away for nine hours, and press."""
    page = browser.log_in("v111").get("/cases/new/full")
    clock.forward(hours=9)
    return browser.send(page, "/cases/new", SAID, 401)


def log_in_there(
    browser: Browser, page: Page, key: str, status: int = 303, password: str = makers.PASSWORD
) -> Page:
    """Log in on the page that came in place of the answer."""
    fields = [("phone", makers.find_person(key).phone), ("password", password)]
    return browser.send(page, "/login", fields, status)


def count_cases(app: Flask) -> int:
    """How many cases there are."""
    with app.app_context():
        return db.session.query(Case).count()


def test_the_same_page_holds_all_of_the_text_and_sends_it(app: Flask, browser: Browser, clock: Clock) -> None:
    late = send_late(browser, clock)
    assert "内容还在" in late.words()
    page = browser.follow(log_in_there(browser, late, "v111"))
    for name, value in SAID[:4]:
        assert page.field(name) == value
    assert "登记完成" in browser.follow(browser.send(page, "/cases/new", SAID)).words()
    assert count_cases(app) == 1


def test_a_wrong_password_loses_nothing(browser: Browser, clock: Clock) -> None:
    wrong = log_in_there(browser, send_late(browser, clock), "v111", 422, "wrong-password")
    page = browser.follow(log_in_there(browser, wrong, "v111"))
    assert page.field("parties-0-name") == "王某某"


def test_somebody_else_who_logs_in_there_does_not_get_the_text(browser: Browser, clock: Clock) -> None:
    page = log_in_there(browser, send_late(browser, clock), "v112")
    assert "draft" not in page.response.headers["Location"]
    assert "没有草稿" in browser.get("/drafts").words()


def test_after_half_an_hour_the_login_is_only_a_login(browser: Browser, clock: Clock) -> None:
    late = send_late(browser, clock)
    clock.forward(minutes=31)
    assert "draft" not in log_in_there(browser, late, "v111").response.headers["Location"]


def test_a_form_without_a_page_of_its_own_is_sent_by_a_button(
    app: Flask, browser: Browser, clock: Clock
) -> None:
    number = makers.make_case(app).public_number
    page = browser.log_in("v111").get(f"/cases/{number}")
    part = next(f.get("action", "") for f in page.all("form") if "/parties/" in f.get("action", ""))
    clock.forward(hours=9)
    late = browser.send(page, part, [("purpose", "核对")], 401)
    back = log_in_there(browser, late, "v111", 200)
    assert ("purpose", "核对") in back.form_fields(part)
    assert browser.send(back, part, status=200, numbers=True)


def test_what_the_login_carries_cannot_be_read_or_made_up(app: Flask, browser: Browser, clock: Clock) -> None:
    late = send_late(browser, clock)
    assert "王某某" not in late.text
    sealed = late.field("kept")
    keys = app.extensions["mediation.keys"]
    flipped = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    for wrong in ("aes1:AAAA", "x", sealed[:-8], flipped, "aes1:" + "é" * 9):
        assert kept_forms.unseal(keys, wrong, user=1, at=clock()) is None


def test_a_text_too_long_for_the_login_stays_on_its_page(browser: Browser, clock: Clock) -> None:
    page = browser.log_in("v111").get("/cases/new/full")
    clock.forward(hours=9)
    noise = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=400_000))
    late = browser.send(page, "/cases/new", [*SAID, ("claims", noise)], 401)
    assert ("claims", noise) in late.form_fields("/cases/new")
