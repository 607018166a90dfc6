"""Who has no telephone is told at the door, and it is kept who went; the office above reads a draft and answers."""

from __future__ import annotations

from datetime import timedelta

from mediation.access import GRANTS_OF
from mediation.models import Case
from mediation.services import door_visits, reviews
from mediation.services.people import By
from tests.services.county import ANNA, EVERYBODY, PAY, TOWN, VILLAGE, Office, person
from workflows import Role

WHEN = {"meet_at": "2024-03-08T09:00:00+08:00", "place": "村部调解室", "attending": ["a1", "r1"]}


def somebody_of(office: Office, code: str) -> By:
    place = office.place(code)
    return By(f"{place.name}的人", Role.mediator, place)


def arranged(office: Office) -> Case:
    case = office.run(office.file(parties=[ANNA, person("r1", "李志刚")]), "accept")
    office.take(case, "schedule", **WHEN)
    return case


def test_one_press_tells_and_the_history_says_who_and_when(office: Office) -> None:
    case = arranged(office)
    assert [party.name for party, _ in door_visits.owed(case)] == ["李志刚"]
    office.take(case, "tell_in_person", somebody_of(office, VILLAGE), party="r1")
    assert door_visits.owed(case) == []
    [duty] = case.duties
    assert (duty.done_at, duty.done_by) == (office.now, "白水洞村的人")
    entry = case.entries[-1]
    assert (entry.step, entry.by_name, entry.at) == ("tell_in_person", "白水洞村的人", office.now)
    assert entry.facts["party"] == "r1"
    assert office.refuse(case, "tell_in_person", party="r1").codes == ["nobody_to_tell"]


def test_only_who_has_to_be_told_is_told(office: Office) -> None:
    case = arranged(office)
    refusal = office.refuse(case, "tell_in_person", party="a1")
    assert refusal.codes == ["told_whom"] and "李志刚" in refusal.words


def test_another_time_has_to_be_told_again(office: Office) -> None:
    case = arranged(office)
    office.take(case, "tell_in_person", party="r1")
    office.take(case, "reschedule", **{**WHEN, "meet_at": "2024-03-09T15:30:00+08:00"})
    assert [duty.detail[:5] for _, duty in door_visits.owed(case)] == ["3月9日（"]


def may_see(office: Office, case: Case, code: str) -> bool:
    kinds = GRANTS_OF[Role.mediator]
    return any(
        row.organisation is office.place(code) and row.kind in kinds and row.ends_at is None
        for row in case.grants
    )


def test_the_town_may_see_the_draft_it_is_asked_to_read_and_answers(office: Office) -> None:
    case = office.agreed()
    assert not may_see(office, case, TOWN)
    office.take(case, "ask_review", note="金额这样写行吗")
    assert may_see(office, case, TOWN)
    asked = reviews.open_of(case)
    assert asked is not None and (asked.title, asked.detail) == ("请雀塘镇先看协议书", "金额这样写行吗")
    assert office.refuse(case, "ask_review").codes == ["review_waits"]
    office.take(case, "review_draft", somebody_of(office, TOWN), note="履行日期写具体。")
    assert reviews.open_of(case) is None
    remark = reviews.remark_of(case)
    assert remark is not None and remark.detail == "履行日期写具体。" and "雀塘镇的人" in remark.title
    assert case.entries[-1].facts["note"] == "履行日期写具体。"


def test_the_village_does_not_read_its_own_draft_in_the_towns_stead(office: Office) -> None:
    case = office.agreed()
    office.take(case, "ask_review")
    assert office.refuse(case, "review_draft", somebody_of(office, VILLAGE), note="可以").kind == "not_yours"


def test_an_opinion_nobody_asked_for_is_not_given(office: Office) -> None:
    case = office.agreed()
    assert office.refuse(case, "review_draft", somebody_of(office, TOWN), note="可以").codes == [
        "no_review_asked"
    ]


def test_a_new_version_and_a_first_signature_end_the_waiting(office: Office) -> None:
    case = office.agreed()
    office.take(case, "ask_review")
    office.take(case, "agree", form="written", clauses=[{**PAY, "amount": "2500.00"}])
    assert reviews.open_of(case) is None
    office.take(case, "ask_review")
    office.take(case, "review_draft", note="可以签。")
    office.take(case, "sign", **EVERYBODY)
    assert reviews.remark_of(case) is None


def test_the_office_above_sees_the_case_until_its_draft_is_signed_and_no_longer(office: Office) -> None:
    case = office.agreed()
    office.take(case, "ask_review")
    office.take(case, "review_draft", note="可以签。")
    assert may_see(office, case, TOWN)
    office.take(case, "sign", **EVERYBODY)
    assert not may_see(office, case, TOWN)
    assert case.state == "performing"


def test_what_somebody_has_signed_is_not_sent_round_any_more(office: Office) -> None:
    case = office.agreed()
    office.take(case, "sign", parties=["a1"])
    office.now += timedelta(hours=1)
    assert office.refuse(case, "ask_review").codes == ["signed_already"]
