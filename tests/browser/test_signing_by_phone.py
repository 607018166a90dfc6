"""Signing with a QR on the party's own phone (ux §19.1 C, P10): an office computer, a phone without an account."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from mediation.keys import KeyRing
from tests.browser.county import PC, PHONE, County
from tests.browser.hand import check_accessibility
from tests.browser.test_signing import FINGERPRINT, agreed, electronic, state

pytestmark = pytest.mark.browser
READ_QR = "document.querySelector('.qr path').getAttribute('d')"


@pytest.fixture
def number(county: County, tmp_path: Path) -> str:
    """An agreement that waits for signatures, in a county that has switched signing on a screen on."""
    found = agreed(county)
    electronic(county, tmp_path)
    return found


def show_code(
    county: County, number: str, monkeypatch: pytest.MonkeyPatch, name: str = "李志刚"
) -> tuple[Any, str]:
    """The mediator's computer with the QR on it, and the address that the QR holds."""
    held: list[str] = []
    from mediation.views import screen_signing

    drawn = screen_signing.draw_qr
    monkeypatch.setattr(screen_signing, "draw_qr", lambda text: held.append(text) or drawn(text))
    page = county.open("v1", PC, f"/cases/{number}/sign")
    page.get_by_role("link", name=f"用他自己的手机签 {name}").click()
    page.get_by_label("核对了身份").check()
    page.get_by_role("button", name="出示二维码").click()
    expect(page.get_by_role("img", name=f"给{name}签名用的二维码")).to_be_visible()
    return page, held[-1]


def write_name(page: Any) -> list[Any]:
    """Write on the pad with a finger."""
    pad = page.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 30 + 25 * step, box["y"] + 30 + (step % 3) * 25)
    page.mouse.up()
    found: list[Any] = json.loads(page.locator("input[name=strokes]").input_value())
    return found


