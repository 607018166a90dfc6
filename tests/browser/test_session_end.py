"""Five minutes before a login ends, the page says so and goes on when asked; what was typed stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.county import PHONE, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser


def test_a_login_that_ends_soon_is_lengthened_with_one_tap(county: County) -> None:
    page = county.open("v1", PHONE)
    page.clock.install()
    _open_and_settle(page, county)
    page.get_by_label("申请人的姓名").fill("王建国")
    box = page.locator("#session-end")
    expect(box).not_to_be_visible()
    county.clock.forward(minutes=56)
    with page.expect_response("**/session"):
        page.clock.fast_forward(61_000)
    box.get_by_text("写的内容不会丢").wait_for()
    check_accessibility(page)
    box.get_by_role("button", name="继续使用").click()
    box.wait_for(state="hidden")
    expect(page.get_by_label("申请人的姓名")).to_have_value("王建国")
    county.clock.forward(minutes=50)
    assert page.request.get(f"{county.address}/todo").url.endswith("/todo")


def test_a_login_that_has_ended_says_that_the_text_is_kept(county: County) -> None:
    page = county.open("v1", PHONE)
    page.clock.install()
    _open_and_settle(page, county)
    county.clock.forward(hours=2)
    with page.expect_response("**/session"):
        page.clock.fast_forward(61_000)
    page.get_by_text("已经退出登录").wait_for()
    expect(page.get_by_role("button", name="继续使用")).not_to_be_visible()


def _open_and_settle(page: Page, county: County) -> None:
    """Let the page's own questions be answered: one under way while the hours jump would be a sign of life."""
    page.goto(f"{county.address}/cases/new", wait_until="networkidle")
