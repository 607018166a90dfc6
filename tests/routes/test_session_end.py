"""A login says for how long it holds, is lengthened when somebody is there, and never beyond eight hours."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.conftest import Clock
from tests.pages import Browser


def left(browser: Browser) -> dict[str, Any]:
    """What a page is told of its login."""
    told: dict[str, Any] = browser.client.get("/session").get_json()
    return told


def test_asking_does_not_lengthen_it_and_staying_does(app: Flask, clock: Clock) -> None:
    browser = Browser(app).log_in("v111")
    token = browser.token()
    clock.forward(minutes=56)
    assert left(browser) == {"left": 240, "can_stay": True}
    clock.forward(minutes=2)
    assert left(browser)["left"] == 120
    assert browser.client.post("/session", data={"csrf_token": token}).get_json()["left"] == 3600
    clock.forward(minutes=30)
    assert left(browser)["left"] == 1800


def test_after_eight_hours_nothing_lengthens_it(app: Flask, clock: Clock) -> None:
    browser = Browser(app).log_in("v111")
    for _ in range(10):
        clock.forward(minutes=47)
        browser.get("/me")
    told = left(browser)
    assert told["left"] == 600
    clock.forward(minutes=6)
    browser.get("/me")
    assert left(browser) == {"left": 240, "can_stay": False}


def test_who_is_not_logged_in_has_nothing_left(app: Flask, clock: Clock) -> None:
    assert left(Browser(app)) == {"left": 0, "can_stay": False}
    browser = Browser(app).log_in("v111")
    clock.forward(hours=9)
    assert left(browser) == {"left": 0, "can_stay": False}
