"""An oral agreement in five fields: in effect today, printable, and written later without typing it again."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import makers
from tests.pages import Browser, read_pdf

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
FIVE = [
    ("payer", "r1"),
    ("payee", "a1"),
    ("amount", "８００"),
    ("what", "不再争了"),
    ("due", "2026-12-05"),
    ("agreed", "1"),
]


@pytest.mark.parametrize("state", ["accepted", "mediating"])
def test_five_fields_and_one_press_make_an_agreement_in_effect(app: Flask, state: str) -> None:
    planted = makers.make_case(app, state=state)
    case = f"/cases/{planted.public_number}"
    browser = Browser(app).log_in("v111")
    assert f"{case}/oral" in browser.get(case).text
    page = browser.get(f"{case}/oral")
    for _ in range(2):
        answer = browser.send(page, "/oral", FIVE)
    done = browser.follow(answer)
    assert "从谈成那天起就生效" in done.words()
    with app.app_context():
        row = makers.load_case(planted.public_number)
        assert row.state == "performing" and len(row.agreements) == 1 and row.agreement is not None
        assert row.agreement.form == "oral" and row.sessions[-1].outcome == "agreed"
        assert row.agreement.clauses[0].amount == 800
    links = [
        a.get("href", "")
        for a in done.all("a")
        if "/papers/" in a.get("href", "") or "/cards/" in a.get("href", "")
    ]
    assert len(links) == 3
    for link in links:
        assert "800.00" in read_pdf(browser.client.get(link).data)
    assert "800" in browser.get(f"{case}/agreement/terms").text


def test_what_is_missing_is_said_and_what_was_typed_stays(app: Flask) -> None:
    case = f"/cases/{makers.make_case(app, state='accepted').public_number}"
    browser = Browser(app).log_in("v111")
    page = browser.send(
        browser.get(f"{case}/oral"), "/oral", [("what", "挖沟"), ("payer", "r1"), ("payee", "r1")], 422
    )
    assert (
        "请选最迟哪天做到" in page.words()
        and "不能是同一个" in page.words()
        and "请先念给各方听" in page.words()
    )
    assert page.field("what") == "挖沟"
    wrong = [(k, "八百" if k == "amount" else v) for k, v in FIVE]
    assert "金额请用数字" in browser.send(browser.get(f"{case}/oral"), "/oral", wrong, 422).words()


def test_before_it_is_accepted_there_is_nothing_to_agree(app: Flask) -> None:
    case = f"/cases/{makers.make_case(app, state='filed').public_number}"
    Browser(app).log_in("v111").get(f"{case}/oral", 409)
    Browser(app).log_in("v211").get(f"{case}/oral", 404)
