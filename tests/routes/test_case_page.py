"""The page of one case: 更多 in its folds."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.clock import now
from mediation.database import db
from mediation.models import User
from mediation.views.case import list_buttons
from tests import makers
from tests.pages import Browser, Page

STATES = ("filed", "accepted", "mediating", "paused", "handed_up", "agreed", "performing", "closed")


def more_of(page: Page) -> Element:
    """The fold 更多."""
    return next(one for one in page.all("details") if one.get("class") == "more-steps")


def words_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("state", STATES)
def test_every_step_stands_on_the_page_once_as_a_link_or_with_what_is_missing(app: Flask, state: str) -> None:
    planted = makers.make_case(app, state=state)
    page = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}")
    with app.test_request_context():
        case = makers.load_case(planted.public_number)
        buttons = list_buttons(
            case, db.session.scalars(select(User).where(User.name == "用户v111")).one(), now()
        )
    box = next(one for one in page.all("section") if one.get("class") == "box next")
    links = [a.get("href") for a in box.iter("a") if "button" in (a.get("class") or "")]
    assert sorted(filter(None, links)) == sorted(one.url for one in buttons if not one.reasons)
    lacking = [words_of(dt) for dt in box.iter("dt")]
    assert lacking == [one.text for one in buttons if one.reasons]


def test_the_usual_ones_stand_open_and_the_rest_under_headings(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    more = more_of(Browser(app).log_in("v111").get(f"/cases/{planted.public_number}"))
    open_part = next(p for p in more if p.tag == "p")
    first = [words_of(a) for a in open_part]
    assert [one for one in first if one in ("转办", "暂停计时", "撤回", "改信息", "标记危险")] == [
        "转办", "暂停计时", "撤回", "改信息", "标记危险",
    ]  # fmt: skip
    assert len(first) <= 8
    folds = [one for one in more if one.tag == "details"]
    assert len(folds) == 2
    assert {"当事人", "材料和打印", "结束这件事"} <= {words_of(h3) for h3 in folds[0].iter("h3")}
    assert "现在还不能办的" in words_of(folds[1])
