"""Cases are found by number, name, the end of a phone number and pinyin initials; 我的 keeps sizes and phrases."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, AGREED, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser


def test_a_case_is_found_by_each_way_of_looking(county: County) -> None:
    wanted = county.file_case(ACCEPT, names=("单田芳", "李志刚"))
    county.file_case(names=("王建国", "赵春兰"))
    page = county.open("v1", PC, "/cases")
    for typed in (wanted, wanted[5:], "单田芳", "志刚", "stf", "lzg", "LZG", "单 志刚", "号"):
        page.keyboard.press("/")
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        shown = page.locator(".case-table a.title").all_inner_texts()
        if typed == "号":
            assert shown == []
        else:
            assert shown == ["单田芳与李志刚"], typed


def test_the_end_of_a_phone_number_finds_its_case_and_is_nowhere_kept_in_clear(county: County) -> None:
    number = county.file_case()
    page = county.open("v1", PHONE, "/cases?q=0010")
    expect(page.locator(f'a[href="/cases/{number}"]')).to_have_count(1)
    assert not county.ask("SELECT 1 FROM case_terms WHERE kind = 'phone' AND term LIKE '%0010%'")


def test_a_search_without_a_find_says_what_to_do(county: County) -> None:
    county.file_case(ACCEPT, TALK)
    page = county.open("v1", PHONE, "/cases?q=李志钢")
    expect(page.get_by_text("没找到“李志钢”")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="登记纠纷")).to_be_visible()
    page.get_by_role("link", name="清掉条件").click()
    page.get_by_text("更多条件").click()
    page.get_by_role("link", name="正在调解").click()
    expect(page).to_have_url(re.compile("state=mediating"))
    expect(page.locator(".case-table a.title")).to_have_count(1)
    check_accessibility(page)


def test_my_phrases_are_kept_and_dropped(county: County) -> None:
    page = county.open("v1", PHONE, "/me")
    page.get_by_label("添一句").fill("双方都是几十年的老邻居。")
    page.get_by_role("button", name="添上").click()
    expect(page.get_by_text("双方都是几十年的老邻居。").first).to_be_visible()
    page.get_by_role("button", name="删掉").click()
    expect(page.get_by_text("还没有常用语")).to_be_visible()


def test_my_phrases_go_into_the_record_and_into_a_clause_with_one_tap(county: County) -> None:
    mine = "双方都是几十年的老邻居"
    page = county.open("v1", PHONE, "/me")
    page.get_by_label("添一句").fill(mine)
    page.get_by_role("button", name="添上").click()
    page.goto(f"{county.address}/cases/{county.file_case(ACCEPT)}/sessions/new")
    page.get_by_role("button", name=mine).last.click()
    expect(page.locator("#record")).to_have_value(mine)
    other = county.file_case(ACCEPT, AGREED, names=("赵小云", "钱来顺"))
    page.goto(f"{county.address}/cases/{other}/agreement/terms")
    page.get_by_text("改成自己的话").first.click()
    box = page.locator("#clauses-0-words")
    before = box.input_value()
    page.locator("[data-phrases=clauses-0-words]").get_by_role("button", name=mine).click()
    expect(box).to_have_value(before + mine)


def test_single_keys_can_be_turned_off(county: County) -> None:
    page = county.open("v1", PC, "/me")
    page.get_by_role("button", name="关掉").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_be_visible()
    page.get_by_role("button", name="打开").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
