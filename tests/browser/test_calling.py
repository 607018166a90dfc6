"""Calling a party from its case: a name and a button on a phone, the number for half a minute, a note of who asked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser


def test_on_a_phone_a_party_is_a_name_and_a_call_button_and_on_a_pc_all_of_it(county: County) -> None:
    number = county.file_case(ACCEPT)
    phone = county.open("v1", PHONE, f"/cases/{number}")
    party = phone.get_by_role("region", name="当事人").get_by_role("listitem").filter(has_text="王建国")
    expect(party.get_by_role("button", name="打电话 王建国")).to_be_visible()
    expect(party.get_by_text("139****0010")).to_be_hidden()
    party.get_by_text("详情").click()
    expect(party.get_by_text("139****0010")).to_be_visible()
    desk = county.open("v1", PC, f"/cases/{number}")
    expect(desk.get_by_text("139****0010")).to_be_visible()


def test_a_number_is_called_by_a_tap_and_masked_again_after_half_a_minute(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PHONE)
    page.clock.install()
    page.goto(f"{county.address}/cases/{number}")
    page.get_by_role("button", name="打电话 王建国").click()
    call = page.get_by_role("link", name="现在打 王建国")
    expect(call).to_have_attribute("href", "tel:13911220010")
    expect(page.get_by_text("13911220010", exact=True)).to_be_visible()
    check_accessibility(page)
    page.clock.fast_forward(31_000)
    expect(page.get_by_text("139****0010", exact=True)).to_be_visible()
    expect(call).to_have_count(0)
    assert "13911220010" not in page.locator("main").inner_text()
    page.get_by_role("button", name="再看一次").click()
    expect(page.get_by_text("13911220010", exact=True)).to_be_visible()
    assert county.ask("SELECT count(*) FROM access_records WHERE action = 'reveal'") == [(2,)]


def test_without_scripts_the_page_of_numbers_leads_back_by_itself(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PHONE, f"/cases/{number}", scripts=False)
    page.get_by_role("button", name="打电话 王建国").click()
    expect(page.get_by_text("13911220010", exact=True)).to_be_visible()
    back = page.locator("meta[http-equiv=refresh]")
    expect(back).to_have_attribute("content", re.compile(f"^30;url=/cases/{number}$"))
