"""换届交接 in a real browser: what there is, a hint about relations, one press, a list to sign."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from mediation.database import begin_writing, db
from mediation.services import users
from mediation.services.desk import Desk
from tests.browser.county import COUNTY, PC, PHONE, County
from tests.browser.hand import check_accessibility
from tests.makers import PASSWORD, find_org
from workflows import Role

pytestmark = pytest.mark.browser
ACCEPT = ("accept", {"mediators": ["欧阳明"]})


def hire(county: County, name: str, phone: str) -> None:
    """One more mediator of the county."""
    with county.app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), county.app.extensions["mediation.keys"], county.clock())
        users.add_user(
            desk,
            name=name,
            phone=phone,
            role=Role.mediator,
            organisation=find_org(desk, COUNTY),
            password=PASSWORD,
        )
        db.session.commit()
        db.session.remove()


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "pc"])
def test_all_cases_of_one_person_go_to_another_after_a_hint(county: County, size: tuple[int, int]) -> None:
    hire(county, "王建国", "13800000021")
    county.file_case(ACCEPT, office=COUNTY)
    county.file_case(ACCEPT, office=COUNTY, names=("赵小云", "钱二"))
    page = county.open("m1", size, "/handover")
    check_accessibility(page)
    page.get_by_label("谁要交出").select_option(label="欧阳明")
    page.get_by_role("button", name="看看有哪些").click()
    expect(page.get_by_role("heading", name="欧阳明手上没办完的，共2件")).to_be_visible()
    page.get_by_label("交给谁").select_option(label="王建国")
    page.get_by_label("同时停用欧阳明的账号").check()
    page.get_by_role("button", name="把这2件都交过去").click()
    expect(page.get_by_role("heading", name="王建国接手前请先看看")).to_be_visible()
    expect(page.get_by_text("有人也叫王建国")).to_be_visible()
    expect(page.get_by_label("同时停用欧阳明的账号")).to_be_checked()
    check_accessibility(page)
    page.get_by_role("button", name="看过了，这2件还是交给他").click()
    expect(page.get_by_role("heading", name="案件交接清单")).to_be_visible()
    expect(page.get_by_text("移交人（欧阳明）")).to_be_visible()
    expect(page.get_by_text("印章＿＿＿枚")).to_be_visible()
    check_accessibility(page)
    assert {row[0] for row in county.ask("SELECT presiding FROM cases")} == {"王建国"}
    assert county.ask("SELECT active FROM users WHERE name = '欧阳明'")[0][0] in (False, 0)


def test_the_hand_over_is_done_by_keyboard_and_without_a_script(county: County) -> None:
    hire(county, "李四", "13800000022")
    county.file_case(ACCEPT, office=COUNTY)
    page = county.open("m1", PC, "/handover", scripts=False)
    page.get_by_label("谁要交出").select_option(label="欧阳明")
    page.get_by_role("button", name="看看有哪些").press("Enter")
    page.get_by_label("交给谁").select_option(label="李四")
    page.get_by_role("button", name="把这1件都交过去").press("Enter")
    expect(page.get_by_role("heading", name="案件交接清单")).to_be_visible()
