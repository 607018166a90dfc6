"""What a person reads who cannot do something now: what stands in the way, whose it is, and where to go instead."""

from __future__ import annotations

import pytest
from flask import Flask

from mediation.database import db
from tests import makers
from tests.pages import Browser, Page


def refused(app: Flask, number: str, step: str, who: str = "v111", status: int = 409) -> Page:
    """The page of a step that cannot be taken."""
    return Browser(app).log_in(who).get(f"/cases/{number}/steps/{step}", status)


@pytest.mark.parametrize("step", ["flag_danger", "flag_suspicion"])
def test_a_danger_in_a_closed_case_is_never_called_done(app: Flask, step: str) -> None:
    planted = makers.make_case(app, state="closed")
    page = refused(app, planted.public_number, step)
    assert "这一步不用再做" not in page.words() and "已经结案" in page.words()
    assert ("有人身危险先打110" in page.words()) == (step == "flag_danger")
    assert f'href="/cases/{planted.public_number}/steps/reopen"' in page.text


def test_what_happened_is_told_without_an_actor_where_a_file_or_the_system_did_it(app: Flask) -> None:
    planted = makers.make_case(app, state="performing")
    words = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/withdraw", 409).words()
    assert "协议已经生效了，现在不能再撤回申请" in words
    assert "系统 2" not in words and "测试 2" not in words and "这一步不用再做" not in words
    closed = makers.make_case(app, state="closed", serial=2)
    words = refused(app, closed.public_number, "pause").words()
    assert "现在不能再暂停计时" in words and "测试 2" not in words


def test_a_step_of_another_office_is_refused_with_that_office_and_its_telephone(app: Flask) -> None:
    planted = makers.make_case(app, state="handed_up")
    with app.app_context():
        case = makers.load_case(planted.public_number)
        town = case.holder.parent
        assert town is not None and town.committee is not None
        name, town.phone = town.committee.name, "0739-3600001"
        db.session.commit()
    words = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/handed", 403).words()
    assert "这一步不归您办：" in words and f"“接收”由{name}的调解员、管理人员来办" in words
    assert "请打 0739-3600001 问他们" in words and "请联系他们" not in words


def test_whoever_handed_a_case_up_is_told_who_has_it_and_not_to_do_what_cannot_be_done(app: Flask) -> None:
    planted = makers.make_case(app, state="handed_up")
    for step in ("pause", "perform", "invite_expert"):
        words = refused(app, planted.public_number, step).words()
        assert "已上交11镇，等他们接收" in words and "请先办现在该办的步骤" not in words


@pytest.mark.parametrize(
    ("state", "step", "sentence", "onward"),
    [
        ("filed", "perform", "这件事还没有受理。先受理", "steps/accept"),
        ("filed", "apply_confirmation", "这件事还没有受理。先受理", "steps/accept"),
        ("mediating", "perform", "还没有协议，没有要履行的", "agreement"),
        ("mediating", "default", "还没有协议，没有要履行的", "agreement"),
        ("mediating", "resume", "没有暂停", "sessions/new"),
        ("mediating", "archive", "还没有结案，不能归档", "sessions/new"),
    ],
)
def test_what_comes_first_is_said_and_led_to(
    app: Flask, state: str, step: str, sentence: str, onward: str
) -> None:
    planted = makers.make_case(app, state=state)
    page = refused(app, planted.public_number, step)
    assert sentence in page.words() and "只能在" not in page.words()
    assert any(onward in link.get("href", "") for link in page.all("a") if "button" in link.get("class", ""))
