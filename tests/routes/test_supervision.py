"""督办: an order on paper, the answers under it, and 销号 by whoever asked; joint sessions leave their minutes."""

from __future__ import annotations

from typing import Any

from flask import Flask

import documents
from mediation.database import begin_writing, db
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from tests import makers
from tests.makers import Person
from tests.pages import Browser
from workflows import Role


def printed(app: Flask, number: str, kind: str) -> list[str]:
    """Every paper of a kind as one line of text each."""
    with app.app_context():
        rows = [row for row in makers.load_case(number).documents if row.type == kind]
        return ["".join(line.text for line in documents.read_lines(row.type, row.facts)) for row in rows]


def test_an_order_is_printed_answered_and_struck_off_on_one_page(app: Flask, clock: object) -> None:
    planted = makers.make_case(app, state="mediating")
    clock.forward(days=60)  # type: ignore[attr-defined]
    where = f"/cases/{planted.public_number}/supervision"
    manager = Browser(app).log_in("m1")
    page = manager.get(where)
    assert "这件事没有被督办过" in page.words()
    assert "请填写" in manager.send(page, "/supervise", [], 422).words()
    page = manager.follow(manager.send(page, "/supervise", [("matter", "请三天内再调解一次。")]))
    assert "等答复" in page.words() and "督办单（打印）" in page.words()
    (order,) = printed(app, planted.public_number, "supervision_order")
    assert "请三天内再调解一次。" in order and "督办单（第一次）" in order and "已超期" in order
    assert "销号意见" in order
    holder = Browser(app).log_in("v111")
    assert "答复督办" in holder.get("/todo").words()
    page = holder.get(where)
    assert not [form for form in page.all("form") if "clear_supervision" in form.get("action", "")]
    page = holder.follow(holder.send(page, "/reply_supervision", [("note", "明天上午调解。")]))
    assert "已答复，等销号" in page.words()
    page = manager.get(where)
    assert "明天上午调解。" in page.words()
    assert planted.public_number in manager.get("/supervision").words()
    page = manager.follow(manager.send(page, "/clear_supervision"))
    assert "已销号" in page.words()
    assert "没有没销号的督办" in manager.get("/supervision").words()
    assert "看督办和答复" in holder.get(f"/cases/{planted.public_number}").words()


def test_nothing_is_struck_off_before_it_is_answered_and_a_poor_answer_is_asked_about_again(
    app: Flask,
) -> None:
    planted = makers.make_case(app, state="mediating")
    where = f"/cases/{planted.public_number}/supervision"
    manager, holder = Browser(app).log_in("m1"), Browser(app).log_in("v111")
    page = manager.follow(manager.send(manager.get(where), "/supervise", [("matter", "请今天处理。")]))
    assert not [form for form in page.all("form") if "clear_supervision" in form.get("action", "")]
    token = dict(page.form_fields("/supervise"))
    early = manager.client.post(f"{where}/clear_supervision", data=token)
    assert early.status_code == 409 and "答复以后才能销号" in early.get_data(as_text=True)
    holder.send(holder.get(where), "/reply_supervision", [("note", "在办。")])
    page = manager.send(manager.get(where), "/supervise", [("matter", "没说哪天办完，请写明。")])
    assert "等答复" in manager.follow(page).words()
    first, second = printed(app, planted.public_number, "supervision_order")
    assert "（第一次）" in first and "（第二次）" in second
    assert not [form for form in holder.get(where).all("form") if "/supervise" in form.get("action", "")]
    Browser(app).log_in("v121").get(where, 404)


def test_a_joint_session_leaves_its_minutes(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    holder = Browser(app).log_in("v111")
    form = holder.get(f"/cases/{planted.public_number}/steps/consult")
    told = [
        ("place", "镇综治中心"), ("chair", "周镇长"), ("organisations", "自然资源局、派出所"),
        ("experts", "周律师"), ("record", "界线以档案为准。"), ("decision", "自然资源局三天内到场测量。"),
    ]  # fmt: skip
    holder.send(form, "/steps/consult", told)
    (minutes,) = printed(app, planted.public_number, "joint_minutes")
    for text in (
        "联席会议纪要（第一次）",
        "自然资源局、派出所",
        "周律师",
        "界线以档案为准。",
        "三天内到场测量",
    ):
        assert text in minutes
    assert "第一次" in minutes and "不计入调解次数" in minutes
    assert "联席会议纪要" in holder.get(f"/cases/{planted.public_number}").words()


def test_who_handed_a_case_up_and_goes_on_helping_does_not_supervise_the_office_above(
    app: Flask, clock: Any
) -> None:
    planted = makers.make_case(app, state="received")
    village, number = makers.org_code(1, 1, 1), planted.public_number
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        makers.make_user(desk, Person("0299", "13900000299", Role.manager, village), "村主任")
        facts = {"matter": "请今天处理。"}
        case = makers.load_case(number)
        steps.take(desk, case, "supervise", by=By.case_file("测试"), at=makers.NOW, facts=facts)
        db.session.commit()
    clock.forward(days=60)
    helper = Browser(app)
    page = helper.get("/login")
    helper.send(page, "/login", [("phone", "13900000299"), ("password", makers.PASSWORD)])
    assert number not in helper.get("/supervision").words()
    assert number in Browser(app).log_in("m1").get("/supervision").words()
