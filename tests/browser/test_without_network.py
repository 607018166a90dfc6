"""Without a network: what a page says about it is true, and what was pressed is done when it is back (ux.md §18)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from mediation.models import Attachment, Case, MediationSession
from tests import makers
from tests.browser.test_registering import fill, send
from tests.browser.test_sharing_and_photos import photograph
from tests.browser.test_weak_networks import PC, PHONE, count, log_in, open_form, press, register_offline
from tests.conftest import Clock

pytestmark = pytest.mark.browser


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    """A phone."""
    made = chromium.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield made
    made.close()


def test_photographs_sent_offline_wait_and_go_when_the_network_is_back(
    app: Flask, address: str, context: Any, tmp_path: Path
) -> None:
    number = makers.make_case(app, state="accepted").public_number
    page = log_in(context, address)
    open_form(page, f"{address}/cases/{number}/files")
    page.locator("#file").set_input_files([photograph(tmp_path, f"照片{n}.jpg", (800, 600)) for n in (1, 2)])
    expect(page.locator(".photos li.ready")).to_have_count(2)
    context.set_offline(True)
    expect(page.get_by_test_id("offline-banner")).to_have_text("网络断了。照片还没有上传，请别离开这一页")
    press(page, "收下")
    expect(page.locator(".photos")).to_contain_text("照片 1/2 等着上传")
    expect(page.locator(".photos")).to_contain_text("照片 2/2 等着上传")
    assert count(app, Attachment) == 0
    context.set_offline(False)
    expect(page.locator("ul.lines > li")).to_have_count(2, timeout=30_000)
    assert count(app, Attachment) == 2
    expect(page.get_by_test_id("offline-banner")).to_have_count(0)


def test_the_banner_promises_no_more_than_the_page_keeps(
    app: Flask, address: str, context: Any, tmp_path: Path
) -> None:
    number = makers.make_case(app, state="mediating").public_number
    page = log_in(context, address)
    banner = page.get_by_test_id("offline-banner")
    said = {
        "/todo": "网络断了，连上后再办",
        f"/cases/{number}/steps/hold_session": "网络断了。内容已存在这台电脑上，连上后点“记一次调解”",
        "/cases/new": "网络断了。内容已存在这台电脑上，连上后点“登记”",
    }
    for path, text in said.items():
        open_form(page, address + path)
        context.set_offline(True)
        expect(banner).to_have_text(text)
        context.set_offline(False)
        expect(banner).to_have_count(0)
    context.set_offline(True)
    page.locator("label", has_text="愿意").first.click()
    expect(banner).to_contain_text("“登记并受理”")


def test_a_preview_is_not_taken_for_sending_where_the_browser_names_no_button(
    app: Flask, address: str, context: Any
) -> None:
    context.add_init_script(
        "Object.defineProperty(SubmitEvent.prototype, 'submitter', {get: () => undefined})"
    )
    number = makers.make_case(app, state="mediating").public_number
    page = log_in(context, address)
    open_form(page, f"{address}/cases/{number}/steps/hold_session")
    page.evaluate(
        """() => document.querySelector("form[data-draft]").insertAdjacentHTML("beforeend",
            '<button id="look" formtarget="_blank" formaction="/help">看看</button>')"""
    )
    with context.expect_page():
        page.locator("#look").click()
    assert page.locator("form[data-draft]").get_attribute("data-sending") is None
    page.get_by_label("没谈成").check()
    page.get_by_label("调解记录").fill("各说各的理。")
    page.get_by_role("group", name="到场的当事人").locator("input").first.check()
    press(page, "记一次调解")
    page.get_by_text("“记一次调解”已办好。").wait_for()


def seen_and_focused(page: Any) -> None:
    """The box that says what waits lies in the window and has the focus."""
    box = page.locator(".waiting")
    box.get_by_text("等待提交", exact=True).wait_for()
    expect(box).to_be_in_viewport()
    assert page.evaluate("document.activeElement.classList.contains('waiting')")


def test_what_waits_is_shown_where_it_is_seen_and_asks_there_for_a_new_login(
    app: Flask, address: str, context: Any, clock: Clock
) -> None:
    page = log_in(context, address)
    register_offline(page, address)
    seen_and_focused(page)
    clock.forward(hours=9)
    context.set_offline(False)
    box = page.locator(".waiting")
    expect(box).to_contain_text("请重新登录，内容还在")
    expect(page.get_by_role("link", name="去登录")).to_have_count(1)
    expect(box.get_by_role("link", name="去登录")).to_be_visible()


def test_a_signal_that_carries_nothing_queues_the_form_and_makes_one_case(
    app: Flask, address: str, context: Any
) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new")
    fill(page)
    before = count(app, Case)
    page.route("**/*", lambda route: route.abort())
    page.evaluate("window.dispatchEvent(new Event('online'))")  # the autosave goes, and nothing answers
    page.get_by_test_id("offline-banner").wait_for()
    assert page.evaluate("navigator.onLine")
    send(page)
    seen_and_focused(page)
    assert count(app, Case) == before
    page.unroute("**/*")
    press(page, "现在再试")
    page.get_by_test_id("case-no").wait_for()
    assert count(app, Case) == before + 1


def test_the_way_back_offline_leads_to_the_list_with_what_waits_and_it_is_sent(
    app: Flask, address: str, context: Any
) -> None:
    page = log_in(context, address)
    page.wait_for_selector("html[data-net=ready]")
    before = count(app, Case)
    register_offline(page, address)
    seen_and_focused(page)
    page.locator("a.back").click()
    waiting = page.locator("[data-waiting-list]")
    expect(waiting).to_contain_text("王建国")
    expect(waiting).to_contain_text("等待提交")
    expect(page.get_by_role("heading", level=1)).to_have_text("待办")
    page.go_back()
    expect(page.get_by_label("申请人的姓名")).to_have_value("王建国")
    page.locator("a.back").click()
    context.set_offline(False)
    page.get_by_role("link", name="王建国与李志刚").first.wait_for(timeout=60_000)
    assert count(app, Case) == before + 1


def test_alt_s_saves_where_there_is_no_button_for_it(app: Flask, address: str, context: Any) -> None:
    number = makers.make_case(app, state="mediating").public_number
    page = log_in(context, address)
    page.set_viewport_size(PC)
    open_form(page, f"{address}/cases/{number}/steps/hold_session")
    page.get_by_label("调解记录").fill("各说各的理。")
    before = count(app, MediationSession)
    with page.expect_response(lambda r: r.url.endswith("/drafts") and r.request.method == "POST"):
        page.keyboard.press("Alt+s")
    said = page.get_by_test_id("autosave")
    expect(said).to_contain_text("已自动保存")
    expect(said).to_be_in_viewport()
    assert count(app, MediationSession) == before


def test_a_slash_leads_to_the_search_from_any_page(address: str, context: Any) -> None:
    page = log_in(context, address)
    page.set_viewport_size(PC)
    for path in ("/todo", "/drafts"):
        open_form(page, address + path)
        page.keyboard.press("/")
        page.wait_for_url("**/cases#q")
        expect(page.locator("#q")).to_be_focused()
    page.locator("#q").blur()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_a_question_while_registering_takes_the_focus_and_the_title(address: str, context: Any) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new")
    fill(page, names=("王建国", "王建国"))
    page.get_by_label("申请人的电话").fill("1391122000")
    send(page)
    for left in ("先登记，回头再核对", "是两个人，继续"):
        expect(page.locator(".doubt")).to_be_focused()
        assert page.title().startswith("请再看一下：")
        page.get_by_role("button", name=left).wait_for()
        if left != "是两个人，继续":
            press(page, left)
            page.get_by_role("button", name="是两个人，继续").wait_for()
    page.get_by_role("link", name="不是，去改").click()
    expect(page.get_by_label("对方的姓名")).to_be_focused()
