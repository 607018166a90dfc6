"""Deadlines: each row of the policy at its work, and what pauses, extensions and new holidays do to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import workflows
from mediation.models import Deadline, RestDay
from mediation.services import calendars, deadlines
from tests.services.county import COURT_NAME, DEPARTMENT, PAY, Office, deadline, runs

#: name → (what the case is, the steps that lead there, the day it must end, its kind); all begins on 4 March 2024.
STARTED: dict[str, tuple[dict[str, Any], list[str], str, str]] = {
    "acceptance_decision": ({}, [], "2024-03-07", "limit"),
    "mediation_limit": ({}, ["accept"], "2024-04-03", "limit"),
    "level_limit": ({}, ["accept"], "2024-03-11", "limit"),
    "receive_limit": ({}, ["accept", "hold_session", "escalate"], "2024-03-06", "limit"),
    "labour_arbitration": ({"dispute_type": "labour"}, ["accept"], "2024-03-19", "reminder"),
    "traffic_police": ({"dispute_type": "traffic"}, ["accept", "terminate"], "2024-03-07", "window"),
    "confirmation_window": ({}, ["accept", "hold_session", "agree", "sign"], "2024-04-03", "window"),
    "arbitration_review": (
        {"dispute_type": "wage_arrears"},
        ["accept", "hold_session", "agree", "sign"],
        "2024-03-19",
        "window",
    ),
    "obligation_due": ({}, ["accept", "hold_session", "agree", "sign"], "2024-06-20", "reminder"),
    "follow_up_visit": ({}, ["accept", "hold_session", "agree", "sign"], "2024-06-27", "reminder"),
    "court_acceptance": (
        {},
        ["accept", "hold_session", "agree", "sign", "apply_confirmation"],
        "2024-03-07",
        "reminder",
    ),
    "supplement": (
        {},
        ["accept", "hold_session", "agree", "sign", "apply_confirmation", "court_request"],
        "2024-03-11",
        "window",
    ),
    "court_decision": (
        {},
        ["accept", "hold_session", "agree", "sign", "apply_confirmation", "court_accept"],
        "2024-04-03",
        "reminder",
    ),
    "supervision_reply": ({}, ["supervise"], "2024-03-07", "reminder"),
    "referral_reply": ({}, ["refer"], "2024-03-11", "reminder"),
    "report_limit": ({}, ["flag_danger"], "2024-03-05", "reminder"),
    "next_visit": (
        {},
        ["accept", "hold_session", "agree", "sign", "follow_up"],
        "2024-04-15",
        "reminder",
    ),
    "call_again": (
        {},
        ["accept", "hold_session", "agree", "sign", "call_again"],
        "2024-03-05",
        "reminder",
    ),
}
RULED = ("party_objection", "third_party_objection", "enforcement_period")
#: Begun by a party and not by a step of ours; tried in tests/routes/test_track.py.
ASKED_BY_PARTIES = ("party_supplement", "rating_callback")
FACTS: dict[str, dict[str, Any]] = {
    "court_request": {"reason": "补充身份材料"},
    "supervise": {"matter": "请尽快"},
    "refer": {"to": DEPARTMENT, "matter": "查工资表"},
    "flag_danger": {"ground": "crime"},
    "follow_up": {"note": "付了一半", "next_on": "2024-04-15"},
}


def start(office: Office, name: str) -> Deadline:
    fields, steps, _, _ = STARTED[name]
    case = office.file(**fields)
    for step in steps:
        if step in FACTS:
            office.take(case, step, **FACTS[step])
        else:
            office.run(case, step)
    return deadline(case, name)


def test_every_clock_of_the_policy_is_tried() -> None:
    assert {row["name"] for row in workflows.load().limits} == {*STARTED, *RULED, *ASKED_BY_PARTIES}


@pytest.mark.parametrize("name", STARTED)
def test_a_clock_ends_on_the_day_the_rule_says_and_tells_why(office: Office, name: str) -> None:
    row = start(office, name)
    _, _, last, kind = STARTED[name]
    assert (row.last_day, row.kind) == (date.fromisoformat(last), kind)
    assert row.stopped_at is None
    assert row.title and row.source
    assert row.explanation.endswith("。")
    assert f"{row.last_day.year}年{row.last_day.month}月{row.last_day.day}日" in row.explanation


@pytest.mark.parametrize(
    ("name", "step", "facts"),
    [
        ("acceptance_decision", "accept", {}),
        ("mediation_limit", "terminate", {"ground": "disagreement"}),
        ("level_limit", "withdraw", {"by": "a1"}),
        ("receive_limit", "receive", {}),
        ("labour_arbitration", "terminate", {"ground": "disagreement"}),
        ("confirmation_window", "apply_confirmation", {"court": COURT_NAME}),
        ("obligation_due", "perform", {"clause": 1}),
        ("obligation_due", "waive", {"clause": 1, "by": "a1"}),
        ("court_acceptance", "court_accept", {}),
        ("supplement", "court_accept", {}),
        ("court_decision", "court_confirm", {}),
        ("referral_reply", "respond", {"note": "已查"}),
        ("report_limit", "report_done", {"note": "已报"}),
        ("next_visit", "follow_up", {"note": "付清了"}),
        ("call_again", "follow_up", {"note": "付清了"}),
    ],
)
def test_a_clock_is_stopped_by_what_it_waits_for(
    office: Office, name: str, step: str, facts: dict[str, Any]
) -> None:
    row = start(office, name)
    office.take(row.case, step, **facts)
    assert row.stopped_at == office.now


def test_a_day_that_was_agreed_takes_the_place_of_the_usual_one(office: Office) -> None:
    case = office.file()
    office.take(case, "refer", to=DEPARTMENT, matter="查工资表", until="2024-03-30")
    row = deadline(case, "referral_reply")
    assert row.last_day == date(2024, 3, 30), "a Saturday that was named stays"
    assert "约定" in row.explanation


def test_several_pauses_add_up_and_an_open_one_keeps_the_case_from_being_late(office: Office) -> None:
    case = office.run(office.file(), "accept")
    row = deadline(case, "mediation_limit")
    for begin, end in (("2024-03-06", "2024-03-08"), ("2024-03-12", "2024-03-20")):
        office.go_to(begin)
        office.run(case, "pause")
        assert deadlines.is_paused(row)
        office.go_to(end)
        office.run(case, "resume")
    assert row.pauses == [["2024-03-06", "2024-03-08"], ["2024-03-12", "2024-03-20"]]
    assert row.last_day == date(2024, 4, 15), "ten days later than 3 April, the 13th is a Saturday"
    assert not deadlines.is_paused(row)


def test_an_extension_never_shortens(office: Office) -> None:
    case = office.run(office.file(), "accept")
    office.take(case, "extend", until="2024-03-20")
    assert deadline(case, "mediation_limit").last_day == date(2024, 4, 3)
    assert deadline(case, "level_limit").last_day == date(2024, 3, 20)
    assert "延长" not in deadline(case, "mediation_limit").explanation


def test_the_level_above_counts_its_own_days_anew(office: Office) -> None:
    case = office.run(office.mediating(), "escalate")
    office.go_to("2024-03-11")
    office.run(case, "receive")
    rows = [row for row in case.deadlines if row.name == "level_limit"]
    assert [row.stopped_at is None for row in rows] == [False, True]
    assert rows[-1].last_day == date(2024, 3, 21)
    assert deadline(case, "mediation_limit").last_day == date(2024, 4, 3), "the whole goes on"


def test_what_the_court_does_not_accept_or_is_withdrawn_reopens_the_window(office: Office) -> None:
    for name in ("court_reject", "withdraw_confirmation"):
        case = office.applied()
        assert not runs(case, "confirmation_window")
        office.run(case, name)
        assert runs(case, "confirmation_window")
        assert sum(row.name == "confirmation_window" for row in case.deadlines) == 1


def test_a_year_nobody_announced_is_marked_and_counted_again_when_it_is(office: Office) -> None:
    office.go_to("2027-01-04")
    case = office.run(office.file(dispute_type="medical"), "accept")
    row = deadline(case, "mediation_limit")
    assert row.estimated and "预计" in row.explanation
    before = row.last_day
    office.session.flush()
    session = office.session
    for day in range(8, 13):
        calendars.set_rest_day(session, date(2027, 2, day), True, "春节")
    calendars.announce_year(session, 2027)
    session.flush()
    assert deadlines.recompute_estimates(session) >= 1
    assert row.last_day == before + timedelta(days=7), "five working days fewer"
    assert not row.estimated and "预计" not in row.explanation
    assert deadlines.recompute_estimates(session) == 0
    session.rollback()


def test_counting_again_keeps_what_was_agreed(office: Office) -> None:
    office.go_to("2027-01-04")
    case = office.run(office.file(), "accept")
    office.take(case, "extend", until="2027-04-30")
    row = deadline(case, "mediation_limit")
    row.estimated = True
    office.session.flush()
    deadlines.recompute_estimates(office.session)
    assert row.last_day == date(2027, 4, 30)
    assert "延长至2027年4月30日" in row.explanation


def test_a_day_set_by_hand_is_never_overwritten_by_the_library(office: Office) -> None:
    session = office.session
    calendars.set_rest_day(session, date(2024, 3, 5), True, "县里停电")
    session.flush()
    calendars.load_rest_days(session)
    assert session.get_one(RestDay, date(2024, 3, 5)).origin == "hand"
    case = office.file()
    assert deadline(case, "acceptance_decision").last_day == date(2024, 3, 8)
    session.rollback()
    session.info.clear()


def test_a_recurring_or_undated_promise_makes_no_date_up(office: Office) -> None:
    undated = {key: value for key, value in PAY.items() if key != "due"}
    case = office.performing(clauses=[{**undated, "due_text": "秋收后"}])
    assert not [row for row in case.deadlines if row.name == "obligation_due"]


def test_closing_silences_our_own_reminders_and_keeps_the_parties_rights(office: Office) -> None:
    case = office.run(office.performing(), "close")
    assert not runs(case, "obligation_due") and not runs(case, "follow_up_visit")
    assert runs(case, "confirmation_window")
