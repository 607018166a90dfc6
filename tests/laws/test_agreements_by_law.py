"""Rules of law about sessions and agreements: what is recorded, what is written, who signs, when it takes effect."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import documents
from tests.services.county import ANNA, EVERYBODY, PAY, ZHANG, Office, paper, papers, person, warned

UNTIMED = {key: value for key, value in PAY.items() if key != "due"}


def test_rule_22_every_session_leaves_a_record(office: Office) -> None:
    case = office.run(office.mediating(), "hold_session")
    assert papers(case).count("session_record") == 2
    assert "双方各说各的。" in paper(case, "session_record").facts
    assert documents.find_kind("session_record").title == "人民调解记录"
    assert [(row.number, row.outcome) for row in case.sessions] == [(1, "no_agreement"), (2, "no_agreement")]


def test_rule_22_a_session_without_its_outcome_or_attendance_is_none(office: Office) -> None:
    case = office.run(office.file(), "accept")
    refusal = office.refuse(case, "hold_session", mediators=["王𬭎"], outcome="no_agreement")
    assert refusal.codes == ["attendance_missing"]
    assert case.sessions == []


def test_rule_23_an_oral_agreement_is_registered_and_in_effect_at_once(office: Office) -> None:
    case = office.mediating()
    office.take(case, "agree", form="oral", clauses=[PAY])
    assert (case.state, case.agreement.state) == ("performing", "effective")
    assert case.agreement.effective_on == office.now.date()
    assert papers(case)[-1] == "oral_agreement"
    assert PAY["text"] in paper(case, "oral_agreement").facts


@pytest.mark.parametrize("kind", ["medical", "labour", "wage_arrears", "farmland"])
def test_rule_24_medical_labour_and_farmland_agreements_are_written(office: Office, kind: str) -> None:
    case = office.mediating(dispute_type=kind)
    refusal = office.refuse(case, "agree", form="oral", clauses=[PAY])
    assert (refusal.codes, refusal.where) == (["writing_required"], ["form"])
    assert "书面" in refusal.words
    office.take(case, "agree", form="written", clauses=[PAY])
    assert case.state == "agreed"


@pytest.mark.parametrize(
    ("clauses", "code", "where"),
    [
        ([], "no_clauses", "clauses"),
        ([{**PAY, "obligors": ["r9"]}], "party_unknown", "clauses[0].obligors"),
        (
            [PAY, {**PAY, "shares": [{"party": "a1", "amount": "2999.99"}]}],
            "sum_mismatch",
            "clauses[1].shares",
        ),
        ([{**UNTIMED, "installments": [{"amount": "1.00"}]}], "sum_mismatch", "clauses[0].installments"),
    ],
)
def test_rule_25_an_agreement_has_what_the_law_wants_in_it(
    office: Office, clauses: list[dict[str, Any]], code: str, where: str
) -> None:
    case = office.mediating()
    refusal = office.refuse(case, "agree", form="written", clauses=clauses)
    assert (refusal.codes, refusal.where) == ([code], [where])
    assert (case.state, case.agreements) == ("mediating", [])


def test_rule_25_parties_facts_dispute_responsibility_items_and_time_are_on_the_paper(office: Office) -> None:
    case = office.mediating()
    office.take(case, "agree", form="written", clauses=[PAY], responsibility="张䶮负全部责任")
    said = paper(case, "agreement").facts
    for words in (
        "古丽·买买提",
        "张䶮",
        case.facts,
        case.claims,
        "张䶮负全部责任",
        PAY["text"],
        "2024-06-20",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("obligors", "谁付"),
        ("obligees", "付给谁"),
        ("amount", "多少钱"),
        ("due", "什么时候付"),
        ("method", "怎么付"),
    ],
)
def test_rule_26_what_a_court_could_not_enforce_is_pointed_at(office: Office, field: str, words: str) -> None:
    case = office.mediating()
    unclear = {key: value for key, value in PAY.items() if key != field}
    taken = office.take(case, "agree", form="written", clauses=[PAY, unclear])
    [told] = [reason for reason in taken.warnings if reason.code == "not_definite"]
    assert words in told.zh and "第2条" in told.zh
    assert [clause.definite for clause in case.agreement.clauses] == [True, False]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ({"kind": "status", "text": "双方解除婚姻关系。"}, "离婚"),
        ({"kind": "other", "text": "双方自愿离婚。"}, "离婚"),
        ({"kind": "ownership", "text": "后山归张䶮。"}, "土地"),
        ({"kind": "other", "text": "争议土地归张䶮家所有。"}, "归谁所有"),
    ],
)
def test_rule_27_status_and_title_are_flagged(office: Office, clause: dict[str, Any], words: str) -> None:
    case = office.mediating()
    taken = office.take(case, "agree", form="written", clauses=[clause])
    [told] = [reason for reason in taken.warnings if reason.code == "status_or_title"]
    assert words in told.zh and "法院也不会确认" in told.zh


@pytest.mark.parametrize("missing", ["a1", "r1", "mediator", "seal"])
def test_rule_28_in_effect_only_when_parties_mediator_and_seal_are_all_there(
    office: Office, missing: str
) -> None:
    case = office.agreed()
    office.take(
        case,
        "sign",
        parties=[ref for ref in ("a1", "r1") if ref != missing],
        mediators=[] if missing == "mediator" else ["王𬭎"],
        seal=missing != "seal",
    )
    assert case.state == "agreed"
    assert case.agreement.effective_on is None
    office.go_to("2024-03-11")
    last = {"mediator": {"mediators": ["王𬭎"]}, "seal": {"seal": True}}.get(missing, {"parties": [missing]})
    office.take(case, "sign", **last)
    assert (case.state, case.agreement.state) == ("performing", "effective")
    assert case.agreement.effective_on.isoformat() == "2024-03-11", "the latest of them all"


def test_rule_28_no_signature_is_older_than_the_text(office: Office) -> None:
    case = office.agreed()
    assert office.refuse(case, "sign", parties=["x9"]).codes == ["party_unknown"]
    assert office.refuse(case, "sign").codes == ["nobody_signs"]
    refusal = office.refuse(case, "sign", parties=["a1"], manner="electronic")
    assert refusal.codes == ["electronic_off"]
    office.go_to("2024-03-01")
    assert office.refuse(case, "sign", parties=["a1"]).codes == ["before_the_last"]


@pytest.mark.parametrize(("for_court", "copies"), [(False, 3), (True, 4)])
def test_rule_29_a_copy_for_each_party_one_for_the_file_one_for_the_court(
    office: Office, for_court: bool, copies: int
) -> None:
    case = office.mediating()
    office.take(case, "agree", form="written", clauses=[PAY], for_court=for_court)
    facts = documents.thaw("agreement", paper(case, "agreement").facts)
    assert documents.find_kind("agreement").copies(facts) == copies


def test_rule_30_an_agreement_in_effect_is_replaced_with_everybodys_consent_and_kept(office: Office) -> None:
    case = office.performing()
    first, printed = case.agreement, paper(case, "agreement")
    fewer = {**PAY, "amount": "2000.00"}
    refusal = office.refuse(case, "agree", form="written", clauses=[fewer], consents=["a1"])
    assert refusal.codes == ["consent_missing"]
    said = printed.facts
    office.take(case, "agree", form="written", clauses=[fewer], consents=["a1", "r1"])
    assert (first.state, first.clauses[0].amount) == ("superseded", Decimal("3000.00"))
    assert printed.facts == said and printed.superseded_at is not None
    assert (case.state, case.agreement.version, case.agreement.state) == ("agreed", 2, "drafted")


def test_rule_30_no_step_edits_an_agreement_in_effect(office: Office) -> None:
    case = office.performing()
    assert office.refuse(case, "sign", **EVERYBODY).kind == "not_now"


def test_rule_46_what_was_said_at_a_session_is_not_told_to_the_court(office: Office) -> None:
    case = office.applied()
    assert "双方各说各的。" in paper(case, "session_record").facts
    for row in case.documents:
        if row.type != "session_record":
            assert "双方各说各的。" not in row.facts, row.type
    assert "人民调解记录" not in paper(case, "material_list").facts


def test_rule_53_an_agreement_lists_exactly_its_signers(office: Office) -> None:
    case = office.agreed(parties=[ANNA, ZHANG, person("t1", "村委会")])
    facts = documents.thaw("agreement", paper(case, "agreement").facts)
    assert [party.name for party in facts.parties] == ["古丽·买买提", "张䶮"]


def test_rule_53_a_representative_signs_only_with_special_authority(office: Office) -> None:
    agents = [{"name": "方某", "authority": "general"}, {"name": "何律师", "authority": "special"}]
    case = office.agreed(parties=[{**ANNA, "agents": agents}, ZHANG])
    refusal = office.refuse(case, "sign", parties=["a1"], signed_by={"a1": "方某"})
    assert refusal.codes == ["no_special_authority"]
    assert "特别授权" in refusal.words
    office.take(case, "sign", parties=["a1"], signed_by={"a1": "何律师"})
    assert [row.name for row in case.agreement.signatures] == ["何律师"]


def test_a_session_without_agreement_behind_an_agreement_is_pointed_at(office: Office) -> None:
    case = office.mediating()
    assert "no_agreed_session" in warned(office.take(case, "agree", form="written", clauses=[PAY]))
