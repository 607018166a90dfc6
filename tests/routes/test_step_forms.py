"""The form that any step has: what it asks, what it marks as needed, and how an office is told from its namesake."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import Organisation
from mediation.services import consulting, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from tests import makers
from tests.pages import Browser, Page
from workflows.steps import SHANGHAI


def named(code: str) -> Organisation:
    """An office by its code."""
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()


def test_an_office_is_chosen_under_its_town_the_cases_own_town_first(app: Flask) -> None:
    with app.app_context():
        begin_writing(db.session)
        for town in (1, 2):  # two villages of one name
            named(makers.org_code(1, town, 2)).name = "和谐村"
        db.session.commit()
    planted = makers.make_case(app, state="filed", office=makers.org_code(1, 2, 1))
    page = Browser(app).log_in("v121").get(f"/cases/{planted.public_number}/steps/pass_on")
    groups = [group.get("label") for group in page.all("optgroup")]
    assert groups[0] == "12镇" and sorted(groups[1:]) == ["11镇", "第1县"], groups
    options = ["".join(option.itertext()) for option in page.all("option")]
    assert options[0] == "请选择" and {"和谐村（11镇）", "和谐村（12镇）", "11镇", "第1县"} <= set(options)
    assert "121村（12镇）" not in options, "it is there already"
    assert {"to", "reason"} <= must_of(page)


def must_of(page: Page) -> set[str]:
    """The fields that are marked as needed."""
    return {label.get("for", "") for label in page.all("label") if "必填" in "".join(label.itertext())}


def test_a_joint_session_is_recorded_with_the_time_it_was_held_and_never_ahead(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    browser, path = Browser(app).log_in("v111"), f"/cases/{planted.public_number}/steps/consult"
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        case = makers.load_case(planted.public_number)
        for step, facts in (
            ("invite_expert", {"expert": "罗工"}),
            ("expert_replies", {"expert": "罗工", "answer": "accepted"}),
        ):
            steps.take(desk, case, step, by=By.case_file("测试"), at=makers.NOW, facts=facts)
        db.session.commit()
    page = browser.get(path)
    assert "记联席会议" in page.words() and page.field("experts") == "罗工"
    assert page.field("held_at") == f"{makers.NOW.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
    assert {"organisations", "record"} <= must_of(page)
    told = [("organisations", "自然资源局"), ("record", "界线以档案为准。")]
    ahead = browser.send(page, path, [*told, ("held_at", "2036-01-01T09:00")], 409)
    assert "会还没有开" in ahead.words()
    before = (makers.NOW - timedelta(days=1)).astimezone(SHANGHAI)
    browser.send(browser.get(path), path, [*told, ("held_at", f"{before:%Y-%m-%dT%H:%M}")])
    with app.app_context():
        (held,) = makers.load_case(planted.public_number).joint_sessions
        assert held.held_at == before.replace(second=0, microsecond=0)


def test_an_expert_is_chosen_from_the_pool_or_named_and_never_both(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        top = named(makers.org_code(1))
        for name, phone in (("周律师", "13911112222"), ("罗工", None)):
            consulting.add_expert(desk, top, name=name, field="测绘", unit="设计院", phone=phone, types=[])
        db.session.commit()
    browser, path = Browser(app).log_in("v111"), f"/cases/{planted.public_number}/steps/invite_expert"
    page, everybody = browser.get(path), ("consents_all", "1")
    assert "周律师 · 测绘 · 设计院" in page.words() and "别的人" in page.words()
    assert [link for link in page.all("a") if link.get("href") == "tel:13911112222"]
    assert dict(page.form_fields(path))["expert"] == "周律师"
    both = browser.send(page, path, [("expert_other", "钱教授"), everybody], 422)
    assert "上面选了“周律师”，这里又写了“钱教授”" in both.words()
    assert both.field("expert_other") == "钱教授"
    browser.send(page, path, [("expert", ""), ("expert_other", "钱教授"), everybody])
    browser.send(browser.get(path), path, [everybody])
    with app.app_context():
        assert [row.name for row in makers.load_case(planted.public_number).invitations] == [
            "钱教授",
            "周律师",
        ]
    answer = browser.get(f"/cases/{planted.public_number}/steps/expert_replies")
    browser.send(answer, "expert_replies", [("expert", "周律师"), ("answer", "declined")])
    page = browser.get(path)
    assert "周律师 · 测绘 · 设计院（来不了）" in page.words()
    assert dict(page.form_fields(path))["expert"] == "罗工"


def test_after_an_end_the_notice_is_there_to_print_and_the_roads_that_remain(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    browser, number = Browser(app).log_in("v111"), planted.public_number
    browser.get(f"/cases/{number}/ended", 303)
    page = browser.get(f"/cases/{number}/terminate")
    page = browser.follow(browser.send(page, "/terminate", [("ground", "disagreement")]))
    assert "调解已终止" in page.words() and "还可以怎么办" in page.words()
    (link,) = [a for a in page.all("a") if "打印《终止调解告知书》" in "".join(a.itertext())]
    assert (
        "份）" in "".join(link.itertext())
        and browser.client.get(link.get("href", "")).mimetype == "application/pdf"
    )
    other = makers.make_case(app, state="filed", serial=2).public_number
    page = browser.get(f"/cases/{other}/withdraw")
    page = browser.follow(browser.send(page, "/withdraw", [("by", "a1")]))
    assert "已撤回" in page.words() and "终止调解告知书》（" not in page.words()


def test_the_county_first_takes_a_case_on_and_asks_experts_only_then(app: Flask) -> None:
    planted = makers.make_case(app, state="received")
    town = Browser(app).log_in("t11")
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        consulting.add_expert(
            desk, named(makers.org_code(1)), name="罗工", field="测绘", unit="", phone=None, types=[]
        )
        facts = {"ground": "major", "reason": "案情复杂。"}
        case = makers.load_case(planted.public_number)
        steps.take(desk, case, "escalate", by=By.case_file("测试"), at=makers.NOW, facts=facts)
        db.session.commit()
    assert town.get("/todo")
    words = Browser(app).log_in("m1").get("/county/desk").words()
    assert "县里在办的" in words and "接收" in words and planted.public_number in words
    assert "交办" not in words and "可以请的专家" not in words


def test_a_long_board_goes_on_on_the_next_page_and_counts_them_all(app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setattr("mediation.views.paging.page_of_rows.__defaults__", (2,))
    numbers = {makers.make_case(app, state="received", serial=one).public_number for one in (1, 2, 3)}
    browser = Browser(app).log_in("t11")
    first = browser.get("/dispatch")
    assert "第1页，共2页" in first.words().replace(" ", "") and " 3 " in first.words()
    second = browser.get("/dispatch?page=2")
    seen = [{one for one in numbers if one in page.words()} for page in (first, second)]
    assert [len(one) for one in seen] == [2, 1] and seen[0] | seen[1] == numbers
    chosen = browser.get(f"/dispatch?page=2&case={min(seen[1])}")
    assert "分给他" in chosen.words()
