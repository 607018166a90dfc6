"""Rules of law about time: which clock runs, from when, and what moves its end."""

from __future__ import annotations

from datetime import date

import pytest

from mediation.services import deadlines
from tests.services.county import PAY, SESSION, Office, deadline, paper, runs, warned


def test_rule_16_thirty_days_and_the_first_is_not_counted(office: Office) -> None:
    case = office.run(office.file(), "accept")  # on Monday, 4 March 2024
    limit = deadline(case, "mediation_limit")
    assert limit.last_day == date(2024, 4, 3)
    assert "30日" in limit.explanation and "33" in limit.source


def test_rule_16_it_is_extended_only_if_everybody_agrees(office: Office) -> None:
    case = office.run(office.file(), "accept")
    assert office.refuse(case, "extend", until="2024-05-10", consents=["a1"]).codes == ["consent_missing"]
    assert office.refuse(case, "extend", until="2024-03-01").codes == ["until_past"]
    office.take(case, "extend", until="2024-05-10", consents=["a1", "r1"])
    limit = deadline(case, "mediation_limit")
    assert limit.last_day == date(2024, 5, 10)
    assert "延长至2024年5月10日" in limit.explanation


def test_rule_16_an_appraisal_stops_the_clock(office: Office) -> None:
    case = office.run(office.file(), "accept")
    office.go_to("2024-03-11")
    office.run(case, "pause")
    office.go_to("2024-05-13")
    assert not deadlines.is_overdue(deadline(case, "mediation_limit"), office.now), "a clock at rest"
    office.run(case, "resume")
    limit = deadline(case, "mediation_limit")
    assert limit.last_day == date(2024, 6, 5)  # 63 days later than 3 April
    office.go_to("2024-06-06")
    assert deadlines.is_overdue(limit, office.now)


def test_rule_16_a_pause_moves_an_agreed_end_too(office: Office) -> None:
    case = office.run(office.file(), "accept")
    office.take(case, "extend", until="2024-05-10")
    office.go_to("2024-03-11")
    office.run(case, "pause")
    office.go_to("2024-03-21")
    office.run(case, "resume")
    limit = deadline(case, "mediation_limit")
    assert limit.last_day == date(2024, 5, 20)
    assert "延长至2024年5月20日" in limit.explanation


def test_rule_16_an_overrun_is_told_and_never_refused(office: Office) -> None:
    case = office.run(office.file(), "accept")
    office.go_to("2024-05-06")
    taken = office.take(case, "hold_session", **SESSION)
    assert "limit_overrun" in warned(taken)
    assert case.state == "mediating"


def test_rule_17_medical_has_thirty_working_days_and_then_ends(office: Office) -> None:
    case = office.run(office.file(dispute_type="medical"), "accept")
    limit = deadline(case, "mediation_limit")
    assert (limit.last_day, limit.unit) == (date(2024, 4, 16), "working_days")  # 清明 and its make-up day
    office.go_to("2024-04-17")
    [told] = [
        reason
        for reason in office.take(case, "hold_session", **SESSION).warnings
        if reason.code == "limit_overrun" and "医疗" in reason.zh
    ]
    assert "终止调解" in told.zh


@pytest.mark.parametrize("kind", ["labour", "wage_arrears"])
def test_rule_18_labour_counts_fifteen_days_from_the_application(office: Office, kind: str) -> None:
    case = office.file(dispute_type=kind)
    office.go_to("2024-03-08")
    taken = office.take(case, "accept")
    assert "labour_arbitration" in warned(taken)
    assert "劳动仲裁" in "".join(reason.zh for reason in taken.warnings)
    for name in ("mediation_limit", "labour_arbitration"):
        assert deadline(case, name).starts_on == date(2024, 3, 4)
        assert deadline(case, name).last_day == date(2024, 3, 19)


@pytest.mark.parametrize(("filed", "last"), [("2024-03-04", "2024-04-03"), ("2025-03-03", "2025-03-18")])
def test_rule_19_what_a_court_entrusts_has_its_own_limit(office: Office, filed: str, last: str) -> None:
    office.go_to(filed)
    case = office.run(office.file(source="court"), "accept")
    limit = deadline(case, "mediation_limit")
    assert limit.last_day.isoformat() == last
    assert "特邀调解" in limit.source


def test_rule_20_failure_ends_with_a_notice_of_the_other_routes(office: Office) -> None:
    case = office.mediating()
    assert office.refuse(case, "terminate", ground="other").codes == ["reason_missing"]
    assert office.refuse(case, "close", reason="不成").kind == "not_now", "not without the notice"
    office.run(case, "terminate")
    assert "分歧较大" in paper(case, "termination_notice").facts
    assert not runs(case, "mediation_limit") and not runs(case, "level_limit")
    office.run(case, "close")
    assert case.state == "closed"


def test_rule_21_traffic_leaves_three_days_for_the_police(office: Office) -> None:
    case = office.mediating(dispute_type="traffic")
    office.go_to("2024-03-06")
    office.run(case, "terminate")
    window = deadline(case, "traffic_police")
    assert (window.kind, window.last_day) == ("window", date(2024, 3, 11))  # the 9th is a Saturday
    assert "最后一日为2024年3月11日" in paper(case, "termination_notice").facts
    plain = office.run(office.mediating(), "terminate")
    assert not [row for row in plain.deadlines if row.name == "traffic_police"]


def test_rule_31_thirty_days_from_effect_roll_off_a_rest_day(office: Office) -> None:
    office.go_to("2025-01-10")
    case = office.performing(clauses=[{**PAY, "due": "2025-06-20"}])
    window = deadline(case, "confirmation_window")
    assert case.agreement.effective_on == date(2025, 1, 10)
    assert window.last_day == date(2025, 2, 10)  # the 9th is a Sunday
    assert "33" in window.source and "85" in window.source


def test_rule_39_a_ruling_starts_the_objections_and_two_years_for_enforcement(office: Office) -> None:
    case = office.run(office.applied(), "court_accept")
    office.go_to("2024-03-20")
    office.run(case, "court_confirm")
    assert deadline(case, "party_objection").last_day == date(
        2024, 4, 7
    )  # the 4th to the 6th are 清明, 7th worked
    assert deadline(case, "third_party_objection").last_day == date(2024, 9, 20)
    enforcement = deadline(case, "enforcement_period")
    assert enforcement.starts_on == date(2024, 6, 20), "from the last day of performance"
    assert enforcement.last_day == date(2026, 6, 22)  # 20 June 2026 is a Saturday


def test_rule_40_each_due_date_brings_a_visit(office: Office) -> None:
    parts = [{"amount": "1000.00", "due": "2024-04-10"}, {"amount": "2000.00", "due": "2024-05-10"}]
    case = office.performing(
        clauses=[{**{k: v for k, v in PAY.items() if k != "due"}, "installments": parts}]
    )
    assert [row.last_day.isoformat() for row in case.deadlines if row.name == "obligation_due"] == [
        "2024-04-10",
        "2024-05-10",
    ]
    assert [row.starts_on.isoformat() for row in case.deadlines if row.name == "follow_up_visit"] == [
        "2024-04-10",
        "2024-05-10",
    ]
    office.go_to("2024-04-18")
    office.take(case, "follow_up", note="第一期已付")
    assert [row.stopped_at is None for row in case.deadlines if row.name == "follow_up_visit"] == [
        False,
        True,
    ]
