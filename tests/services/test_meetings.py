"""Meetings arranged ahead: who is told, who is told at the door, and what ends a meeting."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from mediation.models import Case, Notice
from mediation.services import appointments
from tests.services.county import ANNA, SESSION, VILLAGE, Office, paper, papers, person

WHEN = {"meet_at": "2024-03-08T09:00:00+08:00", "place": "村部调解室", "attending": ["a1", "r1"]}


def texts(office: Office, case: Case) -> list[tuple[str, str]]:
    office.session.flush()
    rows = office.session.scalars(select(Notice).where(Notice.case_id == case.id).order_by(Notice.id))
    return [(row.template, row.text) for row in rows]


def accepted(office: Office, **fields: object) -> Case:
    return office.run(office.file(**fields), "accept")


def test_everybody_who_is_asked_gets_a_notice_of_their_own(office: Office) -> None:
    case = accepted(office)
    office.take(case, "schedule", **WHEN)
    told = [text for template, text in texts(office, case) if template == "N06"]
    assert len(told) == 2
    assert "请您3月8日（周五）上午9:00到村部调解室参加调解，带身份证" in told[0]
    assert papers(case).count("session_notice") == 2
    assert "张䶮" in paper(case, "session_notice").facts


def test_whoever_has_no_telephone_is_told_at_the_door(office: Office) -> None:
    case = accepted(office, parties=[ANNA, person("r1", "李志刚")])
    office.take(case, "schedule", **WHEN)
    assert len([1 for template, _ in texts(office, case) if template == "N06"]) == 1
    assert [(duty.kind, duty.title) for duty in case.duties] == [("tell", "上门告知李志刚")]
    assert "3月8日（周五）上午9:00到村部调解室" in case.duties[0].detail
    office.take(case, "reschedule", **{**WHEN, "meet_at": "2024-03-09T15:30:00+08:00"})
    assert [duty.done_at is None for duty in case.duties] == [False, True]
    assert "3月9日（周六）下午3:30" in case.duties[1].detail


def test_one_who_is_not_asked_is_not_told(office: Office) -> None:
    case = accepted(office)
    office.take(case, "schedule", **{**WHEN, "attending": ["a1"]})
    assert len([1 for template, _ in texts(office, case) if template == "N06"]) == 1
    assert papers(case).count("session_notice") == 1


def test_a_second_meeting_is_refused_until_the_first_is_moved_or_called_off(office: Office) -> None:
    case = accepted(office)
    office.take(case, "schedule", **WHEN)
    assert office.refuse(case, "schedule", **WHEN).codes == ["already_arranged"]
    office.take(case, "cancel_schedule", reason="对方要下地")
    assert [template for template, _ in texts(office, case)][-1] == "N24"
    assert case.appointment is None
    assert office.refuse(case, "reschedule", **WHEN).codes == ["nothing_arranged"]
    office.take(case, "schedule", **WHEN)
    assert [row.ending for row in case.appointments] == ["cancelled", ""]


def test_a_session_on_the_day_ends_the_meeting_and_one_before_does_not(office: Office) -> None:
    case = accepted(office)
    office.take(case, "schedule", **WHEN)
    office.take(case, "hold_session", **SESSION)
    assert case.appointment is not None
    office.go_to("2024-03-08")
    office.take(case, "hold_session", **SESSION)
    assert case.appointment is None
    assert case.appointments[0].ending == "held"


@pytest.mark.parametrize("step", ["escalate", "terminate", "withdraw"])
def test_a_case_that_goes_elsewhere_leaves_no_meeting_behind(office: Office, step: str) -> None:
    case = accepted(office)
    office.take(case, "schedule", **WHEN)
    office.run(case, step)
    assert case.appointment is None
    assert case.appointments[0].ending == "lapsed"


def test_signing_is_arranged_in_other_words(office: Office) -> None:
    case = office.agreed()
    office.take(case, "schedule", **WHEN)
    assert "协议已写好，请3月8日" in texts(office, case)[-1][1]
    office.run(case, "sign")
    assert case.appointments[0].ending == "held"


def test_two_meetings_of_an_office_at_one_time_are_told_of(office: Office) -> None:
    one, other = accepted(office), accepted(office)
    office.take(one, "schedule", **WHEN)
    office.session.flush()
    here, start = office.place(VILLAGE), datetime.fromisoformat("2024-03-08T10:30:00+08:00")
    found = appointments.find_clashes(office.session, here, start, besides=other)
    assert [row.case for row in found] == [one]
    assert appointments.find_clashes(office.session, here, start, besides=one) == []
    later = datetime.fromisoformat("2024-03-08T11:00:00+08:00")
    assert appointments.find_clashes(office.session, here, later) == []
