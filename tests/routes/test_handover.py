"""换届交接: after it no open case names who has left, and the list says what was promised."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import User
from mediation.services.desk import Desk
from tests import makers
from tests.makers import Person
from tests.pages import Browser
from workflows import Role


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
            case.responsible_id, case.presiding = old, "老王"
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
