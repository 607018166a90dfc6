"""What a court says to an application: sent back with coded reasons, handed in again, numbered, ruled, withdrawn."""

from __future__ import annotations

from datetime import date

from mediation.models import Case
from tests.services.county import COURT, Office, deadline, runs
from workflows.readiness import read_law


def codes(case: Case) -> list[tuple[str, bool]]:
    """The reasons it came back with, and whether each is mended."""
    assert case.confirmation is not None
    return [(row.code, row.mended_at is not None) for row in case.confirmation.returns]


def test_what_is_sent_back_says_each_reason_and_until_when(office: Office) -> None:
    case = office.applied()
    court = office.somebody(COURT, "court")
    asked = {"reasons": ["missing_identity", "unsigned"], "until": "2024-03-20", "reason": "请补齐。"}
    office.take(case, "court_request", court, **asked)
    assert codes(case) == [("missing_identity", False), ("unsigned", False)]
    assert case.confirmation.returned_until == date(2024, 3, 20)
    assert deadline(case, "supplement").last_day == date(2024, 3, 20)
    assert {row.holder_id for row in case.confirmation.returns} == {case.holder_id}


def test_what_was_mended_goes_back_to_the_court_and_its_clock_runs_again(office: Office) -> None:
    case = office.applied()
    assert office.refuse(case, "supplement").codes == ["nothing_asked_for"]
    office.take(case, "court_request", reasons=["unreadable"], reason="看不清")
    office.take(case, "supplement", note="重新扫描了")
    assert codes(case) == [("unreadable", True)]
    assert case.confirmation.supplemented_at == case.entries[-1].at
    assert not runs(case, "supplement") and runs(case, "court_acceptance")
    office.take(case, "court_request", reasons=["unreadable"], reason="还是看不清")
    assert case.confirmation.supplemented_at is None
    assert codes(case) == [("unreadable", True), ("unreadable", False)]


def test_what_passes_with_a_check_open_passes_for_a_reason(office: Office) -> None:
    case = office.applied()
    refusal = office.refuse(case, "court_accept", checks=["joint"])
    assert refusal.codes == ["checks_open"] and "还有11项没有勾" in refusal.words
    office.take(case, "court_accept", checks=[check.code for check in read_law().checks])
    assert case.confirmation.state == "accepted"


def test_a_case_number_may_come_later(office: Office) -> None:
    case = office.run(office.applied(), "court_accept")
    assert office.refuse(case, "court_number").codes == ["number_missing"]
    office.take(case, "court_number", number="（2024）湘0522民特7号")
    assert (case.confirmation.court_number, case.confirmation.state) == ("（2024）湘0522民特7号", "accepted")


def test_the_day_of_the_ruling_is_the_one_on_the_paper(office: Office) -> None:
    case = office.run(office.applied(), "court_accept")
    office.take(case, "court_confirm", ruling_number="（2024）湘0522民特7号", ruling_on="2024-03-01")
    assert case.confirmation.ruling_on == date(2024, 3, 1)


def test_a_withdrawal_that_the_court_allows_leaves_what_remains_of_the_window(office: Office) -> None:
    case = office.run(office.applied(), "court_accept")
    office.take(case, "court_withdraw", number="（2024）湘0522民特7号")
    assert case.confirmation.state == "withdrawn"
    assert runs(case, "confirmation_window")


def test_a_ruling_is_kept_with_the_case(office: Office) -> None:
    case = office.run(office.applied(), "court_accept", "court_confirm")
    from mediation.services import steps

    by, file = (
        office.somebody(COURT, "court"),
        {"sha256": "ab" * 32, "size": 9, "media_type": "application/pdf"},
    )
    office.session.flush()
    steps.take(office.desk, case, "court_ruling", by=by, at=office.now, facts={"file": file})
    [kept] = case.attachments
    assert (kept.kind, kept.confirmation_id) == ("ruling", case.confirmation.id)
