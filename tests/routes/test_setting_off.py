"""抵销 on its own page: which two debts meet is chosen among sentences, and what is missing stands at its field."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import db
from mediation.models import Payment
from tests import makers
from tests.pages import Browser, Page

CLAUSE = {"kind": "pay", "amount": "1000.00", "due": "2026-12-31"}
WORDS = {"a1-r1": ("r1", "a1", "1000.00"), "r1-a1": ("a1", "r1", "400.00"), "r2-r1": ("r2", "r1", "700.00")}


@pytest.fixture
def debts(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case in which two owe each other and a third owes one of them; the address of its page."""
    clauses = [
        {**CLAUSE, "text": f"第{no}笔。", "obligors": [by], "obligees": [to], "amount": amount}
        for no, (by, to, amount) in enumerate(WORDS.values(), start=1)
    ]
    way = [
        (name, {**facts, "clauses": clauses} if name == "agree" else facts)
        for name, facts in makers.WAYS["performing"]
    ]
    way = [
        (name, {**facts, "parties": ["a1", "r1", "r2"]} if name == "sign" else facts) for name, facts in way
    ]
    monkeypatch.setitem(makers.WAYS, "performing", tuple(way))
    planted = makers.make_case(app, state="performing", parties=3)
    browser.log_in("v111")
    return f"/cases/{planted.public_number}/set-off"


def pairs(page: Page) -> list[str]:
    """The values of the pairs that can be chosen."""
    return [one.get("value", "") for one in page.all("input") if one.get("name") == "pair"]


def paid(app: Flask) -> list[str]:
    """What has been set off so far."""
    with app.app_context():
        return [f"{row.amount:.2f}" for row in db.session.scalars(select(Payment).order_by(Payment.id))]


def test_only_debts_that_meet_can_be_chosen_and_what_is_missing_is_named(
    app: Flask, browser: Browser, debts: str
) -> None:
    page = browser.get(debts)
    assert pairs(page) == ["1-2", "3-1"] and "两边互相抵掉，最多400.00元" in page.words()
    back = browser.send(page, "/set-off", [("amount", "")], 422)
    assert "请选哪两笔互相抵" in back.words() and "请填写抵掉多少" in back.words()
    made_up = browser.send(page, "/set-off", [("pair", "2-3"), ("amount", "1")], 422)
    assert "请选哪两笔互相抵" in made_up.words() and not paid(app)


def test_two_sides_are_counted_and_set_off_once(app: Flask, browser: Browser, debts: str) -> None:
    page = browser.get(debts)
    chosen = [("pair", "1-2"), ("amount", "400"), ("consents_all", "1")]
    seen = browser.send(page, "/set-off", [*chosen, ("_count", "1")], 200)
    assert "600.00元" in seen.words() and "三方抵销明细" not in seen.words() and not paid(app)
    done = browser.send(seen, "/set-off", chosen)
    assert done.response.headers["Location"].endswith("/ledger")
    assert browser.send(seen, "/set-off", chosen).response.headers["Location"].endswith("/ledger")
    assert paid(app) == ["400.00", "400.00"], "once in each of both promises"


def test_a_case_in_which_nothing_meets_says_so_and_leads_to_the_debt_outside_the_agreement(
    app: Flask, browser: Browser
) -> None:
    planted = makers.make_case(app, state="performing")
    browser.log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}/set-off")
    assert "没有两笔能互相抵的钱" in page.words() and not pairs(page)
    general = f"/cases/{planted.public_number}/steps/set_off"
    assert [a for a in page.all("a") if a.get("href") == general]
    browser.get(general)
    Browser(app).log_in("v121").get(f"/cases/{planted.public_number}/set-off", 404)
