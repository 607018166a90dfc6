"""Hostile and broken input, busy databases and accidents: always an answer a person can act on, never a trace."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from mediation import create_app
from mediation.config import read_settings
from tests import makers
from tests.pages import Browser, Page

HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="x',
    "{{ 7*7 }}",
    "'; DROP TABLE cases;--",
    "𠮷=1+1",
    "a\tb",
    "%00",
)
REFUSED_TEXT = ("甲\u202e乙", "甲\u0000乙", "甲\u200b乙", "甲\ue000乙")


def filing(browser: Browser, name: str = "王建国", **more: str) -> tuple[Page, list[tuple[str, str]]]:
    """A registration, ready to be sent."""
    page = browser.get("/cases/new/full")
    typed = {
        "dispute_type": "neighbourhood", "facts": "争执", "parties-0-name": name, "parties-1-name": "李志刚", **more,
    }  # fmt: skip
    return page, list(typed.items())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text(app: Flask, browser: Browser, text: str) -> None:
    browser.log_in("v111")
    page, typed = filing(browser, facts=text, claims=text)
    done = browser.follow(browser.send(page, "/cases/new", typed))
    link = next(a.get("href", "") for a in done.all("a") if "打开案件" in (a.text or ""))
    assert " ".join(text.split()) in browser.get(link).words()


@pytest.mark.parametrize("text", REFUSED_TEXT)
def test_hidden_characters_in_a_name_are_refused_beside_the_field(browser: Browser, text: str) -> None:
    browser.log_in("v111")
    page, typed = filing(browser, text)
    answer = browser.send(page, "/cases/new", typed, 422)
    assert any(a.get("href") == "#parties-0-name" for a in answer.all("a"))


def test_junk_in_every_field_is_never_an_accident_of_ours(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="performing")
    browser.log_in("v111")
    steps = [f"/cases/{planted.public_number}/steps/{step}" for step in ("agree", "perform", "follow_up")]
    pages = ["/cases/new", "/cases/new/full", *steps]
    for junk in ("\u0000", "²", "9" * 5000, "\u202e", "-1", "NaN", "{}", "<b>"):
        for path in pages:
            page = browser.get(path)
            names = {name for name, _ in page.form_fields(path)} - {"csrf_token", "_key", "_size"}
            response = browser.client.post(
                path,
                data={**dict.fromkeys(names, junk), **dict(page.form_fields(path)[:2]), "_key": "k" * 20},
            )
            assert response.status_code in (303, 409, 413, 422), (path, junk, response.status_code)
            page.response.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cases/%00", 400), ("/cases?q=%C3%28", 400), ("/cases?page=-1", 200),
        ("/cases?page=99999999999", 200), ("/cases?state=nonsense", 200), ("/cases?q=%25", 200), ("/nowhere", 404),
        ("/cases/2611-0001-0/papers/18446744073709551616", 404), ("/cases/2611-0001-0/steps/nonsense", 404),
        ("/logout", 405), ("/cases/" + "x" * 5000, 400),
    ],
)  # fmt: skip
def test_a_broken_address_is_the_senders_mistake(browser: Browser, path: str, status: int) -> None:
    browser.log_in("v111")
    browser.get(path, status)


def test_an_address_that_is_no_text_is_turned_away(browser: Browser) -> None:
    browser.get("/cases", 400, environ_overrides={"PATH_INFO": "/cases/\xff\xfe"})


def test_a_form_may_not_be_enormous(browser: Browser) -> None:
    browser.log_in("v111")
    token = browser.token()
    for data in ({"facts": "x" * 600_000}, {f"f{n}": "" for n in range(4100)}):
        response = browser.client.post("/cases/new/full", data={"csrf_token": token, **data})
        assert response.status_code == 413
        assert "内容太多了" in response.get_data(as_text=True)


def test_a_percent_sign_finds_only_itself(app: Flask, browser: Browser) -> None:
    makers.make_case(app)
    browser.log_in("v111")
    assert "没找到" in browser.get("/cases?q=%25").words()
    assert "共 1 件" in browser.get("/cases?q=2611").words()


def test_a_busy_database_says_so_and_keeps_what_was_typed(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.log_in("v111")
    page, typed = filing(browser)

    def busy(*_: Any, **__: Any) -> None:
        raise OperationalError("INSERT secret", {}, sqlite3.OperationalError("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr("mediation.services.filing.file_case", busy)
        answer = browser.send(page, "/cases/new", typed, 503)
    assert answer.response.headers["Retry-After"]
    assert "系统繁忙" in answer.words()
    assert "INSERT" not in answer.text
    assert "登记完成" in browser.follow(browser.send(answer, "/cases/new")).words()


def test_an_accident_shows_no_trace_and_logs_no_text(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser.log_in("v111")
    page, typed = filing(browser)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret 430522198002140019 in /srv/path.py")

    with monkeypatch.context() as patch:
        patch.setattr("mediation.services.filing.file_case", fail)
        answer = browser.send(page, "/cases/new", typed, 500)
    for secret in ("secret", "Traceback", "/srv", "RuntimeError"):
        assert secret not in answer.words()
    assert "RuntimeError" in caplog.text
    assert "430522" not in caplog.text
    browser.follow(browser.send(browser.get("/cases/new/full"), "/cases/new", typed))  # the gate was let go


def test_a_program_gets_problem_json(browser: Browser) -> None:
    response = browser.client.get("/api/v1/nothing")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    body = response.get_json(force=True)
    assert body["code"] == "not_found"
    assert body["request_id"] == response.headers["X-Request-ID"]


def test_every_answer_carries_the_strict_headers(app: Flask, browser: Browser) -> None:
    for path in ("/login", "/nowhere", "/healthz"):
        headers = browser.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"


def test_a_forged_host_is_turned_away(tmp_path: Path) -> None:
    app = create_app(
        read_settings({"MEDIATION_INSTANCE": str(tmp_path), "MEDIATION_HOSTS": "tiaojie.example"})
    )
    assert app.test_client().get("/login", base_url="http://tiaojie.example").status_code == 200
    assert app.test_client().get("/login", base_url="http://evil.example").status_code == 400
