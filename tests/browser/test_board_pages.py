"""The whistle board in a real browser: called on a phone, answered on a PC, checked by whoever called."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from mediation.database import begin_writing, db
from mediation.services.desk import Desk
from tests.browser.county import ACCEPT, LABOUR, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility
from tests.makers import find_org

pytestmark = pytest.mark.browser
CALLED = ("refer", {"to": LABOUR, "matter": "请核对工资表。"})
ANSWERED = ("respond", {"note": "没有参保。"})
ASKED = ("supervise", {"matter": "请三天内再调解一次。"})
OWNED = ("reply_supervision", {"note": "约好周六再谈。"})
UP = ("escalate", {"ground": "major", "reason": "谈不拢", "agreed_so_far": "两家同意先停工。"})


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "pc"])
def test_a_whistle_is_blown_answered_and_checked(county: County, size: tuple[int, int]) -> None:
    number = county.file_case(ACCEPT)
    caller = county.open("v1", size, f"/cases/{number}/whistles/new")
    caller.get_by_label("别的部门").fill("望江县人力资源和社会保障局")
    caller.get_by_label("请他们办什么").fill("请核对工资表。")
    caller.get_by_label("7天内").check()
    caller.locator("main").get_by_role("button", name="吹哨，叫他们来").click()
    expect(caller.locator("main")).to_contain_text("等着报到", use_inner_text=True)
    department = county.open("d1", size, "/whistles")
    department.get_by_role("link", name="报到", exact=False).first.click()
    department.get_by_label("经办人电话").fill("13900008888")
    assert "王建国" not in department.content()
    department.get_by_role("button", name="我们到场了").click()
    department.get_by_role("textbox", name="办理情况").fill("已核对，共欠3500元。")
    department.get_by_role("button", name="提交回复").click()
    expect(department.get_by_role("heading", name="已经回复")).to_be_visible()
    expect(department.locator("main")).to_contain_text("已核对，共欠3500元。", use_inner_text=True)
    department.get_by_role("link", name="回到列表").click()
    expect(department.locator("main")).to_contain_text("现在没有请您办的事", use_inner_text=True)
    caller.goto(f"{county.address}/whistles?show=check")
    caller.get_by_role("link", name="核实办结").click()
    caller.get_by_label("真的办了").check()
    caller.get_by_role("button", name="保存").click()
    expect(caller.locator("main")).to_contain_text("已办结", use_inner_text=True)


def test_every_department_of_a_whistle_that_was_left_half_written_is_there_again(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PC, f"/cases/{number}/whistles/new")
    page.get_by_label("别的部门").fill("望江县水利局")
    page.get_by_role("button", name="再叫一个部门").click()
    second = page.locator("[name=departments-1-to]")
    second.fill("望江县公安局")
    page.locator("[name=departments-1-matter]").fill("请到场维持秩序。")
    expect(page.get_by_test_id("autosave")).to_contain_text("已自动保存")
    page.goto(f"{county.address}/whistles?case={number}")
    page.goto(f"{county.address}/cases/{number}/whistles/new")
    expect(second).to_have_value("望江县公安局")
    expect(page.locator("[name=departments-1-matter]")).to_have_value("请到场维持秩序。")
    expect(page.locator("[name=departments-0-to]")).to_have_value("望江县水利局")


@pytest.mark.parametrize("size", ["standard", "huge"])
def test_ux_39_the_whistle_pages_have_no_barrier_and_fit(county: County, size: str) -> None:
    open_one = county.file_case(ACCEPT, CALLED, days_ago=12)
    answered = county.file_case(ACCEPT, CALLED, ANSWERED, names=("赵六", "孙七"))
    [(kept,)] = county.ask("SELECT id FROM referrals WHERE answered_at IS NOT NULL")
    pages = {
        "v1": ("/whistles", f"/cases/{open_one}/whistles/new", f"/cases/{answered}/whistles/1"),
        "d1": ("/whistles", f"/cases/{open_one}/whistles/1", f"/whistles/answers/{kept}"),
    }
    for who, paths in pages.items():
        for window in (PHONE, PC):
            page = county.open(who, window, cookies={"size": size})
            for path in paths:
                page.goto(county.address + path)
                check_accessibility(page)


@pytest.mark.parametrize("size", [PHONE, PC], ids=["phone", "pc"])
def test_a_case_is_received_and_given_to_somebody(county: County, size: tuple[int, int]) -> None:
    number = county.file_case(ACCEPT, TALK, UP, days_ago=1)
    page = county.open("t1", size, "/inbox")
    page.get_by_role("link", name=f"接收 {number}").click()
    page.locator("main").get_by_role("button", name="接收").last.click()
    page.goto(f"{county.address}/dispatch")
    page.get_by_role("link", name=f"分给谁 {number}").click()
    page.get_by_role("button", name="分给他 周建华").click()
    expect(page.locator("main")).to_contain_text("没有待分派的事", use_inner_text=True)
    expect(page.locator("main")).to_contain_text("手上1件", use_inner_text=True)


@pytest.mark.parametrize("size", ["standard", "huge"])
def test_ux_39_inbox_dispatch_and_the_countys_desk_have_no_barrier_and_fit(county: County, size: str) -> None:
    county.file_case(days_ago=1)
    county.file_case(ACCEPT, TALK, UP, names=("张三", "李四"), days_ago=1)
    here = county.file_case(ACCEPT, TALK, UP, ("receive", {}), names=("钱九", "周十"), days_ago=4)
    top = (ACCEPT, TALK, UP, ("receive", {}), UP, ("receive", {}), ("invite_expert", {"expert": "周律师"}))
    county.file_case(*top, names=("赵六", "孙七"), days_ago=6)
    county.file_case(ACCEPT, TALK, names=("吴一", "郑二"), days_ago=20)
    up = county.file_case(ACCEPT, TALK, UP, names=("冯三", "陈四"), days_ago=1)
    asked = county.file_case(ACCEPT, TALK, ASKED, OWNED, names=("卫五", "蒋六"), days_ago=20)
    pages = {
        "v1": ("/inbox", f"/cases/{asked}/supervision", f"/cases/{asked}/escalate"),
        "t1": ("/inbox", "/dispatch", f"/dispatch?case={here}", f"/cases/{up}/handed"),
        "c1": ("/county/desk", "/experts"),
        "m1": ("/supervision", f"/cases/{asked}/supervision", "/handover"),
    }
    for who, paths in pages.items():
        for window in (PHONE, PC):
            page = county.open(who, window, cookies={"size": size})
            for path in paths:
                page.goto(county.address + path)
                check_accessibility(page)


def test_the_order_lies_folded_on_a_phone_and_open_on_a_pc_and_follows_what_is_typed(county: County) -> None:
    number = county.file_case(ACCEPT)
    for size in (PHONE, PC):
        page = county.open("v1", size, f"/cases/{number}/whistles/new")
        fold = page.locator("#look")
        assert (fold.get_attribute("open") is not None) == (size == PC)
        page.get_by_label("别的部门").fill("望江县人力资源和社会保障局")
        page.get_by_label("请他们办什么").fill("请核对工资表。")
        if size == PHONE:
            page.locator("summary", has_text="先看吹哨单").click()
        sheet = page.get_by_role("article", name="给望江县人力资源和社会保障局的吹哨单")
        sheet.get_by_text("请核对工资表。").wait_for()
        expect(page.get_by_text("已请望江县人力资源和社会保障局来办")).to_be_visible()
        with page.expect_popup() as opened:
            page.get_by_role("button", name="看打印出来的样子").click()
        assert opened.value.url.endswith("/whistles/new")
        page.get_by_label("请他们办什么").fill("请查有没有参保。")  # the page stays, and may be pressed again
        sheet.get_by_text("请查有没有参保。").wait_for()
        check_accessibility(page)
        assert county.ask("SELECT count(*) FROM referrals")[0][0] == 0
    page.locator("main").get_by_role("button", name="吹哨，叫他们来").click()
    page.get_by_text("等着报到").first.wait_for()
    assert county.ask("SELECT count(*) FROM referrals")[0][0] == 1


def test_without_a_script_a_button_shows_the_order(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PHONE, f"/cases/{number}/whistles/new", scripts=False)
    page.get_by_label("别的部门").fill("望江县人力资源和社会保障局")
    page.get_by_label("请他们办什么").fill("请核对工资表。")
    page.locator("summary", has_text="先看吹哨单").click()
    page.get_by_role("button", name="看看吹哨单").click()
    expect(page.get_by_role("article").get_by_text("请核对工资表。")).to_be_visible()


def test_a_county_without_departments_says_who_adds_them_and_a_late_one_is_red_and_urged(
    county: County,
) -> None:
    late = county.file_case(ACCEPT, CALLED, days_ago=12)
    page = county.open("v1", PHONE, f"/cases/{late}/whistles/1")
    expect(page.locator("main .pill.red")).to_contain_text("已超期", use_inner_text=True)
    page.locator("main").get_by_role("button", name="催一下").click()
    expect(page.get_by_text("已催1次")).to_be_visible()
    page.goto(f"{county.address}/cases/{late}")
    expect(page.locator("section[aria-labelledby=referrals] .pill.red")).to_be_visible()
    with county.app.app_context():
        begin_writing(db.session)
        find_org(
            Desk(db.session(), county.app.extensions["mediation.keys"], county.clock()), LABOUR
        ).active = False
        db.session.commit()
    page.goto(f"{county.address}/cases/{late}/whistles/new")
    said = page.locator("main .empty").inner_text()
    assert "请管理员添加部门，电话 0556-5551234" in said
