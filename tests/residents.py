"""Residents in tests: a case with its codes, and a browser that has let itself in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from mediation.database import begin_writing, db
from mediation.services import tracking
from mediation.services.desk import Desk
from tests import makers
from tests.pages import Browser, Page


@dataclass(frozen=True)
class Slip:
    """What a party was handed."""

    number: str
    code: str
    token: str


def slip_for(app: Flask, number: str, ref: str = "a1") -> Slip:
    """A fresh code for a party of a case."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], app.extensions["mediation.clock"]())
        case = makers.load_case(number)
        party = case.party(ref)
        assert party is not None
        fresh = tracking.issue_code(desk.session, case, party, desk.now, desk.keys)
        db.session.commit()
        return Slip(fresh.number, fresh.code, fresh.token)


def let_in(app: Flask, slip: Slip) -> Browser:
    """A visitor who has typed number and code."""
    browser = Browser(app)
    ask(browser, slip.number, slip.code, 303)
    return browser


def ask(browser: Browser, number: str, code: str, status: int = 422) -> Page:
    """Type a number and a code."""
    page = browser.get("/track")
    return browser.send(page, "/track", [("number", number), ("code", code)], status)
