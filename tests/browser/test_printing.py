"""Papers printed by the town: sent with a thumb, printed and handed over at the town, in every size and language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser


def test_a_village_without_a_printer_has_its_papers_printed_by_the_town(county: County) -> None:
    number = county.file_case(ACCEPT)
    village = county.open("v1", PHONE, f"/cases/{number}/done")
    village.get_by_role("link", name="没有打印机？发给十里铺乡打印").click()
    village.get_by_role("button", name="多一份 权利义务告知书").click()
    expect(village.get_by_label("份数 权利义务告知书")).to_have_value("4")
    village.locator("#fetch_when label", has_text="明天（2026-11-27 上午）").click()
    village.get_by_role("button", name="发给十里铺乡").click()
    village.get_by_text("等着打印").wait_for()
    town = county.open("t1", PC, "/todo")
    place = town.get_by_role("link", name=re.compile("^代打印"))
    expect(place.locator(".badge-count")).to_have_text("1", use_inner_text=True)
    place.click()
    expect(town.get_by_text("权利义务告知书 4份")).to_be_visible()
    expect(town.get_by_text("2026-11-27 上午 王秀英")).to_be_visible()
    with town.expect_popup() as opened:
        town.get_by_role("link", name=re.compile("^打开")).click()
    assert "/printing/1/papers.pdf" in opened.value.url
    town.get_by_role("button", name=re.compile("^已打印")).click()
    town.get_by_role("button", name=re.compile("^已取走")).wait_for()
    village.reload()
    expect(village.get_by_text("打好了，可以去取")).to_be_visible()


@pytest.mark.parametrize("size", ["large", "huge"])
def test_ux_39_printing_has_no_barrier_in_large_text(county: County, size: str) -> None:
    number = county.file_case(ACCEPT)
    village = county.open("v1", PHONE, cookies={"size": size})
    village.goto(f"{county.address}/cases/{number}/print")
    check_accessibility(village)
    village.get_by_role("button", name="发给十里铺乡").click()
    check_accessibility(village)
    town = county.open("t1", PHONE, "/printing", cookies={"size": size})
    check_accessibility(town)
    town.goto(f"{county.address}/forms/blank")
    check_accessibility(town)


def test_ux_40_printing_works_without_scripts_and_speaks_english(county: County) -> None:
    number = county.file_case(ACCEPT)
    village = county.open("v1", PC, f"/cases/{number}/print", scripts=False, cookies={"language": "en"})
    village.get_by_role("button", name=re.compile("^Send to")).click()
    expect(village.get_by_text("Waiting", exact=True)).to_be_visible()
    town = county.open("t1", PC, "/printing", scripts=False, cookies={"language": "en"})
    labels = town.locator("main h1, main h2, main button, main .hint").all_inner_texts()
    assert not [text for text in labels if re.search("[\u4e00-\u9fff]", text.replace("王秀英", ""))], labels
    town.get_by_role("button", name=re.compile("^Printed")).click()
    town.get_by_role("button", name=re.compile("^Fetched")).click()
    expect(town.get_by_text("Noted: fetched")).to_be_visible()
