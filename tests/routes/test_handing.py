"""上交 on the screen: who will take the case on is said before and after, and what was agreed goes along."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from mediation.database import begin_writing, db
from mediation.models import User
from tests import makers
from tests.pages import Browser, Page
from workflows import Role

TOWN = makers.org_code(1, 1)


def leave(app: Flask, *roles: Role) -> None:
    """Nobody of these roles works at the town any more."""
    with app.app_context():
        begin_writing(db.session)
        office = makers.find_org(
            makers.Desk(db.session(), app.extensions["mediation.keys"], makers.NOW), TOWN
        )
        db.session.execute(
            update(User).where(User.organisation_id == office.id, User.role.in_(roles)).values(active=False)
        )
        db.session.commit()


def hand_up(app: Flask, key: str, number: str, **typed: str) -> Page:
    """Send the form as the case's holder; the page that follows."""
    holder = Browser(app).log_in(key)
    page = holder.get(f"/cases/{number}/escalate")
    with app.app_context():
        parties = [("consents[]", party.ref) for party in makers.load_case(number).parties]
    fields = [("why", "expert"), ("reason", "要请鉴定的人。"), *typed.items(), *parties]
    return holder.follow(holder.send(page, "/escalate", fields))


def test_who_will_take_it_on_is_said_before_and_after(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    page = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/escalate")
    assert "现在能接的：" in page.words()
    assert "已经上交。11镇现在能接的：用户t11" in hand_up(app, "v111", planted.public_number).words()
    assert (
        "没有值班的调解员"
        not in Browser(app).log_in("t11").get(f"/cases/{planted.public_number}/handed").words()
    )


def test_an_office_without_a_mediator_gets_it_through_its_lead_who_answers_for_it(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    leave(app, Role.mediator)
    number = planted.public_number
    page = Browser(app).log_in("v111").get(f"/cases/{number}/escalate")
    assert "没有值班的调解员，先交给负责人" in page.words()
    assert "没有值班的调解员，先交给负责人" in hand_up(app, "v111", number).words()
    lead = Browser(app).log_in("m11")
    assert number in lead.get("/todo").words()
    page = lead.get(f"/cases/{number}/handed")
    assert "这件事直接到您这里" in page.words()
    lead.send(page, "/handed/receive")
    with app.app_context():
        answers = makers.load_case(number).responsible
        assert answers is not None and answers.role == Role.manager


def test_an_office_where_nobody_works_is_to_be_called(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    leave(app, Role.mediator, Role.manager)
    page = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/escalate")
    assert "还没有人能在系统里接收，请先打电话说一声" in page.words()


def test_what_was_agreed_goes_all_the_way_up(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    number = planted.public_number
    hand_up(app, "v111", number, agreed_so_far="两家同意先停工。")
    town = Browser(app).log_in("t11")
    page = town.get(f"/cases/{number}/handed")
    assert "两家同意先停工" in page.words() and "已调解" in page.words()
    town.send(page, "/handed/receive")
    assert "两家同意先停工" in town.get(f"/cases/{number}").words()
    assert town.get(f"/cases/{number}/escalate").field("agreed_so_far") == "两家同意先停工。"
