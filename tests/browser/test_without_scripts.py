"""Without JavaScript, in English, on a slow line: the main job all the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.county import PEOPLE, PHONE, County
from tests.makers import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning"),
]
MOST_BYTES = 150 * 1024
#: What a page says in Chinese in any language: names of people, places, offices, cases, and the switch back.
CONTENT = re.compile(
    "望江县|十里铺乡|石泉村|王秀英|中文|矛盾纠纷调解|王建国|李志刚|邻里|与|纠纷|宅基地界线|发生争执|因|。|人民调解委员会|人调字第|号|〔|〕"
)
CHINESE = re.compile("[\u4e00-\u9fff]+")


def chinese_labels(page: Any) -> list[str]:
    """Chinese on the labels of a page: everything but what people have typed and what things are called."""
    page.wait_for_load_state()
    words = page.evaluate(
        """() => [...document.querySelectorAll("label, legend, button, h1, h2, h3, a, th, dt, summary")]
            .filter((e) => !e.closest("[lang=zh-CN]:not(html)")).map((e) => e.textContent)"""
    )
    return [text.strip() for text in words if CHINESE.search(CONTENT.sub("", text))]


def test_ux_40_without_scripts_and_in_english_a_case_is_registered_tracked_and_printed(
    county: County,
) -> None:
    page = county.open(size=PHONE, path="/login", scripts=False)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_label("Mobile number").fill(PEOPLE["v1"][1])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    assert page.locator("html").get_attribute("lang") == "en", "the choice survives logging in"
    assert not chinese_labels(page)
    page.get_by_role("link", name="Register a dispute").first.click()
    assert not chinese_labels(page)
    page.locator("#type-neighbourhood").check()
    page.get_by_label("Applicant: name").fill("王建国")
    page.get_by_label("Other party: name").fill("李志刚")
    page.get_by_label("In one sentence").fill("王建国与李志刚因宅基地界线发生争执。")
    page.locator("#willing").get_by_label("Yes").check()
    page.locator("#danger").get_by_label("No", exact=True).check()
    page.locator("[data-primary]").click()
    page.get_by_role("heading", name="Accepted").wait_for()
    assert not chinese_labels(page)
    number = page.get_by_test_id("case-no").inner_text()
    code = page.locator("td.code").first.inner_text()
    paper = page.get_by_role("link", name="Print the notice of acceptance").get_attribute("href")
    assert page.request.get(county.address + str(paper)).headers["content-type"] == "application/pdf"
    page.get_by_role("link", name="Open the case").click()
    assert not chinese_labels(page)
    resident = county.open(size=PHONE, path="/track", scripts=False, cookies={"language": "en"})
    resident.locator("main input[name=number]").fill(number)
    resident.locator("main input[name=code]").fill(code)
    resident.locator("main form button:not(.first)").first.click()
    expect(resident.locator("main")).to_contain_text("Accepted", use_inner_text=True)


@pytest.mark.parametrize(
    ("who", "path", "button"),
    [("", "/", "我要申请调解"), ("v1", "/todo", "登记纠纷"), ("v1", "/cases/new", "登记")],
)
def test_ux_04_a_first_page_is_light_and_usable_on_a_slow_line(
    county: County, who: str, path: str, button: str
) -> None:
    page = county.open(who, PHONE)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", slow)
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(county.address + path, wait_until="networkidle")
    assert sum(sizes) <= MOST_BYTES, sizes
    main = page.locator("main")
    primary = main.get_by_role("link", name=button).or_(main.get_by_role("button", name=button, exact=True))
    assert primary.first.is_enabled()
    # Usable: drawn and answering. Measured by the browser itself, with the slow line between it and the server.
    drawn = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
    assert max(drawn, ready) <= 5000
