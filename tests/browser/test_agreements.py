"""写协议 in a real browser: the fastest way, and the way back from the check page (ux §20: UX-02, 21–25)."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.county import ACCEPT, AGREED, PC, PHONE, County
from tests.browser.hand import Hand, check_accessibility
from tests.makers import id_number

pytestmark = pytest.mark.browser


def text_of(page: Any, link: Any) -> str:
    """The text of the paper that a link leads to."""
    answer = page.request.get(page.url.split("/cases")[0] + link.get_attribute("href"))
    assert answer.headers["content-type"].startswith("application/pdf")
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages).replace(
        "\n", ""
    )


def pay(page: Any, amount: str, hand: Hand | None = None) -> None:
    """Fill in the one payment that a new agreement begins with: who and whom are known already."""
    hand = hand or Hand(page)
    hand.type(amount, page.get_by_label("金额（元）"))
    hand.tap(page.get_by_label("7天内", exact=True))
    hand.tap(page.get_by_role("group", name="怎么付").get_by_label("现金", exact=True))


def to_check(page: Any, court: str, hand: Hand | None = None) -> None:
    """From the promises to the check page."""
    hand = hand or Hand(page)
    hand.go(page.get_by_role("button", name="继续"))
    hand.tap(page.get_by_label(court, exact=True))
    hand.go(page.get_by_role("button", name="去核对"))


def made(page: Any) -> str:
    """Press 生成协议书; the text of the paper."""
    page.get_by_role("button", name="生成协议书").click()
    return text_of(page, page.get_by_test_id("pdf-link"))


def edge_of(pdf: bytes, folder: Path) -> list[float]:
    """How many millimetres each page leaves free of print on the right; the pale tick for the seal is no print."""
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "72", "-gray", folder / "paper.pdf", folder / "page"], check=True)
    found = []
    for drawn in sorted(folder.glob("page*.pgm")):
        with Image.open(drawn) as page:
            box = page.point(lambda shade: 255 if shade < 128 else 0).getbbox()
            assert box is not None
            found.append((page.width - box[2]) / page.width * 210)
    return found


def begin(county: County, number: str, size: tuple[int, int] = PC) -> Any:
    """The second section of a case's agreement."""
    return county.open("v1", size, f"/cases/{number}/agreement/terms")


# How fast the paper comes is measured in `mediation bench`, not asserted here.
def test_ux_02_two_numbers_an_amount_and_a_date_make_an_agreement_in_three_minutes(county: County) -> None:
    number = county.file_case(ACCEPT, AGREED)
    page = county.open("v1", PHONE, f"/cases/{number}/agreement")
    hand = Hand(page)
    expect(page.get_by_role("group", name="王建国").first).to_be_visible()
    hand.type(id_number(11, "19620307"), page.get_by_label("身份证号").nth(0))
    expect(page.get_by_text("男，1962年3月生，64岁")).to_be_visible()
    hand.type(id_number(14, "19700214"), page.get_by_label("身份证号").nth(1))
    hand.go(page.get_by_role("button", name="继续"))
    expect(page.get_by_label("纠纷事实")).to_have_value("因宅基地界线发生争执。")
    expect(page.get_by_role("group", name="谁付钱").get_by_label("李志刚")).to_be_checked()
    pay(page, "3500", hand)
    expect(page.get_by_text("叁仟伍佰元整").first).to_be_visible()
    to_check(page, "不申请", hand)
    hand.go(page.get_by_role("button", name="生成协议书"))
    assert hand.klm() <= 180, (hand, hand.klm())
    assert hand.taps <= 13, hand
    assert hand.typed <= 55, hand
    text = text_of(page, page.get_by_test_id("pdf-link"))
    assert "叁仟伍佰元整" in text
    page.goto(f"{county.address}/cases/{number}/agreement")
    phones = page.locator("details", has_text="姓名、电话、其他证件")
    phones.first.locator("summary").click()
    expect(phones.first).to_contain_text("139****0010", use_inner_text=True)


