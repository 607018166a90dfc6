"""Residents in a real browser: ask first, apply, track; at a phone, without an account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import expect

from mediation.services.public_states import table
from mediation.words import words
from tests.browser.county import ACCEPT, AGREED, PHONE, TALK, County
from tests.browser.hand import check_accessibility, check_width
from tests.makers import SIGN as SIGNED
from tests.makers import WRITE
from tests.residents import Slip, slip_for

pytestmark = pytest.mark.browser
Taken = tuple[tuple[str, Mapping[str, Any]], ...]
UP = ("escalate", {"ground": "major", "reason": "案情复杂"})
SIGN = ("sign", {**SIGNED[1], "mediators": ["王秀英"]})
EFFECT: Taken = (ACCEPT, AGREED, WRITE, SIGN)
APPLY = ("apply_confirmation", {"court": "望江县人民法院"})
MEET = ("schedule", {"meet_at": "2026-11-28T09:00", "place": "石泉村调解室", "attending": ["a1", "r1"]})
PART = ("perform", {"clause": 1, "amount": "1000", "paid_by": "r1", "confirmed_by": "a1"})
ALL = ("perform", {"clause": 1, "amount": "3500", "paid_by": "r1", "confirmed_by": "a1"})
RECEIVE: Taken = (("receive", {}), TALK)
#: How a case comes into each public state of the table.
WAYS: dict[str, Taken] = {
    "submitted": (),
    "need_info": (("ask_more", {"matter": "身份证复印件", "until": "2026-12-01"}),),
    "accepted": (("accept", {}),),
    "declined": (("reject", {"reason": "不属于民间纠纷"}),),
    "assigned": (ACCEPT,),
    "scheduled": (ACCEPT, MEET),
    "mediating_village": (ACCEPT, TALK),
    "escalated_town": (ACCEPT, TALK, UP),
    "mediating_town": (ACCEPT, TALK, UP, *RECEIVE),
    "escalated_county": (ACCEPT, TALK, UP, *RECEIVE, UP),
    "mediating_county": (ACCEPT, TALK, UP, *RECEIVE, UP, *RECEIVE),
    "referred": (ACCEPT, ("hand_over", {"matter": "由公安办", "reason": "涉嫌犯罪"})),
    "suspended": (ACCEPT, TALK, ("pause", {"reason": "等鉴定"})),
    "agreed": (ACCEPT, AGREED, WRITE),
    "effective": EFFECT,
    "confirm_filed": (*EFFECT, APPLY),
    "confirm_returned": (*EFFECT, APPLY, ("court_request", {"reason": "补身份证"})),
    "confirmed": (
        *EFFECT,
        APPLY,
        ("court_accept", {}),
        ("court_confirm", {"ruling_number": "（2026）民特1号"}),
    ),
    "confirm_rejected": (*EFFECT, APPLY, ("court_accept", {}), ("court_dismiss", {"reason": "内容不明确"})),
    "performing": (*EFFECT, PART),
    "breach": (*EFFECT, ("default", {"clause": 1})),
    "failed": (ACCEPT, TALK, ("terminate", {"ground": "disagreement"})),
    "withdrawn": (ACCEPT, ("withdraw", {"by": "a1", "reason": "不调了"})),
    "visited": (*EFFECT, ALL, ("follow_up", {"note": "都做到了"})),
    "closed": (*EFFECT, ("close", {"reason": "另行商定"})),
}


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go_on(page: Any) -> None:
    with page.expect_navigation():
        press(page, "继续")


def track(page: Any, county: County, slip: Slip) -> None:
    page.goto(f"{county.address}/track")
    page.get_by_label("编号", exact=True).fill(slip.number)
    page.get_by_label("查询码", exact=True).fill(slip.code)
    with page.expect_navigation():
        press(page, "查看")


def apply_to_the_end(page: Any, county: County) -> None:
    page.goto(f"{county.address}/apply")
    page.get_by_label("邻里", exact=True).check()
    page.get_by_label("用一句话说说").fill("排水沟堵了，水流到我家院子里。")
    go_on(page)
    page.get_by_label("姓名").first.fill("王小明")
    page.get_by_label("电话").first.fill("13812345678")
    go_on(page)
    page.get_by_label("对方的姓名或单位名称").fill("李志刚")
    go_on(page)
    page.get_by_label("哪个乡镇（街道）").select_option(label="十里铺乡")
    go_on(page)
    page.get_by_label("哪个村（社区）").select_option(label="石泉村")
    go_on(page)
    page.get_by_role("link", name="没有材料，跳过").click()
    page.get_by_label("我同意由调委会调解，所填属实").check()
    with page.expect_navigation():
        press(page, "提交申请")


def rows(county: County, name: str) -> int:
    return int(county.ask(f"SELECT count(*) FROM {name}")[0][0])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_ux_29_the_guide_asks_no_name_and_keeps_nothing_and_carries_over(
    county: County, scripts: bool
) -> None:
    tables = [row[0] for row in county.ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = {name: rows(county, name) for name in tables}
    page = county.open("", PHONE, "/guide", scripts=scripts)
    for choice in ("邻居、同村的人", "邻里", None, "没有", "没有", "把话说清楚"):
        expect(page.locator("main input:not([type=hidden]), main textarea")).to_have_count(0)
        if scripts:
            check_accessibility(page)
        found = (
            page.locator("button.choice").first
            if choice is None
            else page.get_by_role("button", name=choice, exact=True)
        )
        with page.expect_navigation():
            found.click()
    expect(page.get_by_role("heading", name="可以申请调解")).to_be_visible()
    with page.expect_navigation():
        press(page, "直接申请（已填的带过去）")
    expect(page.get_by_label("邻里", exact=True)).to_be_checked()
    expect(page.get_by_label("您想要什么结果")).to_have_value("把话说清楚")
    assert {name: rows(county, name) for name in tables} == before


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_ux_30_an_application_ends_in_a_receipt_that_stays_the_same(county: County, scripts: bool) -> None:
    page = county.open("", PHONE, scripts=scripts)
    apply_to_the_end(page, county)
    receipt = page.locator("[data-receipt]").inner_text()
    assert re.search(r"\d{4}-\d{4}-\d", page.get_by_test_id("case-no").inner_text())
    assert re.search(r"\d{4} \d{4}", page.locator(".code").inner_text())
    assert "12月1日（周二）前有人打电话给您" in receipt
    expect(page.locator("[data-receipt] a[href^='tel:']")).to_have_count(1)
    page.goto(page.url)
    expect(page.locator("[data-receipt]")).to_have_text(receipt, use_inner_text=True)
    page.go_back()
    assert rows(county, "cases") == 1
    if scripts:
        page.goto(f"{county.address}/apply/done")
        with page.expect_download() as saved:
            press(page, "保存成图片")
        assert saved.value.suggested_filename == "receipt.png"
        check_accessibility(page)


@pytest.mark.parametrize("ref", ["a1", "r1"])
def test_ux_31_the_page_holds_the_own_masked_name_and_nothing_else(county: County, ref: str) -> None:
    names = ("王小明", "李志刚")
    number = county.file_case(ACCEPT, TALK, names=names)
    page = county.open("", PHONE)
    track(page, county, slip_for(county.app, number, ref))
    answer = page.goto(page.url)
    source, headers = answer.text(), answer.headers
    assert page.get_by_test_id("masked-name").inner_text().endswith("王*明" if ref == "a1" else "李*刚")
    hidden = [*names, "1391122", "宅基地", "各说各的理", "邻里", *words()["risk"].values()]
    for secret in hidden:
        assert secret not in source, secret
    assert "noindex" in headers["x-robots-tag"] and headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_ux_32_wrong_code_and_unknown_number_read_alike_and_the_sixth_try_waits(county: County) -> None:
    slip = slip_for(county.app, county.file_case(ACCEPT))
    wrong = Slip(slip.number, f"{(int(slip.code) + 1) % 10**8:08d}", "")
    page = county.open("", PHONE)
    said = []
    for asked in (wrong, Slip("2611-9876-5", slip.code, "")):
        track(page, county, asked)
        said.append(page.locator("body").inner_text())
    assert said[0] == said[1] and "编号或查询码对不上" in said[0]
    for _ in range(4):
        track(page, county, wrong)
    assert "15分钟" not in page.locator("body").inner_text()
    track(page, county, wrong)
    expect(page.locator("body")).to_contain_text("15分钟", use_inner_text=True)


def test_ux_33_every_public_state_has_its_page(county: County) -> None:
    page = county.open("", PHONE)
    expected = {row["code"] for row in table()["states"]}
    assert set(WAYS) == expected and len(expected) == 25
    for code, way in WAYS.items():
        slip = slip_for(county.app, county.file_case(*way, days_ago=4))
        track(page, county, slip)
        box = page.locator(".state")
        assert box.get_attribute("data-state") == code
        fitting = [row for row in table()["states"] if row["code"] == code]
        assert box.locator("h2").inner_text().startswith(fitting[0]["zh"]["title"]), code
        assert len(box.locator("p").first.inner_text()) > 4
        assert len(page.get_by_test_id("next-step").inner_text()) > len("下一步：") + 3
        assert "{" not in box.inner_text() and "\u2007" not in box.inner_text(), box.inner_text()
        expect(page.locator("main a[href^='tel:']").first).to_be_attached()
        step = fitting[0]["step"]
        assert (f"第{step}步，共6步" in box.inner_text()) == bool(step)
        current = page.locator("[aria-current=step]")
        assert current.count() == bool(step) and (not step or str(step) in current.inner_text())
        expect(page.get_by_test_id("timeline-item").first).to_be_attached()
        check_width(page)


def test_ux_34_a_violent_home_is_neutral_and_is_left_at_once(county: County) -> None:
    number = county.file_case(ACCEPT, ("flag_danger", {"ground": "violence", "reason": "听见打骂"}), TALK,
                              dispute_type="marriage_family", days_ago=1)  # fmt: skip
    texts = county.ask("SELECT template, text FROM notices")
    neutral = "您咨询的事项有新进展，请在方便时回电"
    assert texts and all(row[0] == "N20" and neutral in row[1] and number not in row[1] for row in texts)
    page = county.open("", PHONE)
    page.goto(f"{county.address}/")
    track(page, county, slip_for(county.app, number))
    here = page.url
    assert "调解" not in page.locator("main").inner_text()
    press(page, "快速离开")
    page.wait_for_url("**/today")
    assert "调解" not in page.content()
    page.go_back()
    expect(page).not_to_have_url(here)
    assert "您的事项" not in page.locator("body").inner_text()


def test_the_scanned_token_is_gone_from_the_address_and_opens_the_page(county: County) -> None:
    slip = slip_for(county.app, county.file_case(ACCEPT))
    asked: list[str] = []
    page = county.open("", PHONE)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{county.address}/track#{slip.token}")
    page.wait_for_url("**/track/case")
    assert slip.number in page.locator("h1").inner_text()
    assert not [url for url in asked if slip.token in url.partition("#")[0]]


@pytest.mark.parametrize("size", ["standard", "large", "huge"])
def test_ux_39_pages_for_residents_have_no_barrier_and_fit(county: County, size: str) -> None:
    slip = slip_for(county.app, county.file_case(ACCEPT, TALK))
    page = county.open("", PHONE, cookies={"size": size})
    for path in (
        "/",
        "/guide",
        "/apply",
        "/apply/you",
        "/apply/other",
        "/apply/where",
        "/apply/papers",
        "/track",
    ):
        page.goto(county.address + path)
        check_accessibility(page)
    track(page, county, slip)
    for path in ("/track/case", "/track/print", "/track/papers", "/track/rating", "/today"):
        page.goto(county.address + path)
        check_accessibility(page)