def test_the_office_shows_a_code_and_the_phone_reads_signs_and_the_office_sees_it(
    county: County, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, address = show_code(county, number, monkeypatch)
    check_accessibility(office)
    expect(office.get_by_text("10:10以前有效，只能用一次")).to_be_visible()
    phone = county.open("", PHONE, address.removeprefix(county.address))
    expect(phone.get_by_role("heading", level=1)).to_have_text("李志刚，请看清楚再签名")
    assert phone.url == f"{county.address}/s/paper", "the token is in no address"
    text = phone.locator(".paper-text").inner_text()
    assert "李志刚于2026年12月31日前以现金付给王建国3500元。" in text
    expect(phone.get_by_text(FINGERPRINT)).to_be_visible()
    expect(phone.get_by_text("现场电子签名留痕；未盖章不生效")).to_be_visible()
    check_accessibility(phone)
    expect(office.get_by_text("李志刚的手机已打开协议，正在看")).to_be_visible()
    drawn = write_name(phone)
    phone.get_by_role("button", name="确认签名").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("签好了")
    expect(office.get_by_text("✓ 李志刚已经签好")).to_be_visible()
    [row] = county.ask(
        "SELECT strokes, picture, device, paper_sha256, witness, read_aloud, identity_checked FROM signatures"
    )
    keys: KeyRing = county.app.extensions["mediation.keys"]
    assert json.loads(keys.decrypt(row.strokes)) == drawn
    assert keys.decrypt(row.picture).startswith("iVBOR"), "a PNG"
    assert "Chrome" in row.device
    assert (row.witness, bool(row.read_aloud), bool(row.identity_checked)) == ("王秀英", False, True)
    assert row.paper_sha256 == county.ask("SELECT sha256 FROM documents WHERE type = 'agreement'")[0][0]
    assert state(county) == "agreed", "without the mediator's name and the seal nothing takes effect"
    office.get_by_role("link", name="回到签字盖章").first.click()
    expect(office.get_by_role("img", name="李志刚的签名")).to_be_visible()


def test_a_code_works_once_and_for_the_first_phone(
    county: County, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, address = show_code(county, number, monkeypatch)
    path = address.removeprefix(county.address)
    first, second = county.open("", PHONE, path), county.open("", PHONE)
    expect(first.locator("[data-pad]")).to_be_visible()
    second.goto(address)
    expect(second.get_by_text("请调解员重新出示二维码")).to_be_visible()
    assert "3500" not in second.content()
    first.goto(address)
    expect(first.locator("[data-pad]")).to_be_visible()  # the same phone may scan again
    write_name(first)
    first.get_by_role("button", name="确认签名").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("签好了")
    first.goto(f"{county.address}/s/paper")
    expect(first.get_by_text("请调解员重新出示二维码")).to_be_visible()
    first.goto(address)
    expect(first.get_by_text("请调解员重新出示二维码")).to_be_visible()
    assert county.ask("SELECT count(*) FROM signatures")[0][0] == 1


def test_after_ten_minutes_the_phone_is_told_to_ask_for_a_new_code(
    county: County, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, address = show_code(county, number, monkeypatch)
    phone = county.open("", PHONE, address.removeprefix(county.address))
    expect(phone.locator("[data-pad]")).to_be_visible()
    write_name(phone)
    county.clock.at += timedelta(minutes=10)
    phone.get_by_role("button", name="确认签名").click()
    expect(phone.get_by_text("请调解员重新出示二维码")).to_be_visible()
    expect(phone.get_by_text("没有保存任何签名")).to_be_visible()
    check_accessibility(phone)
    assert county.ask("SELECT count(*) FROM signatures")[0][0] == 0
    office.reload()
    expect(office.get_by_text("这个二维码已经不能用了")).to_be_visible()
    office.get_by_role("link", name="重新出示二维码").click()
    expect(office.get_by_role("button", name="出示二维码")).to_be_visible()


def test_a_name_is_not_taken_before_the_text_was_read_to_its_end(
    county: County, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, address = show_code(county, number, monkeypatch)
    phone = county.open("", PHONE, address.removeprefix(county.address))
    expect(phone.locator("[data-pad]")).to_be_visible()
    phone.evaluate(
        "var form = document.getElementById('pad-form'); form.elements.to_end.value = '';"
        "form.elements.strokes.value = '[[[0.1,0.1],[0.2,0.2]]]'; form.submit();"
    )
    expect(phone.get_by_role("alert")).to_contain_text("请把协议看到最后，或者请调解员读给您听，并勾选")
    assert county.ask("SELECT count(*) FROM signatures")[0][0] == 0
    phone.get_by_label("调解员已读给我听").check()
    phone.get_by_role("button", name="确认签名").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("签好了")
    assert county.ask("SELECT read_aloud FROM signatures")[0][0]


def test_without_scripts_the_office_looks_by_itself(
    county: County, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    from mediation.views import screen_signing

    drawn = screen_signing.draw_qr
    monkeypatch.setattr(screen_signing, "draw_qr", lambda text: held.append(text) or drawn(text))
    office = county.open("v1", PC, f"/cases/{number}/sign/1/phone", scripts=False)
    office.get_by_label("核对了身份").check()
    office.get_by_role("button", name="出示二维码").click()
    phone = county.open("", PHONE, held[-1].removeprefix(county.address))
    expect(phone.locator("[data-pad]")).to_be_visible()
    write_name(phone)
    phone.get_by_role("button", name="确认签名").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("签好了")
    office.get_by_role("link", name="看看签好了没有").click()
    expect(office.get_by_text("✓ 王建国已经签好")).to_be_visible()


def test_where_the_county_has_not_switched_it_on_there_is_no_such_page(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PC, f"/cases/{number}/sign")
    expect(page.get_by_text("用他自己的手机签")).to_have_count(0)
    assert page.goto(f"{county.address}/cases/{number}/sign/1/phone").status == 404
