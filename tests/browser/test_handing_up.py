"""上交, 接收, 退回 in a real browser (ux §20: UX-16, UX-17)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser
UP = ("escalate", {"ground": "request", "reason": "当事人要求到镇里谈。"})
BACK = ("return", {"reason": "先在村里再谈一次。"})


def test_ux_16_after_one_session_a_reason_is_asked_for_and_nothing_moves_without_it(county: County) -> None:
    number = county.file_case(ACCEPT, TALK)
    page = county.open("v1", PHONE, f"/cases/{number}/escalate")
    expect(page.get_by_role("heading", name="才调解1次，确定现在上交？")).to_be_visible()
    check_accessibility(page)
    page.get_by_label("需要专业").check()
    for name in ("王建国", "李志刚"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="确认上交").click()
    expect(page.get_by_role("link", name="没有满次数就上交")).to_be_visible()
    assert county.ask("SELECT state FROM cases")[0][0] == "mediating"
    page.get_by_label("为什么等不了").fill("房屋有倒塌危险，要请鉴定的人。")
    page.get_by_role("button", name="确认上交").click()
    assert county.ask("SELECT state FROM cases")[0][0] == "handed_up"
    expect(page.get_by_role("main")).to_contain_text("需要专业。房屋有倒塌危险", use_inner_text=True)


def test_three_sessions_need_no_further_reason(county: County) -> None:
    number = county.file_case(ACCEPT, TALK, TALK, TALK)
    folded = county.open("v1", PHONE, f"/cases/{number}/escalate").locator("details", has_text="已调解3次")
    assert folded.get_attribute("open") is None and folded.locator("li").count() == 3
    page = county.open("v1", PC, f"/cases/{number}/escalate")
    expect(page.locator("details[open] li", has_text="王秀英")).to_have_count(3)
    expect(page.get_by_text("确定现在上交")).to_have_count(0)
    page.get_by_label("分歧大").check()
    for name in ("王建国", "李志刚"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="确认上交").click()
    assert county.ask("SELECT state FROM cases")[0][0] == "handed_up"


def test_ux_17_what_was_returned_once_is_returned_no_more_and_only_the_county_can_be_asked(
    county: County,
) -> None:
    number = county.file_case(ACCEPT, TALK, UP)
    page = county.open("t1", PC, f"/cases/{number}/handed")
    page.locator("summary", has_text="退回").click()
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("link", name="还没有写原因")).to_be_visible()
    page.get_by_label("为什么退回").fill("先在村里再谈一次。")
    page.get_by_role("button", name="退回").click()
    assert county.ask("SELECT state, returned FROM cases")[0] == ("mediating", 1)
    again = county.file_case(ACCEPT, TALK, UP, BACK, UP, names=("赵小云", "钱二"))
    page.goto(f"{county.address}/cases/{again}/handed")
    check_accessibility(page)
    expect(page.get_by_text("已经退回过1次，不能再退")).to_be_visible()
    returning = page.locator("#back").get_by_role("button")
    assert returning.all_inner_texts() == ["由县里定"]
    # Receiving is no return and stays: an office may accept what comes to it at any time (R75 21, 23).
    expect(page.get_by_role("button", name="接收")).to_be_visible()
    assert page.goto(f"{county.address}/cases/{again}/steps/return").status == 409
    ways = page.locator("main .buttons a, main a.button").all_inner_texts()
    assert ways == ["去由县里定"]
    page.goto(f"{county.address}/cases/{again}/handed")
    page.get_by_label("请县里定的理由").fill("两边都说不归自己。")
    page.get_by_role("button", name="由县里定").click()
    expect(page.get_by_text("由县里定：这件事由谁办").first).to_be_visible()


def test_ending_says_which_roads_remain_and_asks_why(county: County) -> None:
    number = county.file_case(ACCEPT, TALK)
    page = county.open("v1", PHONE, f"/cases/{number}/terminate")
    expect(page.get_by_text("到人民法院起诉")).to_be_visible()
    expect(page.get_by_text("申请劳动仲裁")).to_have_count(0)
    check_accessibility(page)
    page.get_by_role("button", name="终止调解").last.click()
    expect(page.get_by_role("link", name="请选为什么终止")).to_be_visible()
    page.get_by_label("分歧较大，调解不成").check()
    page.get_by_role("button", name="终止调解").last.click()
    assert county.ask("SELECT state FROM cases")[0][0] == "terminated"
    assert county.ask("SELECT count(*) FROM documents WHERE type = 'termination_notice'")[0][0] == 1
    other = county.file_case(ACCEPT, names=("赵小云", "钱二"))
    page.goto(f"{county.address}/cases/{other}/withdraw")
    page.get_by_label("赵小云").check()
    page.get_by_role("button", name="撤回申请").last.click()
    assert (
        county.ask("SELECT state FROM cases WHERE public_number = :number", number=other)[0][0] == "withdrawn"
    )
