"""The to-do list and the case page: what presses, what comes next, and why."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser


def group_of(page: Any, number: str) -> str:
    """The heading that a case stands under."""
    card = page.locator("ul.cards", has=page.locator(f'a[href="/cases/{number}"]'))
    return str(card.locator("xpath=preceding-sibling::h2[1]").inner_text())


def test_ux_15_after_three_sessions_the_next_step_is_up(county: County) -> None:
    number = county.file_case(ACCEPT, TALK, TALK, TALK)
    page = county.open("v1", PHONE, f"/cases/{number}")
    expect(page.get_by_test_id("next-step")).to_have_text("上交镇里", use_inner_text=True)
    expect(page.get_by_text("第3次，共3次").first).to_be_visible()
    check_accessibility(page)


def test_what_is_seldom_done_is_two_taps_away_and_what_cannot_be_done_says_why(county: County) -> None:
    page = county.open("v1", PHONE, f"/cases/{county.file_case(ACCEPT, TALK)}")
    expect(page.get_by_role("link", name="转办", exact=True)).to_be_hidden()
    page.get_by_text("更多", exact=True).click()
    for name in ("上交镇里", "转办", "暂停计时", "撤回", "改信息", "标记危险"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="终止调解")).to_be_hidden()
    page.get_by_text("别的可以办的").click()
    expect(page.get_by_role("link", name="终止调解")).to_be_visible()
    page.get_by_text("还不能办的").click()
    expect(page.locator(".cannot dt", has_text="改时间")).to_be_visible()
    check_accessibility(page)


def test_ux_19_the_pill_and_the_group_follow_the_clock(county: County) -> None:
    number = county.file_case(ACCEPT, days_ago=0.1)
    last_day = min(county.ask("SELECT last_day FROM deadlines WHERE stopped_at IS NULL"))[0]
    end = county.clock().fromisoformat(f"{last_day}T10:00:00+08:00")
    for days, words, colour, group in ((-3, "还剩3天", "yellow", "3天内"), (1, "已超期1天", "red", "已超期")):
        county.clock.at = end + timedelta(days=days)
        page = county.open("v1", PC, "/todo")
        pill = page.get_by_test_id("deadline-pill").first
        assert pill.inner_text().strip().startswith(words)
        assert colour in str(pill.get_attribute("class"))
        assert group_of(page, number) == group
        tile = page.get_by_role("link", name="红牌" if colour == "red" else "黄牌")
        expect(tile.locator("b")).to_have_text("1", use_inner_text=True)
        tile.click()
        expect(page.locator(f'a[href="/cases/{number}"]')).to_have_count(1)


def test_ux_20_an_empty_list_says_what_to_do_next(county: County) -> None:
    for size in (PHONE, PC):
        page = county.open("v1", size, "/todo")
        expect(page.get_by_text("今天没有要办的事。")).to_be_visible()
        expect(page.locator("main").get_by_role("link", name="登记纠纷")).to_be_visible()
        expect(page.locator("main table")).to_have_count(0)
        check_accessibility(page)


def test_the_dangerous_stand_first_in_a_group_of_their_own(county: County) -> None:
    calm = county.file_case(ACCEPT, days_ago=6, names=("甲大成", "乙小芳"))
    flag = ("flag_danger", {"ground": "crime", "reason": "扬言伤人。"})
    grave = county.file_case(ACCEPT, flag, days_ago=5.5, names=("丙大成", "丁小芳"))
    page = county.open("v1", PHONE, "/todo")
    found = [str(link.get_attribute("href")) for link in page.locator(".cards a.title").all()]
    assert found == [f"/cases/{grave}", f"/cases/{calm}"]
    assert group_of(page, grave) == "有危险"
    assert "second" not in str(page.locator(".cards.danger .button").get_attribute("class"))
    check_accessibility(page)


def test_without_a_network_the_list_is_shown_as_it_was_last_seen(county: County) -> None:
    county.file_case(ACCEPT)
    page = county.open("v1", PHONE, "/todo")
    page.goto(f"{county.address}/cases")
    page.context.set_offline(True)
    page.get_by_role("link", name=re.compile("^待办")).click()
    page.get_by_text("网络恢复后自动更新").wait_for()
    expect(page.get_by_role("link", name=re.compile("王建国与李志刚")).first).to_be_visible()
    with page.expect_navigation(url=re.compile("/todo$")):
        page.context.set_offline(False)
    expect(page.get_by_text("网络恢复后自动更新")).not_to_be_visible()


def test_nothing_of_the_list_stays_on_the_device_after_leaving(county: County) -> None:
    county.file_case(ACCEPT)
    page = county.open("v1", PC, "/todo")
    kept = "Object.keys(localStorage).filter(name => name.startsWith('todo:')).length"
    assert page.evaluate(kept) == 1
    page.get_by_role("button", name="退出").first.click()
    page.get_by_label("手机号").wait_for()
    assert page.evaluate(kept) == 0
