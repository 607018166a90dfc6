"""Autosave and the list of drafts, as a page and its script ask for them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests import makers
from tests.conftest import Clock
from tests.pages import Browser

BODY = {"form": "case", "slot": "s1", "address": "/cases/new", "title": "登记纠纷", "device": "手机",
        "fields": [["parties-0-name", "王建国"], ["facts", "界线"]]}  # fmt: skip


def save(browser: Browser, status: int = 200, **changes: Any) -> Any:
    """What the script does every ten seconds."""
    headers = {"X-CSRFToken": browser.token()}
    response = browser.client.post("/drafts", json={**BODY, **changes}, headers=headers)
    assert response.status_code == status, response.get_data(as_text=True)
    return response.get_json(silent=True)


def test_a_draft_is_kept_listed_taken_up_and_deleted(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    assert "没有草稿" in browser.get("/drafts").words()
    assert save(browser) == {"version": 1, "at": makers.NOW.timestamp() * 1000}
    page = browser.get("/drafts")
    assert "登记纠纷" in page.words()
    link = next(a.get("href", "") for a in page.all("a") if "draft=" in a.get("href", ""))
    form = browser.get(link)
    assert form.field("parties-0-name") == "王建国"
    assert form.field("facts") == "界线"
    browser.send(page, "/drafts/s1/discard")
    assert "没有草稿" in browser.get("/drafts").words()


def test_a_step_is_taken_up_with_its_rows(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser.log_in("v111")
    fields = [
        ["clauses-0-text", "甲"],
        ["clauses-1-text", "乙"],
        ["clauses-1-amount", "35"],
        ["at", "2026-11-20T09:00"],
    ]
    address = f"/cases/{number}/steps/agree"
    save(browser, form="steps.agree", case=number, address=address, fields=fields)
    form = browser.get(f"{address}?draft=s1")
    assert (form.field("clauses-0-text"), form.field("clauses-1-text")) == ("甲", "乙")
    assert form.field("clauses-1-amount") == "35"
    assert form.field("at") == "2026-11-20T09:00"


def test_what_is_sent_is_no_draft_any_more(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser.log_in("v111")
    address = f"/cases/{number}/steps/pause"
    save(browser, form="steps.pause", case=number, address=address, fields=[["reason", "等鉴定"]])
    page = browser.get(f"{address}?draft=s1")
    assert page.field("reason") == "等鉴定"
    sent = browser.send(page, "/steps/pause", [("_draft", "s1")])
    assert "sent=s1" in sent.response.headers["Set-Cookie"]
    assert "没有草稿" in browser.get("/drafts").words()


def test_nobody_reads_anothers_draft(app: Flask, browser: Browser) -> None:
    save(browser.log_in("v111"))
    other = Browser(app).log_in("v112")
    assert other.client.get("/drafts/s1").status_code == 404
    assert other.client.get("/drafts/newest?form=case").get_json() == {}
    assert other.get("/cases/new?draft=s1").field("facts") == ""
    other.client.post("/drafts/s1/discard", data={"csrf_token": other.token()})
    assert browser.client.get("/drafts/s1").get_json()["fields"] == BODY["fields"]


def test_a_draft_of_a_case_that_is_not_theirs_is_not_kept(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app).public_number
    browser.log_in("v211")
    save(browser, 404, case=number)
    save(browser, 404, case="2611-9999-0")


def test_two_devices_are_told_of_each_other(app: Flask, browser: Browser, clock: Clock) -> None:
    browser.log_in("v111")
    save(browser)
    clock.forward(minutes=4)
    save(browser, seen=1, device="电脑", fields=[["facts", "新的"]])
    newer = save(browser, 409, seen=1)
    assert (newer["device"], newer["version"]) == ("电脑", 2)
    assert newer["at"] == clock().timestamp() * 1000
    assert newer["fields"] == [["facts", "新的"]]


def test_a_page_says_which_draft_is_the_newest(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    save(browser)
    assert browser.client.get("/drafts/newest?form=case").get_json()["slot"] == "s1"
    assert browser.client.get("/drafts/newest?form=steps.accept").get_json() == {}


def test_tokens_keys_and_passwords_are_never_kept(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    fields = [["csrf_token", "t"], ["_key", "k"], ["password", "p"], ["_add", "x"], ["facts", "留"]]
    save(browser, fields=fields)
    assert browser.client.get("/drafts/s1").get_json()["fields"] == [["facts", "留"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "../x"}, {"form": 5}, {"slot": ""}, {"slot": "a/b"}, {"slot": "s" * 81}, {"seen": True},
        {"seen": -1}, {"fields": None}, {"fields": [["a"]]}, {"fields": [["a", 1]]}, {"fields": [["a", "b"]] * 4001},
    ],
)  # fmt: skip
def test_a_program_that_errs_is_told(app: Flask, browser: Browser, wrong: dict[str, Any]) -> None:
    save(browser.log_in("v111"), 400, **wrong)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000, b'"x"'])
def test_a_broken_body_is_not_an_accident(app: Flask, browser: Browser, body: bytes) -> None:
    headers = {"X-CSRFToken": browser.log_in("v111").token()}
    response = browser.client.post("/drafts", data=body, content_type="application/json", headers=headers)
    assert response.status_code == 400


def test_half_a_character_is_kept_as_a_sign_of_it(app: Flask, browser: Browser) -> None:
    headers = {"X-CSRFToken": browser.log_in("v111").token()}
    body = rb'{"form": "case", "slot": "s1", "fields": [["facts", "\ud83d"]]}'
    response = browser.client.post("/drafts", data=body, content_type="application/json", headers=headers)
    assert response.status_code == 200
    assert browser.client.get("/drafts/s1").get_json()["fields"] == [["facts", "�"]]


def test_an_address_outside_is_not_followed(app: Flask, browser: Browser) -> None:
    save(browser.log_in("v111"), address="https://example.org/")
    assert not [a for a in browser.get("/drafts").all("a") if "example" in a.get("href", "")]


def test_without_a_token_nothing_is_kept(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    assert browser.client.post("/drafts", json=BODY).status_code == 400
    assert browser.client.get("/drafts/newest?form=case").get_json() == {}


def test_a_fresh_token_is_for_who_is_logged_in(app: Flask, browser: Browser) -> None:
    assert browser.client.get("/drafts/token").get_json()["user"] == ""
    token = browser.log_in("v111").client.get("/drafts/token").get_json()["token"]
    assert browser.client.post("/drafts", json=BODY, headers={"X-CSRFToken": token}).status_code == 200


def test_a_form_is_drawn_again_without_being_judged(app: Flask, browser: Browser) -> None:
    page = browser.log_in("v111").get("/cases/new/full")
    changes = [("_again", "1"), ("parties-2-role", "respondent"), ("parties-2-name", "第三个")]
    drawn = browser.send(page, "/cases/new", changes, 200)
    assert drawn.field("parties-2-name") == "第三个"
    assert "有错误" not in drawn.text


def test_a_queued_form_is_told_where_its_answer_is_and_reads_no_message(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="mediating").public_number
    page = browser.log_in("v111").get(f"/cases/{number}/steps/pause")
    sent = browser.send(page, "/steps/pause", [("reason", "等鉴定")], 204, headers={"X-Queued": "1"})
    assert sent.response.headers["X-Location"] == f"/cases/{number}"
    assert "Location" not in sent.response.headers
    assert "已办好" in browser.get(f"/cases/{number}").words()


def test_a_form_sent_only_to_be_drawn_is_never_carried_out(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser.log_in("v111")
    with app.app_context():
        before = makers.load_case(number).steps_taken
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and "<number>" in rule.rule and rule.rule.count("<") == 1:
            fields = {
                "csrf_token": browser.token(),
                "_key": "0123456789abcdef",
                "_again": "1",
                "version": "3",
            }
            answer = browser.client.post(rule.rule.replace("<number>", number), data=fields)
            assert answer.status_code in (200, 400, 403, 404, 409), (rule.rule, answer.status_code)
    with app.app_context():
        assert makers.load_case(number).steps_taken == before
