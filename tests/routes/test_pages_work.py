"""The main job in pages: log in, file, press the buttons, read what happened."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import makers
from tests.conftest import Clock
from tests.pages import Browser, read_pdf
from workflows.steps import SHANGHAI

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

TWO = [
    ("dispute_type", "neighbourhood"),
    ("parties-0-role", "applicant"), ("parties-0-kind", "person"), ("parties-0-name", "王䶮"),
    ("parties-1-role", "respondent"), ("parties-1-kind", "person"), ("parties-1-name", "阿卜杜拉·买买提"),
    ("facts", "为宅基地界线发生争执。"),
]  # fmt: skip


def file_case(browser: Browser) -> str:
    """File a case of two parties; returns its number."""
    page = browser.get("/cases/new/full")
    done = browser.follow(browser.send(page, "/cases/new", TWO))
    return next(p for p in done.all("p") if p.get("class") == "number").text or ""


def press(browser: Browser, number: str, step: str, *changes: tuple[str, str], status: int = 303) -> str:
    """Take a step through its form; returns what the next page says."""
    page = browser.get(f"/cases/{number}/steps/{step}")
    answer = browser.send(page, f"/steps/{step}", changes, status)
    return browser.follow(answer).words() if status == 303 else answer.words()


def test_a_case_goes_from_filing_to_an_agreement_in_effect(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    number = file_case(browser)
    said = press(browser, number, "accept", ("consents_all", "1"), ("consents[]", "a1"), ("consents[]", "r1"))
    assert "查询码" in said
    press(browser, number, "hold_session", ("attended[]", "a1"), ("attended[]", "r1"), ("outcome", "agreed"))
    clause = [
        ("form", "written"), ("clauses-0-text", "支付3500元。"), ("clauses-0-kind", "pay"),
        ("clauses-0-amount", "３,５００元"),
        ("clauses-0-obligors[]", "r1"), ("clauses-0-obligees[]", "a1"), ("clauses-0-due", "2026-12-31"),
    ]  # fmt: skip
    press(browser, number, "agree", *clause)
    said = press(browser, number, "sign", ("parties[]", "a1"), ("parties[]", "r1"), ("seal", "true"))
    assert "协议已生效" in said
    assert "3,500.00元" in said
    assert "王䶮" in said
    said = press(browser, number, "perform", ("clause", "1"), ("amount", "1000"), ("paid_by", "r1"))
    assert "未履行 2,500.00元" in said


def test_an_error_keeps_everything_and_says_the_same_twice(browser: Browser) -> None:
    browser.log_in("v111")
    page = browser.get("/cases/new/full")
    wrong = [*TWO[:3], ("parties-1-name", "李四"), ("parties-0-phone", "1381234567"), ("facts", "争执")]
    answer = browser.send(page, "/cases/new", wrong, 422)
    assert answer.all("title")[0].text.startswith("有错误：")  # type: ignore[union-attr]
    assert answer.field("parties-0-phone") == "1381234567"
    assert answer.field("parties-1-name") == "李四"
    links = [a for a in answer.all("a") if a.get("href") == "#parties-0-phone"]
    assert len(links) == 1
    assert answer.words().count(links[0].text or "?") == 2


def test_one_more_party_is_added_without_losing_a_word(browser: Browser) -> None:
    browser.log_in("v111")
    page = browser.get("/cases/new/full")
    page = browser.send(page, "/cases/new", [*TWO, ("_add", "parties")], 200)
    page = browser.send(page, "/cases/new", [("parties-2-name", "第三人"), ("_add", "parties")], 200)
    assert page.field("parties-0-name") == "王䶮"
    assert page.field("parties-2-name") == "第三人"
    page = browser.send(page, "/cases/new", [("_add", "parties-0-agents")], 200)
    assert page.field("parties-0-agents-0-name") == ""
    page = browser.send(page, "/cases/new", [("_remove", "parties-3")], 200)
    done = browser.follow(browser.send(page, "/cases/new"))
    assert "登记完成" in done.words()


def test_a_refused_step_says_why_on_the_case_and_on_its_page(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    case = browser.get(f"/cases/{planted.public_number}")
    assert "记调解" in case.words()
    page = browser.get(f"/cases/{planted.public_number}/steps/apply_confirmation", 409)
    assert "还没有协议，不能申请司法确认" in page.words()
    assert "去写协议" in page.words()
    said = browser.get(f"/cases/{planted.public_number}/steps/archive", 409).words()
    assert "还没有结案，不能归档。先结案" in said


def test_a_file_that_lacks_something_is_archived_with_the_reason_that_its_page_asks_for(
    app: Flask, browser: Browser
) -> None:
    planted = makers.make_case(app, state="closed")
    browser.log_in("v111")
    address = f"/cases/{planted.public_number}/steps/archive"
    page = browser.get(address)
    assert "卷宗还缺" in page.words() and "签好的协议书" in page.words()
    refused = browser.send(page, address, [], 409)
    assert "写明原因再归档" in refused.words()
    case = browser.follow(browser.send(refused, address, [("reason", "原件在火灾中烧毁。")]))
    assert "已归档" in case.words()


def test_every_form_of_every_state_opens(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    court = Browser(app).log_in("j1")
    for serial, state in enumerate(makers.WAYS, start=1):
        planted = makers.make_case(app, state=state, serial=serial)
        for reader in (browser, court):
            shown = reader.client.get(f"/cases/{planted.public_number}")
            if shown.status_code == 404:
                continue
            page = reader.get(f"/cases/{planted.public_number}")
            links = [a.get("href", "") for a in page.all("a") if "/steps/" in a.get("href", "")]
            for link in links:
                reader.get(link)


def test_a_past_moment_is_kept_and_a_future_one_refused(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="accepted")
    browser.log_in("v111")
    there = [("attended[]", "a1"), ("attended[]", "r1"), ("outcome", "no_agreement")]
    said = press(
        browser, planted.public_number, "hold_session", *there, ("at", "2027-01-01T09:00"), status=422
    )
    assert "不能晚于现在" in said
    said = press(browser, planted.public_number, "hold_session", *there, ("at", "2026-11-10T15:30"))
    assert "2026-11-10 15:30" in said


def test_nobody_ticked_is_not_everybody(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="filed")
    browser.log_in("v111")
    said = press(browser, planted.public_number, "accept", status=409)
    assert "同意" in said


def test_the_todo_list_names_the_next_step(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    handed = makers.make_case(app, state="handed_up", serial=2)
    browser.log_in("v111")
    words = browser.get("/todo").words()
    assert planted.public_number in words
    assert "记调解" in words
    town = Browser(app).log_in("t11").get("/todo").words()
    assert handed.public_number in town
    assert "接收" in town
    assert planted.public_number not in town


def test_a_paper_opens_with_a_chinese_name_and_is_made_once(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="superseded")
    browser.log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}")
    links = [
        (a.get("href", ""), "".join(a.itertext())) for a in page.all("a") if "/papers/" in a.get("href", "")
    ]
    agreements = [href for href, text in links if "协议书" in text]
    first = browser.client.get(agreements[-1])
    assert first.mimetype == "application/pdf"
    assert "filename*=UTF-8''%E4%BA%BA" in first.headers["Content-Disposition"]
    assert browser.client.get(agreements[-1]).data == first.data
    texts = [read_pdf(browser.client.get(address).data) for address in agreements]
    assert "已作废" in texts[-1].replace("\n", "")
    assert "已作废" not in texts[0].replace("\n", "")


def test_english_is_complete_on_labels_and_survives_login(app: Flask, browser: Browser) -> None:
    page = browser.get("/login")
    browser.send(page, "/language", [("language", "en")])
    assert "Mobile number" in browser.get("/login").words()
    browser.log_in("v111")
    page = browser.get("/cases/new/full")
    assert page.all("html")[0].get("lang") == "en"
    assert "What happened" in page.words()


def test_a_session_in_the_minute_of_registering_comes_after_it(
    app: Flask, browser: Browser, clock: Clock
) -> None:
    clock.forward(seconds=20)
    browser.log_in("v111")
    number = file_case(browser)
    press(browser, number, "accept", ("consents_all", "1"), ("consents[]", "a1"), ("consents[]", "r1"))
    clock.forward(seconds=30)
    at = clock().astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    there = [("attended[]", "a1"), ("attended[]", "r1"), ("outcome", "no_agreement"), ("at", at)]
    said = press(browser, number, "hold_session", *there)
    assert "第1次" in said
