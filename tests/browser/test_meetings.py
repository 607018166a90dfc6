"""约时间, 日程 and 调解记录 in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.county import ACCEPT, PC, PHONE, TALK, County
from tests.browser.hand import check_accessibility

pytestmark = pytest.mark.browser


def waits_for_notice(page: Any, act: Any) -> None:
    with page.expect_response("**/schedule/preview"):
        act()


def test_a_meeting_is_arranged_with_the_words_seen_before_and_stands_in_the_agenda(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PHONE, f"/cases/{number}/schedule")
    words = page.locator("[data-notice-text]").inner_text()
    assert "请您11月27日（周五）上午9:00到石泉村调解室参加调解" in words
    waits_for_notice(page, lambda: page.get_by_label("明天下午", exact=True).check())
    waits_for_notice(page, lambda: page.get_by_label("田间现场", exact=True).check())
    told = page.locator("[data-notice-text]").filter(
        has_text="请您11月27日（周五）下午3:00到田间现场参加调解"
    )
    told.wait_for()
    words = told.inner_text()
    check_accessibility(page)
    page.get_by_role("button", name="通知并保存").click()
    sent = county.ask("SELECT text FROM notices WHERE template = 'N06'")
    assert [row[0] for row in sent] == [words, words]
    page.goto(f"{county.address}/schedule")
    expect(page.get_by_text("明天 2026-11-27（周五）")).to_be_visible()
    check_accessibility(page)
    other = county.file_case(ACCEPT, names=("赵小云", "钱二"))
    page.goto(f"{county.address}/cases/{other}/schedule")
    waits_for_notice(page, lambda: page.get_by_label("明天下午", exact=True).check())
    expect(page.get_by_text("15:00您在田间现场有另一场")).to_be_visible()
    page.get_by_role("button", name="通知并保存").click()
    assert county.ask("SELECT count(*) FROM appointments")[0][0] == 2


def test_whoever_has_no_phone_becomes_a_thing_to_do(county: County) -> None:
    sides = [
        {"role": "applicant", "kind": "person", "name": "王建国", "phone": "13911220010"},
        {"role": "respondent", "kind": "person", "name": "李志刚"},
    ]
    number = county.file_case(ACCEPT, parties=sides)
    page = county.open("v1", PC, f"/cases/{number}/schedule")
    expect(page.get_by_text("李志刚没有电话")).to_be_visible()
    elsewhere = page.get_by_role("textbox", name="别的地方")
    expect(elsewhere).to_have_count(0)  # hidden until its chip is chosen
    page.get_by_label("别的地方", exact=True).first.check()
    expect(elsewhere).to_be_visible()
    page.get_by_label("石泉村调解室", exact=True).check()
    expect(elsewhere).to_have_count(0)
    page.get_by_role("button", name="通知并保存").click()
    expect(page.get_by_text("上门告知李志刚：11月27日（周五）上午9:00")).to_be_visible()


@pytest.mark.parametrize(
    ("chip", "says", "leads_to"),
    [
        ("谈成了", "去写协议", "/agreement"),
        ("还要再谈", "去约时间", "/schedule"),
        ("谈不成", "去上交", "/escalate"),
    ],
)
def test_a_third_session_is_recorded_and_leads_where_its_button_says(
    county: County, chip: str, says: str, leads_to: str
) -> None:
    number = county.file_case(ACCEPT, TALK, TALK)
    page = county.open("v1", PHONE, f"/cases/{number}/sessions/new")
    expect(page.get_by_text("第3次，共3次")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="保存这次调解").click()
    expect(page.get_by_role("link", name="请选这次的结果")).to_be_visible()
    page.get_by_label(chip, exact=True).check()
    page.locator("summary", has_text="李志刚的意见").click()
    page.get_by_role("button", name="愿意各让一步").last.click()
    page.get_by_role("button", name=f"保存这次调解，{says}", exact=True).click()
    page.wait_for_url(f"**/cases/{number}{leads_to}")
    assert "愿意各让一步" in county.ask("SELECT statements FROM mediation_sessions WHERE number = 3")[0][
        0
    ].encode("ascii", "backslashreplace").decode("unicode_escape")


def test_a_day_without_other_meetings_says_so(county: County) -> None:
    number, other = county.file_case(ACCEPT), county.file_case(ACCEPT, names=("赵大", "钱二"))
    page = county.open("v1", PHONE, f"/cases/{number}/schedule")
    expect(page.get_by_text("这天没有别的安排")).to_be_visible()
    page.get_by_role("button", name="通知并保存").click()
    page.goto(f"{county.address}/cases/{other}/schedule")
    expect(page.get_by_text("这天没有别的安排")).to_have_count(0)
    waits_for_notice(page, lambda: page.get_by_label("今天下午", exact=True).check())
    expect(page.get_by_text("这天没有别的安排")).to_be_visible()


def test_the_first_record_comes_with_an_example_and_the_second_without(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PHONE, f"/cases/{number}/sessions/new")
    example = page.get_by_text("张三说：李四砌墙占了他家滴水沟")
    expect(example).not_to_be_visible()  # it is folded
    page.get_by_text("不知道怎么写？看一个例子").click()
    expect(example).to_be_visible()
    check_accessibility(page)
    number = county.file_case(ACCEPT, TALK, names=("赵大", "钱二"))
    page.goto(f"{county.address}/cases/{number}/sessions/new")
    expect(page.get_by_text("不知道怎么写？看一个例子")).to_have_count(0)


def test_a_photograph_that_fails_loses_nothing_of_the_record(county: County) -> None:
    number = county.file_case(ACCEPT)
    page = county.open("v1", PHONE, f"/cases/{number}/sessions/new")
    page.get_by_label("还要再谈").check()
    page.get_by_label("调解记录", exact=True).fill("双方同意下周再谈。")
    page.locator("#photos").set_input_files(
        {"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 not a picture"}
    )
    page.get_by_role("button", name="保存这次调解").click()
    expect(page.get_by_text("文件打不开，可能传坏了")).to_be_visible()
    assert county.ask("SELECT count(*) FROM mediation_sessions")[0][0] == 1
    assert county.ask("SELECT count(*) FROM attachments")[0][0] == 0


def test_without_scripts_a_day_that_was_typed_counts_and_is_asked_about_beside_another_chip(
    county: County,
) -> None:
    page = county.open("v1", PHONE, scripts=False)
    page.goto(f"{county.address}/cases/{county.file_case(ACCEPT)}/schedule")
    page.get_by_label("日期", exact=True).fill("2026-12-02")
    page.get_by_role("button", name="通知并保存").click()
    expect(page.get_by_role("heading", name="办理记录")).to_be_attached()
    assert county.ask("SELECT date(starts_at) FROM appointments") == [("2026-12-02",)]
    page.goto(f"{county.address}/cases/{county.file_case(ACCEPT, names=('赵小云', '钱二'))}/schedule")
    page.get_by_label("明天下午").check()
    page.get_by_label("日期", exact=True).fill("2026-12-03")
    page.get_by_role("button", name="通知并保存").click()
    expect(page.get_by_text("还没有选时间").first).to_be_visible()
    expect(page.get_by_label("日期", exact=True)).to_have_value("2026-12-03")
    assert county.ask("SELECT count(*) FROM appointments") == [(1,)]
