"""A mediator at a phone and at an office PC, without any JavaScript: log in, file, accept, record a session."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.makers import PASSWORD, find_person

pytestmark = pytest.mark.browser
VISIBLE_FIELDS = "input:not([type=hidden]), select, textarea"
SIZES = {"phone": (360, 640), "pc": (1366, 768)}


class Reader:
    """One person at one screen, who notices what is cut off and what the browser complains of."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on("request", lambda request: self._must_be_ours(request.url))

    def _must_be_ours(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "chrome-extension:")):
            self.complaints.append(f"outside: {url}")

    def look(self) -> None:
        """Nothing scrolls sideways, nothing is out of reach, nothing is complained of."""
        self.page.wait_for_load_state()
        width = self.page.viewport_size["width"]
        for element in self.page.query_selector_all(
            f"main, header, nav, footer, {VISIBLE_FIELDS}, a.button, button"
        ):
            box = element.bounding_box()
            if box and box["x"] > -1000:  # the skip link and the first button wait outside on purpose
                inside = box["x"] + box["width"] <= width + 1 and box["x"] >= -1
                assert inside, (self.page.url, element.inner_text()[:30], box)
        for element in self.page.query_selector_all("main a.button, main button:not(.first)"):
            box = element.bounding_box()
            assert box is None or box["height"] >= 47, (self.page.url, element.inner_text(), box)
        assert not self.complaints, self.complaints


def press(page: Any, name: str) -> None:
    """Press the button or link that a person would."""
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_case_is_filed_and_worked(chromium: Any, address: str, size: str, scripts: bool) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="zh-CN"
    )
    page = context.new_page()
    reader = Reader(page, address)
    page.goto(f"{address}/")
    reader.look()
    page.get_by_role("link", name="工作人员登录").click()
    reader.look()
    page.get_by_label("手机号").fill(find_person("v111").phone)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    reader.look()
    page.get_by_role("link", name="登记纠纷").first.click()
    reader.look()
    file_three_parties(page)
    reader.look()
    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    page.get_by_role("link", name="打开案件").click()
    reader.look()
    page.get_by_role("link", name="受理", exact=True).click()
    page.get_by_label("全部（3位）").check()
    reader.look()
    press(page, "受理")
    page.get_by_role("link", name="直接记录调解").click()
    expect(page.get_by_role("group", name="谁到场了").get_by_label("李志刚")).to_be_checked()
    page.get_by_label("谈不成").check()
    page.get_by_label("调解记录").fill("各说各的理。")
    reader.look()
    press(page, "保存这次调解")
    reader.look()
    expect(page.get_by_text("“记一次调解”已办好。")).to_be_visible()
    context.close()


def file_three_parties(page: Any) -> None:
    """Fill in the registration, adding one side more."""
    page.get_by_role("link", name="详细登记").click()
    page.get_by_label("纠纷类型").select_option(label="邻里")
    page.get_by_role("button", name="＋ 再加一方").click()
    for place, name in enumerate(("王建国", "李志刚", "𬭎㛃·买买提")):
        page.locator(f"#parties-{place}-name").fill(name)
    page.get_by_label("为什么事").fill("因宅基地界线发生争执。")
    press(page, "登记")
