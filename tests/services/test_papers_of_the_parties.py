"""Papers that the case calls for without anybody retyping: application, register, powers, evidence, performance."""

from __future__ import annotations

from typing import Any

import documents
from documents import facts as f
from tests.services.county import ANNA, ZHANG, Office, paper, papers, person

AGENT = [{"name": "王代表", "authority": "special", "phone": "13900000009"}]
UNIT = {
    "ref": "r1", "role": "respondent", "kind": "company", "name": "路桥公司",
    "legal_representative": {"name": "周建平", "title": "经理"}, "address": "酿溪镇大坪路1号",
}  # fmt: skip


def facts_of(document: Any) -> Any:
    return documents.thaw(document.type, document.facts)


def test_a_case_that_parties_brought_begins_with_application_and_register(office: Office) -> None:
    case = office.run(office.file(claims="赔偿3000元。\n赔礼道歉。"), "accept")
    assert papers(case) == ["application_form", "acceptance_register", "acceptance_notice", "rights_notice"]
    assert facts_of(paper(case, "application_form")).claims == ("赔偿3000元。", "赔礼道歉。")
    assert [row.number for row in case.documents] == [1, 2, 3, 4]
    codes = {row.check_code for row in case.documents}
    assert len(codes) == 4
    assert all(facts_of(row).verify_code == row.check_code for row in case.documents)


def test_a_case_that_the_committee_took_up_itself_has_a_register_alone(office: Office) -> None:
    case = office.run(office.file(source="proactive"), "accept")
    assert "application_form" not in papers(case)
    assert facts_of(paper(case, "acceptance_register")).proactive is True


def test_those_who_gave_one_agent_the_same_powers_sign_one_power(office: Office) -> None:
    parties = [{**ANNA, "agents": AGENT}, {**person("a2", "李四"), "agents": AGENT}, ZHANG]
    case = office.run(office.file(parties=parties), "accept")
    power = facts_of(paper(case, "power_of_attorney"))
    assert papers(case).count("power_of_attorney") == 1
    assert [principal.name for principal in power.parties] == [ANNA["name"], "李四"]
    assert "进行和解、调解" in power.agents[0].powers


def test_a_unit_proves_who_its_head_is(office: Office) -> None:
    case = office.run(office.file(parties=[ANNA, UNIT]), "accept")
    proof = facts_of(paper(case, "representative_identity"))
    assert isinstance(proof, f.RepresentativeIdentity)
    assert (proof.representative, proof.title) == ("周建平", "经理")
    nameless = {key: value for key, value in UNIT.items() if key != "legal_representative"}
    assert "representative_identity" not in papers(
        office.run(office.file(parties=[ANNA, nameless]), "accept")
    )


def test_once_all_is_done_there_is_a_proof_of_it(office: Office) -> None:
    case = office.performing()
    office.take(case, "perform", clause=1, amount="1000.00")
    assert "performance_certificate" not in papers(case)
    office.take(case, "perform", clause=1, amount="2000.00")
    proof = facts_of(paper(case, "performance_certificate"))
    assert str(proof.total) == "3000.00"
    assert [str(row.amount) for row in proof.payments] == ["1000.00", "2000.00"]


def test_evidence_is_listed_when_the_case_is_closed(office: Office) -> None:
    case = office.performing()
    file = {"sha256": "a" * 64, "size": 9, "media_type": "image/png", "pages": 1, "name": "照片.png"}
    office.keep(case, "add_file", {"kind": "evidence", "title": "裂缝照片", "file": file, "party": "a1"})
    office.run(case, "close")
    [item] = facts_of(paper(case, "evidence_list")).items
    assert (item.name, item.provider) == ("裂缝照片", ANNA["name"])


def test_without_evidence_there_is_no_list(office: Office) -> None:
    assert "evidence_list" not in papers(office.run(office.performing(), "close"))
