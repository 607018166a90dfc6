"""The court's liaison: what waits, one after the other, back with exact reasons, and out in one go."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from mediation.exporting import make_waiting_export
from tests.browser.county import ACCEPT, AGREED, PC, PHONE, County
from tests.browser.hand import check_accessibility
from tests.documents.test_plain_words import read_text
from tests.residents import slip_for

pytestmark = pytest.mark.browser

CLAUSE = {
    "text": "李志刚于2026年12月31日前付给王建国3500元。", "kind": "pay", "amount": "3500.00", "due": "2026-12-31",
    "method": "cash", "obligors": ["p2"], "obligees": ["p1"],
}  # fmt: skip
APPLY = ("apply_confirmation", {"court": "望江县人民法院"})
Steps = tuple[tuple[str, Mapping[str, Any]], ...]


def filed(
    county: County,
    *more: tuple[str, Mapping[str, Any]],
    names: tuple[str, ...] = (),
    clause: Mapping[str, Any] = CLAUSE,
) -> str:
    """A case whose agreement is before the court."""
    sides = names or ("王建国", "李志刚")
    parties = [
        {
            "ref": f"p{place}",
            "role": "applicant" if place == 1 else "respondent",
            "kind": "person",
            "name": name,
        }
        for place, name in enumerate(sides, start=1)
    ]
    sign = {"parties": ["p1", "p2"], "mediators": ["王秀英"], "seal": True, "manner": "signature"}
    steps: Steps = (
        ACCEPT, ("hold_session", {**AGREED[1], "attended": ["p1", "p2"]}),
        ("agree", {"form": "written", "clauses": [clause]}), ("sign", sign), APPLY,
    )  # fmt: skip
    return county.file_case(*steps, *more, names=sides, parties=parties, days_ago=1)


def test_ux_35_twenty_cases_leave_in_one_package(county: County, tmp_path: Path) -> None:
    numbers = [filed(county, ("court_accept", {}), names=("王建国", f"李志{place}")) for place in range(20)]
    page = county.open("j1", PC, "/court/batch")
    clicks = 0
    page.get_by_text("全选", exact=True).click()
    clicks += 1
    expect(page.get_by_test_id("batch-bar").get_by_role("status")).to_have_text(
        "已选 20 件", use_inner_text=True
    )
    check_accessibility(page)
    page.get_by_role("button", name="导出卷宗包").click()
    clicks += 1
    page.wait_for_url("**/court/exports/*")
    expect(page.locator("main")).to_contain_text("排队等着打包", use_inner_text=True)
    expect(page.locator("progress")).to_have_count(1)
    assert make_waiting_export(county.app)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载").click()
        clicks += 1
    assert clicks <= 4
    path = tmp_path / "packages.zip"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.startswith("司法确认卷宗包_")
    look_into(path, numbers)
    recorded = (
        "SELECT count(*) FROM access_records WHERE action = 'export' AND case_id IS NOT NULL AND what LIKE "
    )
    assert county.ask(recorded + "'court: %'") == [(20,)]
    assert county.ask(recorded + "'court download %'") == [(20,)]
    page.goto(f"{county.address}/court/exports")
    expect(page.locator("main")).to_contain_text("司法确认立案归卷", use_inner_text=True)


def look_into(path: Path, numbers: list[str]) -> None:
    """Twenty folders, the list, a manifest that fits, names that open anywhere."""
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        folders = {name.split("/")[0] for name in names if "/" in name}
        assert len(folders) == 20
        assert all(re.fullmatch(r"00[0-9]{2}_[0-9-]+[0-9X]_王建国_李志[0-9]+", folder) for folder in folders)
        assert {folder.split("_")[1] for folder in folders} == set(numbers)
        assert all(info.flag_bits & 0x800 for info in bundle.infolist() if not info.filename.isascii())
        manifest = bundle.read("manifest-sha256.txt").decode().splitlines()
        sums = dict(reversed(line.split("  ", 1)) for line in manifest)
        assert set(sums) == set(names) - {"manifest-sha256.txt"}
        for name, digest in sums.items():
            assert hashlib.sha256(bundle.read(name)).hexdigest() == digest
        inside = sorted(name.split("/")[1] for name in names if name.startswith("0001_"))
        assert inside[:3] == ["00_合订本.pdf", "01_司法确认申请书.pdf", "02_人民调解协议书.pdf"]
        signed = read_text(bundle.read("交接清单.pdf"))
        assert "共20件" in signed and sums["index.xlsx"] in "".join(signed.split())
        assert "石泉村人民调解委员会" in signed and "李志19" in signed
        with bundle.open("index.xlsx") as file:
            sheet = openpyxl.load_workbook(file)["清单"]
        assert sheet.max_row == 22
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_ux_36_what_comes_back_says_both_reasons_and_the_date(county: County) -> None:
    number = filed(county)
    page = county.open("j1", PC, "/court")
    page.get_by_role("link", name="开始审查").click()
    page.get_by_role("link", name="退回补正").click()
    page.get_by_role("button", name="退回补正").click()
    expect(page.locator("main")).to_contain_text("请至少选一项要补什么", use_inner_text=True)
    page.get_by_label("签字、盖章不齐").check()
    page.get_by_label("扫描件看不清").check()
    page.get_by_label("补正期限").fill("2026-12-08")
    expect(page.get_by_role("region", name="调解员会看到")).to_contain_text(
        "扫描件看不清", use_inner_text=True
    )
    check_accessibility(page)
    page.get_by_role("button", name="退回补正").click()
    expect(page.locator("main")).to_contain_text("没有待审的申请", use_inner_text=True)
    case = county.open("v1", PHONE, f"/cases/{number}")
    box = case.get_by_role("region", name="下一步").inner_text()
    for words in ("签字、盖章不齐", "扫描件看不清", "2026-12-08"):
        assert words in box
    box_of = case.get_by_role("region", name="下一步")
    box_of.get_by_role("link", name="上传签好的人民调解协议书").click()
    assert "/files" in case.url
    assert (
        case.get_by_label("是哪份文书的签字件")
        .locator("option:checked")
        .inner_text()
        .startswith("人民调解协议书")
    )


def test_ux_36_a_party_reads_that_the_court_asks_for_more(county: County) -> None:
    number = filed(county)
    page = county.open("j1", PC, f"/court/{number}/return")
    page.get_by_label("签字、盖章不齐").check()
    page.get_by_label("补正期限").fill("2026-12-08")
    page.get_by_role("button", name="退回补正").click()
    slip = slip_for(county.app, number, "p1")
    public = county.open("", PHONE, "/track")
    public.get_by_label("编号", exact=True).fill(slip.number)
    public.get_by_label("查询码", exact=True).fill(slip.code)
    with public.expect_navigation():
        public.get_by_role("button", name="查看", exact=True).click()
    said = public.inner_text("main")
    for words in ("法院要补材料", "法院要求补充材料。", "12月8日", "0556-5550001"):
        assert words in said
    assert "李志刚" not in said and "签字、盖章不齐" not in said
    check_accessibility(public)
    county.clock.forward(hours=1)
    case = county.open("v1", PHONE, f"/cases/{number}")
    expect(case.get_by_role("region", name="下一步")).to_contain_text("签字、盖章不齐", use_inner_text=True)


def press_key(page: Any, key: str) -> None:
    """Press a key once the page has the keyboard: a paper that opens beside it holds it for a moment."""
    page.wait_for_load_state("load")
    page.wait_for_function("document.activeElement.tagName !== 'IFRAME'")
    page.keyboard.press(key)


def test_the_next_one_opens_by_itself_and_the_keys_decide(county: County) -> None:
    first, second = filed(county), filed(county, names=("赵一", "钱二"))
    page = county.open("j1", PC, "/court")
    page.get_by_role("link", name="开始审查").click()
    expect(page).to_have_url(f"{county.address}/court/{first}")
    press_key(page, "j")
    page.wait_for_url(f"**/{second}", wait_until="domcontentloaded")
    press_key(page, "k")
    page.wait_for_url(f"**/{first}", wait_until="domcontentloaded")
    page.locator("[data-tab='2']").wait_for()
    press_key(page, "2")
    assert page.locator("[data-tab='2']").get_attribute("aria-current") == "true"
    press_key(page, "p")
    page.get_by_text("还有12项没有勾").first.wait_for()
    page.get_by_label("有没勾的也要通过").fill("已当面核对")
    page.get_by_role("button", name="通过").click()
    page.wait_for_url(f"**/{second}", wait_until="domcontentloaded")
    press_key(page, "r")
    page.wait_for_url("**/return", wait_until="domcontentloaded")


def test_results_are_pasted_looked_at_and_saved_with_faults_beside_their_cells(county: County) -> None:
    first = filed(county, ("court_accept", {}))
    second = filed(county, ("court_accept", {}), names=("赵一", "钱二"))
    page = county.open("j1", PC, "/court/results")
    page.get_by_text("从表格粘贴").click()
    page.get_by_label("粘贴在这里").fill(
        f"{first}\t（2026）皖0803诉前调确12号\t确认\t2026年11月25日\n{second}\t驳回\t2026/11/25\n9999-0000-0\t确认"
    )
    page.get_by_role("button", name="读进表里").click()
    row = page.get_by_role("row").filter(has_text=second)
    assert "请填法院案号" in row.inner_text() and "驳回的请写理由" in row.inner_text()
    expect(page.locator("main")).to_contain_text("9999-0000-0", use_inner_text=True)
    assert county.ask("SELECT count(*) FROM confirmations WHERE state = 'confirmed'") == [(0,)]
    row.get_by_label("法院案号").fill("（2026）皖0803诉前调确13号")
    row.get_by_label("驳回的理由").fill("内容不明确")
    page.get_by_role("button", name="保存并通知当事人").click()
    expect(page.locator("main")).to_contain_text("已登记2件", use_inner_text=True)
    assert sorted(county.ask("SELECT state, ruling_on FROM confirmations")) == [
        ("confirmed", "2026-11-25"), ("refused", "2026-11-25"),
    ]  # fmt: skip


def test_on_a_phone_one_decides_and_does_not_export(county: County) -> None:
    number = filed(county)
    page = county.open("j1", PHONE, "/court/batch?state=all")
    expect(page.locator("main")).to_contain_text("导出卷宗请用电脑", use_inner_text=True)
    expect(page.get_by_role("button", name="导出卷宗包")).not_to_be_visible()
    page.goto(f"{county.address}/court/{number}")
    check_accessibility(page)
    expect(page.get_by_role("button", name="通过")).to_be_visible()
