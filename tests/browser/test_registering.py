"""A dispute is registered: quickly with a thumb, without a mouse, and never twice or half."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, County
from tests.browser.hand import Hand, check_accessibility

pytestmark = pytest.mark.browser
NUMBER = r"^\d{4}-\d{4}-\d$"


def chip(page: Any, text: str, group: str = "") -> Any:
    """The label that a finger would tap."""
    return page.locator(f"{group} label", has_text=re.compile(f"^{text}")).first


def fill(
    page: Any, danger: str = "没有", willing: str = "愿意", names: tuple[str, str] = ("王建国", "李志刚")
) -> None:
    """A registration of two sides, complete."""
    chip(page, "邻里").click()
    page.get_by_label("申请人的姓名").fill(names[0])
    page.get_by_label("对方的姓名").fill(names[1])
    chip(page, "宅基地界线").click()
    chip(page, willing, "#willing").click()
    chip(page, danger, "#danger").click()


def send(page: Any) -> None:
    """Press the one button at the end."""
    page.locator("[data-primary]").click()


def count_cases(county: County) -> int:
    """How many cases there are."""
    return int(county.ask("SELECT count(*) FROM cases")[0][0])


def test_ux_01_two_sides_are_registered_within_twelve_taps(county: County) -> None:
    page = county.open("v1", PHONE, "/todo")
    hand = Hand(page)
    hand.go(page.get_by_role("link", name="登记纠纷"))
    hand.tap(chip(page, "邻里"))
    hand.type("王建国")  # the field has the focus
    hand.type("13911220001", page.get_by_label("申请人的电话"))
    hand.type("李志刚", page.get_by_label("对方的姓名"))
    hand.type("13911220002", page.get_by_label("对方的电话"))
    hand.tap(chip(page, "宅基地界线"))
    hand.tap(chip(page, "排水"))
    hand.tap(chip(page, "恢复原状"))
    hand.tap(chip(page, "愿意", "#willing"))
    hand.tap(chip(page, "没有", "#danger"))
    assert (
        page.get_by_label("一句话说清楚").input_value()
        == "王建国与李志刚因宅基地界线、排水发生争执，王建国要求恢复原状。"
    )
    hand.go(page.get_by_role("button", name="登记并受理"))
    expect(page.get_by_role("heading", name="已受理")).to_be_visible()
    assert re.match(NUMBER, page.get_by_test_id("case-no").inner_text())
    assert hand.taps <= 12
    assert hand.typed <= 30
    assert hand.klm() <= 90
    check_accessibility(page)


def test_ux_03_a_case_is_registered_without_a_mouse(county: County) -> None:
    page = county.open("v1", PC, "/todo")
    hand = Hand(page)
    with page.expect_navigation():
        hand.key("Alt+n")
    hand.answers += 1
    hand.key("1", "Enter")  # the first group has the focus
    hand.type("王建国")
    _compose(page)
    hand.key("Enter")
    hand.type("13911220001")
    hand.key("Enter", "Enter")
    hand.type("李志刚")
    hand.key("Enter")
    hand.type("13911220002")
    hand.key("Enter", "Enter", "1", "2", "Enter", "Tab")  # past the sentence that wrote itself
    hand.key("2", "Enter", "1", "Enter", "1")
    with page.expect_navigation():
        hand.key("Control+Enter")
    hand.answers += 1
    expect(page.get_by_role("heading", name="已受理")).to_be_visible()
    assert hand.taps == 0
    assert hand.typed <= 30
    assert hand.klm() <= 90
    assert count_cases(county) == 1


def _compose(page: Any) -> None:
    """Enter while a word is being composed, as an input method sends it: nothing may be sent or left."""
    before = page.evaluate("document.activeElement.id")
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, isComposing: true, bubbles: true}))"""
    )
    assert page.evaluate("document.activeElement.id") == before
    assert page.url.endswith("/cases/new")


