"""Grants: one holder at every moment, help from below, sight from above, and an end to each."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from mediation.models import Case, Grant
from mediation.services import grants
from mediation.services.people import standings
from tests.services.county import (
    COUNTY,
    COURT,
    COURT_NAME,
    DEPARTMENT,
    OTHER_TOWN,
    OTHER_VILLAGE,
    SESSION,
    TOWN,
    VILLAGE,
    Office,
)
from workflows import Standing


def live(case: Case) -> set[tuple[str, str]]:
    return {(row.organisation.code, row.kind) for row in grants.live(case)}


def test_whoever_files_holds_and_those_above_look_on(office: Office) -> None:
    case = office.file()
    assert live(case) == {(VILLAGE, "holder"), (TOWN, "above"), (COUNTY, "above")}


def test_an_escalated_case_stays_in_its_hands_until_it_is_received(office: Office) -> None:
    case = office.run(office.mediating(), "escalate")
    assert (VILLAGE, "holder") in live(case) and (TOWN, "receiver") in live(case)
    office.take(case, "receive", who=office.somebody(TOWN))
    assert live(case) == {(TOWN, "holder"), (COUNTY, "above"), (VILLAGE, "assisting")}
    assert case.holder.code == TOWN and case.receiver is None
    office.run(case, "hold_session", "escalate", "receive")
    assert live(case) == {(COUNTY, "holder"), (TOWN, "assisting"), (VILLAGE, "assisting")}
    assert office.refuse(case, "escalate", ground="major", reason="大").kind in ("not_met", "not_now")


def test_what_is_returned_is_where_it_was(office: Office) -> None:
    case = office.run(office.mediating(), "escalate")
    before = case.level
    office.take(case, "return", who=office.somebody(TOWN), reason="先在村里再谈一次")
    assert (case.state, case.level, case.returned) == ("mediating", before, 1)
    assert live(case) == {(VILLAGE, "holder"), (TOWN, "above"), (COUNTY, "above")}
    office.run(case, "escalate")
    refusal = office.refuse(case, "return", reason="还是不接")
    assert refusal.codes == ["returned_before"]
    assert "县里" in refusal.words


def test_who_was_asked_to_receive_sees_nothing_more_when_the_case_ends(office: Office) -> None:
    for name in ("terminate", "withdraw"):
        case = office.run(office.mediating(), "escalate", name)
        assert (TOWN, "receiver") not in live(case)
        assert case.receiver is None


def test_taking_up_moves_the_case_to_the_level_of_who_takes_it(office: Office) -> None:
    case = office.mediating()
    office.take(case, "take_up", who=office.somebody(COUNTY, "manager"), reason="涉及面广")
    assert (case.level, case.holder.code, case.state) == ("county", COUNTY, "accepted")
    assert live(case) == {(COUNTY, "holder"), (VILLAGE, "assisting")}


def test_delegating_moves_the_case_to_the_level_of_who_gets_it(office: Office) -> None:
    case = office.mediating(TOWN)
    manager = office.somebody(COUNTY, "manager")
    office.take(case, "delegate", who=manager, to=OTHER_VILLAGE, reason="事情出在那里")
    assert (case.level, case.holder.code, case.state) == ("village", OTHER_VILLAGE, "filed")
    assert "to_level" not in case.entries[-1].facts
    assert live(case) == {
        (OTHER_VILLAGE, "holder"),
        (OTHER_TOWN, "above"),
        (COUNTY, "above"),
        (TOWN, "assisting"),
    }
    assert case.mediators == [], "the new committee names its own"


def test_nobody_delegates_beyond_the_own_area_or_into_the_void(office: Office) -> None:
    case = office.mediating()
    manager = office.somebody(TOWN, "manager")
    assert office.refuse(case, "delegate", who=manager, to=OTHER_VILLAGE, reason="x").codes == ["not_below"]
    assert office.refuse(case, "delegate", who=manager, to="999", reason="x").codes == [
        "organisation_unknown"
    ]


def test_a_case_goes_up_one_level_at_a_time(office: Office) -> None:
    case = office.mediating()
    refusal = office.refuse(case, "escalate", ground="major", reason="大", to=COUNTY)
    assert refusal.codes == ["not_the_next_level"]
    office.take(case, "escalate", ground="major", reason="大", to=TOWN)


def test_a_department_sees_the_case_until_it_has_answered_everything(office: Office) -> None:
    case = office.mediating()
    for matter in ("查工资表", "查社保"):
        office.take(case, "refer", to=DEPARTMENT, matter=matter)
    department = office.somebody(DEPARTMENT, "department")
    office.take(case, "respond", who=department, note="工资表在卷")
    assert (DEPARTMENT, "department") in live(case)
    assert [row.answer for row in case.referrals] == ["工资表在卷", ""]
    office.take(case, "respond", who=department, note="未参保")
    assert (DEPARTMENT, "department") not in live(case)
    assert office.refuse(case, "respond", who=department, note="再说").kind == "not_yours"


def test_the_court_sees_the_case_from_the_application_on(office: Office) -> None:
    case = office.performing()
    court = office.place(COURT)
    assert standings(case, court, office.now) == frozenset()
    office.take(case, "apply_confirmation", court=COURT_NAME)
    assert standings(case, court, office.now) == {Standing.court}


def test_access_is_the_union_of_the_live_grants_in_their_time(office: Office) -> None:
    case = office.file()
    town = office.place(TOWN)
    assert standings(case, town, office.now) == {Standing.above}
    grants.give(case, town, "receiver", office.now)
    grants.give(case, town, "receiver", office.now)
    assert standings(case, town, office.now) == {Standing.above, Standing.receiver}
    assert sum(row.kind == "receiver" for row in grants.live(case)) == 1
    grants.end(case, "receiver", office.now, town)
    assert standings(case, town, office.now) == {Standing.above}
    begins = case.grants[0].starts_at
    assert standings(case, office.place(VILLAGE), begins.replace(year=2020)) == frozenset()


def test_who_only_helps_does_not_press_the_buttons(office: Office) -> None:
    case = office.run(office.mediating(), "escalate", "receive")
    refusal = office.refuse(case, "hold_session", who=office.somebody(VILLAGE), **SESSION)
    assert refusal.kind == "not_yours"


def test_the_database_knows_that_no_case_is_in_two_hands(office: Office) -> None:
    case = office.file()
    office.session.flush()
    case.grants.append(Grant(organisation=office.place(TOWN), kind="holder", starts_at=office.now))
    with pytest.raises(IntegrityError):
        office.session.flush()
    office.session.rollback()
