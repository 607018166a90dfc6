"""吹哨报到: departments are called at once, come, answer, refuse once; each has a clock of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from mediation.models import Case, Notice, Organisation, Referral
from mediation.services import organisations, whistle_counts
from mediation.services.people import By
from tests.services.county import DEPARTMENT, Office, papers, warned
from workflows.steps import SHANGHAI

OFFICES = {"land-430522": "新邵县自然资源局", "build-430522": "新邵县住建局", "water-430522": "新邵县水利局",
           "police-430522": "新邵县公安局"}  # fmt: skip
LAND, BUILD, WATER, POLICE = OFFICES


@pytest.fixture
def departments(office: Office) -> dict[str, By]:
    """Five departments of the county, and somebody at each."""
    found = {DEPARTMENT: office.somebody(DEPARTMENT, "department")}
    for code, name in OFFICES.items():
        place = organisations.add_office(
            office.desk, code=code, name=name, kind="department", level="county", parent=None
        )
        office.session.flush()
        found[code] = By(f"{name}经办人", found[DEPARTMENT].role, place)
    return found


def whistle(office: Office, case: Case, **until: str) -> list[Referral]:
    """Call all five, each with its own question."""
    asked: list[dict[str, Any]] = [
        {
            "to": code,
            "matter": f"请{name}来看一看。",
            **({"until": until[code[:4]]} if code[:4] in until else {}),
        }
        for code, name in {DEPARTMENT: "人社局", **OFFICES}.items()
    ]
    office.take(case, "refer", departments=asked)
    return case.referrals


def clocks(case: Case) -> list[str]:
    """The titles of the departments' clocks that run."""
    return [row.title for row in case.deadlines if row.name == "referral_reply" and row.stopped_at is None]


def test_one_whistle_calls_five_departments_each_with_its_own_question_clock_and_paper(
    office: Office, departments: dict[str, By]
) -> None:
    case = office.run(office.file(), "accept")
    rows = whistle(office, case, land="2024-03-06")
    assert {row.whistle for row in rows} == {1}
    assert len({row.matter for row in rows}) == len(rows) == 5
    assert len(clocks(case)) == 5
    assert str(rows[1].deadline.last_day if rows[1].deadline else "") == "2024-03-06"
    assert papers(case).count("whistle_order") == 5
    office.take(case, "refer", to=WATER, matter="再看一次水渠。")
    assert [row.whistle for row in rows] == [1, 1, 1, 1, 1, 2]


def test_five_in_parallel_one_late_one_refused_one_withdrawn_and_the_case_closes(
    office: Office, departments: dict[str, By]
) -> None:
    case = office.run(office.file(), "accept")
    rows = whistle(office, case, land="2024-03-06")
    holder = office.somebody("430522103201")
    office.take(case, "arrive", who=departments[BUILD], handler="罗工", phone="0739-3661111")
    office.take(case, "respond", who=departments[BUILD], note="墙体没有危险。")
    office.take(case, "decline_referral", who=departments[WATER], to=BUILD, reason="排水沟归住建局管。")
    office.take(case, "withdraw_referral", who=holder, department=POLICE, reason="双方已经冷静下来。")
    office.go_to("2024-03-08")
    land = rows[1]
    assert [row.is_late(office.now.date()) for row in rows] == [False, True, False, False, False, False]
    office.take(case, "nudge_referral", who=holder, referral=2)
    assert (land.nudges, land.stage) == (1, "asked")
    office.take(case, "respond", who=departments[LAND], note="界线以滴水线为准。")
    office.take(case, "respond", who=departments[DEPARTMENT], note="没有劳动关系。")
    passed = rows[-1]
    assert (passed.department_name, passed.passed_on, passed.matter) == (OFFICES[BUILD], True, rows[3].matter)
    office.take(case, "respond", who=departments[BUILD], note="水沟已疏通。")
    for number in (1, 2, 3, 6):
        office.take(case, "verify_referral", who=holder, referral=number, check="done", note="看过了。")
    assert [row.stage for row in rows] == ["done", "done", "done", "declined", "withdrawn", "done"]
    assert clocks(case) == []
    office.run(case, "hold_session", "agree", "sign")
    taken = office.take(case, "close", reason="办完了")
    assert "departments_owe" not in warned(taken)
    assert papers(case).count("whistle_receipt") == 5
    assert not [row for row in case.grants if row.kind == "department" and row.ends_at is None]


