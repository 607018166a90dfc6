"""来件, 分派, 县级终调, 督办, 专家库: each office sees what is its own, and one press does what the page says."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import Case, User
from mediation.services import consulting, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from tests import makers
from tests.makers import Person
from tests.pages import Browser
from workflows import Role


def hire(app: Flask, key: str, name: str, office: str, role: Role = Role.mediator) -> None:
    """One more person in an office."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        makers.make_user(desk, Person(key, f"1390000{key}", role, office), name)
        db.session.commit()
        db.session.remove()


def test_what_came_in_stands_in_the_inbox_with_its_verbs(app: Flask) -> None:
    filed = makers.make_case(app, state="filed", serial=1)
    up = makers.make_case(app, state="handed_up", serial=2)
    village = Browser(app).log_in("v111").get("/inbox")
    assert filed.public_number in village.words() and up.public_number not in village.words()
    for verb in ("受理", "不予受理", "转给别的调委会"):
        assert verb in village.words()
    town = Browser(app).log_in("t11").get("/inbox")
    assert up.public_number in town.words() and filed.public_number not in town.words()
    assert "接收" in town.words() and "退回" in town.words() and "超期" in town.words()
    for key in ("v112", "t12", "v211", "c1"):
        words = Browser(app).log_in(key).get("/inbox").words()
        assert "没有新来的申请" in words and "登记纠纷" in words


def test_who_was_quicker_is_named(app: Flask) -> None:
    planted = makers.make_case(app, state="handed_up")
    hire(app, "0101", "慢一步", makers.org_code(1, 1))
    first, second = Browser(app).log_in("t11"), Browser(app)
    page = second.get("/login")
    second.send(page, "/login", [("phone", "13900000101"), ("password", makers.PASSWORD)])
    here = f"/inbox/{planted.public_number}/receive"
    form = first.follow(first.get(here, 303))
    first.send(form, "/handed/receive")
    back = second.get(here, 303)
    assert back.response.headers["Location"] == "/inbox"
    words = second.follow(back).words()
    assert "用户t11" in words and "已经接收了" in words


def test_whoever_comes_second_to_accept_is_told_who_was_first(app: Flask) -> None:
    planted = makers.make_case(app, state="filed")
    hire(app, "0103", "慢一步", makers.org_code(1, 1, 1))
    first, second = Browser(app).log_in("v111"), Browser(app)
    page = second.get("/login")
    second.send(page, "/login", [("phone", "13900000103"), ("password", makers.PASSWORD)])
    path = f"/cases/{planted.public_number}/steps/accept"
    theirs, mine = first.get(path), second.get(path)
    agreed = [("consents[]", "a1"), ("consents[]", "r1")]
    first.send(theirs, path, [("mediators", "用户v111"), *agreed])
    for page in (second.send(mine, path, [("mediators", "慢一步"), *agreed], 409), second.get(path, 409)):
        words = page.words()
        assert "用户v111 2026-" in words and "已经受理了，这一步不用再做" in words
        assert "现在还不能办" not in words
    back = second.get(f"/inbox/{planted.public_number}/accept", 303)
    assert "用户v111" in second.follow(back).words()


def test_a_case_at_the_wrong_door_is_passed_on_from_the_inbox(app: Flask) -> None:
    planted = makers.make_case(app, state="filed")
    browser = Browser(app).log_in("v111")
    form = browser.follow(browser.get(f"/inbox/{planted.public_number}/pass_on", 303))
    browser.send(form, "/steps/pass_on", [("to", makers.org_code(1, 2, 1)), ("reason", "争的地在那边。")])
    assert planted.public_number in Browser(app).log_in("v121").get("/inbox").words()
    browser.get(f"/cases/{planted.public_number}", 404)


def test_a_case_is_given_to_somebody_who_then_has_one_more(app: Flask) -> None:
    planted = makers.make_case(app, state="received")
    hire(app, "0102", "新来的", makers.org_code(1, 1))
    browser = Browser(app).log_in("t11")
    before = browser.get("/dispatch")
    assert planted.public_number in before.words()
    chosen = browser.get(f"/dispatch?case={planted.public_number}")
    person = next(b for b in chosen.all("button") if "新来的" in "".join(b.itertext()))
    given = browser.send(chosen, "/give", [("to", person.get("value", ""))])
    after = browser.follow(given).words()
    assert f"{planted.public_number} 已分给新来的" in after
    assert "没有待分派的事" in after and "手上1件" in after
    assert "责任人 新来的" in browser.get("/dispatch?all=1").words()
    with app.app_context():
        case = makers.load_case(planted.public_number)
        assert (case.mediators, case.presiding) == (["新来的"], "新来的")
        assert case.responsible is not None and case.responsible.name == "新来的"


def test_nobody_is_given_a_case_of_another_office(app: Flask) -> None:
    planted = makers.make_case(app, state="received")
    browser = Browser(app).log_in("t11")
    chosen = browser.get(f"/dispatch?case={planted.public_number}")
    browser.send(chosen, "/give", [("to", "1")], 404)  # a villager
    assert planted.public_number not in Browser(app).log_in("v111").get("/dispatch").words()


