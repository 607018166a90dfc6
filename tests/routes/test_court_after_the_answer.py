"""After its answer a court keeps its own numbers and results, and reads the case no longer than it needs to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import Case, CourtExport, User
from mediation.rounds import queue_reminders
from mediation.services import court_exports
from mediation.services.desk import Desk
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser
from workflows import Role


def test_what_is_left_are_its_own_numbers_and_results(app: Flask, clock: Clock) -> None:
    case = makers.make_case(app, state="confirmed")
    number, token = case.public_number, exported(app, case.public_number)
    liaison = Browser(app).log_in("j1")
    said = liaison.get(f"/court/{number}").words()
    assert "材料看到哪天2026-12-02" in said
    assert "材料可以看到 2026-12-02" in liaison.get("/court/results/done").words()
    clock.at = makers.START + timedelta(days=31)
    queue_reminders(app)
    liaison = Browser(app).log_in("j1")
    for path in (f"/court/{number}", f"/court/{number}/result", f"/cases/{number}"):
        liaison.get(path, 404)
    liaison.get(f"/court/exports/{token}/file", 410)
    page = liaison.get("/court/results/done")
    assert number in page.words() and "已确认" in page.words() and "（2026）民特1号" in page.words()
    assert "材料已不再显示" in page.words() and f"/court/{number}" not in page.text
    assert "归卷" in liaison.get("/court/exports").words()
    for path in (
        "/court/results/done",
        "/court/exports",
        f"/court/exports/{token}",
        "/court/batch?state=all",
        "/todo",
    ):
        text = liaison.get(path).text
        assert not [secret for secret in (*case.names, *case.numbers, *case.story) if secret in text], path


def test_a_batch_of_which_nothing_may_be_read_is_not_made_again(app: Flask, clock: Clock) -> None:
    token = exported(app, makers.make_case(app, state="confirmed").public_number)
    clock.at = makers.START + timedelta(days=31)
    queue_reminders(app)
    liaison = Browser(app).log_in("j1")
    page = liaison.get(f"/court/exports/{token}")
    said = liaison.follow(liaison.send(page, f"/court/exports/{token}/again")).words()
    assert "都已答复并过了查看的时间" in said
    with app.app_context():
        assert len(db.session.scalars(select(CourtExport)).all()) == 1


def test_the_mediator_reads_in_the_history_that_it_ended(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="confirmed").public_number
    clock.at = makers.START + timedelta(days=31)
    queue_reminders(app)
    said = Browser(app).log_in("v111").get(f"/cases/{number}").words()
    assert "法院查看到期" in said and "第1县人民法院" in said.split("法院查看到期")[1][:60]


def test_they_are_found_by_their_numbers(app: Flask) -> None:
    one = makers.make_case(app, state="confirmed").public_number
    other = makers.make_case(app, state="in_court", serial=2).public_number
    liaison = Browser(app).log_in("j1")
    for asked, found in ((one, True), ("民特1号", True), (other, False), ("%", False), ("甲", False)):
        page = liaison.get("/court/results/done", query_string={"q": asked})
        assert (f"/court/{one}" in page.text) is found, asked
        assert other not in page.words() or asked == other
    assert "还没有登记过结果" in Browser(app).log_in("j2").get("/court/results/done").words()


@pytest.mark.parametrize("key", ["v111", "m1", "d1", "a1"])
def test_nobody_else_opens_the_list(app: Flask, key: str) -> None:
    Browser(app).log_in(key).get("/court/results/done", 403)


def exported(app: Flask, number: str) -> str:
    """A batch that lies ready."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        user = db.session.scalars(select(User).where(User.role == Role.court).order_by(User.id)).first()
        assert user is not None
        case_id = db.session.scalars(select(Case.id).where(Case.public_number == number)).one()
        made = court_exports.ask_for(
            desk, user, user.organisation, [case_id], purpose="归卷", plain_names=False
        )
        made.state, made.attempts = "running", 1
        db.session.flush()
        court_exports.finish(db.session(), made.id, 1, "0" * 64, 10, makers.NOW)
        token = made.token
        db.session.commit()
        db.session.remove()
    return token
