"""The page before the court: twelve checks, what to mend, who, and the way there."""

from __future__ import annotations

from flask import Flask

from tests import makers
from tests.pages import Browser


def test_the_case_page_leads_to_the_twelve_checks(app: Flask) -> None:
    planted = makers.make_case(app, state="performing")
    browser = Browser(app).log_in("v111")
    address = f"/cases/{planted.public_number}/readiness"
    assert address in browser.get(f"/cases/{planted.public_number}").text
    page = browser.get(address)
    said = page.words()
    assert "没有权利义务告知书" not in said
    assert "出生日期没有填" in said
    assert "民诉法解释第354条" in said
    assert "通过的 11 项" in said
    assert "有 2 处会被法院退回" in said


def test_each_fault_leads_to_the_form_that_mends_it_where_the_reader_may_take_it(app: Flask) -> None:
    planted = makers.make_case(app, state="agreed")
    page = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/readiness")
    targets = {link.get("href") for link in page.all("a") if (link.text or "") == "去改"}
    assert f"/cases/{planted.public_number}/sign" in targets


def test_the_form_of_the_application_says_first_what_the_court_would_say(app: Flask) -> None:
    planted = makers.make_case(app, state="performing")
    browser = Browser(app).log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}/steps/apply_confirmation")
    assert "会被法院退回" in page.words()
    assert f"/cases/{planted.public_number}/readiness" in page.text
    assert "会被法院退回" not in browser.get(f"/cases/{planted.public_number}/steps/perform").words()


def test_there_is_no_check_without_an_agreement_and_none_for_strangers(app: Flask) -> None:
    talking, signed = (
        makers.make_case(app, state="mediating"),
        makers.make_case(app, state="performing", serial=2),
    )
    page = Browser(app).log_in("v111").get(f"/cases/{talking.public_number}/readiness", 409)
    assert "还没有写协议，先去写协议" in page.words()
    Browser(app).log_in("v211").get(f"/cases/{signed.public_number}/readiness", 404)
    Browser(app).log_in("j1").get(f"/cases/{signed.public_number}/readiness", 403)


def test_the_check_speaks_english_too(app: Flask) -> None:
    planted = makers.make_case(app, state="agreed")
    browser = Browser(app).log_in("v111")
    browser.client.set_cookie("language", "en")
    said = browser.get(f"/cases/{planted.public_number}/readiness").words()
    assert "has not signed." in said
    assert "seal is missing." in said
