"""Rules of law about danger, violence and fake mediation: what must be reported, and what waits until it is."""

from __future__ import annotations

import pytest

from tests.services.county import COURT_NAME, EVERYBODY, PAY, Office, deadline, runs


def test_rule_12_a_danger_that_is_flagged_must_be_reported_in_time(office: Office) -> None:
    case = office.mediating()
    assert office.refuse(case, "report_done", note="已报派出所").codes == ["no_report_owed"]
    office.take(case, "flag_danger", ground="crime", reason="对方扬言要动手")
    [duty] = case.duties
    assert (duty.kind, duty.title, duty.source) == ("report", "可能引起治安案件或刑事案件", "PML 25")
    assert case.risk == "red"
    assert deadline(case, "report_limit").last_day.isoformat() == "2024-03-05"
    office.take(case, "report_done", note="已报雀塘派出所", to="雀塘派出所")
    assert (duty.done_at, duty.done_by) == (office.now, "案卷导入")
    assert not runs(case, "report_limit")
    assert [entry.step for entry in case.entries][-2:] == ["flag_danger", "report_done"]


@pytest.mark.parametrize(
    ("kind", "words", "article"),
    [("violence", "家庭暴力", "DV 14"), ("minor_harm", "侵害未成年人", "MIN 11")],
)
def test_rule_13_violence_and_harm_to_a_minor_are_reported_before_the_case_closes(
    office: Office, kind: str, words: str, article: str
) -> None:
    case = office.mediating()
    office.take(case, "flag_danger", ground=kind, reason="邻居听到孩子哭喊")
    office.run(case, "terminate")
    refusal = office.refuse(case, "close")
    assert refusal.codes == ["report_open"]
    assert words in refusal.words and "先报告" in refusal.words
    assert case.duties[0].source == article
    office.take(case, "report_done", note="已报派出所和妇联")
    office.run(case, "close")
    assert case.state == "closed"


def test_rule_13_the_same_danger_is_one_duty_however_often_it_is_flagged(office: Office) -> None:
    case = office.mediating()
    for _ in range(2):
        office.take(case, "flag_danger", ground="violence", reason="又打了")
    assert len(case.duties) == 1


def test_rule_51_a_suspected_fake_mediation_stands_still_until_it_is_cleared(office: Office) -> None:
    case = office.agreed()
    office.take(case, "flag_suspicion", reason="双方说法一字不差，欠条是新写的")
    assert case.suspicion == "疑似虚假调解"
    for name, facts in (("sign", EVERYBODY), ("agree", {"form": "written", "clauses": [PAY]})):
        refusal = office.refuse(case, name, **facts)
        assert refusal.codes == ["suspected_collusion"]
        assert "报告有关机关" in refusal.words
    office.take(case, "clear_suspicion", reason="调取流水，借款属实")
    assert case.suspicion == "" and case.duties[0].done_at == office.now
    office.run(case, "sign")
    assert case.state == "performing"


def test_rule_51_nothing_under_suspicion_goes_to_court(office: Office) -> None:
    case = office.performing()
    office.take(case, "flag_suspicion", reason="有人举报转移财产")
    refusal = office.refuse(case, "apply_confirmation", court=COURT_NAME)
    assert refusal.codes == ["suspected_collusion"]
    assert case.confirmation is None
    assert office.refuse(case, "close", reason="办完").codes == ["report_open"]


def test_rule_51_only_what_was_marked_is_cleared(office: Office) -> None:
    case = office.mediating()
    assert office.refuse(case, "clear_suspicion", reason="没有问题").codes == ["not_suspected"]
