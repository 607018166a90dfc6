"""A court reads a case because an application is before it: how long after its answer, and that it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from mediation.access import visible_cases
from mediation.models import Case, Grant, Organisation, User
from mediation.services import court_access, grants, history, organisations, steps
from mediation.services.people import By
from tests.services.county import COURT, COURT_NAME, Office
from tests.services.engines import KEYS
from workflows import Refused
from workflows.steps import SYSTEM

OTHER_COURT = "邵阳县人民法院"
ANSWERS = {
    "court_confirm": {"ruling_number": "（2024）湘0522民特7号"},
    "court_dismiss": {"reason": "内容不明确"},
    "court_reject": {"reason": "不归本院管", "ground": "CPLI 355(2)"},
    "court_withdraw": {},
    "withdraw_confirmation": {},
}


def answered(office: Office, step: str = "court_confirm") -> Case:
    """An application that came to this end."""
    case = office.applied()
    if step in ("court_confirm", "court_dismiss"):
        office.run(case, "court_accept")
    office.take(case, step, **ANSWERS[step])
    return case


def round_after(office: Office, days: int) -> int:
    """The daily round so many days later."""
    office.session.flush()
    office.now += timedelta(days=days)
    done = court_access.end_due(office.desk)
    office.session.flush()
    return done


def reads(office: Office, case: Case, court: str = COURT_NAME) -> bool:
    """Whether a liaison of the court would find the case."""
    person = office.session.scalars(
        select(User).join(Organisation).where(Organisation.name == court, User.role == "court")
    ).one()
    seen = select(Case.id).where(Case.id == case.id, visible_cases(person, office.desk.now))
    return office.session.scalar(seen) is not None


@pytest.mark.parametrize("step", ANSWERS)
def test_it_ends_a_month_after_the_answer_and_not_before(office: Office, step: str) -> None:
    case = answered(office, step)
    assert round_after(office, 30) == 0 and reads(office, case)
    assert round_after(office, 1) == 1 and not reads(office, case)
    assert round_after(office, 1) == 0
    last = case.entries[-1]
    assert (last.step, last.by_name, last.facts) == ("end_court_access", "系统", {"court": COURT_NAME})
    assert history.faults_in_chain(case.case_no, case.entries, case.head_hash, case.steps_taken, KEYS) == []


def test_it_lasts_while_the_court_has_the_application_before_it(office: Office) -> None:
    waiting, accepted = office.applied(), office.run(office.applied(), "court_accept")
    assert round_after(office, 400) == 0
    assert reads(office, waiting) and reads(office, accepted)


def test_a_new_application_to_the_same_court_opens_it_again(office: Office) -> None:
    case = answered(office, "withdraw_confirmation")
    office.take(case, "apply_confirmation", court=COURT_NAME)
    assert round_after(office, 60) == 0 and reads(office, case)
    office.take(case, "court_reject", **ANSWERS["court_reject"])
    assert round_after(office, 31) == 1 and not reads(office, case)


def test_each_court_keeps_its_own_time(office: Office) -> None:
    other = organisations.add_office(
        office.desk, code="court-430523", name=OTHER_COURT, kind="court", level="county", parent=None
    )
    case = answered(office, "court_reject")
    office.now += timedelta(days=3)
    office.session.flush()
    office.take(case, "apply_confirmation", court=OTHER_COURT)
    assert round_after(office, 28) == 1
    assert [row.organisation_id for row in grants.live(case) if row.kind == "court"] == [other.id]
    assert not reads(office, case)


def test_nobody_ends_it_before_its_time_and_no_person_ever(office: Office) -> None:
    case = answered(office)
    office.session.flush()
    for days, by, kind, codes in (
        (0, By("系统", SYSTEM.role), "not_met", ["court_still_reads"]),
        (60, office.somebody(COURT, "court"), "not_yours", ["not_yours"]),
    ):
        office.now += timedelta(days=days)
        with pytest.raises(Refused) as refused:
            steps.take(office.desk, case, "end_court_access", by=by, at=office.now, facts={})
        assert (refused.value.kind, [row.code for row in refused.value.reasons]) == (kind, codes)
    assert reads(office, case)


def test_a_case_in_the_archive_is_read_as_long_and_no_longer(office: Office) -> None:
    case = answered(office)
    office.take(case, "perform", clause=1, amount="3000.00", paid_by="r1", confirmed_by="a1")
    office.run(case, "close", "archive")
    assert case.entries[-1].facts["court"] == COURT_NAME and case.entries[-1].facts["until"] == "2024-04-03"
    [grant] = [row for row in case.grants if row.kind == "court"]
    assert grant.ends_at is not None and reads(office, case)
    assert round_after(office, 31) == 0
    assert not reads(office, case)


def test_an_answer_of_long_ago_ends_with_the_next_round(office: Office) -> None:
    case = answered(office)
    [grant] = [row for row in case.grants if row.kind == "court"]
    assert isinstance(grant, Grant) and round_after(office, 2000) == 1
    assert grant.ends_at == office.desk.now
