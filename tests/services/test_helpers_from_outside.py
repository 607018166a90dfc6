"""Experts, joint sessions, an office above that asks for an account, an application at the wrong door."""

from __future__ import annotations

from mediation.services import consulting
from tests.services.county import (
    COUNTY,
    OTHER_TOWN,
    OTHER_VILLAGE,
    VILLAGE,
    Office,
    runs,
)


def test_an_expert_is_suggested_by_type_and_another_when_that_one_declines(office: Office) -> None:
    county = office.place(COUNTY)
    for name, types in (("罗工", []), ("周律师", ["neighbourhood"]), ("外人", ["neighbourhood"])):
        consulting.add_expert(
            office.desk, county, name=name, field="测绘", unit="县测绘队", phone="13900000077", types=types
        ).active = name != "外人"
    office.session.flush()
    case = office.run(office.file(), "accept")
    assert [row.name for row in consulting.suggest(office.session, case)] == ["周律师", "罗工"]
    office.take(case, "invite_expert", expert="周律师")
    assert case.invitations[0].expert is not None
    assert office.refuse(case, "invite_expert", expert="周律师").codes == ["invited_already"]
    office.take(case, "expert_replies", expert="周律师", answer="declined", note="出差。")
    assert [row.name for row in consulting.suggest(office.session, case)] == ["罗工"]


def test_an_expert_is_invited_with_the_parties_consent(office: Office) -> None:
    case = office.run(office.file(), "accept")
    assert office.refuse(case, "invite_expert", expert="罗工", consents=["a1"]).codes == ["consent_missing"]


def test_a_joint_session_is_recorded_and_is_no_attempt(office: Office) -> None:
    case = office.run(office.file(), "accept")
    office.take(
        case, "consult", organisations=["自然资源局", "住建局"], experts=["罗工"], chair="李副县长",
        record="各说各的难处。", decision="住建局三天内补手续。",
    )  # fmt: skip
    assert (case.joint_sessions[0].number, case.state, len(case.sessions)) == (1, "accepted", 0)
    assert case.joint_sessions[0].organisations == ["自然资源局", "住建局"]


def test_an_answer_to_the_office_above_stops_its_clock(office: Office) -> None:
    case = office.run(office.file(), "accept")
    assert office.refuse(case, "reply_supervision", note="在办。").codes == ["no_supervision"]
    office.take(case, "supervise", matter="请今天处理。")
    assert runs(case, "supervision_reply")
    office.take(case, "reply_supervision", who=office.somebody(VILLAGE), note="明天上午调解。")
    assert not runs(case, "supervision_reply")


def test_an_application_at_the_wrong_door_goes_to_the_right_one(office: Office) -> None:
    case = office.file()
    filed_at = case.filed_at
    village = office.somebody(VILLAGE)
    office.take(case, "pass_on", who=village, to=OTHER_VILLAGE, reason="争的地在那个村。")
    assert (case.holder.code, case.state, case.filed_at) == (OTHER_VILLAGE, "filed", filed_at)
    assert case.committee.organisation.code == OTHER_VILLAGE
    assert runs(case, "acceptance_decision")
    live = {(row.organisation.code, row.kind) for row in case.grants if row.ends_at is None}
    assert live == {(OTHER_VILLAGE, "holder"), (OTHER_TOWN, "above"), (COUNTY, "above")}
    same = office.refuse(case, "pass_on", to=OTHER_VILLAGE, reason="原地不动。")
    assert same.codes == ["not_elsewhere"]
