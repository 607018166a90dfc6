"""Rules of law about filing, accepting and telling: who comes, who consents, what is kept out."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import IntegrityError

import mediation.models  # noqa: F401 - the tables register themselves
from mediation.case_payloads import CasePayload
from mediation.database import Base
from mediation.models import Case
from mediation.payloads import STEPS
from mediation.services.notices import templates
from tests.services.county import (
    ANNA,
    COUNTY,
    DISPUTE,
    SESSION,
    START,
    TOWN,
    VILLAGE,
    ZHANG,
    Office,
    paper,
    papers,
    person,
    warned,
)
from workflows import Refused

CHILD = person("a2", "小明", birth_date="2014-05-01")


def test_rule_01_nothing_is_ever_charged() -> None:
    words = re.compile(r"\b(fee|charge|price|cost)s?\b")
    columns = [column.name for table in Base.metadata.tables.values() for column in table.columns]
    fields = [
        *CasePayload().fields,
        *(name for kind in STEPS.values() for name in kind().fields),
    ]
    assert [name for name in (*columns, *fields) if words.search(name.replace("_", " "))] == []
    assert "不收任何费用" in templates()["texts"]["N03"]


def test_rule_02_a_dispute_has_its_number_before_anything_is_done(office: Office) -> None:
    case = office.file()
    assert case.case_no == "〔2024〕白水洞村人调字第0001号"
    assert [entry.step for entry in case.entries] == ["file"]
    refusal = office.refuse(case, "hold_session", **SESSION)
    assert refusal.kind == "not_now"
    assert "待受理" in refusal.words
    office.take(case, "accept")
    assert case.state == "accepted"


def test_rule_03_without_the_consent_of_each_party_nothing_is_accepted(office: Office) -> None:
    case = office.file()
    refusal = office.refuse(case, "accept", consents=["a1"])
    assert refusal.codes == ["consent_missing"]
    assert "张䶮没有同意" in refusal.words and "自愿" in refusal.words
    assert case.state == "filed"
    office.take(case, "accept", consents=["a1", "r1"])
    assert case.entries[-1].facts["consents"] == ["a1", "r1"]


def test_rule_04_a_refusal_ends_the_case_and_names_the_other_routes(office: Office) -> None:
    case = office.mediating()
    office.take(case, "terminate", ground="refusal")
    assert case.state == "terminated"
    assert papers(case)[-1] == "termination_notice"
    told = case.entries[-1]
    assert told.facts == {"ground": "refusal"}
    refusal = office.refuse(case, "hold_session", **SESSION)
    assert refusal.kind == "not_now"


def test_rule_04_of_many_parties_only_the_one_who_refuses_leaves(office: Office) -> None:
    case = office.mediating(parties=[ANNA, ZHANG, person("r2", "李志刚")])
    office.take(case, "remove_party", party="r2", reason="明确拒绝调解")
    assert case.state == "mediating"
    assert [party.ref for party in case.parties] == ["a1", "r1"]
    assert office.refuse(case, "remove_party", party="r1", reason="也不愿意").codes == ["no_other_side"]


def test_rule_05_rights_are_told_before_the_first_session(office: Office) -> None:
    case = office.run(office.file(), "accept")
    notice = paper(case, "rights_notice")
    case.documents.remove(notice)
    refusal = office.refuse(case, "hold_session", **SESSION)
    assert refusal.codes == ["rights_not_told"]
    assert "权利义务" in refusal.words
    case.documents.append(notice)
    office.take(case, "hold_session", **SESSION)
    assert case.state == "mediating"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("special_authority", "专门机关"),
        ("refused", "明确拒绝"),
        ("crime", "刑事责任"),
        ("status", "婚姻"),
        ("title", "所有权"),
    ],
)
def test_rule_06_what_the_law_excludes_is_not_accepted(office: Office, code: str, words: str) -> None:
    case = office.file()
    refusal = office.refuse(case, "accept", exclusions=[code])
    assert refusal.codes == [f"excluded_{code}"]
    assert words in refusal.words and "不予受理" in refusal.words
    office.take(case, "reject", reason=words)
    assert (case.state, papers(case)) == ("not_accepted", ["rejection_notice"])


def test_rule_07_what_a_court_has_accepted_needs_its_letter(office: Office) -> None:
    case = office.file(source="court")
    refusal = office.refuse(case, "accept", exclusions=["already_accepted"])
    assert refusal.codes == ["excluded_already_accepted"]
    letter = "（2024）湘0522诉前调12号委托函"
    taken = office.take(case, "accept", exclusions=["already_accepted"], referral_letter=letter)
    assert case.referral_letter == letter
    assert "referral_letter_missing" not in warned(taken)


def test_rule_08_a_session_has_a_mediator_and_one_of_them_presides(office: Office) -> None:
    case = office.run(office.file(), "accept")
    refusal = office.refuse(case, "hold_session", outcome="no_agreement", attended=["a1"])
    assert refusal.codes == ["no_mediator"]
    refusal = office.refuse(case, "hold_session", **{**SESSION, "presiding": "赵某"})
    assert refusal.codes == ["presiding_unknown"]
    assert "赵某" in refusal.words
    office.take(case, "hold_session", **SESSION)
    assert (case.presiding, case.sessions[0].presiding) == ("王𬭎", "王𬭎")


def test_rule_09_a_mediator_a_party_objects_to_is_replaced_and_the_history_tells_why(office: Office) -> None:
    case = office.mediating()
    office.take(case, "assign", mediators=["刘公道"], reason="申请人请求回避：与对方是亲戚")
    assert (case.mediators, case.presiding) == (["刘公道"], "刘公道")
    entry = case.entries[-1]
    assert entry.step == "assign" and "回避" in entry.facts["reason"]
    assert case.sessions[0].mediators == ["王𬭎"], "who mediated before is not rewritten"


def test_rule_10_guests_come_with_the_consent_of_the_parties(office: Office) -> None:
    case = office.run(office.file(), "accept")
    guest = {"name": "老支书", "capacity": "邻居"}
    refusal = office.refuse(case, "hold_session", **SESSION, invited=[guest], consents=["a1"])
    assert refusal.codes == ["consent_missing"]
    office.take(case, "hold_session", **SESSION, invited=[guest], consents=["a1", "r1"])
    assert case.sessions[0].invited == [guest]


@pytest.mark.parametrize(
    "party",
    [
        {"birth_date": "2008-05-01"},
        {"capacity": "none"},
        {"capacity": "limited"},
    ],
)
def test_rule_14_who_cannot_act_alone_signs_with_a_guardian(office: Office, party: dict[str, str]) -> None:
    case = office.agreed(parties=[{**ANNA, **party}, ZHANG])
    refusal = office.refuse(case, "sign", parties=["a1"])
    assert refusal.codes == ["guardian_missing"]
    assert "监护人" in refusal.words
    assert case.agreement.signatures == []


def test_rule_14_the_guardian_signs_for_the_ward(office: Office) -> None:
    ward = {**ANNA, "birth_date": "2008-05-01", "guardians": [{"name": "买买提", "relation": "父亲"}]}
    case = office.agreed(parties=[ward, ZHANG])
    office.take(case, "sign", parties=["a1"], signed_by={"a1": "买买提"})
    assert case.agreement.signatures[0].name == "买买提"


def test_rule_15_a_child_under_14_is_not_even_entered_without_a_guardian(office: Office) -> None:
    with pytest.raises(Refused) as caught:
        office.file(parties=[ANNA, ZHANG, CHILD])
    [reason] = caught.value.reasons
    assert (reason.code, reason.where) == ("guardian_missing", "parties.a2.guardians")
    assert "不满14周岁" in reason.zh
    case = office.file(parties=[ANNA, ZHANG, {**CHILD, "guardians": [{"name": "小明爸"}]}])
    refusal = office.refuse(case, "add_party", party={**CHILD, "ref": "a3", "name": "小红"})
    assert refusal.codes == ["guardian_missing"]


def test_rule_43_going_up_is_consent_a_reason_and_a_new_acceptance(office: Office) -> None:
    case = office.mediating()
    assert office.refuse(case, "escalate", ground="attempts_exhausted").codes == ["attempts_too_few"]
    assert office.refuse(case, "escalate", ground="major").codes == ["reason_missing"]
    refusal = office.refuse(case, "escalate", ground="major", reason="涉及面广", consents=["a1"])
    assert refusal.codes == ["consent_missing"]
    office.take(case, "escalate", ground="major", reason="涉及面广", consents=["a1", "r1"])
    assert (case.state, case.level, case.holder.code) == ("handed_up", "village", VILLAGE)
    office.take(case, "receive", who=office.somebody(TOWN))
    assert (case.state, case.level, case.holder.code) == ("accepted", "town", TOWN)
    assert papers(case)[-4:] == [
        "escalation_form", "acceptance_register", "acceptance_notice", "rights_notice"
    ]  # fmt: skip
    assert case.committee.name == "新邵县雀塘镇人民调解委员会"


def test_rule_44_what_an_authority_sends_comes_with_its_letter(office: Office) -> None:
    case = office.file(source="police")
    taken = office.take(case, "accept")
    assert "referral_letter_missing" in warned(taken)
    assert "来函机关" in taken.warnings[0].in_words()


def test_rule_45_the_moment_of_application_is_kept_to_the_second_and_never_changed(office: Office) -> None:
    case = office.file()
    office.session.commit()
    office.session.expire_all()
    found = office.session.get_one(Case, case.id)
    assert found.filed_at == START == found.entries[0].at
    with pytest.raises(ValueError, match="never changed"):
        found.filed_at = office.now.replace(year=2020)


def test_rule_47_family_medicine_and_minors_are_closed_unless_asked_otherwise(office: Office) -> None:
    for fields in (
        {"dispute_type": "marriage_family"},
        {"dispute_type": "medical"},
        {"parties": [{**ANNA, "birth_date": "2007-01-01"}, ZHANG]},
    ):
        case = office.file(**fields)
        taken = office.take(case, "accept")
        assert "closed_session" in warned(taken)
        assert case.closed_session is True
    plain = office.run(office.file(), "accept")
    assert plain.closed_session is False
    asked = office.run(office.file(dispute_type="medical", closed_session=False), "accept")
    assert asked.closed_session is False, "the parties may ask for an open session"


def test_rule_48_who_has_no_grant_may_do_nothing(office: Office) -> None:
    case = office.file()
    for code, role in ((TOWN, "mediator"), (COUNTY, "manager"), ("court-430522", "court")):
        refusal = office.refuse(case, "accept", who=office.somebody(code, role))
        assert refusal.kind == "not_yours"
        assert "承办这件事的调委会" in refusal.words
    office.take(case, "accept", who=office.somebody(VILLAGE))


def test_rule_49_every_party_is_told_of_the_rights_and_the_telling_is_kept(office: Office) -> None:
    case = office.run(office.file(), "accept")
    notice = paper(case, "rights_notice")
    assert "张䶮" in notice.facts and "古丽·买买提" in notice.facts
    assert notice.entry_number == case.entries[-1].number


def test_rule_52_no_two_cases_share_a_number(office: Office) -> None:
    first, second = office.file(), office.file()
    office.session.commit()
    assert [first.case_no[-5:], second.case_no[-5:]] == ["0001号", "0002号"]
    second.case_no = first.case_no
    with pytest.raises(IntegrityError):
        office.session.flush()


def test_a_dispute_needs_two_sides(office: Office) -> None:
    case = office.file(parties=DISPUTE["parties"][:1])
    refusal = office.refuse(case, "accept")
    assert refusal.codes == ["no_other_side"]
