"""写协议 ②: when and what is given are chips; one that makes another kind of promise keeps what was written."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import makers
from tests.pages import Browser, Page

PAY = [
    ("clauses-0-v-payer[]", "r1"), ("clauses-0-v-payee[]", "a1"), ("clauses-0-v-amount", "3500"),
    ("clauses-0-v-purpose", "赔偿款"), ("clauses-0-v-method", "cash"),
]  # fmt: skip
TURN = ("_turn", "clauses-0")


def begun(app: Flask, browser: Browser) -> Page:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    return browser.get(f"/cases/{planted.public_number}/agreement/terms")


def chosen(page: Page, name: str) -> list[str]:
    """The chips of this name that are chosen."""
    return [value for field, value in page.form_fields("/terms") if field == name]


def links(page: Page) -> list[str]:
    return [a.get("href", "") for a in page.all("a") if a.get("href", "").startswith("#clauses")]


def in_parts(browser: Browser, page: Page, *more: tuple[str, str]) -> Page:
    return browser.send(page, "/terms", [*PAY, ("clauses-0-in-due", "parts"), TURN, *more], 200)


def test_parts_that_are_left_empty_stay_chosen_and_are_asked_for(app: Flask, browser: Browser) -> None:
    page = in_parts(browser, begun(app, browser))
    assert chosen(page, "clauses-0-in-due") == ["parts"]
    page = browser.send(page, "/terms", [], 422)
    assert page.field("clauses-0-block") == "instalments"
    assert chosen(page, "clauses-0-in-due") == ["parts"]
    assert "请填写每期多少、哪天付" in page.words()
    assert links(page) == ["#clauses-0-v-parts"]


def test_parts_chosen_without_a_press_are_asked_for_as_well(app: Flask, browser: Browser) -> None:
    page = browser.send(begun(app, browser), "/terms", [*PAY, ("clauses-0-in-due", "parts")], 422)
    assert page.field("clauses-0-block") == "instalments"
    assert "请填写每期多少、哪天付" in page.words()


def test_a_part_that_is_half_filled_is_pointed_at(app: Flask, browser: Browser) -> None:
    page = in_parts(browser, begun(app, browser))
    half = [
        ("clauses-0-v-parts-0-amount", "2000"), ("clauses-0-v-parts-0-due", "2026-12-31"),
        ("clauses-0-v-parts-1-amount", "一千五"),
    ]  # fmt: skip
    page = browser.send(page, "/terms", half, 422)
    assert links(page) == ["#clauses-0-v-parts-1-amount", "#clauses-0-v-parts-1-due"]
    assert page.words().count("请填写第2期的日期") == 2
    assert page.field("clauses-0-v-parts-1-amount") == "一千五"


@pytest.mark.parametrize(
    ("chip", "block"), [("7", "payment"), ("date", "payment"), ("0", "paid_on_the_spot")]
)
def test_another_chip_leads_back_with_the_sum(app: Flask, browser: Browser, chip: str, block: str) -> None:
    page = in_parts(browser, begun(app, browser))
    page = browser.send(page, "/terms", [("clauses-0-in-due", chip), TURN], 200)
    assert page.field("clauses-0-block") == block
    assert page.field("clauses-0-v-amount") == "3500"
    assert chosen(page, "clauses-0-in-due") == [chip]


def test_rows_that_were_typed_are_there_again_when_one_comes_back_to_parts(
    app: Flask, browser: Browser
) -> None:
    page = in_parts(browser, begun(app, browser))
    rows = [
        ("clauses-0-v-amount", ""), ("clauses-0-v-parts-0-amount", "2000"),
        ("clauses-0-v-parts-1-amount", "1,500.50"),
    ]  # fmt: skip
    page = browser.send(page, "/terms", [*rows, ("clauses-0-in-due", "7"), TURN], 200)
    assert page.field("clauses-0-v-amount") == "3500.50"
    page = browser.send(page, "/terms", [("clauses-0-in-due", "parts"), TURN], 200)
    assert page.field("clauses-0-v-parts-1-amount") == "1,500.50"


def test_paid_at_once_can_still_become_any_other_day(app: Flask, browser: Browser) -> None:
    page = browser.send(begun(app, browser), "/terms", [*PAY, ("clauses-0-in-due", "0"), TURN], 200)
    assert page.field("clauses-0-block") == "paid_on_the_spot"
    for chip in ("当场付清", "7天内", "30天内", "选日期", "分期"):
        assert chip in page.words()
    page = browser.send(page, "/terms", [("clauses-0-in-due", "30"), TURN], 200)
    assert page.field("clauses-0-block") == "payment"
    assert page.field("clauses-0-v-due") == "2026-12-23"


@pytest.mark.parametrize(("way", "block", "first"), [("goods", "delivery", "thing"), ("deed", "act", "act")])
def test_a_thing_or_an_act_instead_of_money_keeps_what_was_written(
    app: Flask, browser: Browser, way: str, block: str, first: str
) -> None:
    given = [*PAY[:4], ("clauses-0-in-due", "7"), ("clauses-0-v-method", way), TURN]
    page = browser.send(begun(app, browser), "/terms", given, 200)
    assert page.field("clauses-0-block") == block
    fields = page.form_fields("/terms")
    assert ("clauses-0-v-obligors[]", "r1") in fields
    assert ("clauses-0-v-obligees[]", "a1") in fields
    assert chosen(page, "clauses-0-in-by") == ["7"]
    assert chosen(page, "clauses-0-v-method") == [way]
    page = browser.send(page, "/terms", [(f"clauses-0-v-{first}", "一车玉米")], 422)
    page = browser.send(page, "/terms", [("clauses-0-v-method", "cash"), TURN], 200)
    assert page.field("clauses-0-block") == "payment"
    assert page.field("clauses-0-v-amount") == "3500"
    assert page.field("clauses-0-v-purpose") == "赔偿款"
    assert chosen(page, "clauses-0-in-due") == ["7"]
    page = browser.send(page, "/terms", [("clauses-0-v-method", way), TURN], 200)
    assert page.field(f"clauses-0-v-{first}") == "一车玉米"


def test_a_promise_of_a_thing_that_was_added_is_no_payment(app: Flask, browser: Browser) -> None:
    added = [("new_block", "delivery"), ("_add", "clause")]
    page = browser.send(begun(app, browser), "/terms", added, 200)
    assert page.field("clauses-1-block") == "delivery"
    assert not [name for name, _ in page.form_fields("/terms") if name == "clauses-1-v-method"]
    days = [label for label in page.all("label") if label.get("for") == "clauses-1-v-by--1"]
    assert "".join(days[0].itertext()).strip() == "今天"
