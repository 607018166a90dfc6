"""Situations: a case's rows as the rules see them."""

from __future__ import annotations

from datetime import date

import pytest

from mediation.services.situations import see
from tests.services.county import ANNA, EVERYBODY, PAY, TOWN, ZHANG, Office, person


def test_attempts_are_those_of_the_present_holder(office: Office) -> None:
    case = office.run(office.mediating(), "hold_session", "hold_session")
    seen = see(case, office.now.date())
    assert (seen.attempts, seen.sessions, seen.last_outcome) == (3, 3, "no_agreement")
    office.take(case, "escalate", ground="attempts_exhausted")
    office.run(case, "receive")
    seen = see(case, office.now.date())
    assert (seen.attempts, seen.sessions, seen.receiver) == (0, 3, "新邵县")
    assert office.refuse(case, "escalate", ground="attempts_exhausted").codes == ["attempts_too_few"]


@pytest.mark.parametrize(
    ("on", "age"), [("2024-02-28", 43), ("2024-02-29", 44), ("2025-02-27", 44), ("2025-02-28", 45)]
)
def test_age_is_counted_in_full_years_on_the_day(office: Office, on: str, age: int) -> None:
    case = office.file()
    assert see(case, date.fromisoformat(on)).party("a1").age == age


def test_who_has_left_is_seen_no_more_and_represents_nobody(office: Office) -> None:
    wang = person("a2", "王代表")
    case = office.mediating(parties=[{**ANNA, "represented_by": "a2"}, wang, ZHANG])
    assert see(case, office.now.date()).party("a1").represented_by == "a2"
    office.take(case, "remove_party", party="a2", reason="撤回")
    seen = see(case, office.now.date())
    assert [party.ref for party in seen.parties] == ["a1", "r1"]
    assert seen.party("a1").represented_by == ""
    assert [party.ref for party in case.all_parties] == ["a1", "a2", "r1"], "what was recorded stays"


def test_identity_is_whole_only_with_number_address_and_phone(office: Office) -> None:
    whole = {**ANNA, "id_type": "passport", "id_number": "E12345678"}
    seen = see(office.file(parties=[whole, ZHANG]), date(2024, 3, 4))
    assert [party.has_identity for party in seen.parties] == [True, False]


def test_an_application_belongs_to_one_version(office: Office) -> None:
    case = office.run(office.applied(), "court_accept", "court_dismiss", "agree", "sign")
    assert see(case, office.now.date()).confirmation is None
    office.run(case, "apply_confirmation")
    assert see(case, office.now.date()).confirmation.state == "filed"


def test_the_agreement_is_seen_with_who_signed_it(office: Office) -> None:
    case = office.agreed()
    office.take(case, "sign", **{**EVERYBODY, "parties": ["r1"]})
    seen = see(case, office.now.date()).agreement
    assert (seen.signed, seen.unsigned) == (("r1",), ("a1",))
    assert (seen.mediator_signed, seen.sealed, seen.agreed_on) == (True, True, office.now.date())
    assert seen.clauses[0].obligors == ("r1",) and seen.clauses[0].text == PAY["text"]


def test_an_overrun_limit_is_named_until_it_is_stopped(office: Office) -> None:
    case = office.run(office.file(TOWN), "accept")
    assert see(case, date(2024, 4, 3)).overrun == ("本级调解期限",)
    assert see(case, date(2024, 4, 4)).overrun == ("调解总期限", "本级调解期限")
    office.run(case, "terminate")
    assert see(case, date(2024, 4, 4)).overrun == ()


def test_nobody_joins_under_a_ref_that_was_ever_used(office: Office) -> None:
    case = office.mediating(parties=[ANNA, ZHANG, person("r2", "李志刚")])
    office.take(case, "remove_party", party="r2", reason="与本案无关")
    refusal = office.refuse(case, "add_party", party=person("r2", "刘公道"))
    assert (refusal.codes, refusal.where) == (["duplicate_ref"], ["party.ref"])
    office.take(case, "add_party", party=_unnamed())
    assert case.parties[-1].ref == "r3"


def _unnamed() -> dict[str, object]:
    return {key: value for key, value in person("r2", "刘公道").items() if key != "ref"}
