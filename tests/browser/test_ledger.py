"""The ledger in a browser: who owes what by when, and what is overdue in the office."""

from __future__ import annotations

from tests.browser.county import PHONE, County
from tests.browser.hand import check_accessibility
from tests.browser.test_court import filed


def test_the_ledger_shows_what_is_open_claimed_and_overdue(county: County) -> None:
    claim = {"clause": 1, "amount": "500.00", "how": "claimed", "paid_by": "p2"}
    number = filed(county, ("perform", {"clause": 1, "amount": "1000.00"}), ("perform", claim))
    page = county.open("v1", PHONE, f"/cases/{number}/ledger")
    said = page.inner_text("main")
    for words in ("2,500.00元", "1,000.00元", "付款人说已付500.00元", "2026-12-31"):
        assert words in said
    assert page.get_by_role("link", name="去确认").is_visible()
    check_accessibility(page)
    county.clock.forward(days=40)
    page = county.open("v1", PHONE, "/ledger")  # logged in anew: a login does not last forty days
    assert "已超期" in page.inner_text("main")
    check_accessibility(page)


def test_the_window_says_how_many_days_are_left_and_what_remains_when_they_are_over(county: County) -> None:
    number = filed(county, ("withdraw_confirmation", {}))
    page = county.open("v1", PHONE, f"/cases/{number}/thirty-days")
    assert "望江县人民法院" in page.inner_text("main")
    assert page.get_by_role("link", name="申请司法确认").is_visible()
    check_accessibility(page)
    county.clock.forward(days=60)
    said = county.open("v1", PHONE, f"/cases/{number}/thirty-days").inner_text("main")
    assert "30天已过" in said and "申请支付令" in said and "倒填" in said
