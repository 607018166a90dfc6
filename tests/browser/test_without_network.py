"""Without a network: what a page says about it is true, and what was pressed is done when it is back (ux.md §18)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from mediation.models import Attachment
from tests import makers
from tests.browser.test_sharing_and_photos import photograph
from tests.browser.test_weak_networks import PHONE, count, log_in, open_form, press

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