def test_ux_05_what_is_missing_is_said_twice_in_the_same_words(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new")
    page.get_by_label("申请人的电话").fill("13911220001")
    send(page)
    summary = page.get_by_test_id("error-summary")
    assert page.evaluate("document.activeElement.id") == "summary"
    assert page.title().startswith("有错误：")
    links = summary.get_by_role("link").all()
    assert len(links) >= 4
    for link in links:
        field = page.locator(str(link.get_attribute("href")))
        expect(field).to_have_count(1)
        beside = page.locator(f"{link.get_attribute('href')}--error").inner_text()
        assert beside.removeprefix("⚠").strip() == link.inner_text()
    expect(page.get_by_label("申请人的电话")).to_have_value("13911220001")
    check_accessibility(page)


def test_ux_06_nothing_is_registered_while_danger_is_not_said(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new")
    fill(page)
    page.evaluate("document.querySelectorAll('input[name=danger]').forEach(i => { i.checked = false })")
    send(page)
    expect(page.get_by_test_id("error-summary").get_by_text("请选择有没有紧急危险")).to_be_visible()
    assert count_cases(county) == 0


def test_ux_07_a_danger_is_red_and_told_to_town_and_county(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new")
    fill(page, danger="有")
    chip(page, "扬言伤人", "#dangers").click()
    send(page)
    assert page.locator("main .notice").first.inner_text().startswith("有人身危险，请先打110")
    number = page.get_by_test_id("case-no").inner_text()
    page.get_by_role("link", name="打开案件").click()
    assert page.get_by_test_id("risk-tag").first.inner_text().startswith("红")
    for who in ("t1", "c1"):
        there = county.open(who, PHONE, "/todo")
        expect(there.get_by_role("link", name=number[-6:]).first).to_be_attached()
        assert there.get_by_test_id("risk-tag").first.inner_text().startswith("红")


def test_ux_08_four_sides_are_one_case(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new")
    fill(page)
    for _ in range(2):
        page.get_by_role("button", name="再加一方").click()
    page.get_by_label("第3方的姓名").fill("张桂芳")
    page.get_by_label("第4方的姓名").fill("买买提·艾力")
    send(page)
    page.get_by_role("link", name="打开案件").click()
    for name in ("王建国", "李志刚", "张桂芳", "买买提·艾力"):
        expect(page.get_by_role("heading", name=name).first).to_be_attached()


def test_ux_09_the_same_two_people_are_asked_about_and_never_blocked(county: County) -> None:
    number = county.file_case(days_ago=10)
    page = county.open("v1", PHONE, "/cases/new")
    fill(page)
    send(page)
    expect(page.get_by_text(f"可能和 {number} 是同一件事")).to_be_visible()
    assert page.get_by_role("link", name="打开它").get_attribute("href") == f"/cases/{number}"
    page.get_by_role("button", name="不是，继续").click()
    expect(page.get_by_role("heading", name="已受理")).to_be_visible()
    assert count_cases(county) == 2


def test_ux_10_pressed_twice_or_sent_again_there_is_one_case(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new")
    fill(page)
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator("[data-primary]").dblclick(no_wait_after=True)
    page.get_by_test_id("case-no").wait_for()
    number = page.get_by_test_id("case-no").inner_text()
    page.go_back()  # there is nothing to send again: the receipt is there
    page.get_by_test_id("case-no").wait_for()
    expect(page.get_by_test_id("case-no")).to_have_text(number, use_inner_text=True)
    # A browser that kept the filled form sends the very same once more.
    first = next(request for request in sent if request.url.startswith(f"{county.address}/cases/new"))
    kind = {"Content-Type": first.headers["content-type"]}
    again = page.request.post(first.url, data=first.post_data_buffer, headers=kind)
    assert again.ok
    assert number in again.text()
    assert again.url == page.url
    assert count_cases(county) == 1


def test_back_past_a_page_of_errors_leads_to_the_receipt_and_sends_nothing(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new")
    fill(page, names=("", "李志刚"))
    send(page)
    page.get_by_test_id("error-summary").wait_for()
    page.get_by_label("申请人的姓名").fill("王建国")
    send(page)
    number = page.get_by_test_id("case-no").inner_text()
    page.go_back()
    expect(page.get_by_test_id("case-no")).to_have_text(number, use_inner_text=True)
    page.go_back()
    expect(page.get_by_test_id("case-no")).to_have_text(number, use_inner_text=True)
    assert count_cases(county) == 1


def test_the_other_side_is_not_asked_yet_and_the_case_waits(county: County) -> None:
    page = county.open("v1", PC, "/cases/new")
    fill(page, willing="还没问")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    assert county.ask("SELECT state FROM cases")[0][0] == "filed"


def test_a_draft_is_kept_and_taken_up_again(county: County) -> None:
    county.file_case(ACCEPT)
    page = county.open("v1", PC, "/cases/new", scripts=False)
    page.get_by_label("申请人的姓名").fill("王建国")
    page.get_by_role("button", name="先存草稿").click()
    page.goto(f"{county.address}/drafts")
    page.get_by_role("link", name="继续").first.click()
    expect(page.get_by_label("申请人的姓名")).to_have_value("王建国")


def test_a_larger_text_and_another_language_lose_nothing_that_was_typed(county: County) -> None:
    page = county.open("v1", PHONE, "/cases/new", scripts=False)
    page.get_by_label("申请人的姓名").fill("王建国")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_label("申请人的姓名")).to_have_value("王建国")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Applicant: name")).to_have_value("王建国")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("heading", name="Register a dispute")).to_be_visible()
