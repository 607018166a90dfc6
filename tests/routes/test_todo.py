"""待办: what waits for whom, how many queries that takes, and its number on every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from mediation.database import db
from tests import makers
from tests.pages import Browser, Page


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
