"""Weak networks: nothing that is typed is lost, and what is sent is sent once (ux.md §18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import func, select

from mediation.database import db
from mediation.models import Case, MediationSession
from tests import makers
from tests.browser.test_registering import fill, send
from tests.conftest import Clock
from tests.makers import PASSWORD, find_person

pytestmark = pytest.mark.browser
PHONE, PC = {"width": 360, "height": 640}, {"width": 1366, "height": 768}


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    """A phone."""
    made = chromium.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield made
    made.close()


def log_in(context: Any, address: str, key: str = "v111") -> Any:
    """A page of somebody who is logged in."""
    page = context.new_page()
    page.goto(f"{address}/login")
    page.get_by_label("手机号").fill(find_person(key).phone)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    page.wait_for_url("**/todo")
    return page


def register_offline(page: Any, address: str) -> None:
    """Fill in a registration and send it when there is no network any more."""
    open_form(page, f"{address}/cases/new")
    fill(page)
    page.context.set_offline(True)
    page.get_by_test_id("offline-banner").wait_for()
    send(page)


def press(page: Any, name: str) -> None:
    """Press the button that a person would."""
    page.get_by_role("button", name=name, exact=True).click()


def open_form(page: Any, path: str) -> None:
    """Open a page and wait until its script watches the form."""
    page.goto(path)
    page.wait_for_selector("html[data-net=ready]")


def saved_on_server(page: Any, what: str) -> None:
    """Type nothing more; wait for the autosave that carries this text."""
    with page.expect_response(lambda r: r.url.endswith("/drafts") and what in (r.request.post_data or "")):
        page.get_by_test_id("autosave").wait_for()


def memory(page: Any) -> str:
    """All that the device remembers of this site."""
    return str(
        page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    )


def count(app: Flask, model: type) -> int:
    """How many rows there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def step(app: Flask, address: str) -> str:
    """The page on which a session of a case is recorded."""
    number = makers.make_case(app, state="mediating").public_number
    return f"{address}/cases/{number}/steps/hold_session"


def test_ux_11_typed_text_is_back_after_the_network_was_gone(address: str, context: Any) -> None:
    page = log_in(context, address)
    number = makers.id_number(5)
    open_form(page, f"{address}/cases/new/full")
    page.locator("#facts").fill("因宅基地界线发生争执，身份证")
    page.locator("#parties-0-name").fill("王建国")
    page.locator("#parties-0-id_number").fill(number)
    page.locator("#claims").fill(f"写在别处的号码 {number}")
    context.set_offline(True)
    page.get_by_test_id("offline-banner").wait_for(timeout=2000)
    page.locator("#parties-1-name").fill("李志刚")
    page.locator("#parties-1-name").blur()
    page.get_by_test_id("autosave").get_by_text("已自动保存").wait_for()
    assert number not in memory(page)
    assert "王建国" in memory(page)
    context.set_offline(False)
    page.reload()
    page.get_by_text("已接着").wait_for()
    expect(page.locator("#facts")).to_have_value("因宅基地界线发生争执，身份证")
    expect(page.locator("#parties-0-name")).to_have_value("王建国")
    expect(page.locator("#parties-1-name")).to_have_value("李志刚")
    expect(page.get_by_test_id("offline-banner")).to_have_count(0)


def test_ux_11_a_quick_registration_comes_back_with_its_chips(address: str, context: Any) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new")
    fill(page)
    said = page.get_by_label("一句话说清楚").input_value()
    page.get_by_label("一句话说清楚").blur()
    page.get_by_test_id("autosave").get_by_text("已自动保存").wait_for()
    page.reload()
    page.get_by_text("已接着").wait_for()
    expect(page.get_by_label("申请人的姓名")).to_have_value("王建国")
    expect(page.get_by_label("一句话说清楚")).to_have_value(said)
    expect(page.get_by_label("宅基地界线")).to_be_checked()
    expect(page.locator("#danger").get_by_label("没有")).to_be_checked()


def test_ux_11_a_form_opened_anew_offers_to_go_on(address: str, context: Any) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new/full")
    page.locator("#facts").fill("界线")
    page.locator("#facts").blur()
    page.get_by_test_id("autosave").get_by_text("已自动保存").wait_for()
    again = context.new_page()
    open_form(again, f"{address}/cases/new/full")
    press(again, "继续")
    expect(again.locator("#facts")).to_have_value("界线")
    third = context.new_page()
    open_form(third, f"{address}/cases/new/full")
    press(third, "删除")
    third.get_by_text("没写完").wait_for(state="detached")
    assert "界线" not in third.evaluate("JSON.stringify(Object.entries(localStorage))")


def test_ux_11_rows_that_were_added_come_back_too(address: str, context: Any) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new/full")
    page.locator("#facts").fill("界线")
    press(page, "＋ 再加一方")
    page.locator("#parties-2-name").fill("第三个")
    page.locator("#parties-2-name").blur()
    page.get_by_test_id("autosave").get_by_text("已自动保存").wait_for()
    page.goto(f"{address}/todo")
    page.go_back()
    expect(page.locator("#parties-2-name")).to_have_value("第三个")
    expect(page.locator("#facts")).to_have_value("界线")


def test_ux_12_a_form_sent_offline_becomes_one_case(
    app: Flask, address: str, context: Any, step: str
) -> None:
    page = log_in(context, address)
    open_form(page, step)
    page.get_by_label("没谈成").check()
    page.get_by_label("调解记录").fill("各说各的理。")
    page.get_by_role("group", name="到场的当事人").locator("input").first.check()
    before = count(app, MediationSession)
    context.set_offline(True)
    page.get_by_test_id("offline-banner").wait_for()
    press(page, "记一次调解")
    page.get_by_text("等待提交").wait_for()
    assert count(app, MediationSession) == before
    context.set_offline(False)
    page.get_by_text("“记一次调解”已办好。").wait_for()
    assert count(app, MediationSession) == before + 1
    assert "queue/" not in memory(page)


