"""Signatures: who signs for whom, and what a new version does to them."""

from __future__ import annotations

import pytest

from tests.services.county import ANNA, EVERYBODY, PAY, ZHANG, Office, paper, person

WANG = person("a2", "王代表")


def group(authority: str | None, **member: object) -> list[dict[str, object]]:
    """Two applicants, of whom the second represents the first, and a respondent."""
    agents = [{"name": "王代表", "authority": authority, "relation": "工友"}] if authority else []
    return [{**ANNA, "represented_by": "a2", "agents": agents, **member}, WANG, ZHANG]


def unsigned(office: Office, case: object) -> list[str]:
    from mediation.services.situations import see

    seen = see(case, office.now.date()).agreement
    assert seen is not None
    return list(seen.unsigned)


def test_an_elected_representative_with_special_authority_signs_for_the_group(office: Office) -> None:
    case = office.agreed(parties=group("special"))
    office.take(case, "sign", **{**EVERYBODY, "parties": ["a2", "r1"]})
    assert case.state == "performing"
    by_name = {row.party.ref: row.name for row in case.agreement.live_signatures if row.party}
    assert by_name == {"a1": "王代表", "a2": "王代表", "r1": "张䶮"}


@pytest.mark.parametrize("authority", ["general", None])
def test_being_elected_to_speak_is_not_being_allowed_to_sign(office: Office, authority: str | None) -> None:
    case = office.agreed(parties=group(authority))
    office.take(case, "sign", **{**EVERYBODY, "parties": ["a2", "r1"]})
    assert case.state == "agreed"
    assert unsigned(office, case) == ["a1"]
    office.take(case, "sign", parties=["a1"])
    assert case.state == "performing"


def test_a_minor_of_a_group_does_not_slip_through_its_representative(office: Office) -> None:
    case = office.agreed(parties=group("special", birth_date="2008-05-01"))
    refusal = office.refuse(case, "sign", parties=["a2"])
    assert refusal.codes == ["guardian_missing"]
    assert "古丽·买买提" in refusal.words


def test_a_proxy_with_special_authority_signs_in_its_own_name(office: Office) -> None:
    agent = {"name": "方律师", "authority": "special"}
    case = office.agreed(parties=[{**ANNA, "agents": [agent]}, ZHANG])
    office.take(case, "sign", parties=["a1"], signed_by={"a1": "方律师"})
    [row] = case.agreement.live_signatures
    assert (row.party.ref, row.name, row.manner) == ("a1", "方律师", "signature")


def test_nobody_is_counted_twice(office: Office) -> None:
    case = office.agreed()
    for _ in range(2):
        office.take(case, "sign", parties=["a1"], mediators=["王𬭎"], seal=True)
    assert sorted(row.kind for row in case.agreement.live_signatures) == ["mediator", "party", "seal"]
    assert case.state == "agreed"


def test_the_day_of_effect_is_that_of_the_last_signature(office: Office) -> None:
    case = office.agreed()
    office.take(case, "sign", parties=["a1"], mediators=["王𬭎"])
    office.go_to("2024-03-06")
    office.take(case, "sign", parties=["r1"])
    assert (case.state, case.agreement.state) == ("agreed", "signed")
    office.go_to("2024-03-08")
    office.take(case, "sign", seal=True)
    assert (case.state, case.agreement.state) == ("performing", "effective")
    assert case.agreement.effective_on.isoformat() == "2024-03-08"


def test_a_new_version_voids_every_signature_and_paper_of_the_one_before(office: Office) -> None:
    case = office.agreed()
    office.take(case, "sign", parties=["a1"], mediators=["王𬭎"], seal=True)
    first, printed = case.agreement, paper(case, "agreement")
    office.take(case, "agree", form="written", clauses=[{**PAY, "amount": "2500.00"}])
    assert case.agreement is not first
    assert (first.state, case.agreement.version) == ("superseded", 2)
    assert first.live_signatures == [] and len(first.signatures) == 3
    assert printed.superseded_at == office.now
    assert unsigned(office, case) == ["a1", "r1"]
    office.take(case, "sign", parties=["r1"], mediators=["王𬭎"], seal=True)
    assert case.state == "agreed", "the first party signed another text"


def test_a_third_party_signs_only_where_a_clause_binds_or_favours_it(office: Office) -> None:
    village = person("t1", "村委会")
    case = office.agreed(parties=[ANNA, ZHANG, village])
    assert unsigned(office, case) == ["a1", "r1"]
    office.take(case, "agree", form="written", clauses=[PAY, {**PAY, "obligors": ["t1"]}])
    assert unsigned(office, case) == ["a1", "r1", "t1"]
