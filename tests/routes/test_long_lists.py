"""Lists that are longer than a page: nothing is cut off without a word, and the count is the whole count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from mediation.database import begin_writing, db
from mediation.models import PrintJob
from mediation.views import paging
from tests import makers
from tests.pages import Browser, Page


@pytest.fixture
def _two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging.page_of_rows, "__defaults__", (2,))


def titles(page: Page) -> list[str]:
    """The cases on it, in order."""
    links = [a for a in page.all("a") if a.get("class") == "title"]
    return [(a.get("href") or "").removeprefix("/cases/") for a in links]


def next_page(page: Page) -> str:
    """The address of the next one."""
    return next(a.get("href", "") for a in page.all("a") if "下一页" in "".join(a.itertext()))


@pytest.mark.usefixtures("_two_a_page")
def test_the_late_cases_of_a_county_stand_on_as_many_pages_as_they_need(app: Flask) -> None:
    numbers = [makers.make_case(app, state="accepted", serial=serial).public_number for serial in (1, 2, 3)]
    makers.make_case(app, state="accepted", office=makers.org_code(2, 1, 1), serial=4)  # another county's
    makers.make_case(app, state="accepted", office=makers.org_code(1), serial=5)  # the county's own
    with app.app_context():
        begin_writing(db.session)
        for ago, number in enumerate(numbers, start=1):
            for row in makers.load_case(number).deadlines:
                row.last_day = makers.NOW.date() - timedelta(days=ago)
        db.session.commit()
        db.session.remove()
    county = Browser(app).log_in("m1")
    first = county.get("/supervision")
    assert "超期的案件（3）" in first.words()
    assert titles(first) == [numbers[2], numbers[1]]  # the longest overdue
    assert titles(county.get(next_page(first))) == [numbers[0]]
    assert titles(county.get("/supervision?page=99")) == [numbers[0]]


@pytest.mark.usefixtures("_two_a_page")
def test_every_order_reaches_the_printer(app: Flask) -> None:
    village = Browser(app).log_in("v111")
    for serial in (1, 2, 3):
        path = f"/cases/{makers.make_case(app, state='accepted', serial=serial).public_number}/print"
        village.send(village.get(path), path)
    with app.app_context():
        assert db.session.query(PrintJob).count() == 3
    town = Browser(app).log_in("t11")
    first = town.get("/printing")
    assert orders(first) == 2 and "等着打印（3）" in first.words()
    assert orders(town.get(next_page(first))) == 1
    sent = village.get("/printing")
    assert "（3）" in sent.words() and len(links_to_orders(sent)) == 2
    assert len(links_to_orders(village.get(next_page(sent)))) == 1


def orders(page: Page) -> int:
    """How many orders stand on it to be printed."""
    return len([li for li in page.all("li") if "order-card" in (li.get("class") or "")])


def links_to_orders(page: Page) -> list[str]:
    """Those that this office sent."""
    return [a.get("href", "") for a in page.all("a") if a.get("class") == "title"]
