"""Every page that people of each role come to, at three sizes of text: no barrier, nothing cut off."""

from __future__ import annotations

import pytest

from tests.browser.county import ACCEPT, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser
#: who → pages; {number} is a case of the village that has had a session.
PAGES = {
    "": ("/login", "/nothing-here"),
    "v1": (
        "/todo", "/cases", "/cases?q=nobody", "/cases/new", "/cases/{number}", "/me", "/me/password",
        "/cases/{number}/steps/hold_session",
    ),
    "a1": ("/me", "/todo"),
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("size", ["standard", "large", "huge"])
def test_ux_39_a_page_has_no_barrier_and_fits(county: County, who: str, size: str) -> None:
    number = county.file_case(ACCEPT, TALK)
    for window in (PHONE, PC):
        page = county.open(who, window, cookies={"size": size})
        for path in PAGES[who]:
            page.goto(county.address + path.format(number=number))
            check_accessibility(page)
