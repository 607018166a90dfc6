"""待办: what waits for whom, how many queries that takes, and its number on every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, select

from mediation.database import begin_writing, db
from mediation.models import Deadline, Duty, User
from mediation.services.desk import Desk
from tests import makers
from tests.pages import Browser, Page
from workflows import Role


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def waiting(page: Page) -> list[str]:
    """The numbers of the cases on it, in order."""
    links = [a for a in page.all("a") if a.get("class") == "title"]
    return [(a.get("href") or "").removeprefix("/cases/") for a in links]


def badge(page: Page) -> str:
    """The number at the to-do in the navigation."""
    found = [span for span in page.all("span") if span.get("data-testid") == "todo-count"]
    return (found[0].text or "") if found else ""


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("filed", {"v111"}),
        ("accepted", {"v111"}),
        ("handed_up", {"v111", "t11", "m11"}),
        ("received", {"t11", "m11"}),
        ("referred", {"v111", "d1"}),
        ("performing", {"v111"}),
        ("in_court", {"v111", "j1"}),
        ("confirmed", {"v111"}),
        ("closed", {"v111"}),
        ("archived", set()),
    ],
)
def test_a_case_waits_for_those_who_have_to_act(app: Flask, state: str, who: set[str]) -> None:
    number = makers.make_case(app, state=state).public_number
    found = set()
    for key in ("v111", "v112", "t11", "m11", "m1", "j1", "j2", "d1", "d2"):
        visitor = Browser(app)
        visitor.log_in(key)
        if number in waiting(visitor.get("/todo")):
            found.add(key)
    assert found == set(who)


def test_a_court_is_shown_what_waits_there_and_not_what_it_decided(app: Flask, browser: Browser) -> None:
    makers.make_case(app, state="confirmed", serial=1)
    waits = makers.make_case(app, state="in_court", serial=2)
    browser.log_in("j1")
    assert waiting(browser.get("/todo")) == [waits.public_number]


def test_more_cases_need_no_more_queries(app: Flask, browser: Browser) -> None:
    browser.log_in("v111")
    counts = []
    for serial in (1, 5):
        for more in range(4):
            makers.make_case(
                app, state=("accepted", "mediating", "agreed", "in_court")[more], serial=serial + more
            )
        browser.get("/todo")  # what is read once for all is read
        with counting(app) as sent:
            assert len(waiting(browser.get("/todo"))) == serial + 3
        counts.append(len(sent))
    assert counts[0] == counts[1] < 30


def test_what_the_files_of_closed_cases_lack_is_not_looked_up_for_the_list(
    app: Flask, browser: Browser
) -> None:
    browser.log_in("v111")
    counts = []
    for serial in (1, 2, 3):
        makers.make_case(app, state="closed", serial=serial)
        browser.get("/todo")
        with counting(app) as sent:
            assert len(waiting(browser.get("/todo"))) == serial
        counts.append(len(sent))
    assert len(set(counts)) == 1


def test_every_page_shows_how_many_press_with_one_query(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="accepted").public_number
    makers.make_case(app, state="archived", serial=2)
    neighbour = Browser(app)
    neighbour.log_in("v112")
    assert badge(neighbour.get("/cases/new")) == ""
    browser.log_in("v111")
    for path in ("/todo", "/cases/new", "/cases", f"/cases/{number}", "/me"):
        assert badge(browser.get(path)) == "1", path
    with counting(app) as sent:
        browser.get("/cases/new")
    assert sum("deadlines" in statement for statement in sent) == 1


def hire(app: Flask, key: str, name: str) -> Browser:
    """One more mediator in the first village, at a browser of their own."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        office = makers.org_code(1, 1, 1)
        makers.make_user(desk, makers.Person(key, f"1390000{key}", Role.mediator, office), name)
        db.session.commit()
        db.session.remove()
    browser = Browser(app)
    page = browser.get("/login")
    browser.send(page, "/login", [("phone", f"1390000{key}"), ("password", makers.PASSWORD)])
    return browser


def answers_for(app: Flask, number: str, key: str) -> None:
    """Somebody answers for a case from now on."""
    with app.app_context():
        begin_writing(db.session)
        wanted = select(User).where(User.phone_hash == app.extensions["mediation.keys"].fingerprint(key))
        case = makers.load_case(number)
        case.responsible = db.session.scalars(wanted).one()
        db.session.commit()
        db.session.remove()


