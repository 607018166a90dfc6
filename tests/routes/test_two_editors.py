"""Two people at one case: the second sees who changed which field when, both values, and keeps the own text."""

from __future__ import annotations

from flask import Flask

from tests import makers
from tests.conftest import Clock
from tests.pages import Browser


def test_both_values_stand_side_by_side_and_the_text_stays(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="accepted").public_number
    first, second = Browser(app).log_in("v111"), Browser(app).log_in("v111")
    path = f"/cases/{number}/steps/hold_session"
    mine, theirs = second.get(path), first.get(path)
    clock.forward(minutes=20)
    said = [("place", "村部"), ("record", "他记的"), ("outcome", "no_agreement"), ("attended[]", "a1")]
    first.send(theirs, path, said)
    typed = [("place", "田间"), ("record", "我记的"), ("outcome", "adjourned"), ("attended[]", "a1")]
    page = second.send(mine, path, typed, 409)
    words = page.words()
    assert "用户v111 2026-11-23 10:20 改过" in words
    assert "“地点”" in words and "“结果”" in words
    assert "用户v111填的： 村部" in words and "您填的： 田间" in words
    assert "没谈成" in words and "改日再谈" in words
    assert "您的内容没有丢" in words
    assert (page.field("place"), page.field("record")) == ("田间", "我记的")
    second.send(page, path, typed)
    assert "他记的" in second.get(f"/cases/{number}").words()
    assert "我记的" in second.get(f"/cases/{number}").words()


def test_what_another_step_did_is_told_in_words(app: Flask) -> None:
    number = makers.make_case(app, state="accepted").public_number
    first, second = Browser(app).log_in("v111"), Browser(app).log_in("v111")
    path = f"/cases/{number}/steps/hold_session"
    mine = second.get(path)
    page = first.get(f"/cases/{number}/steps/assign")
    first.send(page, "/steps/assign", [("mediators", "李调解")])
    typed = [("record", "我记的"), ("outcome", "adjourned"), ("attended[]", "a1")]
    answer = second.send(mine, path, typed, 409)
    assert "指派调解员" in answer.words()
    assert answer.field("record") == "我记的"


def test_a_number_that_the_other_changed_is_not_shown(app: Flask) -> None:
    number = makers.make_case(app, state="accepted").public_number
    first, second = Browser(app).log_in("v111"), Browser(app).log_in("v111")
    path = f"/cases/{number}/steps/add_party"
    mine, theirs = second.get(path), first.get(path)
    party = [("party-role", "third_party"), ("party-kind", "person")]
    first.send(theirs, path, [*party, ("party-name", "甲一"), ("party-phone", "13900001111")])
    answer = second.send(mine, path, [*party, ("party-name", "乙二"), ("party-phone", "13900002222")], 409)
    assert "13900001111" not in answer.text
    assert "甲一" in answer.words()
    assert answer.field("party-phone") == "13900002222"