def test_whoever_has_many_is_marked_and_may_be_given_more(app: Flask) -> None:
    planted = [makers.make_case(app, state="accepted", serial=serial) for serial in range(1, 4)]
    with app.app_context():
        begin_writing(db.session)
        owner = db.session.scalars(select(User).where(User.name == "用户v111")).one()
        for serial in range(4, 18):
            db.session.commit()
            number = makers.make_case(app, state="filed", serial=serial).public_number
            begin_writing(db.session)
            makers.load_case(number).responsible_id = owner.id
        db.session.commit()
    browser = Browser(app).log_in("v111")
    assert "已经不少了" not in browser.get("/dispatch").words()
    chosen = browser.get(f"/dispatch?case={planted[0].public_number}")
    browser.send(chosen, "/give", [("to", str(owner_id(app)))])
    words = browser.get("/dispatch").words()
    assert "手上15件" in words and "已经不少了" in words
    chosen = browser.get(f"/dispatch?case={planted[1].public_number}")
    browser.send(chosen, "/give", [("to", str(owner_id(app)))])
    assert "手上16件" in browser.get("/dispatch").words()


def owner_id(app: Flask) -> int:
    """The village's mediator."""
    with app.app_context():
        return db.session.scalars(select(User.id).where(User.name == "用户v111")).one()


def test_the_county_sees_what_each_level_tried_and_asks_experts(app: Flask) -> None:
    planted = makers.make_case(app, state="received")
    with app.app_context():
        begin_writing(db.session)
        keys = app.extensions["mediation.keys"]
        facts = {"ground": "major", "reason": "镇里也谈不拢。", "agreed_so_far": "两家都同意先停工。"}
        case, desk = makers.load_case(planted.public_number), Desk(db.session(), keys, makers.NOW)
        steps.take(desk, case, "escalate", by=By.case_file("测试"), at=makers.NOW, facts=facts)
        db.session.commit()
    county = Browser(app).log_in("c1")
    page = county.get("/county/desk")
    assert "村里调解1次" in page.words() and "两家都同意先停工" in page.words()
    assert "接收" in page.words()
    assert "这是县里用的页面" in Browser(app).log_in("t11").get("/county/desk", 403).words()
    pool = county.send(
        county.get("/experts"),
        "/experts",
        [("name", "周律师"), ("field", "土地法"), ("phone", "13911112222"), ("types[]", "neighbourhood")],
    )
    assert "周律师" in county.follow(pool).words()
    assert "13911112222" not in county.get("/experts").text
    form = county.follow(county.get(f"/inbox/{planted.public_number}/receive", 303))
    county.send(form, "/handed/receive")
    assert "周律师" in county.get("/county/desk").words()
    form = county.get(f"/cases/{planted.public_number}/steps/invite_expert")
    assert form.field("expert") == "周律师"
    county.send(form, "/steps/invite_expert", [("consents_all", "1")])
    page = county.get("/county/desk")
    assert "已邀请周律师" in page.words()
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        top = makers.find_org(desk, makers.org_code(1))
        consulting.add_expert(desk, top, name="吴工", field="测绘", unit="", phone=None, types=[])
        db.session.commit()
    form = dict(page.form_fields("/expert"))
    unsaid = county.client.post(f"/cases/{planted.public_number}/expert", data={**form, "answer": ""})
    assert "请选择来不来" in county.get(unsaid.headers["Location"]).words()
    page = county.follow(county.send(page, "/expert", [("answer", "declined")]))
    assert "周律师来不了。可以再请吴工（测绘）" in page.words() and "已邀请周律师" not in page.words()
    assert "可以请的专家：吴工" in county.get("/county/desk").words()
    form = county.get(f"/cases/{planted.public_number}/steps/invite_expert")
    assert form.field("expert") == "吴工"
    county.send(form, "/steps/invite_expert", [("consents_all", "1")])
    page = county.follow(county.send(county.get("/county/desk"), "/expert", [("answer", "declined")]))
    assert "专家库里没有别的人可请了，可以去加一位" in page.words()
    assert "去加一位" in county.get("/county/desk").words()


def test_an_expert_without_a_field_is_not_added(app: Flask) -> None:
    county = Browser(app).log_in("c1")
    back = county.send(county.get("/experts"), "/experts", [("name", "无名")], 422)
    assert back.field("name") == "无名" and "请填写专业领域" in back.words()
    assert "专家库里还没有人" in county.get("/experts").words()


def test_the_overdue_below_are_urged_with_one_press_and_answer(app: Flask, clock: object) -> None:
    planted = makers.make_case(app, state="mediating")
    clock.forward(days=60)  # type: ignore[attr-defined]
    manager = Browser(app).log_in("m1")
    page = manager.get("/supervision")
    assert planted.public_number in page.words() and "已超期" in page.words()
    assert "已催1次" in manager.follow(manager.send(page, "/urge")).words()
    holder = Browser(app).log_in("v111")
    form = holder.get(f"/cases/{planted.public_number}/steps/reply_supervision")
    holder.send(form, "/steps/reply_supervision", [("note", "明天上门。")])
    assert "明天上门" in manager.get("/supervision").words()
    assert planted.public_number not in Browser(app).log_in("m2").get("/supervision").words()
    Browser(app).log_in("t11").get("/supervision", 403)


def test_somebody_with_many_cases_is_given_another_and_that_is_said(app: Flask) -> None:
    planted = makers.make_case(app, state="filed", serial=1)
    for serial in range(2, 17):
        makers.make_case(app, state="filed", serial=serial)
    with app.app_context():
        begin_writing(db.session)
        busy = db.session.scalars(select(User).where(User.name == "用户v111")).one()
        for case in db.session.scalars(select(Case).where(Case.public_number != planted.public_number)):
            case.responsible = busy
        named = str(busy.id)
        db.session.commit()
        db.session.remove()
    browser = Browser(app).log_in("v111")
    board = browser.get(f"/dispatch?case={planted.public_number}")
    assert "手上15件" in board.words() and "仍可分给他" in board.words()
    after = browser.follow(browser.send(board, "/give", [("to", named)])).words()
    assert "已分给用户v111" in after
    assert "手上原来就有15件" in after