def test_nothing_is_recognised_in_a_number_whose_last_place_is_wrong(county: County) -> None:
    number = county.file_case(ACCEPT, AGREED)
    page = county.open("v1", PHONE, f"/cases/{number}/agreement")
    right, field = id_number(11, "19620307"), page.get_by_label("身份证号").nth(0)
    field.fill(right)
    expect(page.get_by_text("已识别：男，1962年3月生，64岁")).to_be_visible()
    field.fill(right[:-1] + ("1" if right[-1] != "1" else "2"))
    expect(page.get_by_text("已识别：")).to_have_count(0)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_test_id("error-summary")).to_be_visible()
    expect(page.get_by_text("已识别：")).to_have_count(0)


def test_ux_08_four_sides_stand_on_the_agreement_and_make_five_originals(county: County) -> None:
    names = ("王建国", "李志刚", "张桂芳", "买买提·艾力")
    there = {**AGREED[1], "attended": ["a1", "r1", "r2", "r3"]}
    number = county.file_case(ACCEPT, ("hold_session", there), names=names)
    page = county.open("v1", PHONE, f"/cases/{number}/agreement")
    for name in names:
        expect(page.get_by_role("group", name=name).first).to_be_visible()
    page.goto(f"{county.address}/cases/{number}/agreement/terms")
    for name in names[2:]:
        page.get_by_role("group", name="谁付钱").get_by_label(name).uncheck()
    pay(page, "3500")
    page.get_by_role("button", name="继续").click()
    page.get_by_label("不申请", exact=True).click()
    expect(page.get_by_test_id("copies")).to_have_value("5")
    page.get_by_role("button", name="去核对").click()
    text = made(page)
    assert "一式五份" in text
    assert all(name.replace(" ", "") in text.replace(" ", "") for name in names)


def test_ux_21_three_sides_and_the_court_make_five_originals_everywhere(county: County) -> None:
    there = {**AGREED[1], "attended": ["a1", "r1", "r2"]}
    number = county.file_case(ACCEPT, ("hold_session", there), names=("王建国", "李志刚", "赵小云"))
    page = begin(county, number)
    page.get_by_role("group", name="谁付钱").get_by_label("赵小云").uncheck()
    pay(page, "3500")
    page.get_by_role("button", name="继续").click()
    page.get_by_label("申请", exact=True).click()
    expect(page.get_by_test_id("copies")).to_have_value("5")
    page.get_by_role("button", name="去核对").click()
    assert "一式五份" in made(page)
    expect(page.get_by_test_id("pdf-link")).to_have_text("打印 5 份", use_inner_text=True)
    page.goto(f"{county.address}/cases/{number}/docs")
    row = page.get_by_role("row").filter(has_text="人民调解协议书").first
    expect(row.locator("[data-head=份数]")).to_have_text("5", use_inner_text=True)
    whole = PdfReader(BytesIO(page.request.get(f"{county.address}/cases/{number}/print-set.pdf").body()))
    assert sum("一式五份" in sheet.extract_text().replace("\n", "") for sheet in whole.pages) == 5


