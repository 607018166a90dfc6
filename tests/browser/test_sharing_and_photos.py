"""Two editors, photographs from a phone, and a list of workers, in a real browser."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import expect

from mediation.database import db
from mediation.models import Attachment
from tests import makers
from tests.browser.test_weak_networks import PHONE, log_in, open_form, press
from tests.routes.test_claimants import HEAD, as_xlsx, workers

pytestmark = pytest.mark.browser


def test_ux_14_the_second_sees_who_changed_what_and_keeps_the_text(
    app: Flask,
    address: str,
    chromium: Any,
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")
    number = makers.make_case(app, state="accepted").public_number
    path = f"{address}/cases/{number}/steps/hold_session"
    mine = log_in(context, address)
    other = chromium.new_context(locale="zh-CN")
    theirs = log_in(other, address)
    for page, text in ((mine, "我记的"), (theirs, "他记的")):
        open_form(page, path)
        page.get_by_label("没谈成").check()
        page.get_by_label("调解记录").fill(text)
        page.get_by_role("group", name="到场的当事人").locator("input").first.check()
    mine.get_by_label("地点").fill("田间现场")
    press(theirs, "记一次调解")
    theirs.get_by_text("“记一次调解”已办好。").wait_for()
    press(mine, "记一次调解")
    note = mine.locator(".conflict")
    note.get_by_text("用户v111").first.wait_for()
    expect(note).to_contain_text("“地点”")
    expect(note).to_contain_text("田间现场")
    expect(mine.get_by_label("调解记录")).to_have_value("我记的")
    press(mine, "记一次调解")
    mine.get_by_text("“记一次调解”已办好。").wait_for()
    expect(mine.locator("main")).to_contain_text("他记的")
    expect(mine.locator("main")).to_contain_text("我记的")
    other.close()
    context.close()


def photograph(folder: Path, name: str, size: tuple[int, int]) -> Path:
    """A photograph as a phone makes it: large, grainy, with the place written into it."""
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 90).resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "PLACE-IN-EXIF"
    path = folder / name
    noise.save(path, quality=97, exif=exif)
    return path


def test_photographs_are_made_smaller_and_sent_one_at_a_time(
    app: Flask,
    address: str,
    chromium: Any,
    tmp_path: Path,
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")
    number = makers.make_case(app, state="accepted").public_number
    page = log_in(context, address)
    page.goto(f"{address}/cases/{number}/files")
    page.wait_for_selector("html[data-net=ready]")
    files = [photograph(tmp_path, f"照片{n}.jpg", (3000, 2000)) for n in (1, 2)]
    assert all(file.stat().st_size > 600_000 for file in files)
    sent: list[int] = []
    page.on("request", lambda r: sent.append(1) if r.method == "POST" and r.url.endswith("/files") else None)
    page.locator("#file").set_input_files(files)
    page.locator("#kind").select_option("photo")
    expect(page.locator(".photos li.ready")).to_have_count(2, timeout=30_000)
    assert not sent, "nothing goes before the press"
    fails = {"left": 1}

    def break_once(route: Any) -> None:
        if fails["left"]:
            fails["left"] = 0
            route.abort()
        else:
            route.continue_()

    page.route("**/files", break_once)
    page.locator("form[data-photos] > button:not(.first)").click()
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".photos li")).to_have_count(0, timeout=30_000)
    with app.app_context():
        rows = db.session.query(Attachment).order_by(Attachment.number).all()
        found = [(row.sha256, row.size, row.kind) for row in rows]
    assert len(found) == 2
    assert {kind for _, _, kind in found} == {"photo"}
    for sha256, size, _ in found:
        assert size <= 500 * 1024
        body = (Path(app.instance_path) / "files" / sha256[:2] / sha256).read_bytes()
        with Image.open(BytesIO(body)) as picture:
            assert max(picture.size) <= 1600
            assert b"PLACE-IN-EXIF" not in body


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_forty_two_workers_come_in_from_a_spreadsheet(
    app: Flask, address: str, chromium: Any, tmp_path: Path, scripts: bool
) -> None:
    number = makers.make_case(app, state="accepted").public_number
    made = chromium.new_context(
        viewport={"width": 360, "height": 640}, java_script_enabled=scripts, locale="zh-CN"
    )
    page = log_in(made, address)
    rows = workers(42)
    rows[6][2] = rows[6][2][:-1] + ("1" if rows[6][2][-1] != "1" else "2")
    file = tmp_path / "名单.xlsx"
    file.write_bytes(as_xlsx([HEAD, *rows]))
    page.goto(f"{address}/cases/{number}")
    page.goto(f"{address}/cases/{number}/claimants")
    page.get_by_label("名单文件").set_input_files(file)
    press(page, "看看有没有问题")
    page.get_by_text("共 42 行，41 行没问题，1 行要改").wait_for()
    expect(page.locator("table.problems")).to_contain_text("身份证号最后一位对不上")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    press(page, "导入 41 人")
    page.get_by_text("新加 41 人").wait_for()
    with app.app_context():
        assert len(makers.load_case(number).all_parties) == 43
    made.close()