def test_closing_takes_back_what_is_still_asked_and_says_so(
    office: Office, departments: dict[str, By]
) -> None:
    other = office.run(office.file(), "accept")
    whistle(office, other)
    office.run(other, "hold_session", "agree", "sign")
    taken = office.take(other, "close", reason="办完了")
    assert "departments_owe" in warned(taken)
    assert {row.stage for row in other.referrals} == {"withdrawn"}
    assert clocks(other) == []


def test_the_bulletin_counts_each_question_once_and_the_four_make_up_all(
    office: Office, departments: dict[str, By]
) -> None:
    office.go_to("2024-03-01")
    case = office.run(office.file(), "accept")
    whistle(office, case, land="2024-03-06", buil="2024-03-06", wate="2024-03-06", poli="2024-03-06")
    holder = office.somebody("430522103201")
    office.take(case, "withdraw_referral", who=holder, department=DEPARTMENT, reason="不用了。")
    office.now = datetime(2024, 3, 6, 21, 30, tzinfo=SHANGHAI)  # a step takes an hour: still the sixth
    office.take(case, "respond", who=departments[BUILD], note="墙体没有危险。")
    office.take(case, "arrive", who=departments[WATER], handler="水工", phone="0739-3661112")
    office.now = datetime(2024, 3, 7, 0, 0, tzinfo=SHANGHAI)  # in Greenwich still the sixth
    office.take(case, "respond", who=departments[LAND], note="界线以滴水线为准。")
    rows = whistle_counts.count_by_department(office.session, (), "month", office.now.date())
    found = {row.department: tuple(row.counts[name] for name in whistle_counts.COUNTED) for row in rows}
    assert found == {
        #                asked, arrived, in time, late, no-show, running
        OFFICES[BUILD]: (1, 1, 1, 0, 0, 0),
        OFFICES[LAND]: (1, 1, 0, 1, 0, 0),
        OFFICES[WATER]: (1, 1, 0, 1, 0, 0),  # came, and still owes the answer
        OFFICES[POLICE]: (1, 0, 0, 0, 1, 0),
    }
    assert rows[0].department == OFFICES[POLICE], "the worst stands first"
    assert all(row.counts["asked"] == sum(list(row.counts.values())[2:]) for row in rows)
    april = office.now.date().replace(month=4)
    assert not whistle_counts.count_by_department(office.session, (), "month", april)
    assert len(whistle_counts.count_by_department(office.session, (), "year", april)) == 4


@pytest.mark.parametrize("end", ["terminate", "withdraw", "hand_over"])
def test_when_mediation_ends_no_department_is_waited_for(
    office: Office, departments: dict[str, By], end: str
) -> None:
    case = office.run(office.file(), "accept")
    whistle(office, case)
    facts = {
        "terminate": {"ground": "disagreement"},
        "hand_over": {"matter": "涉嫌犯罪", "reason": "归公安管"},
    }
    office.take(case, end, **facts.get(end, {}))
    assert {row.stage for row in case.referrals} == {"withdrawn"}
    assert clocks(case) == []


def test_a_department_says_once_that_it_is_not_competent(office: Office, departments: dict[str, By]) -> None:
    case = office.run(office.file(), "accept")
    office.take(case, "refer", to=WATER, matter="看水沟。", until="2024-03-20")
    itself = office.refuse(case, "decline_referral", who=departments[WATER], to=WATER, reason="不归我们。")
    assert itself.codes == ["names_itself"]
    office.take(case, "decline_referral", who=departments[WATER], to=BUILD, reason="归住建局。")
    assert str(case.referrals[-1].until) == "2024-03-20"
    again = office.refuse(case, "decline_referral", who=departments[BUILD], to=LAND, reason="归自然资源局。")
    assert again.codes == ["passed_on_before"]
    assert "打电话" in again.words
    gone = office.refuse(case, "respond", who=departments[WATER], note="再说一句。")
    assert gone.kind == "not_yours"