def test_ux_22_sums_names_and_fonts_stand_in_the_paper(county: County) -> None:
    names = ("张䶮", "买买提·艾力")
    page = begin(county, county.file_case(ACCEPT, AGREED, names=names))
    pay(page, "3500")
    to_check(page, "不申请")
    page.get_by_role("button", name="生成协议书").click()
    link = page.get_by_test_id("pdf-link").get_attribute("href")
    pdf = PdfReader(BytesIO(page.request.get(county.address + link).body()))
    text = "".join(sheet.extract_text() for sheet in pdf.pages).replace("\n", "")
    for part in ("叁仟伍佰元整", "3,500.00", *names, f"第1页 共{len(pdf.pages)}页"):
        assert part.replace(" ", "") in text.replace(" ", ""), part
    fonts = [font.get_object() for sheet in pdf.pages for font in sheet["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]


def test_ux_23_a_long_agreement_ends_with_clauses_beside_the_signatures(
    county: County, tmp_path: Path
) -> None:
    page = begin(county, county.file_case(ACCEPT, AGREED))
    pay(page, "3500")
    for no in range(1, 13):
        page.locator("summary", has_text="其他种类").click()
        page.get_by_label("自己写", exact=True).click()
        page.get_by_role("button", name="加一条", exact=False).click()
        words = f"双方约定的第{no}个事项：" + "各自照看好自家的排水沟，不往对方院里排水，" * 4
        page.get_by_label("内容").last.fill(words)
    to_check(page, "不申请")
    page.get_by_role("button", name="生成协议书").click()
    link = page.get_by_test_id("pdf-link").get_attribute("href")
    answer = page.request.get(county.address + link).body()
    pdf = PdfReader(BytesIO(answer))
    assert len(pdf.pages) >= 3
    width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    whole = "".join(sheet.extract_text() for sheet in pdf.pages)
    assert "以下空白" in whole
    last = pdf.pages[-1].extract_text()
    assert "签名" in last.replace(" ", "")
    assert len([line for line in last.split("以下空白")[0].splitlines() if line.strip()]) >= 2
    edges = edge_of(answer, tmp_path)
    assert len(edges) == len(pdf.pages)
    assert min(edges) >= 15


def test_ux_24_a_clause_changed_after_signing_voids_every_signature(county: County) -> None:
    clause = {
        "text": "李志刚于2026年12月31日前付给王建国3500元。", "kind": "pay", "obligors": ["r1"],
        "obligees": ["a1"], "amount": "3500.00", "due": "2026-12-31", "method": "cash",
    }  # fmt: skip
    agree = ("agree", {"form": "written", "clauses": [clause]})
    number = county.file_case(ACCEPT, AGREED, agree, ("sign", {"parties": ["a1"]}))
    page = county.open("v1", PC, f"/cases/{number}/agreement")
    expect(page.get_by_text("已有的签名和盖章全部作废：王建国")).to_be_visible()
    page.get_by_role("button", name="重新写一份").click()
    page.get_by_label("金额（元）").fill("2800")
    to_check(page, "不申请")
    text = made(page)
    assert "贰仟捌佰元整" in text
    expect(page.get_by_text("这是第2版，以前的已作废")).to_be_visible()
    voided = county.ask("SELECT count(*) FROM signatures WHERE voided_at IS NOT NULL")
    assert voided[0][0] == 1
    old = county.ask("SELECT number FROM documents WHERE type = 'agreement' ORDER BY number")[0][0]
    answer = page.request.get(f"{county.address}/cases/{number}/papers/{old}")
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert "已作废" in text.replace("\n", "")


def test_ux_25_a_change_from_the_check_page_leads_back_to_it(county: County) -> None:
    page = begin(county, county.file_case(ACCEPT, AGREED))
    pay(page, "3500")
    to_check(page, "以后再说")
    before = page.locator("#answers").inner_text()
    page.get_by_role("link", name="改 第1条").click()
    page.get_by_label("金额（元）").fill("3600")
    page.get_by_role("button", name="保存，回到核对").click()
    page.wait_for_url("**/agreement/check")
    after = page.locator("#answers").inner_text()
    assert after == before.replace("3,500.00", "3,600.00").replace("叁仟伍佰", "叁仟陆佰")


@pytest.mark.parametrize("size", [PHONE, PC])
def test_ux_39_no_section_has_a_barrier(county: County, size: tuple[int, int]) -> None:
    number = county.file_case(ACCEPT, AGREED)
    page = county.open("v1", size, f"/cases/{number}/agreement")
    check_accessibility(page)
    page.get_by_role("button", name="继续").click()
    check_accessibility(page)
    pay(page, "3500")
    page.get_by_role("button", name="继续").click()
    check_accessibility(page)
    page.get_by_label("不申请", exact=True).click()
    page.get_by_role("button", name="去核对").click()
    check_accessibility(page)


def test_parties_are_put_in_order_by_up_and_down_without_a_script(county: County) -> None:
    number = county.file_case(ACCEPT, AGREED, names=("王建国", "李志刚", "赵小云"))
    page = county.open("v1", PHONE, f"/cases/{number}/agreement", scripts=False)
    page.get_by_text("当事人次序").click()
    page.get_by_role("button", name="上移 赵小云").click()
    page.wait_for_load_state()
    names = [row[0] for row in county.ask("SELECT name FROM parties ORDER BY position")]
    assert names == ["王建国", "赵小云", "李志刚"]
    legends = page.locator("#agreement-form legend").all_inner_texts()
    assert [text.split()[-1] for text in legends if "申请人" in text] == names
    page.get_by_text("当事人次序").click()
    expect(page.get_by_role("button", name="上移 王建国")).to_have_count(0)


def test_both_parents_of_a_child_are_written_down_by_taps(county: County) -> None:
    father = {"name": "李大山", "relation": "父亲", "phone": "13911220099"}
    there = ("update_party", {"party": "r1", "kind": "person", "guardians": [father]})
    number = county.file_case(ACCEPT, there, AGREED)
    page = county.open("v1", PHONE, f"/cases/{number}/agreement")
    child, hand = page.locator("#party-1"), Hand(page)
    page.locator("#party-0").get_by_label("住址").fill("石泉村3组")
    expect(child.get_by_label("监护人姓名")).to_have_value("李大山")
    hand.tap(child.get_by_role("button", name="再加一位监护人"))
    child.get_by_label("监护人姓名").nth(1).wait_for()
    assert page.evaluate("document.activeElement.id") == "p-1-guardians-1-name"
    hand.type("张桂芳")
    hand.type("母亲", child.get_by_role("group", name="监护人 2").get_by_label("和当事人的关系"))
    expect(page.locator("#party-0").get_by_label("住址")).to_have_value("石泉村3组")
    hand.tap(page.locator("#party-0").locator("summary", has_text="代理人"))
    hand.type("方律师", page.locator("#party-0").get_by_label("代理人姓名"))
    hand.tap(page.locator("#party-0").get_by_role("button", name="再加一位代理人"))
    hand.tap(page.get_by_role("button", name="去掉这位代理人", exact=True))
    page.locator("#p-0-agents-1-name").wait_for(state="detached")
    # What the number says of its owner is told in a form that was drawn again, too.
    hand.type(id_number(11, "19620307"), page.locator("#p-0-id_number"))
    page.get_by_text("男，1962年3月生，64岁").wait_for()
    check_accessibility(page)
    hand.go(page.get_by_role("button", name="继续"))
    kept = county.ask("SELECT kind, name, relation, phone IS NULL FROM party_helpers ORDER BY kind, id")
    assert [tuple(row) for row in kept] == [
        ("agent", "方律师", None, 1), ("guardian", "李大山", "父亲", 0), ("guardian", "张桂芳", "母亲", 1),
    ]  # fmt: skip


def test_a_row_that_was_taken_away_stays_away_when_the_page_is_opened_again(county: County) -> None:
    parents = [{"name": "李大山", "relation": "父亲"}, {"name": "张桂芳", "relation": "母亲"}]
    there = ("update_party", {"party": "r1", "kind": "person", "guardians": parents})
    page = county.open("v1", PC, f"/cases/{county.file_case(ACCEPT, there, AGREED)}/agreement")
    page.get_by_role("button", name="去掉这位监护人 李大山").click()
    page.locator("#p-1-guardians-1-name").wait_for(state="detached")
    page.get_by_label("监护人姓名").nth(1).fill("张桂花")
    page.get_by_test_id("autosave").filter(has_text="保存").wait_for()
    page.reload()
    page.locator("#p-1-guardians-1-name").wait_for(state="detached")
    expect(page.locator("#p-1-guardians-0-name")).to_have_value("张桂花")


def test_how_several_owe_is_asked_as_soon_as_a_second_one_pays(county: County) -> None:
    there = {**AGREED[1], "attended": ["a1", "r1", "r2"]}
    number = county.file_case(ACCEPT, ("hold_session", there), names=("王建国", "李志刚", "赵小云"))
    page = begin(county, number, PHONE)
    payers, how = page.get_by_role("group", name="谁付钱"), page.get_by_role("group", name="几个人一起付")
    expect(how).to_be_visible()
    payers.get_by_label("赵小云").uncheck()
    expect(how).to_be_hidden()
    payers.get_by_label("赵小云").check()
    pay(page, "3500")
    split = page.get_by_role("button", name="每人写一条")
    expect(split).to_be_hidden()
    how.get_by_label("各自承担").check()
    check_accessibility(page)
    split.click()
    page.get_by_text("原来写的是一共3500元").wait_for()
    expect(page.get_by_label("金额（元）")).to_have_count(2)
    expect(page.get_by_role("group", name="几个人一起付")).to_have_count(0)


def test_paid_in_parts_keeps_the_choice_and_leads_back_by_one_tap(county: County) -> None:
    page = begin(county, county.file_case(ACCEPT, AGREED), PHONE)
    days = page.get_by_role("group", name="最迟哪天付清")
    page.get_by_label("金额（元）").fill("3500")
    days.get_by_label("分期").check()
    first = page.get_by_label("金额 1")
    expect(first).to_be_visible()
    expect(days.get_by_label("分期")).to_be_in_viewport()
    page.get_by_role("button", name="继续").click()
    box = page.get_by_test_id("error-summary")
    expect(box).to_contain_text("请填写每期多少、哪天付")
    expect(page.get_by_role("group", name="每期多少、哪天付").first).to_contain_text("请填写每期多少、哪天付")
    expect(days.get_by_label("分期")).to_be_checked()
    check_accessibility(page)
    page.reload()
    expect(days.get_by_label("分期")).to_be_checked()
    days.get_by_label("7天内").check()
    expect(first).to_have_count(0)
    expect(days.get_by_label("7天内")).to_be_checked()
    expect(page.get_by_label("金额（元）")).to_have_value("3500")
    expect(page.locator("#clauses-0-v-due--date")).to_have_value("2026-12-03")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_thing_instead_of_money_is_one_tap_away_and_back(county: County, scripts: bool) -> None:
    number = county.file_case(ACCEPT, AGREED)
    page = county.open("v1", PHONE, f"/cases/{number}/agreement/terms", scripts=scripts)
    page.get_by_label("金额（元）").fill("3500")
    ways = page.get_by_role("group", name="怎么付")

    def choose(text: str) -> None:
        ways.get_by_label(text).check()
        if not scripts:
            page.get_by_role("button", name="按选的换 怎么付").click()

    choose("实物")
    thing = page.get_by_label("什么东西")
    expect(thing).to_be_visible()
    thing.fill("玉米1000斤")
    expect(ways.get_by_label("实物")).to_be_checked()
    choose("银行转账")
    expect(page.get_by_label("金额（元）")).to_have_value("3500")
    choose("实物")
    expect(page.get_by_label("什么东西")).to_have_value("玉米1000斤")


def test_a_child_is_told_of_as_soon_as_its_number_is_typed(county: County) -> None:
    page = county.open("v1", PHONE, f"/cases/{county.file_case(ACCEPT, AGREED)}/agreement")
    child = page.locator("#party-1")
    told = child.get_by_text("今年15岁，还没成年，签字要有监护人")
    child.get_by_label("身份证号").fill(id_number(14, "20110305"))
    expect(told).to_be_visible()
    child.get_by_role("link", name="去填监护人").click()
    expect(child.get_by_label("监护人姓名")).to_be_visible()
    check_accessibility(page)
    child.get_by_label("身份证号").fill(id_number(14, "19700214"))
    expect(told).to_be_hidden()
