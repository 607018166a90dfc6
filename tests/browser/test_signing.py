"""签字盖章 in a real browser (ux §20: UX-18, 26, 27, 28)."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import expect
from sqlalchemy import text

from mediation.database import begin_writing, db
from mediation.keys import KeyRing
from tests.browser.county import ACCEPT, AGREED, PC, PHONE, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser
CLAUSE = {
    "text": "李志刚于2026年12月31日前以现金付给王建国3500元。", "kind": "pay", "obligors": ["r1"],
    "obligees": ["a1"], "amount": "3500.00", "due": "2026-12-31", "method": "cash",
}  # fmt: skip
AGREE = ("agree", {"form": "written", "clauses": [CLAUSE]})
INK = (
    "Array.from(document.querySelector('[data-pad]').getContext('2d')"
    ".getImageData(0, 0, 600, 150).data).some(v => v)"
)
FINGERPRINT = "按指印请在纸质协议上用印泥按。本系统不采集、不保存指纹。"


def photo(name: str) -> dict[str, Any]:
    """A photograph of a page."""
    held = BytesIO()
    Image.effect_noise((900, 1200), 60).convert("RGB").save(held, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}


def agreed(county: County, days_ago: float = 1) -> str:
    """A case whose agreement waits for signatures."""
    return county.file_case(ACCEPT, AGREED, AGREE, days_ago=days_ago)


def state(county: County) -> str:
    return str(county.ask("SELECT state FROM cases")[0][0])


def tick_all(page: Any, name: str) -> None:
    group = page.get_by_role("group", name=name, exact=True)
    for label in ("核对了身份", "已读给他听", "签字、盖章或按了指印"):
        group.get_by_label(label).check()


def test_ux_18_the_court_cannot_be_asked_before_anybody_signed(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE)
    answer = page.goto(f"{county.address}/cases/{number}/steps/apply_confirmation")
    assert answer.status == 409
    expect(page.get_by_text("还没有签字，不能申请司法确认。先去签字")).to_be_visible()
    page.get_by_role("link", name="去签字盖章").click()
    expect(page.get_by_role("heading", name="签字盖章")).to_be_visible()
    assert state(county) == "agreed"


def test_ux_27_what_is_missing_is_named_and_only_the_whole_takes_effect(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PC, f"/cases/{number}/sign")
    tick_all(page, "王建国")
    page.get_by_label("王秀英 已签名").check()
    page.get_by_role("button", name="完成签署").click()
    expect(page).to_have_title(re.compile("^有错误："))
    expect(page.get_by_test_id("error-summary")).to_be_focused()
    expect(
        page.get_by_test_id("error-summary").get_by_role("link", name="第1页签好的照片")
    ).to_have_attribute("href", "#scan-1")
    still = page.get_by_role("alert").inner_text()
    assert "李志刚 签名" in still
    assert "调委会 盖章" in still
    assert "王建国" not in still
    assert "第1页签好的照片" in still
    assert state(county) == "agreed"
    assert county.ask("SELECT count(*) FROM signatures")[0][0] == 0
    tick_all(page, "李志刚")
    page.get_by_label("调委会已盖章").check()
    page.get_by_label("没有", exact=True).check()
    for slot in page.locator("input[type=file][name^='scan-']:not([name=scan-all])").all():
        slot.set_input_files(photo("page.jpg"))
    page.get_by_role("button", name="完成签署").click()
    expect(page.get_by_role("heading", name="协议已生效")).to_be_visible()
    expect(
        page.get_by_text("最晚 2026-12-28")
    ).to_be_visible()  # the thirtieth day, 26 December, is a Saturday
    assert state(county) == "performing"


def test_what_is_signed_so_far_is_kept_and_the_last_piece_waits_for_the_scans(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE, f"/cases/{number}/sign")
    tick_all(page, "王建国")
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_text("✓ 已签 签名")).to_be_visible()
    tick_all(page, "李志刚")
    page.get_by_label("王秀英 已签名").check()
    page.get_by_label("调委会已盖章").check()
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_role("alert")).to_contain_text("第1页签好的照片", use_inner_text=True)
    assert state(county) == "agreed"


def test_half_a_signature_is_not_kept_and_the_page_says_which_ticks_it_lacks(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE, f"/cases/{number}/sign")
    group = page.get_by_role("group", name="王建国", exact=True)
    group.get_by_label("签字、盖章或按了指印").check()
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_test_id("error-summary")).to_contain_text("王建国：还没勾 核对了身份、已读给他听")
    beside = page.locator("#s-0")
    expect(beside).to_contain_text("王建国：还没勾 核对了身份、已读给他听")
    expect(page).to_have_title(re.compile("^有错误："))
    expect(page.get_by_test_id("error-summary")).to_be_focused()
    assert page.get_by_text("照片已存好").count() == 0
    expect(group.get_by_label("签字、盖章或按了指印")).to_be_checked()
    page.get_by_role("link", name="王建国：还没勾").click()
    expect(group.get_by_label("核对了身份")).to_be_focused()
    tick_all(page, "王建国")
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_text("✓ 已签 签名")).to_be_visible()


def test_keeping_says_that_photographs_are_kept_only_where_one_was_sent(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE, f"/cases/{number}/sign")
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_test_id("error-summary")).to_contain_text("还没勾谁签了，也没选照片")
    assert page.get_by_text("照片已存好").count() == 0
    page.locator("#scan-1").set_input_files(photo("page.jpg"))
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_text("照片已存好")).to_be_visible()


def electronic(county: County, tmp_path: Path) -> None:
    """A county that has switched signing on screen on."""
    policy = tmp_path / "screen.toml"
    policy.write_text(
        '[policy]\nextends = "case"\nname = "screen"\nzh = "屏幕签名"\nen = "On screen"\n'
        "valid_from = 2024-01-01\n[rules]\nelectronic_signing = true\n",
        "utf-8",
    )
    with county.app.app_context():
        begin_writing(db.session)
        db.session.execute(text("UPDATE cases SET policy = :path"), {"path": str(policy)})
        db.session.commit()


def test_ux_26_strokes_outlive_a_turned_phone_and_an_empty_pad_is_refused(
    county: County, tmp_path: Path
) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE, f"/cases/{number}/sign")
    expect(page.get_by_text("在这个屏幕上签")).to_have_count(0)
    electronic(county, tmp_path)
    page.reload()
    page.get_by_role("link", name="在这个屏幕上签 王建国").click()
    page.get_by_label("核对了身份").check()
    page.get_by_label("已读给他听").check()
    page.get_by_role("button", name="确认签名").click()
    expect(page.get_by_text("请先签名").first).to_be_visible()
    pad = page.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + 20 * step, box["y"] + 40 + (step % 3) * 25)
    page.mouse.up()
    drawn = json.loads(page.locator("input[name=strokes]").input_value())
    assert len(drawn[0]) == 9
    narrow = pad.get_attribute("width")
    page.set_viewport_size({"width": 640, "height": 360})
    expect(pad).not_to_have_attribute("width", str(narrow))
    assert json.loads(page.locator("input[name=strokes]").input_value()) == drawn
    assert page.evaluate(INK), "the name is drawn again after the turn"
    page.get_by_role("button", name="确认签名").click()
    expect(page.get_by_text("✓ 已签 电子签名")).to_be_visible()
    kept, shown, device = county.ask("SELECT strokes, paper_sha256, device FROM signatures")[0]
    keys: KeyRing = county.app.extensions["mediation.keys"]
    assert json.loads(keys.decrypt(kept)) == drawn
    assert shown == county.ask("SELECT sha256 FROM documents WHERE type = 'agreement'")[0][0]
    assert "Chrome" in device
    entry = county.ask("SELECT facts FROM entries WHERE step = 'sign'")[0][0]
    assert "strokes" not in str(entry)


def test_ux_28_fingerprints_are_left_to_paper_and_no_camera_is_asked_for(
    county: County, tmp_path: Path
) -> None:
    number = agreed(county)
    electronic(county, tmp_path)
    page = county.open("v1", PHONE)
    page.add_init_script(
        "window.asked = []; if (navigator.mediaDevices) {"
        "navigator.mediaDevices.getUserMedia = (what) => { window.asked.push(what); return Promise.reject(); }; }"
        "if (navigator.credentials) { navigator.credentials.get = navigator.credentials.create ="
        " (what) => { window.asked.push(what); return Promise.reject(); }; }"
    )
    for path in (f"/cases/{number}/sign", f"/cases/{number}/sign/1/screen"):
        answer = page.goto(county.address + path)
        expect(page.get_by_text(FINGERPRINT).first).to_be_visible()
        assert page.evaluate("window.asked.length") == 0
        assert "camera=()" in answer.headers["permissions-policy"]
        check_accessibility(page)


def smear(name: str) -> dict[str, Any]:
    """A photograph of a page that is out of focus."""
    page = Image.new("L", (900, 1200), 240)
    pen = ImageDraw.Draw(page)
    for line in range(60, 1150, 40):
        pen.rectangle((60, line, 840, line + 12), fill=20)
    held = BytesIO()
    page.filter(ImageFilter.GaussianBlur(7)).save(held, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}


def test_a_page_that_nobody_can_read_is_asked_for_again_and_may_be_used_all_the_same(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE, f"/cases/{number}/sign")
    for name in ("王建国", "李志刚"):
        tick_all(page, name)
    page.get_by_label("王秀英 已签名").check()
    page.get_by_label("调委会已盖章").check()
    page.get_by_label("没有", exact=True).check()
    first, second = page.locator("input[type=file][capture=environment]").all()
    first.set_input_files(photo("1.jpg"))
    second.set_input_files(smear("2.jpg"))
    page.get_by_role("button", name="完成签署").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("第2页看不清，请重拍", use_inner_text=True)
    assert "第1页" not in alert.inner_text()
    assert state(county) == "agreed"
    check_accessibility(page)
    expect(page.get_by_label("看得清，就用这张 第2页")).not_to_be_checked()
    page.get_by_label("看得清，就用这张 第2页").check()
    page.get_by_role("button", name="完成签署").click()
    expect(page.get_by_role("heading", name="协议已生效")).to_be_visible()


def test_another_photograph_takes_the_place_of_the_smeared_one(county: County) -> None:
    number = agreed(county)
    page = county.open("v1", PHONE, f"/cases/{number}/sign")
    page.locator("input[name=scan-1]").first.set_input_files(smear("1.jpg"))
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_text("⚠ 第1页看不清，请重拍")).to_be_visible()
    page.get_by_text("照片已经拍好了，从相册里选").click()
    page.locator("#chosen-1").set_input_files(photo("again.jpg"))
    page.get_by_role("button", name="先记下已签的").click()
    expect(page.get_by_text("✓ 第1页")).to_be_visible()
    expect(page.get_by_text("第1页看不清")).to_have_count(0)