def test_ones_own_cases_come_first_and_can_be_looked_at_alone(app: Flask) -> None:
    theirs, mine = (makers.make_case(app, state="accepted", serial=n).public_number for n in (1, 2))
    second = hire(app, "0201", "李长顺")
    answers_for(app, theirs, "13900000001")
    answers_for(app, mine, "13900000201")
    page = second.get("/todo")
    assert waiting(page) == [mine, theirs]
    assert "用户v111办" in page.words()
    alone = second.get("/todo?mine=1")
    assert waiting(alone) == [mine]
    kept = [a.get("href", "") for a in alone.all("a") if "show=yellow" in a.get("href", "")]
    assert kept and all("mine=1" in link for link in kept)
    assert waiting(Browser(app).log_in("v111").get("/todo")) == [theirs, mine]


def test_where_everything_is_ones_own_there_is_nothing_to_choose(app: Flask) -> None:
    number = makers.make_case(app, state="accepted").public_number
    answers_for(app, number, "13900000001")
    browser = Browser(app).log_in("v111")
    assert "只看我的" not in browser.get("/todo").words()
    assert "没有归您办的事" in hire(app, "0202", "新来的").get("/todo?mine=1").words()


def test_a_department_is_pressed_by_its_own_date_and_by_nobody_elses(app: Flask) -> None:
    number = makers.make_case(app, state="referred").public_number
    with app.app_context():
        begin_writing(db.session)
        case = makers.load_case(number)
        own = next(row for row in case.deadlines if row.name == "referral_reply")
        for row in case.deadlines:
            row.last_day = makers.NOW.date() - timedelta(days=9)
        own.last_day = makers.NOW.date() + timedelta(days=2)
        db.session.commit()
        db.session.remove()
    department = Browser(app).log_in("d1")
    for path in ("/todo", "/cases"):
        assert "还剩2天" in department.get(path).words(), path
        assert "超期" not in department.get(path).words().replace("超期的", ""), path
    assert "已超期9天" in Browser(app).log_in("v111").get("/todo").words()


def test_what_must_be_done_has_its_number_at_each_place(app: Flask) -> None:
    def number(page: Page, path: str) -> str:
        link = next(a for a in page.all("a") if a.get("href") == path)
        return "".join((s.text or "") for s in link.iter("span") if s.get("class") == "badge-count")

    makers.make_case(app, state="filed", serial=1)
    makers.make_case(app, state="handed_up", serial=2)
    makers.make_case(app, state="referred", serial=3)
    called = makers.make_case(app, state="in_court", serial=4).public_number
    with app.app_context():
        begin_writing(db.session)
        duty = Duty(kind="tell", title="上门告知", detail="", created_at=makers.NOW)
        case = makers.load_case(called)
        case.duties.append(duty)
        db.session.commit()
        db.session.remove()
    for key, path, count in (
        ("v111", "/inbox", "1"),
        ("t11", "/inbox", "1"),
        ("d1", "/whistles", "1"),
        ("j1", "/court", "1"),
        ("v111", "/calls", "1"),
        ("v112", "/inbox", ""),
        ("v112", "/calls", ""),
        ("d2", "/whistles", ""),
        ("j2", "/court", ""),
    ):
        for page in ("/me", "/cases"):
            assert number(Browser(app).log_in(key).get(page), path) == count, (key, page)


def test_on_a_phone_what_waits_behind_my_page_is_counted_there(app: Flask) -> None:
    def behind(key: str) -> str:
        page = Browser(app).log_in(key).get("/todo")
        found = [s for s in page.all("span") if "behind" in (s.get("class") or "").split()]
        return (found[0].text or "") if found else ""

    assert behind("v111") == ""
    makers.make_case(app, state="filed", serial=1)
    makers.make_case(app, state="filed", serial=2)
    assert behind("v111") == "2"
    assert behind("v112") == ""


def test_a_court_is_not_asked_whose_a_case_is(app: Flask) -> None:
    makers.make_case(app, state="in_court")
    page = Browser(app).log_in("j1").get("/todo?mine=1")
    assert "只看我的" not in page.words()
    assert "法院受理" in page.words()


