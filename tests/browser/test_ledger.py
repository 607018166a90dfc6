"""The ledger in a browser: who owes what by when, and what is overdue in the office."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, AGREED, PC, PHONE, County
from tests.browser.hand import check_accessibility
from tests.browser.test_court import CLAUSE, filed

pytestmark = pytest.mark.browser


def test_the_ledger_shows_what_is_open_claimed_and_overdue(county: County) -> None:
    claim = {"clause": 1, "amount": "500.00", "how": "claimed", "paid_by": "p2"}
    number = filed(county, ("perform", {"clause": 1, "amount": "1000.00"}), ("perform", claim))
    page = county.open("v1", PHONE, f"/cases/{number}/ledger")
    said = page.inner_text("main")
    for words in ("2,500.00元", "1,000.00元", "付款人说已付500.00元", "2026-12-31"):
        assert words in said
    expect(page.get_by_role("link", name="去确认")).to_be_visible()
    check_accessibility(page)
    county.clock.forward(days=40)
    page = county.open("v1", PHONE, "/ledger")  # logged in anew: a login does not last forty days
    expect(page.locator("main")).to_contain_text("已超期", use_inner_text=True)
    check_accessibility(page)


def test_a_button_beside_a_line_opens_its_form_with_clause_and_line_filled_in(county: County) -> None:
    parts = [
        {"amount": "1000.00", "due": "2026-12-01"}, {"amount": "2500.00", "due": "2026-12-31"},
    ]  # fmt: skip
    whole = {key: value for key, value in CLAUSE.items() if key != "due"}
    claim = {"clause": 1, "line": 1, "amount": "500.00", "how": "claimed", "paid_by": "p2"}
    number = filed(county, ("perform", claim), clause={**whole, "installments": parts})
    page = county.open("v1", PHONE, f"/cases/{number}/ledger")
    page.get_by_role("listitem").filter(has_text="2,500.00元").get_by_role("link", name="登记履行").click()
    expect(page.locator("[name=clause]:checked")).to_have_value("1")
    expect(page.locator("[name=line]")).to_have_value("2")
    page.get_by_role("button", name="登记履行").click()
    assert county.ask("SELECT amount FROM payments WHERE kind <> 'claimed'") == [(250000,)]
    page.goto(f"{county.address}/cases/{number}/ledger")
    expect(page.get_by_role("link", name="登记履行")).to_have_count(1)
    page.get_by_role("link", name="去确认").click()
    expect(page.locator("[name=payment]")).to_have_value("1")
    page.goto(f"{county.address}/cases/{number}/steps/perform?clause=99999&line=x")
    expect(page.locator("[name=clause]:checked")).to_have_count(0)


def test_the_window_says_how_many_days_are_left_and_what_remains_when_they_are_over(county: County) -> None:
    number = filed(county, ("withdraw_confirmation", {}))
    page = county.open("v1", PHONE, f"/cases/{number}/thirty-days")
    expect(page.locator("main")).to_contain_text("望江县人民法院", use_inner_text=True)
    expect(page.get_by_role("link", name="申请司法确认")).to_be_visible()
    check_accessibility(page)
    county.clock.forward(days=60)
    said = county.open("v1", PHONE, f"/cases/{number}/thirty-days").inner_text("main")
    assert "30天已过" in said and "申请支付令" in said and "倒填" in said


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "pc"])
def test_a_set_off_of_three_sides_stands_as_a_table_that_closes_to_zero(
    county: County, size: tuple[int, int]
) -> None:
    """The owner pays the workers what the contractor owes them, off what he owes the contractor."""
    names = ("王建国", "李志刚", "赵业主")
    people = [("p1", "applicant"), ("p2", "respondent"), ("p3", "respondent")]
    parties = [
        {"ref": ref, "role": role, "kind": "person", "name": name}
        for (ref, role), name in zip(people, names, strict=True)
    ]
    works = {
        **CLAUSE,
        "text": "赵业主付清工程款。",
        "amount": "10000.00",
        "obligors": ["p3"],
        "obligees": ["p2"],
    }
    sign = {"parties": ["p1", "p2", "p3"], "mediators": ["王秀英"], "seal": True, "manner": "signature"}
    number = county.file_case(
        ACCEPT, ("hold_session", {**AGREED[1], "attended": ["p1", "p2", "p3"]}),
        ("agree", {"form": "written", "clauses": [CLAUSE, works]}), ("sign", sign),
        names=names, parties=parties, days_ago=1,
    )  # fmt: skip
    page = county.open("v1", size, f"/cases/{number}/ledger")
    page.get_by_role("link", name="抵销").first.click()
    debts = page.get_by_role("table", name="协议里还没付清的钱")
    expect(debts.get_by_role("row").filter(has_text="赵业主欠李志刚")).to_contain_text("10,000.00元")
    expect(page.get_by_role("radio", name="赵业主直接付给王建国，最多3,500.00元")).to_be_checked()
    page.get_by_label("抵掉多少").fill("3500.01")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("main .field.wrong").first).to_contain_text("最多抵这么多")
    page.get_by_label("抵掉多少").fill("3500")
    page.get_by_role("button", name="算一算").click()
    after = page.get_by_role("table", name="两笔各还欠多少")
    expect(after.get_by_role("row").filter(has_text="赵业主欠李志刚")).to_contain_text("6,500.00元")
    before = page.get_by_role("table", name="三方抵销明细（元）")
    expect(before.get_by_role("row").last).to_contain_text("0.00")
    expect(page.get_by_label("抵掉多少")).to_have_value("3500")
    check_accessibility(page)
    page.locator("main").get_by_role("button", name="抵销").last.click()
    expect(page.locator("#consents.wrong")).to_contain_text("三方都同意")
    page.get_by_label("全部（3位）").check()
    page.locator("main").get_by_role("button", name="抵销").last.click()
    expect(page).to_have_url(f"{county.address}/cases/{number}/ledger")
    page.goto(f"{county.address}/cases/{number}/ledger")
    table = page.get_by_role("table", name="三方抵销明细（元）")
    assert table.get_by_role("row").last.inner_text().split()[-1] == "0.00"
    said = page.locator("section", has=table).inner_text()
    assert "赵业主替李志刚直接付给王建国" in said and "+3,500.00" in said
    check_accessibility(page)
