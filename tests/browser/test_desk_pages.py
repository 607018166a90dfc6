"""The mediator's own pages in the two larger sizes and in English: no barrier, nothing cut off, no Chinese label."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, AGREED, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility
from tests.browser.test_closing import EFFECT
from tests.browser.test_signing import AGREE

pytestmark = pytest.mark.browser
PAGES = {
    "accepted": ("sessions/new", "schedule", "escalate", "terminate", "withdraw"),
    "mediating": ("agreement", "agreement/terms", "agreement/other", "agreement/check"),
    "agreed": ("sign", "docs", "steps/apply_confirmation"),
    "effective": ("close", "visit", "sign", "agreement"),
}
CASES = {
    "accepted": (ACCEPT,),
    "mediating": (ACCEPT, TALK),
    "agreed": (ACCEPT, AGREED, AGREE),
    "effective": EFFECT,
}
#: What stays Chinese in English: names, places, sentences of papers, and what people typed.
KEPT = re.compile(r"王建国|李志刚|王秀英|石泉村|望江县|十里铺乡|邻里纠纷|与|人民调解委员会|调解室|宅基地")


@pytest.mark.parametrize("state", PAGES)
@pytest.mark.parametrize("size", ["large", "huge"])
def test_ux_39_the_desk_has_no_barrier_in_large_text(county: County, state: str, size: str) -> None:
    number = county.file_case(*CASES[state])
    page = county.open("v1", PHONE, cookies={"size": size})
    for path in PAGES[state]:
        page.goto(f"{county.address}/cases/{number}/{path}")
        check_accessibility(page)


@pytest.mark.parametrize("state", PAGES)
def test_ux_40_the_desk_speaks_english_on_every_label(county: County, state: str) -> None:
    number = county.file_case(*CASES[state])
    page = county.open("v1", PC, cookies={"language": "en"})
    for path in PAGES[state]:
        page.goto(f"{county.address}/cases/{number}/{path}")
        labels = page.locator(
            "main h1, main h2, main legend, main label, main button, main .hint, main summary"
        )
        chinese = [
            text
            for text in labels.all_inner_texts()
            if re.search("[一-龥]", KEPT.sub("", text)) and "人" not in text
        ]
        assert chinese == [], (path, chinese)


def test_single_keys_stay_off_on_every_page(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PC, cookies={"keys": "off"})
    for path in ("/todo", f"/cases/{number}", "/cases/new"):
        page.goto(f"{county.address}{path}")
        expect(page.locator("body")).to_have_attribute("data-keys", "off")