def test_a_department_answers_only_its_own_question(office: Office, departments: dict[str, By]) -> None:
    case = office.run(office.file(), "accept")
    whistle(office, case)
    others = office.refuse(case, "respond", who=departments[WATER], referral=1, note="我来答。")
    assert others.codes == ["no_such_referral"]
    office.take(case, "respond", who=departments[WATER], note="水沟通了。")
    assert [row.stage for row in case.referrals].count("answered") == 1
    assert case.referrals[3].answer == "水沟通了。"
    assert len(clocks(case)) == 4


def test_an_answer_that_does_not_stand_up_is_asked_for_again(
    office: Office, departments: dict[str, By]
) -> None:
    case = office.run(office.file(), "accept")
    office.take(case, "refer", to=WATER, matter="疏通水沟。")
    office.take(case, "respond", who=departments[WATER], note="通了。")
    holder = office.somebody("430522103201")
    assert office.refuse(case, "verify_referral", who=holder, check="not_done").where == ["note"]
    office.take(case, "verify_referral", who=holder, check="not_done", note="还堵着。", until="2024-03-15")
    row = case.referrals[0]
    assert (row.stage, row.sent_back, len(clocks(case))) == ("arrived", 1, 1)
    office.take(case, "respond", who=departments[WATER], note="这回真通了。")
    office.take(case, "verify_referral", who=holder, check="done")
    assert row.stage == "done"


def test_whoever_asked_writes_down_what_a_department_says_on_paper(office: Office) -> None:
    case = office.run(office.file(), "accept")
    holder = office.somebody("430522103201")
    office.take(case, "refer", who=holder, to="县供电公司", matter="移电线杆。")
    office.take(case, "refer", who=holder, to="县电信公司", matter="移光缆。")
    unclear = office.refuse(case, "respond", who=holder, note="来电说明天移。")
    assert unclear.codes == ["referral_unclear"]
    office.take(case, "arrive", who=holder, department="县供电公司", handler="刘师傅")
    office.take(case, "respond", who=holder, department="县供电公司", note="已移走。")
    assert [row.stage for row in case.referrals] == ["answered", "asked"]
    assert case.referrals[0].handler == "刘师傅"


def test_the_department_lists_and_offices_are_told_apart(office: Office, departments: dict[str, By]) -> None:
    case = office.run(office.file(), "accept")
    twice = office.refuse(
        case, "refer", departments=[{"to": WATER, "matter": "甲"}, {"to": WATER, "matter": "乙"}]
    )
    assert (twice.codes, twice.where) == (["department_twice"], ["departments[1].to"])
    nothing = office.refuse(case, "refer", departments=[{"to": WATER}])
    assert nothing.where == ["departments[0].matter"]
    place: Organisation | None = departments[WATER].organisation
    assert place is not None and not case.referrals


def test_the_parties_are_told_who_took_it_and_on_which_phone(
    office: Office, departments: dict[str, By]
) -> None:
    case = office.run(office.file(), "accept")
    office.take(case, "refer", to=WATER, matter="疏通水沟。")
    office.take(case, "arrive", who=departments[WATER], handler="罗工", phone="13900008888")
    office.session.flush()
    told = office.session.scalars(
        select(Notice).where(Notice.case_id == case.id, Notice.template == "N23")
    ).all()
    assert len(told) == len(case.parties)
    assert all("新邵县水利局" in row.text and "罗工，电话13900008888" in row.text for row in told)


def test_a_department_that_answers_without_having_arrived_is_told_of_once(
    office: Office, departments: dict[str, By]
) -> None:
    case = office.run(office.file(), "accept")
    office.take(case, "refer", to=WATER, matter="疏通水沟。")
    office.take(
        case, "respond", who=departments[WATER], note="已经疏通。", handler="罗工", phone="13900008888"
    )
    office.take(case, "refer", to=LAND, matter="核对界线。")
    office.take(case, "arrive", who=departments[LAND], handler="孙工")
    office.now += timedelta(hours=1)
    office.take(case, "respond", who=departments[LAND], note="已经核对。")
    office.session.flush()
    told = office.session.scalars(
        select(Notice).where(Notice.case_id == case.id, Notice.template == "N23").order_by(Notice.id)
    ).all()
    assert len(told) == 2 * len(case.parties)
    assert ["罗工，电话13900008888" in row.text for row in told] == [True] * len(case.parties) + [
        False
    ] * len(case.parties)
