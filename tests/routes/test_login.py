"""Somebody who is locked out is told whom to call."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import User
from tests.pages import Browser, Page


def lock(app: Flask, phone: str) -> Page:
    """The page after too many wrong passwords."""
    browser = Browser(app)
    for _ in range(5):
        browser.send(browser.get("/login"), "/login", [("phone", phone), ("password", "不对的密码")], 422)
    return browser.send(browser.get("/login"), "/login", [("phone", phone), ("password", "不对的密码")], 429)


def calls(page: Page) -> list[str]:
    """The numbers one can tap."""
    return [a.get("href", "") for a in page.all("a") if a.get("href", "").startswith("tel:")]


def test_after_five_wrong_passwords_the_administrator_is_named_with_a_number_to_call(app: Flask) -> None:
    page = lock(app, "13900000001")
    assert "找管理员重置：用户a1" in page.words()
    assert "tel:13900000015" in calls(page)


def test_an_administrators_number_is_shown_to_nobody_else(app: Flask, clock: Any) -> None:
    assert "tel:13900000015" not in calls(Browser(app).get("/login"))
    assert "tel:13900000015" not in calls(lock_nobody(app))
    assert "tel:13900000015" not in calls(lock(app, "13900000004"))  # another county's


def lock_nobody(app: Flask) -> Page:
    """A number that is nobody's is answered like a wrong password, however often."""
    browser = Browser(app)
    return browser.send(
        browser.get("/login"), "/login", [("phone", "13912345678"), ("password", "不对的密码")], 422
    )


def test_where_nobody_administers_the_office_stands_with_its_number(app: Flask) -> None:
    with app.app_context():
        begin_writing(db.session)
        db.session.scalars(select(User).where(User.role == "admin")).one().active = False
        db.session.commit()
    page = lock(app, "13900000001")
    assert "用户a1" not in page.words()
    assert "找管理员重置" in page.words() or "系统管理员重置" in page.words()