def test_whoever_handed_a_case_up_is_not_late_while_it_waits_to_be_received(app: Flask, clock: Any) -> None:
    number = makers.make_case(app, state="handed_up").public_number
    clock.forward(days=40)
    village = Browser(app).log_in("v111").get("/todo")
    assert waiting(village) == [number] and "等11镇接收" in village.words()
    assert "已超期" not in village.words() and badge(village) in ("", "0")
    assert waiting(Browser(app).log_in("v111").get("/todo?show=red")) == []
    town = Browser(app).log_in("t11").get("/todo")
    assert waiting(town) == [number] and "已超期" in town.words()


def test_a_chance_that_has_closed_is_told_and_is_nobodys_overdue_work(app: Flask, clock: Any) -> None:
    number = makers.make_case(app, state="performing").public_number
    with app.app_context():
        db.session.execute(delete(Deadline).where(Deadline.name != "confirmation_window"))
        db.session.commit()
    browser = Browser(app).log_in("v111")
    assert waiting(browser.get("/todo?show=yellow")) == []
    clock.forward(days=60)
    browser = Browser(app).log_in("v111")
    assert waiting(browser.get("/todo")) == [number]
    assert waiting(browser.get("/todo?show=red")) == [] and badge(browser.get("/todo")) in ("", "0")
    assert number not in browser.get("/cases?show=late").text
    case = browser.get(f"/cases/{number}")
    assert "共同申请司法确认：期限已过" in case.words() and "已超期" not in case.words()


def test_a_window_that_lapsed_after_the_end_makes_nobody_late(app: Flask, clock: Any) -> None:
    number = makers.make_case(app, state="closed").public_number
    clock.forward(days=60)
    browser = Browser(app).log_in("v111")
    for path in ("/todo", "/cases", f"/cases/{number}"):
        page = browser.get(path)
        assert number in page.text and not [e for e in page.root.iter() if e.get("class") == "pill red"], path
        assert "已超期" not in page.words().replace("已超期的", ""), path
    assert badge(browser.get("/todo")) in ("", "0")


def test_what_is_in_danger_stands_above_all_the_nearest_first_and_nowhere_else(app: Flask) -> None:
    late, near, danger, nearer = (
        makers.make_case(app, state="accepted", serial=serial).public_number for serial in (1, 2, 3, 4)
    )
    with app.app_context():
        begin_writing(db.session)
        for number, ahead, risk in (
            (late, -5, "blue"),
            (near, 1, "yellow"),
            (danger, 9, "red"),
            (nearer, 4, "red"),
        ):
            case = makers.load_case(number)
            case.risk = risk
            for row in case.deadlines:
                row.last_day = makers.NOW.date() + timedelta(days=ahead)
        db.session.commit()
        db.session.remove()
    page = Browser(app).log_in("v111").get("/todo")
    assert waiting(page) == [nearer, danger, late, near]
    heads = [
        ("".join(h2.itertext())).strip() for h2 in page.all("h2") if "group-head" in (h2.get("class") or "")
    ]
    assert heads == ["有危险", "已超期", "3天内"]
    strong = [
        a.get("class")
        for a in page.all("a")
        if "button" in (a.get("class") or "") and "/cases/2" in (a.get("href") or "")
    ]
    assert strong == ["button", "button", "button", "button second"]


def test_the_agenda_names_what_waits_for_a_time_and_who_mediates(app: Flask) -> None:
    waits = makers.make_case(app, state="accepted", serial=1).public_number
    again = makers.make_case(app, state="mediating", serial=2).public_number
    makers.make_case(app, state="agreed", serial=3)
    makers.make_case(app, state="filed", serial=4)
    browser = Browser(app).log_in("v111")
    page = browser.get("/schedule")
    assert "还没约时间的（2件）" in page.words() and sorted(waiting(page)) == sorted([waits, again])
    browser.send(browser.get(f"/cases/{waits}/schedule"), f"/cases/{waits}/schedule")
    page = browser.get("/schedule")
    assert waiting(page) == [waits, again]  # the one with a time stands by its day
    assert "还没约时间的（1件）" in page.words()
    assert "调解员：用户v111" in page.words() or "调解员：调解员甲" in page.words()
