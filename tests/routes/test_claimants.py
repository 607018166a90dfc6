"""A list of claimants comes in: only the rows with problems are shown, and nothing is written before the last press."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from flask import Flask

from mediation.casefile_export import write_case
from mediation.models import Case
from mediation.payloads import STEPS
from mediation.tables import read_table
from tests import makers
from tests.pages import Browser, Page, check_page

HEAD = ["序号", "姓名", "身份证号", "电话", "天数", "日工资", "金额", "推选代表"]


def workers(count: int) -> list[list[str]]:
    """So many workers, each with a number, a phone and a claim of their own."""
    return [
        [str(n), f"工友{chr(0x4E00 + n)}", makers.id_number(n % 1000, f"19{60 + n // 1000}0101"), f"138{n:08d}",
         "30", "200", "6000", "是" if n <= 2 else ""]
        for n in range(1, count + 1)
    ]  # fmt: skip


def as_xlsx(rows: list[list[Any]]) -> bytes:
    """A workbook: text as text, numbers as numbers."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
    return kept.getvalue()


def as_csv(rows: list[list[str]], encoding: str) -> bytes:
    """The same as a text file."""
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


class Office:
    """A mediator with a case of two sides."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.number = makers.make_case(app, state="accepted").public_number
        self.browser = Browser(app).log_in("v111")
        self.path = f"/cases/{self.number}/claimants"

    def hand_in(self, body: bytes = b"", name: str = "名单.xlsx", text: str = "", status: int = 303) -> Page:
        """Hand a list in and look at what comes of it."""
        page = self.browser.get(self.path)
        data: dict[str, Any] = {"csrf_token": page.field("csrf_token"), "text": text}
        if body:
            data["list"] = (BytesIO(body), name)
        response = self.browser.client.post(self.path, data=data)
        assert response.status_code == status, response.get_data(as_text=True)
        if status == 303:
            return self.browser.get(response.headers["Location"])
        answer = Page(response)
        check_page(answer)
        return answer

    def bring_in(self, page: Page, changes: list[tuple[str, str]] | None = None, status: int = 303) -> Page:
        """Press the last button."""
        return self.browser.send(page, "/import", changes or [], status)

    @staticmethod
    def buttons(page: Page) -> list[str]:
        """What the form that brings in is sent with."""
        forms = [form for form in page.all("form") if form.get("action", "").endswith("/import")]
        return [
            "".join(one.itertext()).strip()
            for form in forms
            for one in form.iter("button")
            if not one.get("class")
        ]

    def parties(self) -> list[Any]:
        """Who is a party now."""
        with self.app.app_context():
            case = makers.load_case(self.number)
            return [(p.ref, p.name, p.claim_amount, p.represented_by) for p in case.all_parties]

    def case(self, what: str) -> Any:
        """A fact of the case."""
        with self.app.app_context():
            found: Case = makers.load_case(self.number)
            return getattr(found, what)


@pytest.fixture
def office(app: Flask) -> Office:
    """A mediator with a case."""
    return Office(app)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", as_xlsx([HEAD, *workers(42)])),
        ("a.csv", as_csv([HEAD, *workers(42)], "utf-8-sig")),
        ("a.csv", as_csv([HEAD, *workers(42)], "gbk")),
    ],
    ids=["xlsx", "utf-8", "gbk"],
)
def test_forty_two_workers_come_in_with_their_representatives(office: Office, name: str, body: bytes) -> None:
    page = office.hand_in(body, name)
    assert "共 42 行，42 行没问题，0 行要改" in page.words()
    assert "导入 42 人" in page.words()
    assert len(office.parties()) == 2, "nothing is written before the last press"
    assert page.field("representatives") == "工友丁、工友丂"
    assert "还有 1 位申请人没写金额" in page.words(), "the one who filed has none"
    done = office.browser.follow(office.bring_in(page, [("set_amount", "1")]))
    assert "新加 42 人" in done.words()
    joined = office.parties()[2:]
    assert len(joined) == 42
    assert {claim for _, _, claim, _ in joined} == {Decimal("6000.00")}
    assert joined[0][3] is None and joined[1][3] is None
    assert {by for _, _, _, by in joined[2:]} == {joined[0][0]}
    assert office.case("amount") == Decimal("252000.00")
    assert office.case("people") == 43
    assert len(done.all("code")) >= 42 or done.words().count(office.number) >= 42


def test_only_rows_with_problems_are_shown_with_the_excel_row(office: Office) -> None:
    rows = workers(20)
    rows[4][1] = ""
    rows[9][2] = rows[9][2][:-1] + ("1" if rows[9][2][-1] != "1" else "2")
    rows[14][3] = "1380000"
    page = office.hand_in(as_xlsx([["某工地欠薪名单"], [], HEAD, *rows]))
    words = page.words()
    assert "共 20 行，17 行没问题，3 行要改" in words
    numbers = ["".join(th.itertext()) for th in page.all("th") if th.get("data-head") == "Excel行号"]
    assert numbers == ["8", "13", "18"]
    assert "请填写姓名" in words
    assert "身份证号最后一位对不上" in words
    assert "电话号码是7位" in words
    wrong = ["".join(td.itertext()) for td in page.all("td") if td.get("class") == "wrong"]
    assert len(wrong) == 3
    assert "导入 17 人" in words
    office.browser.follow(office.bring_in(page))
    assert len(office.parties()) == 19
    again = office.browser.get(f"{office.path}/check")
    assert "17 人已经在这件案子里" in again.words()
    assert "3 行要改" in again.words()


def test_the_rows_to_be_mended_are_taken_away_as_text(office: Office) -> None:
    rows = workers(3)
    rows[1][1] = "=1+1"
    rows[1][3] = "123"
    office.hand_in(as_xlsx([HEAD, *rows]))
    response = office.browser.client.get(f"{office.path}/problems.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(response.data)).worksheets[0]
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in values} == {"s"}
    assert "=1+1" in [cell.value for cell in values]
    assert rows[1][2] in [cell.value for cell in values], "the number in full, to be mended"


def test_the_same_file_twice_brings_nobody_twice(office: Office) -> None:
    body = as_xlsx([HEAD, *workers(5)])
    office.bring_in(office.hand_in(body))
    again = office.hand_in(body)
    assert "这份名单已导入过" in again.words()
    assert not [form for form in again.all("form") if form.get("action", "").endswith("/import")]
    assert len(office.parties()) == 7


def test_pressed_twice_it_comes_in_once(office: Office) -> None:
    page = office.hand_in(as_xlsx([HEAD, *workers(5)]))
    first, second = office.bring_in(page), office.bring_in(page)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert len(office.parties()) == 7


def test_a_number_that_the_spreadsheet_has_rounded_is_told(office: Office) -> None:
    rows: list[list[Any]] = [HEAD, *workers(2)]
    rows[1][2] = float(rows[1][2].rstrip("X").ljust(18, "1"))
    rows[2][2] = "4.30522E+17"
    page = office.hand_in(as_xlsx(rows))
    assert page.words().count("后几位已经丢了") == 2


@pytest.mark.parametrize(
    ("column", "said", "sentence"),
    [
        (6, "5999", "30天 × 200.00元是6,000.00元"),
        (6, "六千", "金额请用数字"),
        (6, "-5", "金额请用数字"),
        (5, "二百", "日工资请用数字"),
    ],
)
def test_days_and_wage_have_to_give_the_amount(office: Office, column: int, said: str, sentence: str) -> None:
    rows = workers(2)
    rows[1][column] = said
    assert sentence in office.hand_in(as_xlsx([HEAD, *rows])).words()


def test_ten_thousands_are_understood_and_told(office: Office) -> None:
    page = office.hand_in(
        as_csv([["姓名", "欠薪金额（元）"], ["王建国", "1.5万"], ["李志刚", "20220.10"]], "gbk"), "a.csv"
    )
    assert "“1.5万”按15,000.00元算" in page.words()
    office.bring_in(page)
    assert [claim for *_, claim, _ in office.parties()[2:]] == [Decimal("15000.00"), Decimal("20220.10")]


def test_a_total_that_does_not_close_is_not_brought_in(office: Office) -> None:
    total = ["", "合计", "", "", "", "", "12000.01", ""]
    page = office.hand_in(as_xlsx([HEAD, *workers(2), total]))
    assert "差 0.01元" in page.words()
    refused = office.bring_in(page, status=409)
    assert "差0.01元" in refused.words()
    assert len(office.parties()) == 2
    total[6] = "12000"
    office.bring_in(office.hand_in(as_xlsx([HEAD, *workers(2), total])))
    assert len(office.parties()) == 4


def test_two_rows_of_one_person_are_told(office: Office) -> None:
    rows = workers(3)
    rows[2][2] = rows[0][2]
    page = office.hand_in(as_xlsx([HEAD, *rows]))
    assert "和第2行是同一个身份证号" in page.words()
    pasted = office.hand_in(text="姓名\t金额\n王伟\t100\n王伟\t200")
    assert "和第2行同名" in pasted.words()


def test_a_list_pasted_from_a_chat_needs_no_head(office: Office) -> None:
    number = makers.id_number(77)
    page = office.hand_in(
        text=f"张三 {number} 13800000077 20220\n李四光 {makers.id_number(78)} 13800000078 100.5"
    )
    assert "2 行没问题" in page.words()
    office.bring_in(page)
    assert [claim for *_, claim, _ in office.parties()[2:]] == [Decimal("20220.00"), Decimal("100.50")]


def test_who_was_filed_by_name_only_is_completed_and_not_doubled(app: Flask) -> None:
    office = Office(app)
    with app.app_context():
        name = makers.load_case(office.number).parties[0].name
    first = office.hand_in(text=f"姓名\t金额\n{name}\t500\n王建国\t300")
    assert "1 行没问题，1 行要改" in first.words()
    assert f"案子里已有同名的{name}，是同一个人吗？请补身份证号" in first.words()
    with app.app_context():
        number = makers.load_case(office.number).parties[0].id_number
    same = office.hand_in(text=f"姓名\t身份证号\t金额\n{name}\t{number}\t500")
    assert office.buttons(same)[-1:] == ["补全 1 人的资料"], "nobody is brought in, somebody is completed"
    office.bring_in(same)
    assert office.parties()[0][2] == Decimal("500.00") and len(office.parties()) == 2


def test_a_list_without_amounts_leaves_the_amount_of_the_case_alone(office: Office) -> None:
    office.bring_in(office.hand_in(text="姓名\t金额\n王建国\t21600"), [("set_amount", "1")])
    assert office.case("amount") == Decimal("21600.00")
    page = office.hand_in(text="姓名\t电话\n李四光\t13800000078")
    assert not [box for box in page.all("input") if box.get("name") == "set_amount"]
    office.bring_in(page)
    assert office.case("amount") == Decimal("21600.00")


def test_the_amount_is_offered_ticked_only_where_all_is_known_and_nothing_gets_less(office: Office) -> None:
    def ticked(page: Page) -> list[bool]:
        boxes = [box for box in page.all("input") if box.get("name") == "set_amount"]
        return ["checked" in box.attrib for box in boxes]

    with office.app.app_context():
        first = makers.load_case(office.number).parties[0]
        one = f"{first.name}\t{first.id_number}"
    head = "姓名\t身份证号\t金额\n"
    assert ticked(office.hand_in(text=f"{head}{one}\t100\n王建国\t\t300")) == [True]
    assert ticked(office.hand_in(text=f"{head}{one}\t100\n王建国\t\t")) == [False]
    assert ticked(office.hand_in(text=f"{head}{one}\t100\n王建国\t1234\t300\n李四光\t\t300")) == [False]


def test_the_good_rows_are_shown_with_their_numbers_masked(office: Office) -> None:
    rows = workers(12)
    page = office.hand_in(as_xlsx([HEAD, *rows]))
    [folded] = [one for one in page.all("details") if "还有 2 人" in "".join(one.itertext())]
    assert rows[10][1] in "".join(folded.itertext()) and rows[9][1] not in "".join(folded.itertext())
    words = page.words()
    assert "一共 12 人，72,000.00元" in words
    assert rows[0][2][-4:] in words and rows[0][2] not in page.text and rows[0][3] not in page.text


def test_what_was_not_brought_in_is_told_afterwards(office: Office) -> None:
    rows = workers(3)
    rows[1][3] = "138"
    done = office.browser.follow(office.bring_in(office.hand_in(as_xlsx([HEAD, *rows]))))
    assert "还有1行没导入" in done.words()
    assert f"{office.path}/check" in [a.get("href") for a in done.all("a") if a.text == "去改"]


def test_representatives_have_to_be_on_the_list(office: Office) -> None:
    page = office.hand_in(as_xlsx([HEAD, *workers(3)]))
    refused = office.bring_in(page, [("representatives", "王二麻子")], 409)
    assert "王二麻子 不在名单里" in refused.words()
    assert len(office.parties()) == 2


def test_who_names_a_representative_is_represented_by_that_one(office: Office) -> None:
    head = ["姓名", "电话", "推选代表"]
    rows = [
        ["甲一", "13800000001", "是"],
        ["乙二", "13800000002", "是"],
        ["丙三", "13800000003", "乙二"],
        ["丁四", "", ""],
    ]
    office.bring_in(office.hand_in(as_xlsx([head, *rows])))
    refs = {name: ref for ref, name, *_ in office.parties()}
    by = {name: by for _, name, _, by in office.parties()}
    assert by["丙三"] == refs["乙二"]
    assert by["丁四"] == refs["甲一"]
    assert by["甲一"] is None and by["乙二"] is None


def test_a_case_that_changed_meanwhile_is_looked_at_again(app: Flask, office: Office) -> None:
    page = office.hand_in(as_xlsx([HEAD, *workers(3)]))
    form = office.browser.get(f"/cases/{office.number}/steps/assign")
    office.browser.send(form, "/steps/assign", [("mediators", "李调解")])
    assert "有人改过这件案子" in office.bring_in(page, status=409).words()
    office.bring_in(office.browser.get(f"{office.path}/check"))
    assert len(office.parties()) == 5


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "名单是空的"),
        (b"\x89PNG\r\n\x1a\n\0\0", "不是表格"),
        (b"PK\x03\x04broken", "文件打不开"),
        (b"\xd0\xcf\x11\xe0broken", "文件打不开"),
        (as_csv([["编号", "金额"], ["1", "2"]], "gbk"), "找到的列有：编号、金额"),
        (as_csv([["姓名"], *([[f"工友{n}"] for n in range(2100)])], "utf-8"), "最多2000行"),
    ],
    ids=["nothing", "a picture", "half a zip", "half an xls", "no names", "too long"],
)
def test_a_file_that_is_no_list_is_told_in_plain_words(office: Office, body: bytes, sentence: str) -> None:
    assert sentence in office.hand_in(body, "a.csv", status=422).words()


def test_a_workbook_that_unpacks_to_too_much_is_stopped(office: Office) -> None:
    import zipfile

    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (101 * 1024 * 1024))
    assert "解开后太大" in office.hand_in(kept.getvalue(), status=422).words()


def test_five_hundred_workers_come_in_by_one_step(office: Office) -> None:
    page = office.hand_in(as_xlsx([HEAD, *workers(500)]))
    office.bring_in(page)
    parties = office.parties()
    assert len(parties) == 502
    assert len({ref for ref, *_ in parties}) == 502
    assert office.case("steps_taken") == 3


def test_the_template_reads_back_as_an_empty_list(office: Office) -> None:
    response = office.browser.client.get("/claimants/template.xlsx")
    rows = read_table(BytesIO(response.data))
    assert rows[0][1][0] == "姓名"
    assert len(rows) == 1


def test_nobody_elses_case_takes_a_list(app: Flask, office: Office) -> None:
    stranger = Browser(app).log_in("v211")
    stranger.get(office.path, 404)
    response = stranger.client.post(office.path, data={"csrf_token": stranger.token(), "text": "姓名\n甲一"})
    assert response.status_code == 404


def test_an_old_xls_is_read(office: Office) -> None:
    body = (Path(__file__).parent.parent / "fixtures" / "old-list.xls").read_bytes()
    page = office.hand_in(body, "名单.xls")
    assert [th.text for th in page.all("th") if th.get("data-head")] == ["4", "5"]
    assert "身份证号最后一位对不上" in page.words()
    assert "后几位已经丢了" in page.words()


def test_a_list_comes_out_in_a_case_file_and_goes_in_again(app: Flask, office: Office) -> None:
    office.bring_in(office.hand_in(as_xlsx([HEAD, *workers(5)])))
    with app.app_context():
        file = write_case(makers.load_case(office.number))
    event = next(one for one in file["events"] if one["do"] == "add_parties")
    assert [party["name"] for party in event["parties"]] == [row[1] for row in workers(5)]
    assert event["parties"][4]["represented_by"] == event["parties"][0]["ref"]
    assert event["parties"][0]["id_number"] == workers(1)[0][2]
    assert len(file["parties"]) == 2
    STEPS["add_parties"]().load({key: value for key, value in event.items() if key not in ("do", "at")})


def test_a_column_that_counts_the_lines_is_no_amount(office: Office) -> None:
    page = office.hand_in(
        text=f"1\t张三丰\t{makers.id_number(77)}\t13800000077\t20220\n2\t李四光\t{makers.id_number(78)}\t13800000078\t100"
    )
    office.bring_in(page)
    assert [claim for *_, claim, _ in office.parties()[2:]] == [Decimal("20220.00"), Decimal("100.00")]


def test_of_several_columns_of_figures_the_last_is_the_amount_only_as_their_product(office: Office) -> None:
    office.bring_in(office.hand_in(text="张三丰\t30\t200\t6000\n李四光\t28\t200\t5600"))
    assert [claim for *_, claim, _ in office.parties()[2:]] == [Decimal("6000.00"), Decimal("5600.00")]
    for unclear in ("王五一\t30\t200\t6001", "王五一\t45\t6000"):
        refused = office.hand_in(text=unclear, status=422).words()
        assert "分不清哪一列是金额" in refused and "姓名 天数 日工资 金额" in refused


@pytest.mark.parametrize(
    "line",
    [
        "张三丰 {id} 13800000077 20,220",
        "张三丰、{id}、13800000077、20,220",
        "张三丰，{id}，13800000077，20220",
        "1、张三丰 {id} 13800000077 20,220元",
        "张三丰,{id}，13800000077,20220",
        "姓名,身份证号,电话,金额\n张三丰,{id},13800000077,20220",
        "姓名,天数,日工资\n张三丰,101.1,200",
    ],
)
def test_pasted_lines_are_cut_where_people_mean_it(office: Office, line: str) -> None:
    page = office.hand_in(text=line.format(id=makers.id_number(77)))
    assert "1 行没问题" in page.words()
    office.bring_in(page)
    assert [(name, claim) for _, name, claim, _ in office.parties()[2:]] == [("张三丰", Decimal("20220.00"))]


def test_what_stands_in_the_list_is_never_told_as_a_heading(office: Office) -> None:
    number = makers.id_number(77)
    body = f"张三丰 我的号{number}\n还有李四光 {number}".encode()
    refused = office.hand_in(body, "a.csv", status=422)
    assert "请在最上面加一行表头" in refused.words()
    assert "找到的列有" not in refused.words()


def test_names_that_were_spaced_out_are_closed_up_and_it_is_told(office: Office) -> None:
    names = ["王  芳", "李　明", "Anna  Li", "古丽 · 买买提", "欧阳 𬭩"]
    page = office.hand_in(as_xlsx([["姓名", "金额"], *([name, "100"] for name in names)]))
    assert "有 3 人的姓名中间有空格，已经去掉：王芳、李明、欧阳𬭩" in page.words()
    office.bring_in(page, [("representatives", "王 芳、李明")])
    assert [name for _, name, *_ in office.parties()[2:]] == [
        "王芳", "李明", "Anna  Li", "古丽 · 买买提", "欧阳𬭩",
    ]  # fmt: skip
    assert "2 行没问题" in office.hand_in(text="赵 丽 13800000001 100\n钱国强 13800000002 200").words()
