"""Looking through the cases: what one asks for stands in the address, and what was found can be taken away."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from flask import Flask

from mediation.database import db
from mediation.models import AccessRecord
from tests import makers
from tests.pages import Browser, Page


def found(page: Page) -> set[str]:
    """The numbers of the cases on it."""
    links = [a for a in page.all("a") if a.get("class") == "title"]
    return {(a.get("href") or "").removeprefix("/cases/") for a in links}


def test_shortcuts_and_filters_are_kept_together_in_the_address(app: Flask) -> None:
    open_one = makers.make_case(app, state="mediating", serial=1).public_number
    over = makers.make_case(app, state="closed", serial=2).public_number
    browser = Browser(app).log_in("v111")
    assert found(browser.get("/cases")) == {open_one, over}
    assert found(browser.get("/cases?show=open")) == {open_one}
    assert found(browser.get("/cases?show=over")) == {over}
    assert found(browser.get("/cases?state=closed&kind=neighbourhood")) == {over}
    assert found(browser.get("/cases?kind=medical")) == set()
    page = browser.get("/cases?show=open&kind=neighbourhood")
    links = [a.get("href", "") for a in page.all("a")]
    assert any("show=late" in link and "kind=neighbourhood" in link for link in links)
    assert browser.get("/cases?kind=neighbourhood&q=x").field("kind") == "neighbourhood"


def test_filters_that_shut_each_other_out_are_cleared_with_one_press(app: Flask) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser = Browser(app).log_in("v111")
    nothing = browser.get("/cases?show=over&kind=neighbourhood&mine=1")
    assert "没有符合这些条件的案件" in nothing.words()
    clear = next(a for a in nothing.all("a") if "清掉条件" in "".join(a.itertext()))
    assert found(browser.get(clear.get("href", ""))) == {number}


def test_what_is_late_is_found_until_the_case_is_over(app: Flask) -> None:
    late = makers.make_case(app, state="handed_up", serial=1).public_number
    makers.make_case(app, state="closed", serial=2)
    assert late in found(Browser(app).log_in("v111").get("/cases?show=late"))
    assert len(found(Browser(app).log_in("v111").get("/cases?show=late"))) == 1


def test_the_list_is_taken_away_as_it_is_shown_and_that_is_written_down(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating", serial=1)
    makers.make_case(app, state="closed", serial=2)
    browser = Browser(app).log_in("v111")
    link = next(a for a in browser.get("/cases?show=open").all("a") if "导出这些" in "".join(a.itertext()))
    answer = browser.client.get(link.get("href", ""))
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).active.values)
    assert [str(cell) for cell in rows[0]][:3] == ["编号", "当事人", "类型"]
    assert [row[0] for row in rows[1:]] == [planted.public_number]
    assert not [number for number in planted.numbers if number in str(rows)]
    with app.app_context():
        assert db.session.query(AccessRecord).filter_by(action="export").one().what == "list of 1 cases"


def test_a_cell_that_looks_like_a_formula_is_text(app: Flask) -> None:
    makers.make_case(app, state="mediating", mark="=1+1")
    answer = Browser(app).log_in("v111").client.get("/cases/export.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_left_column_is_named_by_the_verbs_of_the_centres(app: Flask) -> None:
    def verbs(who: str) -> list[str]:
        page = Browser(app).log_in(who).get("/me")
        return ["".join(p.itertext()) for p in page.all("p") if p.get("class") == "verb"]

    assert verbs("v111") == ["接待登记", "调解办理", "转办分流", "督办落实", "文书卷宗"]
    assert verbs("j1") == verbs("d1") == []  # a few places need no headings
