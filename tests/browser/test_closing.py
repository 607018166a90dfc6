"""结案, 回访 and 文书卷宗 in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, AGREED, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility
from tests.browser.test_signing import AGREE

pytestmark = pytest.mark.browser
SIGN = ("sign", {"parties": ["a1", "r1"], "mediators": ["王秀英"], "seal": True, "manner": "fingerprint"})
EFFECT = (ACCEPT, AGREED, AGREE, SIGN)


def test_a_visit_asks_three_things_and_puts_down_the_next(county: County) -> None:
    number = county.file_case(*EFFECT)
    page = county.open("v1", PHONE, f"/cases/{number}/visit")
    expect(page.get_by_text("约定的事办了吗")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="保存回访").click()
    expect(page.get_by_role("link", name="请选履行了没有")).to_be_visible()
    page.get_by_label("履行了一部分").check()
    page.get_by_role("group", name="对办理过程满意吗").get_by_label("非常满意", exact=True).check()
    page.get_by_role("group", name="对结果满意吗").get_by_label("基本满意", exact=True).check()
    page.get_by_label("下次回访日期").fill("2026-12-20")
    page.get_by_role("button", name="保存回访").click()
    found = county.ask("SELECT performed, handling, result, next_on FROM follow_ups")[0]
    assert (found[0], found[1], found[2], str(found[3])) == ("part", 5, 3, "2026-12-20")
    assert county.ask("SELECT last_day FROM deadlines WHERE name = 'next_visit'")[0][0] == "2026-12-20"


@pytest.mark.parametrize(("answer", "lands"), [("还没有履行", "/ledger"), ("全部履行了", "")])
def test_a_promise_that_was_not_kept_leads_to_its_line(county: County, answer: str, lands: str) -> None:
    number = county.file_case(*EFFECT)
    page = county.open("v1", PHONE, f"/cases/{number}/visit")
    page.get_by_label(answer).check()
    page.get_by_role("button", name="保存回访").click()
    expect(page).to_have_url(f"{county.address}/cases/{number}{lands}")
    expect(page.get_by_text("没做到的，在这里接着办")).to_have_count(1 if lands else 0)


def test_in_a_closed_case_it_leads_to_opening_it_again(county: County) -> None:
    number = county.file_case(*EFFECT, ("close", {"reason": "当事人另行商定。"}))
    page = county.open("v1", PHONE, f"/cases/{number}/visit")
    page.get_by_label("还没有履行").check()
    page.get_by_role("button", name="保存回访").click()
    expect(page).to_have_url(f"{county.address}/cases/{number}/steps/reopen")
    expect(page.get_by_role("button", name="重新办理")).to_be_visible()


def test_nobody_answered_is_a_reminder_for_tomorrow(county: County) -> None:
    number = county.file_case(*EFFECT)
    page = county.open("v1", PHONE, f"/cases/{number}/visit")
    page.get_by_role("button", name="打电话 王建国").click()
    assert page.get_by_role("link", name="现在打 王建国").get_attribute("href") == "tel:13911220010"
    page.go_back()
    page.get_by_role("button", name="没打通，明天提醒我").click()
    assert county.ask("SELECT last_day FROM deadlines WHERE name = 'call_again'")[0][0] == "2026-11-27"
    assert county.ask("SELECT action FROM access_records WHERE action = 'reveal'")


def test_a_case_is_closed_with_what_is_missing_named_and_a_reason(county: County) -> None:
    number = county.file_case(ACCEPT, TALK, ("terminate", {"ground": "disagreement"}))
    page = county.open("v1", PC, f"/cases/{number}/close")
    expect(page.get_by_label("调解不成")).to_be_checked()
    expect(page.get_by_role("link", name="去补").first).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="结案", exact=True).click()
    expect(page.get_by_role("link", name="还有没勾的或缺的")).to_be_visible()
    page.get_by_label("说明").fill("双方不再来了，身份证复印件收不到。")
    page.get_by_role("button", name="结案", exact=True).click()
    assert county.ask("SELECT state FROM cases")[0][0] == "closed"


def test_every_paper_stands_in_one_row_with_its_copies(county: County) -> None:
    number = county.file_case(ACCEPT, AGREED, AGREE)
    page = county.open("v1", PHONE, f"/cases/{number}/docs")
    row = page.get_by_role("row", name="人民调解协议书")
    expect(row).to_contain_text("已生成", use_inner_text=True)
    expect(row).to_contain_text("3", use_inner_text=True)
    expect(page.get_by_role("row", name="人民调解回访记录")).to_contain_text("未生成", use_inner_text=True)
    check_accessibility(page)
    reading = page.request.get(
        county.address + row.get_by_role("link", name="大字阅读版").get_attribute("href")
    )
    assert reading.headers["content-type"].startswith("application/pdf")
    word = page.request.get(county.address + row.get_by_role("link", name="Word 版").get_attribute("href"))
    assert word.body()[:2] == b"PK"
    page.goto(f"{county.address}/cases/{number}/agreement")
    page.get_by_label("住址").first.fill("石泉村3组12号")
    page.get_by_role("button", name="继续").click()
    page.goto(f"{county.address}/cases/{number}/docs")
    expect(page.get_by_text("《人民调解协议书》的内容改过，要重新生成、重新签")).to_be_visible()
    answer = page.request.get(county.address + f"/cases/{number}/print-set.pdf")
    assert answer.headers["content-type"].startswith("application/pdf")
