"""换届交接: after it no open case names who has left, and the list says what was promised."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from mediation.case_payloads import CasePayload
from mediation.database import begin_writing, db
from mediation.models import Notice, User
from mediation.payloads import STEPS
from mediation.services import filing, reminders, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from tests import makers
from tests.makers import Person
from tests.pages import Browser
from tests.residents import ask
from workflows import Role

VILLAGE = makers.org_code(1, 1, 1)


def hire(app: Flask, key: str, name: str, office: str) -> int:
    """One more person in an office."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        user = makers.make_user(desk, Person(key, f"1390000{key}", Role.mediator, office), name)
        db.session.commit()
        return user.id


def test_all_open_cases_go_to_somebody_else_and_the_account_is_closed(app: Flask) -> None:
    office = makers.org_code(1, 1)
    old, new = hire(app, "0201", "老王", office), hire(app, "0202", "小李", office)
    planted = [
        makers.make_case(app, state=state, office=office, serial=serial).public_number
        for serial, state in enumerate(("accepted", "performing"), start=1)
    ]
    with app.app_context():
        begin_writing(db.session)
        for number in planted:
            case = makers.load_case(number)
            case.responsible_id, case.presiding, case.mediators = old, "老王", ["老王"]
        db.session.commit()
    manager = Browser(app).log_in("m11")
    page = manager.get(f"/handover?from={old}")
    assert all(number in page.words() for number in planted)
    assert "请选交给谁" in manager.send(page, "/handover", [], 422).words()
    done = manager.follow(manager.send(page, "/handover", [("to", str(new)), ("close", "1")]))
    assert "支付申请人3500元" in done.words() and "移交人（老王）" in done.words()
    with app.app_context():
        for number in planted:
            case = makers.load_case(number)
            assert (case.presiding, case.mediators, case.responsible_id) == ("小李", ["小李"], new)
            assert case.entries[-1].step == "assign" and "老王" in case.entries[-1].facts["reason"]
        assert db.session.scalars(select(User.active).where(User.id == old)).one() is False
    assert "手上没有没办完的" not in manager.get("/handover").words()
    manager.get(f"/handover?from={old}", 404)


def test_only_a_manager_and_only_within_the_office(app: Flask) -> None:
    Browser(app).log_in("t11").get("/handover", 403)
    other = hire(app, "0203", "外人", makers.org_code(1, 2))
    Browser(app).log_in("m11").get(f"/handover?from={other}", 404)


def party(name: str, role: str, **more: str) -> dict[str, str]:
    """One person of a case."""
    return {"role": role, "kind": "person", "name": name, **more}


def file_case(app: Flask, parties: list[dict[str, str]], *taken: tuple[str, dict[str, Any]]) -> str:
    """A case of the first village with these people, brought on step by step."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        data = {"source": "party", "dispute_type": "neighbourhood", "facts": "争界线。", "parties": parties}
        by, office = By.case_file("测试"), makers.find_org(desk, VILLAGE)
        at = makers.NOW - timedelta(days=2)
        case = filing.file_case(desk, office, CasePayload().load(data), by=by, at=at).case
        for hours, (step, facts) in enumerate(taken, start=1):
            loaded = STEPS[step]().load(facts)
            steps.take(desk, case, step, by=by, at=at + timedelta(hours=hours), facts=loaded)
        number = str(case.public_number)
        db.session.commit()
        db.session.remove()
        return number


def lead(app: Flask) -> Browser:
    """Whoever leads the village, logged in."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        makers.make_user(desk, Person("0299", "13900000299", Role.manager, VILLAGE), "村主任")
        db.session.commit()
    return log_in_lead(app)


def log_in_lead(app: Flask) -> Browser:
    """They log in: the day after, too."""
    browser = Browser(app)
    page = browser.get("/login")
    browser.send(page, "/login", [("phone", "13900000299"), ("password", makers.PASSWORD)])
    return browser


def test_rule_09_a_relation_to_a_party_is_pointed_at_once_and_bars_nothing(app: Flask) -> None:
    old, new = hire(app, "0201", "老王", VILLAGE), hire(app, "0202", "李小明", VILLAGE)
    mine = {"mediators": ["老王"]}
    related = [
        party("李大山", "applicant", phone="13912345678", address="某县某镇111村3组"), party("赵一", "respondent"),
    ]  # fmt: skip
    number = file_case(app, related, ("accept", mine))
    before = [party("李大山", "applicant", phone="13912345678"), party("钱二", "respondent")]
    other = file_case(app, before, ("accept", {"mediators": ["李小明"]}))
    manager = lead(app)
    page = manager.get(f"/handover?from={old}")
    page = manager.send(page, "/handover", [("to", str(new)), ("close", "1")], 409)
    assert f"{number}：与当事人李大山同姓，又都在111村" in page.words()
    assert f"{number}：以前办过李大山的另一件事（{other}）" in page.words()
    assert "只是提醒，不拦着" in page.words() and "停用老王的账号" in page.words()
    done = manager.follow(manager.send(page, "/handover", [("to", str(new)), ("close", "1")]))
    assert "案件交接清单" in done.words() and "印章" in done.words()
    with app.app_context():
        assert makers.load_case(number).presiding == "李小明"


