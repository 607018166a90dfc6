"""帮助·隐私·无障碍: every question has its answer, the way there is on the first page, and nobody is asked anything."""

from __future__ import annotations

from flask import Flask

from mediation.routes.help import PARTS
from mediation.words import words
from tests.pages import Browser


def test_each_question_has_its_answer_and_none_is_left_out(app: Flask) -> None:
    browser = Browser(app)
    assert 'href="/help"' in browser.get("/").text
    page = browser.get("/help")
    shown = {code for codes in PARTS.values() for code in codes}
    assert shown == set(words()["help_question"]) == set(words()["help_answer"])
    folded = page.all("details")
    assert {element.get("id") for element in folded} == shown
    assert all(element.get("open") is None for element in folded)
    assert page.all("form") and not [e for e in page.all("input") if e.get("type") not in ("hidden", None)]


def test_it_says_what_the_law_gives_people(app: Flask) -> None:
    said = Browser(app).get("/help").words()
    for sentence in (
        "不收任何费用",
        "随时可以不调",
        "30日内",
        "可以要求查看、复制、改错",
        "每次查看都有记录",
    ):
        assert sentence in said