def test_ux_12_it_waits_in_the_to_do_list_and_then_is_the_case(
    app: Flask, address: str, context: Any
) -> None:
    page = log_in(context, address)
    other = context.new_page()
    other.goto(f"{address}/todo")
    before = count(app, Case)
    register_offline(page, address)
    page.get_by_text("等待提交", exact=True).wait_for()
    page.close()
    context.set_offline(False)
    other.reload()
    # A page that comes up just before the network does tries again after half a minute.
    other.get_by_role("link", name="王建国与李志刚").first.wait_for(timeout=60_000)
    other.get_by_text("等待提交").wait_for(state="detached")
    assert count(app, Case) == before + 1


def test_ux_13_an_expired_login_keeps_the_text_and_sends_it(
    app: Flask, address: str, context: Any, step: str, clock: Clock
) -> None:
    page = log_in(context, address)
    open_form(page, step)
    page.get_by_label("没谈成").check()
    page.get_by_label("调解记录").fill("各说各的理。")
    page.get_by_role("group", name="到场的当事人").locator("input").first.check()
    clock.forward(hours=9)
    press(page, "记一次调解")
    page.get_by_text("内容还在").wait_for()
    page.get_by_label("手机号").fill(find_person("v111").phone)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    page.wait_for_url("**/steps/hold_session**")
    expect(page.get_by_label("调解记录")).to_have_value("各说各的理。")
    expect(page.get_by_label("没谈成")).to_be_checked()
    before = count(app, MediationSession)
    press(page, "记一次调解")
    page.get_by_text("“记一次调解”已办好。").wait_for()
    assert count(app, MediationSession) == before + 1


def test_ux_10_a_second_press_does_nothing(app: Flask, address: str, context: Any, step: str) -> None:
    page = log_in(context, address)
    open_form(page, step)
    before = count(app, MediationSession)
    page.get_by_label("没谈成").check()
    page.get_by_label("调解记录").fill("各说各的理。")
    page.get_by_role("group", name="到场的当事人").locator("input").first.check()
    page.get_by_role("button", name="记一次调解", exact=True).dblclick()
    page.get_by_text("“记一次调解”已办好。").wait_for()
    assert count(app, MediationSession) == before + 1


def test_two_devices_choose_between_their_texts(address: str, chromium: Any, context: Any) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new/full")
    page.locator("#facts").fill("手机上写的")
    saved_on_server(page, "")
    second = chromium.new_context(locale="zh-CN")
    desk = log_in(second, address)
    open_form(desk, f"{address}/cases/new/full")
    press(desk, "继续")
    expect(desk.locator("#facts")).to_have_value("手机上写的")
    desk.locator("#facts").fill("电脑上写的")
    desk.locator("#claims").fill("只在电脑上写的")
    with desk.expect_response(lambda r: "只在电脑上写的" in (r.request.post_data or "")):
        desk.locator("#claims").blur()
        desk.evaluate("window.dispatchEvent(new Event('online'))")
    page.locator("#facts").fill("手机上又写的")
    page.locator("#facts").blur()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("请选用哪一个").wait_for(timeout=15_000)
    expect(page.locator("#claims")).to_have_value("只在电脑上写的")
    expect(page.locator("#facts")).to_have_value("手机上又写的")
    page.get_by_role("button", name="用另一台的：电脑上写的").click()
    expect(page.locator("#facts")).to_have_value("电脑上写的")
    second.close()


def test_leaving_a_shared_computer_asks_and_wipes(address: str, context: Any) -> None:
    page = log_in(context, address)
    page.set_viewport_size(PC)
    open_form(page, f"{address}/cases/new/full")
    page.locator("#facts").fill("不给别人看的")
    page.locator("#facts").blur()
    page.get_by_test_id("autosave").get_by_text("已自动保存").wait_for()
    press(page, "退出")
    press(page, "删除并退出")
    page.wait_for_url("**/login")
    assert "不给别人看的" not in page.evaluate("JSON.stringify(Object.entries(localStorage))")


def test_another_person_on_this_device_is_not_shown_the_text(address: str, context: Any) -> None:
    page = log_in(context, address)
    page.set_viewport_size(PC)
    open_form(page, f"{address}/cases/new/full")
    page.locator("#facts").fill("不给别人看的")
    page.locator("#facts").blur()
    page.get_by_test_id("autosave").get_by_text("已自动保存").wait_for()
    press(page, "退出")
    press(page, "留着，退出")
    page.wait_for_url("**/login")
    page.close()
    other = log_in(context, address, "v112")
    open_form(other, f"{address}/cases/new/full")
    expect(other.locator("#facts")).to_have_value("")
    expect(other.get_by_text("没写完")).to_have_count(0)


def test_what_is_typed_while_a_row_is_on_its_way_stays(address: str, context: Any) -> None:
    page = log_in(context, address)
    open_form(page, f"{address}/cases/new/full")
    waiting: list[Any] = []
    page.route("**/cases/new/full", lambda route: waiting.append(route))
    press(page, "＋ 再加一方")
    page.locator("#facts").fill("路上写的")
    page.locator("#parties-0-name").fill("王建国")
    waiting[0].continue_()
    page.locator("#parties-2-name").wait_for()
    expect(page.locator("#facts")).to_have_value("路上写的")
    expect(page.locator("#parties-0-name")).to_have_value("王建国")