def test_who_has_nothing_to_do_with_a_party_takes_over_with_one_press(app: Flask) -> None:
    old, new = hire(app, "0201", "老王", VILLAGE), hire(app, "0202", "李小明", VILLAGE)
    far = [party("李大山", "applicant", address="某县某镇222村"), party("赵一", "respondent")]
    number = file_case(app, far, ("accept", {"mediators": ["老王"]}))
    manager = lead(app)
    manager.follow(manager.send(manager.get(f"/handover?from={old}"), "/handover", [("to", str(new))]))
    with app.app_context():
        assert makers.load_case(number).presiding == "李小明"


def test_a_helper_who_leaves_is_replaced_and_whoever_presides_stays(app: Flask) -> None:
    old, new = hire(app, "0201", "老王", VILLAGE), hire(app, "0202", "小李", VILLAGE)
    there = [party("赵一", "applicant"), party("钱二", "respondent")]
    number = file_case(app, there, ("accept", {"mediators": ["用户v111", "老王"], "presiding": "用户v111"}))
    manager = lead(app)
    manager.send(manager.get(f"/handover?from={old}"), "/handover", [("to", str(new))])
    with app.app_context():
        case = makers.load_case(number)
        assert (case.presiding, case.mediators) == ("用户v111", ["用户v111", "小李"])


def test_after_a_hand_over_no_task_no_slip_and_no_reminder_names_who_left(app: Flask, clock: Any) -> None:
    old, new = hire(app, "0201", "王离任", VILLAGE), hire(app, "0202", "小李", VILLAGE)
    there = [
        party("赵一", "applicant", phone="13912345601"), party("钱二", "respondent", phone="13912345602"),
    ]  # fmt: skip
    meeting = {
        "meet_at": (makers.NOW + timedelta(days=1)).isoformat(), "place": "村部", "attending": ["a1", "r1"],
    }  # fmt: skip
    number = file_case(app, there, ("accept", {"mediators": ["王离任"]}), ("schedule", meeting))
    manager = lead(app)
    assert "王离任" in manager.get("/calls").words(), "the notices still to be read out name the mediator"
    page = manager.get(f"/handover?from={old}")
    manager.send(page, "/handover", [("to", str(new)), ("close", "1")])
    clock.forward(days=3)
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], clock())
        reminders.remind(desk)
        db.session.commit()
        case = makers.load_case(number)
        told = db.session.scalars(select(Notice).where(Notice.case_id == case.id)).all()
        waiting = [row.text for row in told if row.state in ("waiting", "to_call")]
        assert waiting and not [text for text in waiting if "王离任" in text]
        assert [row.mediators for row in case.appointments] == [["小李"]]
        assert len([row for row in told if row.template == "N30" and "调解员小李接着办" in row.text]) == 2
    manager = log_in_lead(app)
    for path in (
        "/todo",
        "/schedule",
        "/calls",
        "/dispatch?all=1",
        "/cases",
        "/inbox",
        f"/cases/{number}/window",
    ):
        assert "王离任" not in manager.get(path).words(), path
    slips = manager.get(f"/cases/{number}/window")
    printed = manager.follow(manager.send(slips, "/window/1"))
    assert "小李" in printed.words() and "王离任" not in printed.words()
    code = re.search(r"[0-9]{4} ?[0-9]{4}", printed.words())
    assert code is not None
    visitor = Browser(app)
    ask(visitor, number, code[0].replace(" ", ""), 303)
    seen = visitor.get("/track/case")
    assert "小李" in seen.words() and "王离任" not in seen.words()
    history = manager.get(f"/cases/{number}")
    assert "王离任" in history.words(), "who handled it before stays visible in the history"


def test_whoever_gives_a_case_to_somebody_sees_the_same_hints(app: Flask) -> None:
    hire(app, "0201", "李小明", VILLAGE)
    hire(app, "0202", "周远", VILLAGE)
    there = [party("李大山", "applicant", address="某县某镇111村3组"), party("赵一", "respondent")]
    number = file_case(app, there)
    words = lead(app).get(f"/dispatch?case={number}").words()
    assert words.count("与当事人李大山同姓，又都在111村") == 1


def test_the_list_of_an_earlier_hand_over_can_be_printed_whenever_it_is_wanted(
    app: Flask, clock: Any
) -> None:
    old, new = hire(app, "0201", "老王", VILLAGE), hire(app, "0202", "小李", VILLAGE)
    there = [party("赵一", "applicant"), party("钱二", "respondent")]
    number = file_case(app, there, ("accept", {"mediators": ["老王"]}))
    manager = lead(app)
    manager.send(manager.get(f"/handover?from={old}"), "/handover", [("to", str(new))])
    clock.forward(days=30)
    page = log_in_lead(app).get("/handover")
    assert "老王交给小李，共1件" in page.words()
    [way] = [link.get("href", "") for link in page.all("a") if "/handover/past/" in link.get("href", "")]
    again = log_in_lead(app).get(way).words()
    with app.app_context():
        assert makers.load_case(number).case_no in again
    assert "移交人（老王）" in again and "接收人（小李）" in again
    Browser(app).log_in("m11").get(way, 404)
