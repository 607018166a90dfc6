"""Rules of law about judicial confirmation and what follows: who applies, by when, with what, and what comes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

import documents
import workflows
from mediation.services.dossier import cover_of
from mediation.services.obligations import civil_day
from tests.services.county import (
    ANNA,
    COURT,
    COURT_NAME,
    PAY,
    VILLAGE,
    ZHANG,
    Office,
    deadline,
    paper,
    papers,
    person,
    runs,
    warned,
)

STATUS = {"kind": "status", "text": "双方解除收养关系。"}
TITLE = {"kind": "ownership", "text": "宅基地使用权归张䶮。"}


def test_rule_31_the_last_day_is_in_time_and_the_next_is_not(office: Office) -> None:
    case = office.performing()
    last = deadline(case, "confirmation_window").last_day
    office.go_to(last.replace(day=last.day + 1))
    refusal = office.refuse(case, "apply_confirmation", court=COURT_NAME)
    assert refusal.codes == ["window_closed"]
    assert f"{last.year}年{last.month}月{last.day}日" in refusal.words
    for way in ("起诉", "支付令", "公证", "重新达成"):
        assert way in refusal.words
    office.session.rollback()
    office.go_to("2024-03-04")
    case = office.performing()
    office.go_to(deadline(case, "confirmation_window").last_day)
    office.run(case, "apply_confirmation")
    assert case.confirmation.state == "filed"


def test_rule_32_all_parties_apply_together(office: Office) -> None:
    case = office.performing()
    refusal = office.refuse(case, "apply_confirmation", court=COURT_NAME, consents=["a1"])
    assert refusal.codes == ["not_joint"]
    assert "张䶮还没有同意" in refusal.words
    office.take(case, "apply_confirmation", court=COURT_NAME, consents=["a1", "r1"])


def test_rule_32_a_group_applies_through_its_representative(office: Office) -> None:
    wang = person("a2", "王代表")
    member = {**ANNA, "represented_by": "a2", "agents": [{"name": "王代表", "authority": "special"}]}
    case = office.agreed(parties=[member, wang, ZHANG])
    office.take(case, "sign", parties=["a2", "r1"], mediators=["王𬭎"], seal=True)
    office.take(case, "apply_confirmation", court=COURT_NAME, consents=["a2", "r1"])
    assert case.confirmation.state == "filed"


def test_rule_33_an_unusual_court_is_pointed_at(office: Office) -> None:
    case = office.performing()
    taken = office.take(case, "apply_confirmation", court="长沙市岳麓区人民法院")
    [told] = [reason for reason in taken.warnings if reason.code == "court_unusual"]
    assert COURT_NAME in told.zh
    case = office.performing()
    assert "court_unusual" not in warned(office.take(case, "apply_confirmation", court=COURT_NAME))


def test_rule_34_the_material_list_comes_with_the_application(office: Office) -> None:
    case = office.performing()
    taken = office.take(case, "apply_confirmation", court=COURT_NAME)
    assert "identity_missing" in warned(taken), "no identity numbers were given"
    said = paper(case, "material_list").facts
    for name in ("司法确认申请书", "人民调解协议书", "主持调解的证明", "身份证明", "财产权利证明"):
        assert name in said


@pytest.mark.parametrize(("clause", "article"), [(STATUS, "CPLI 355(3)"), (TITLE, "CPLI 355(5)")])
def test_rule_35_status_and_title_do_not_go_to_the_court(
    office: Office, clause: dict[str, str], article: str
) -> None:
    case = office.performing(clauses=[PAY, clause])
    refusal = office.refuse(case, "apply_confirmation", court=COURT_NAME)
    assert refusal.codes == ["status_or_title"]
    assert "第2条" in refusal.words and "不受理司法确认" in refusal.words
    assert refusal.reasons[0].source == article


def test_rule_35_the_other_grounds_are_listed_before_filing(office: Office) -> None:
    vague = {"kind": "pay", "text": "适当补偿一些。", "obligors": ["r1"], "obligees": ["a1"]}
    disguised = {"kind": "other", "text": "争议土地归张䶮家所有。"}
    case = office.performing(clauses=[vague, disguised])
    found = warned(office.take(case, "apply_confirmation", court=COURT_NAME))
    assert {"not_definite", "status_or_title_words"} <= set(found)
    done = office.performing()
    office.run(done, "perform")
    assert "already_performed" in warned(office.take(done, "apply_confirmation", court=COURT_NAME))


def test_rule_35_an_oral_agreement_or_a_second_application_is_refused(office: Office) -> None:
    oral = office.mediating()
    office.take(oral, "agree", form="oral", clauses=[PAY])
    assert office.refuse(oral, "apply_confirmation", court=COURT_NAME).codes == ["oral_agreement"]
    case = office.applied()
    assert office.refuse(case, "apply_confirmation", court=COURT_NAME).codes == ["already_applied"]


def test_rule_36_undertaking_and_an_address_for_each_party_are_attached(office: Office) -> None:
    case = office.applied()
    assert papers(case)[-6:] == [
        "confirmation_application",
        "confirmation_undertaking",
        "mediation_certificate",
        "delivery_address",
        "delivery_address",
        "material_list",
    ]


def test_rule_37_both_sides_are_applicants(office: Office) -> None:
    case = office.applied()
    facts = documents.thaw("confirmation_application", paper(case, "confirmation_application").facts)
    assert [party.name for party in facts.parties] == ["古丽·买买提", "张䶮"]
    signing = documents.find_kind("confirmation_application")
    assert signing.title == "司法确认申请书"


def test_rule_38_what_the_court_answers_comes_in_and_opens_the_next_ways(office: Office) -> None:
    case = office.applied()
    court = office.somebody(COURT, "court")
    office.take(case, "court_accept", who=court, number="（2024）湘0522民特3号")
    refusal = office.refuse(case, "agree", form="written", clauses=[PAY])
    assert refusal.codes == ["confirmation_running"]
    assert office.refuse(case, "court_dismiss", who=court).codes == ["reason_missing"]
    office.take(
        case, "court_dismiss", who=court, reason="内容不明确", ruling_number="（2024）湘0522民特3号之一"
    )
    row = case.confirmation
    assert (row.state, row.reason, row.ruling_number) == (
        "refused",
        "内容不明确",
        "（2024）湘0522民特3号之一",
    )
    assert row.ruling_on == office.now.date()
    office.take(case, "agree", form="written", clauses=[PAY])
    assert case.state == "agreed"


def test_rule_38_not_accepted_leaves_what_remains_of_the_window(office: Office) -> None:
    case = office.applied()
    assert not runs(case, "confirmation_window")
    office.run(case, "court_reject")
    assert runs(case, "confirmation_window")
    office.run(case, "apply_confirmation")
    assert [row.state for row in case.confirmations] == ["refused", "filed"]


def test_rule_41_what_is_not_performed_is_urged_and_the_way_to_the_court_told(office: Office) -> None:
    from sqlalchemy import select

    from mediation.models import Notice

    case = office.performing()
    early = office.take(case, "default", clause=1)
    assert "not_yet_due" in warned(early)
    office.go_to("2024-06-21")
    office.take(case, "default", clause=1, note="催了两次")
    told = office.session.scalars(
        select(Notice).where(Notice.case_id == case.id, Notice.template == "N17")
    ).all()
    # Each time the one who is owed is told; the debtor gets a letter.
    assert [row.party.ref for row in told if row.party] == ["a1", "a1"]
    assert "督促" in told[-1].text and "起诉" in told[-1].text
    assert [row.type for row in case.documents].count("reminder_letter") == 1
    refusal = office.refuse(case, "enforce")
    assert refusal.codes == ["not_confirmed"]
    assert "起诉" in refusal.words
    assert office.refuse(case, "close").codes == ["obligations_open"]


def test_rule_41_enforcement_follows_a_confirmation(office: Office) -> None:
    case = office.run(office.applied(), "court_accept", "court_confirm")
    office.take(case, "enforce", court=COURT_NAME)
    assert case.entries[-1].step == "enforce"


def test_rule_50_an_archived_case_is_never_changed_again(office: Office) -> None:
    case = office.run(office.performing(), "perform", "close", "archive")
    assert case.state == "archived"
    for name in ("reopen", "follow_up", "agree", "close"):
        facts = (
            {"form": "written", "clauses": [PAY]} if name == "agree" else {"reason": "再看", "note": "再看"}
        )
        assert office.refuse(case, name, **facts).kind == "not_now"


def test_rule_50_a_file_that_lacks_something_is_archived_only_with_the_reason(office: Office) -> None:
    case = office.run(office.performing(), "perform", "close")
    clerk = office.somebody(VILLAGE)
    refused = office.refuse(case, "archive", who=clerk)
    assert refused.codes == ["dossier_incomplete"]
    assert "签好的协议书" in refused.words
    office.take(case, "archive", who=clerk, reason="原件在火灾中烧毁。")
    assert (
        "归档时材料不齐，原因：原件在火灾中烧毁。" in cover_of(case, civil_day(case.entries[-1].at)).note.text
    )


def test_a_case_closes_with_its_file_in_order_or_with_the_reason(office: Office) -> None:
    clerk, seven = office.somebody(VILLAGE), workflows.load("case").rules["file_aspects"]
    case = office.run(office.mediating(), "terminate")
    assert office.refuse(case, "close", who=clerk, checks=seven).codes == ["file_not_in_order"], "no identity"
    for mark, ref in (("a", "a1"), ("b", "r1")):
        file = {"sha256": mark * 64, "size": 9, "media_type": "image/jpeg", "pages": 1, "name": "证.jpg"}
        office.keep(case, "add_file", {"kind": "identity", "title": "身份证", "file": file, "party": ref})
    refused = office.refuse(case, "close", who=clerk, checks=seven[1:])
    assert refused.codes == ["file_not_in_order"], "one aspect is not ticked"
    office.take(case, "close", who=clerk, checks=seven)
    assert case.state == "closed"


def test_no_more_is_paid_than_was_promised(office: Office) -> None:
    case = office.performing()
    office.take(case, "perform", clause=1, amount="2999.99")
    assert office.refuse(case, "perform", clause=1, amount="0.02").codes == ["beyond_promise"]
    office.take(case, "perform", clause=1)
    assert sum(row.amount for row in case.agreement.clauses[0].payments) == Decimal("3000.00")
    assert office.refuse(case, "perform", clause=1).codes == ["beyond_promise"], "nothing is left"
