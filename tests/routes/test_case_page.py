"""The page of one case: 更多 in its folds, the photographs, a telephone that is missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.clock import now
from mediation.database import begin_writing, db
from mediation.models import User
from mediation.services.obligations import civil_day
from mediation.views.case import list_buttons
from tests import makers
from tests.pages import Browser, Page
from tests.routes.test_files import hand_in, make_pdf, picture

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
    assert "还不能办的" in words_of(folds[1])


def photos_of(page: Page) -> Element:
    """The part 材料照片."""
    return next(one for one in page.all("section") if one.get("aria-labelledby") == "photos")


def test_photographs_stand_between_what_was_done_and_the_history(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="accepted")
    path = f"/cases/{planted.public_number}"
    browser.log_in("v111")
    empty = photos_of(browser.get(path))
    assert "还没有照片和扫描件" in words_of(empty)
    add = next(a.get("href", "") for a in empty.iter("a"))
    assert add == f"{path}/files?kind=photo#add"
    assert any(one.get("id") == "add" for one in browser.get(add.split("#")[0]).all("h2"))
    hand_in(browser, planted.public_number, (picture(), "地界.jpg"), kind="photo")
    page = browser.get(path)
    part = photos_of(page)
    assert "地界.jpg" in words_of(part) and "现场照片" in words_of(part)
    assert f"{path}/files/1" in [a.get("href") for a in part.iter("a")]
    heads = [one.get("id") for one in page.all("h2")]
    assert heads.index("papers") < heads.index("photos") < heads.index("history")


def test_a_court_sees_only_the_scans_that_are_for_it(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="in_court")
    browser.log_in("v111")
    hand_in(browser, planted.public_number, (picture(), "现场.jpg"), kind="photo")
    hand_in(browser, planted.public_number, (make_pdf(1), "身份证.pdf"), kind="identity")
    part = photos_of(Browser(app).log_in("j1").get(f"/cases/{planted.public_number}"))
    assert "身份证.pdf" in words_of(part) and "现场.jpg" not in words_of(part)
    assert "加照片" not in words_of(part)


def test_whoever_has_no_telephone_has_a_button_that_leads_to_the_very_field(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    with app.app_context():
        begin_writing(db.session)
        makers.load_case(planted.public_number).party("r1").phone = None
        db.session.commit()
    browser = Browser(app).log_in("v111")
    links = [a for a in browser.get(f"/cases/{planted.public_number}").all("a") if "补上电话" in words_of(a)]
    assert [a.get("href") for a in links] == [
        f"/cases/{planted.public_number}/steps/update_party?party=r1#phone"
    ]
    form = browser.get((links[0].get("href") or "").split("#")[0])
    assert any(one.get("id") == "phone" for one in form.all("input"))
    asked = [
        pair
        for pair in form.form_fields("/steps/update_party")
        if pair[0] not in ("csrf_token", "_key", "version")
    ]
    assert asked[:2] == [("party", "r1"), ("kind", "person")]  # who it is stands before what is said of them


def test_the_page_after_accepting_says_by_when_the_first_session_is_arranged(app: Flask, clock: Any) -> None:
    planted = makers.make_case(app, state="accepted")
    browser = Browser(app).log_in("v111")
    path = f"/cases/{planted.public_number}"
    with app.app_context():
        accepted = civil_day(makers.load_case(planted.public_number).entries[-1].at)
    first = accepted + timedelta(days=3)
    clock.at = datetime.combine(accepted, time(2), tzinfo=UTC)
    done = browser.get(f"{path}/done/{'k' * 32}")
    assert f"已受理，{first.month}月{first.day}日前要约第一次调解" in done.words()
    hand_in(browser, planted.public_number, (picture(), "地界.jpg"))  # which takes it nowhere
    assert f"{first.month}月{first.day}日前" in browser.get(f"{path}/done/{'k' * 32}").words()
    browser.send(browser.get(f"{path}/schedule"), f"{path}/schedule")
    assert "前要约第一次调解" not in browser.get(f"{path}/done/{'k' * 32}").words()


def test_the_button_of_a_record_says_where_it_leads_and_the_step_leads_there(app: Flask) -> None:
    planted = makers.make_case(app, state="mediating")
    page = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/sessions/new")
    button = next(one for one in page.all("button") if one.get("data-leads"))
    words = json.loads(button.get("data-leads") or "")
    assert button.get("data-plain") == "".join(button.itertext()) == "保存这次调解"
    assert words["agreed"].endswith("去写协议")
    assert words["adjourned"].endswith("去约时间")
    assert words["no_agreement"] == words["absent"] == "保存这次调解"  # the second of three


def test_whoever_handed_a_case_up_waits_and_is_sent_nowhere(app: Flask) -> None:
    planted = makers.make_case(app, state="handed_up")
    path = f"/cases/{planted.public_number}"
    page = Browser(app).log_in("v111").get(path)
    box = next(one for one in page.all("section") if one.get("class") == "box next")
    waits = next(one for one in box.iter() if one.get("data-testid") == "next-step")
    assert words_of(waits).startswith("已上交，等11镇接收。")
    assert not [a for a in box.iter("a") if a.get("class") == "button"]
    town = Browser(app).log_in("t11").get(path)
    assert next(words_of(one) for one in town.all("a") if one.get("data-testid") == "next-step") == "接收"
