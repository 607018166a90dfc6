"""A party without a telephone is told at the door; a draft agreement is read in the town first (ux M5, M7)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, County
from tests.browser.hand import check_accessibility
from tests.browser.test_signing import agreed

pytestmark = pytest.mark.browser
SIDES = [
    {"role": "applicant", "kind": "person", "name": "王建国", "phone": "13911220010"},
    {"role": "respondent", "kind": "person", "name": "李志刚"},
]


def test_a_party_without_a_telephone_is_told_at_the_door_with_one_press(county: County) -> None:
    number = county.file_case(ACCEPT, parties=SIDES)
    page = county.open("v1", PHONE, f"/cases/{number}/schedule")
    expect(page.get_by_text("李志刚没有电话，保存后会出一条“上门告知”的待办。")).to_be_visible()
    page.get_by_role("button", name="通知并保存").click()
    page.goto(f"{county.address}/cases/{number}")
    expect(page.get_by_text("上门告知李志刚").first).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="已当面告知 上门告知李志刚").click()
    expect(page.get_by_role("button", name="已当面告知")).to_have_count(0)
    [row] = county.ask("SELECT by_name, before, after FROM entries WHERE step = 'tell_in_person'")
    assert tuple(row) == ("王秀英", "accepted", "accepted")
    assert county.ask("SELECT done_by FROM duties WHERE kind = 'tell'")[0][0] == "王秀英"


def test_the_list_of_calls_tells_at_the_door_by_the_same_step(county: County) -> None:
    number = county.file_case(ACCEPT, parties=SIDES)
    page = county.open("v1", PHONE, f"/cases/{number}/schedule")
    page.get_by_role("button", name="通知并保存").click()
    page.goto(f"{county.address}/calls")
    page.locator("form[action^='/duties/']").get_by_role("button").last.click()
    assert county.ask("SELECT count(*) FROM entries WHERE step = 'tell_in_person'")[0][0] == 1


def test_the_town_reads_the_draft_first_and_its_words_come_back(county: County) -> None:
    number = agreed(county)
    village = county.open("v1", PHONE, f"/cases/{number}/agreement/done")
    village.get_by_role("button", name="发给十里铺乡先看").click()
    village.goto(f"{county.address}/cases/{number}/agreement/done")
    expect(village.get_by_text("已发给十里铺乡，等意见")).to_be_visible()
    town = county.open("t1", PC, "/todo")
    check_accessibility(town)
    expect(town.get_by_role("link", name=f"看协议书 {number}")).to_be_visible()
    town.get_by_role("link", name=f"写意见 {number}").click()
    town.get_by_label("意见").fill("第1条的日期再核对一下。")
    town.get_by_role("button", name="回协议意见").click()
    town.goto(f"{county.address}/todo")
    expect(town.get_by_role("link", name=f"写意见 {number}")).to_have_count(0)
    village.reload()
    expect(village.get_by_text("第1条的日期再核对一下。")).to_be_visible()
    village.goto(f"{county.address}/cases/{number}")
    expect(village.get_by_text("周建华看过协议，意见：第1条的日期再核对一下。")).to_be_visible()
