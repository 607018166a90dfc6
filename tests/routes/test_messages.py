"""消息: what an office is told of its cases, each of its people reads for themselves, and nobody else at all."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from mediation.database import begin_writing, db
from mediation.models import Notice, NoticeRead
from mediation.rounds import queue_reminders
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser
from tests.routes.test_desks import hire


def nearly_due(app: Flask, clock: Clock, serial: int = 1) -> makers.Planted:
    """A case of village 111 whose office has just been told that it has three days left."""
    case = makers.make_case(app, state="mediating", serial=serial)
    with app.app_context():
        [limit] = [row for row in makers.load_case(case.public_number).deadlines if row.name == "level_limit"]
        clock.at = makers.NOW.replace(year=limit.last_day.year, month=limit.last_day.month)
        clock.at = clock.at.replace(day=limit.last_day.day) - timedelta(days=3)
    queue_reminders(app)
    return case


def message_of(app: Flask) -> int:
    """The number of the only message to an office."""
    with app.app_context():
        return db.session.scalars(select(Notice.id).where(Notice.organisation_id.is_not(None))).one()


def take(app: Flask, clock: Clock, number: str, step: str, **facts: object) -> None:
    """Take a step now."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], clock())
        by = By.case_file("测试")
        steps.take(desk, makers.load_case(number), step, by=by, at=desk.now, facts=facts)
        db.session.commit()
        db.session.remove()


def test_a_yellow_card_stands_in_the_messages_and_leads_to_its_case(app: Flask, clock: Clock) -> None:
    case = nearly_due(app, clock)
    mediator = Browser(app).log_in("v111")
    assert "有1条没看过的消息" in mediator.get("/todo").words()
    page = mediator.get("/messages")
    assert f"没看过 黄牌提醒：编号{case.public_number}还剩3天到期" in page.words()
    assert "1条没看过" in page.words()
    opened = mediator.send(page, f"/messages/{message_of(app)}")
    assert opened.response.headers["Location"] == f"/cases/{case.public_number}"
    assert "没看过 黄牌" not in mediator.get("/messages").words()
    assert "没看过的消息" not in mediator.get("/todo").words()


def test_what_a_colleague_has_read_is_still_new_to_me(app: Flask, clock: Clock) -> None:
    nearly_due(app, clock)
    hire(app, "0102", "同事", makers.org_code(1, 1, 1))
    mediator, colleague = Browser(app).log_in("v111"), Browser(app)
    page = mediator.get("/messages")
    for _ in range(2):
        mediator.send(page, "/messages/read")
    assert "没看过 黄牌" not in mediator.get("/messages").words()
    form = [("phone", "13900000102"), ("password", makers.PASSWORD)]
    colleague.send(colleague.get("/login"), "/login", form)
    assert "没看过 黄牌" in colleague.get("/messages").words()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(NoticeRead)) == 1


def test_nobody_else_reads_or_opens_it(app: Flask, clock: Clock) -> None:
    case = nearly_due(app, clock)
    for key in ("v112", "t11", "m1", "c1"):
        browser = Browser(app).log_in(key)
        page = browser.get("/messages")
        assert case.public_number not in page.text and "还没有消息" in page.words(), key
        browser.post(f"/messages/{message_of(app)}", [("csrf_token", browser.token())], 404)
    for key in ("j1", "d1", "a1"):
        Browser(app).log_in(key).get("/messages", 403)


def test_what_the_office_may_no_longer_see_is_not_told(app: Flask, clock: Clock) -> None:
    case = nearly_due(app, clock)
    with app.app_context():
        begin_writing(db.session)
        for grant in makers.load_case(case.public_number).grants:
            if grant.kind == "holder":
                grant.ends_at = clock() - timedelta(minutes=1)
        db.session.commit()
    page = Browser(app).log_in("v111").get("/messages")
    assert case.public_number not in page.text


def test_the_office_learns_what_the_court_said(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="in_court").public_number
    other = makers.make_case(app, state="in_court", serial=2).public_number
    take(app, clock, number, "court_request", reason="缺证明", reasons=["missing_identity"])
    take(app, clock, number, "supplement", note="补了")
    take(app, clock, number, "court_accept")
    take(app, clock, number, "court_confirm", ruling_number="（2026）民特9号")
    take(app, clock, other, "court_reject", reason="不归本院管", ground="CPLI 355(2)")
    said = Browser(app).log_in("v111").get("/messages").words()
    assert f"编号{number}：法院退回补正，最晚" in said
    assert f"编号{number}：法院已确认协议有效" in said and f"编号{other}：法院没有确认协议" in said


def test_what_was_long_ago_is_told_to_nobody(app: Flask, clock: Clock) -> None:
    makers.make_case(app, state="confirmed")  # three weeks ago
    with app.app_context():
        told = select(func.count(Notice.id)).where(Notice.organisation_id.is_not(None))
        assert db.session.scalar(told) == 0


def test_an_old_message_is_not_new_for_ever(app: Flask, clock: Clock) -> None:
    nearly_due(app, clock)
    clock.forward(days=61)
    mediator = Browser(app).log_in("v111")
    assert "没看过" not in mediator.get("/todo").words()
    assert "黄牌提醒" in mediator.get("/messages").words()
