"""写协议 ②: several payers owe together, or each his own share; the choice and the paper say the same."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import db
from mediation.models import Clause
from tests import makers
from tests.pages import Browser, Page, read_pdf

pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

PAY = [
    ("clauses-0-v-payer[]", "r1"), ("clauses-0-v-payer[]", "r2"), ("clauses-0-v-payee[]", "a1"),
    ("clauses-0-v-amount", "3500"), ("clauses-0-v-purpose", "赔偿款"), ("clauses-0-in-due", "7"),
    ("clauses-0-v-method", "cash"),
]  # fmt: skip


def opened(app: Flask, browser: Browser, parties: int = 3) -> str:
    planted = makers.make_case(app, state="mediating", parties=parties)
    browser.log_in("v111")
    return f"/cases/{planted.public_number}/agreement"


def made(browser: Browser, base: str, page: Page) -> str:
    """From the third section to the paper; its text."""
    page = browser.follow(browser.send(page, "/other", [("form", "written"), ("court_choice", "no")]))
    done = browser.follow(browser.send(page, "/agreement/check"))
    link = next(a.get("href", "") for a in done.all("a") if "/papers/" in a.get("href", ""))
    return read_pdf(browser.client.get(link).data).replace("\n", "")


def owed(app: Flask) -> list[tuple[int, bool | None, str]]:
    """How many owe, whether together, and how much, of every clause."""
    with app.app_context():
        rows = db.session.scalars(select(Clause).order_by(Clause.no))
        return [(len(row.on_side("obligor")), row.joint, f"{row.amount:.2f}") for row in rows]


def test_between_two_nobody_is_asked_how_several_owe(app: Flask, browser: Browser) -> None:
    assert "共同承担" not in browser.get(f"{opened(app, browser, 2)}/terms").words()


def test_several_payers_choose_how_they_owe(app: Flask, browser: Browser) -> None:
    page = browser.get(f"{opened(app, browser)}/terms")
    assert "共同承担（对方可以找任何一位要全部）" in page.words()
    assert "各自承担（各付各的份）" in page.words()
    page = browser.send(page, "/terms", PAY, 422)
    assert any(a.get("href") == "#clauses-0-v-joint" for a in page.all("a"))
    assert "请选“共同承担”还是“各自承担”" in page.words()


def test_together_stands_in_the_paper_and_in_the_clause(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.follow(
        browser.send(browser.get(f"{base}/terms"), "/terms", [*PAY, ("clauses-0-v-joint", "true")])
    )
    assert "承担连带责任" in made(browser, base, page)
    assert owed(app) == [(2, True, "3500.00")]
    anew = browser.get(f"{base}/terms")
    assert ("clauses-0-v-joint", "true") in anew.form_fields("/terms")


def test_each_his_own_share_is_a_clause_for_each(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    own = [*PAY, ("clauses-0-v-joint", "false")]
    page = browser.send(browser.get(f"{base}/terms"), "/terms", own, 422)
    assert "请点“每人写一条”" in page.words()
    page = browser.send(page, "/terms", [("_split", "clauses-0")], 200)
    assert "原来写的是一共3500元" in page.words()
    fields = page.form_fields("/terms")
    for place, ref in enumerate(("r1", "r2")):
        assert [v for n, v in fields if n == f"clauses-{place}-v-payer[]"] == [ref]
        assert (f"clauses-{place}-v-amount", "") in fields
        assert (f"clauses-{place}-v-method", "cash") in fields
        assert (f"clauses-{place}-v-purpose", "赔偿款") in fields
    browser.send(page, "/terms", status=422)
    page = browser.send(page, "/terms", [("clauses-0-v-amount", "1000"), ("clauses-1-v-amount", "2500")])
    text = made(browser, base, browser.follow(page))
    assert "连带责任" not in text
    assert "壹仟元整" in text
    assert "贰仟伍佰元整" in text
    assert owed(app) == [(1, None, "1000.00"), (1, None, "2500.00")]


def test_instalments_are_split_with_their_days_and_without_their_sums(app: Flask, browser: Browser) -> None:
    page = browser.get(f"{opened(app, browser)}/terms")
    page = browser.send(page, "/terms", [*PAY[:5], ("clauses-0-in-due", "parts"), ("_again", "1")], 200)
    rows = [
        ("clauses-0-v-parts-0-amount", "2000"), ("clauses-0-v-parts-0-due", "2026-12-31"),
        ("clauses-0-v-parts-1-amount", "1500"), ("clauses-0-v-parts-1-due", "2027-01-31"),
    ]  # fmt: skip
    page = browser.send(page, "/terms", [*rows, ("_split", "clauses-0")], 200)
    for place in (0, 1):
        assert page.field(f"clauses-{place}-v-parts-1-due") == "2027-01-31"
        assert page.field(f"clauses-{place}-v-parts-1-amount") == ""


@pytest.mark.parametrize("press", ["clauses-0", "clauses-7", "clauses-x", "clauses", "", "clauses-²"])
def test_a_press_that_fits_nothing_splits_nothing(app: Flask, browser: Browser, press: str) -> None:
    page = browser.get(f"{opened(app, browser)}/terms")
    one = [("clauses-0-v-payer[]", "r1"), *PAY[2:]]
    page = browser.send(page, "/terms", [*one, ("_split", press), ("_again", "1")], 200)
    assert "clauses-1-block" not in page.text
    assert "已经分开" not in page.words()
