"""Every page that people of each role come to, in large text on a phone: no barrier, nothing cut off or too small."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from mediation import access
from tests.browser.county import ACCEPT, AGREED, PC, PEOPLE, PHONE, TALK, County
from tests.browser.hand import check_accessibility, check_width

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning"),
]
CLAUSE = {
    "text": "被申请人于2026年12月31日前支付申请人3500元。", "kind": "pay", "amount": "3500.00", "due": "2026-12-31",
    "method": "cash", "obligors": ["r1"], "obligees": ["a1"],
}  # fmt: skip
WRITE = ("agree", {"form": "written", "clauses": [CLAUSE]})
SIGN = ("sign", {"parties": ["a1", "r1"], "mediators": ["王秀英"], "seal": True, "manner": "signature"})
APPLY = ("apply_confirmation", {"court": "望江县人民法院"})
#: No pages of ours: files, answers for programs and scripts, and the weather one leaves by in a hurry.
NO_PAGES = ("/static", "/bootstrap", "/api", "/healthz", "/sent", "/drafts/", "/today")
FILES = (".pdf", ".xlsx", ".zip", ".docx", ".csv", ".png", ".svg")


def addresses(county: County, who: str) -> Iterator[str]:
    """Every address that this person may open: each page once, those of a case for cases in three states."""
    court = county.file_case(ACCEPT, AGREED, WRITE, SIGN, APPLY, names=("周玉梅", "冯大山"))
    mine = (
        county.file_case(ACCEPT, TALK),
        county.file_case(ACCEPT, AGREED, WRITE, names=("甲大成", "乙小芳")),
    )
    numbers = {"v1": (*mine, court), "j1": (court,)}.get(who, ())
    for rule in county.app.url_map.iter_rules():
        opening = access.opening_of(county.app, rule.endpoint)
        if (
            rule.rule.startswith(NO_PAGES)
            or rule.rule.endswith(FILES)
            or "GET" not in (rule.methods or ())
            or opening is None
        ):
            continue
        theirs = opening.public if not who else PEOPLE[who][2] in opening.roles
        if theirs and not rule.arguments:
            yield rule.rule
        elif theirs and rule.arguments == {"number"}:
            yield from (rule.rule.replace("<number>", number) for number in numbers)


def measure(page: Any) -> tuple[float, list[str]]:
    """The size of the body's text, and the buttons and choices that a thumb could miss."""
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button:not(.first):not(.plain), main a.button, main .chip")]
            .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 59.5)
            .map((e) => e.textContent.trim() + " " + e.getBoundingClientRect().height)"""
    )
    return size, small


@pytest.mark.parametrize("who", ["", "v1", "m1", "j1", "d1", "a1"])
def test_ux_39_every_page_in_large_text_has_no_barrier(county: County, who: str) -> None:
    page = county.open(who, PHONE, cookies={"size": "large"})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    seen = 0
    for path in list(addresses(county, who)):
        answer = page.goto(county.address + path)
        if answer.status >= 400 or "html" not in answer.headers.get("content-type", ""):
            assert answer.status < 500, path
            continue
        check_accessibility(page)
        size, small = measure(page)
        assert size >= 20, path
        assert not small, (path, small)
        seen += 1
    assert seen >= 3
    assert not complaints


@pytest.mark.parametrize("size", ["standard", "huge"])
def test_ux_39_the_busiest_pages_fit_in_every_size(county: County, size: str) -> None:
    number = county.file_case(ACCEPT, TALK)
    for window in (PHONE, PC):
        page = county.open("v1", window, cookies={"size": size})
        for path in ("/todo", "/cases", "/cases/new", f"/cases/{number}", "/me", "/nothing-here"):
            page.goto(county.address + path)
            check_width(page)
            names = page.locator(".bar .wide > *:visible")
            tops = [
                box["y"] + box["height"] / 2 for box in (one.bounding_box() for one in names.all()) if box
            ]
            assert max(tops) - min(tops) < 10, (path, size, window, tops)  # the header is one row


def test_ux_39_risk_and_deadline_are_read_without_colour(county: County) -> None:
    flag = ("flag_danger", {"ground": "crime", "reason": "扬言伤人。"})
    county.file_case(ACCEPT, flag, days_ago=20)
    page = county.open("v1", PHONE, "/todo", cookies={"size": "large"})
    risk, pill = page.get_by_test_id("risk-tag").first, page.get_by_test_id("deadline-pill").first
    assert risk.inner_text().startswith("红")
    expect(pill).to_contain_text("已超期", use_inner_text=True)
    assert risk.locator("svg").count() == pill.locator("svg").count() == 1
