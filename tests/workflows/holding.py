"""For each condition the cases, and what is brought to them, in which it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.workflows.makers import (
    AGREEMENT,
    APPLICANT,
    CLAUSE,
    EFFECTIVE,
    NOON,
    OWED,
    PAY,
    RESPONDENT,
    SIGNED,
    bare,
    case,
)
from workflows import ConfirmationSeen, Move, PartySeen, Situation
from workflows.readiness import read_law

Ask = tuple[Situation, Move]

CHILD = PartySeen("c1", "小明", "respondent", age=13)
YOUTH = PartySeen("y1", "小强", "respondent", age=17)
COURT = "新邵县人民法院"
ORAL = replace(AGREEMENT, form="oral")


#: Each owes the other: a thousand one way, three hundred back.
BACK = replace(CLAUSE, no=2, obligors=("a1",), obligees=("r1",), amount=Decimal("300.00"))
MUTUAL = case(
    agreement=replace(EFFECTIVE, clauses=(CLAUSE, BACK)),
    obligations=(OWED, replace(OWED, clause_no=2, amount=Decimal("300.00"), open=Decimal("300.00"))),
)


def pay(**fields: Any) -> Move:
    """An agreement of one clause about money, with some of the clause replaced."""
    return bare(clauses=[{**PAY, **fields}])


def having(*parties: PartySeen) -> Situation:
    """A case with these parties besides the usual two."""
    return case(parties=(APPLICANT, RESPONDENT, *parties))


SEVEN = ["lawful", "complete", "forms", "evidence", "law", "visited", "bound"]
HOLDS: dict[str, list[Ask]] = {
    "file_given": [(case(), bare(file={"sha256": "ab"}))],
    "written_on_paper": [(case(agreement=AGREEMENT), bare())],
    "change_described": [(case(), bare(words="3000元改为3500元", initials=["a1", "r1"]))],
    "change_initialled": [(case(agreement=EFFECTIVE), bare(initials=["a1", "r1"])), (case(), bare())],
    "list_given": [(case(), bare(parties=[{"name": "李四"}]))],
    "claims_close": [
        (
            case(),
            bare(parties=[{"name": "李四", "claim_amount": Decimal("0.10")}] * 3, total=Decimal("0.30")),
        ),
        (case(), bare(parties=[{"name": "李四"}])),
    ],
    "set_off_closes": [
        (
            case(),
            bare(
                clauses=[
                    {
                        "text": "甲",
                        "kind": "pay",
                        "obligors": ["r1"],
                        "obligees": ["a1"],
                        "amount": Decimal("100.00"),
                    },
                    {
                        "text": "乙",
                        "kind": "set_off",
                        "obligors": ["r1"],
                        "obligees": ["t1"],
                        "amount": Decimal("100.00"),
                    },
                ]
            ),
        ),
        (
            case(),
            bare(clauses=[{"text": "乙", "kind": "set_off", "obligors": ["r1"], "amount": Decimal("5.00")}]),
        ),
    ],
    "printer_known": [(case(), bare())],
    "papers_chosen": [(case(), bare(papers=[{"paper": 1, "copies": 1}, {"paper": 2, "copies": 99}]))],
    "order_named": [(case(), bare(order=1))],
    "file_known": [(case(files=(1, 2)), bare(number=2))],
    "two_sides": [(case(), bare())],
    "all_consent": [
        (case(), bare()),
        (case(), bare(consents=["a1", "r1", "t1"])),
        (having(PartySeen("a2", "工友", "applicant", represented_by="a1")), bare(consents=["a1", "r1"])),
    ],
    "all_consent_to_replace": [
        (case(agreement=AGREEMENT), bare(consents=[])),
        (case(agreement=EFFECTIVE), bare(consents=["a1", "r1", "t1"])),
    ],
    "guardians_of_young_children": [
        (having(replace(CHILD, guardians=("大明",))), bare()),
        (having(replace(CHILD, age=14)), bare()),
        (
            case(),
            bare(party={"name": "小红", "birth_date": date(2015, 1, 1), "guardians": [{"name": "大红"}]}),
        ),
        (case(), bare(party={"name": "小红", "birth_date": date(2010, 5, 20)})),
    ],
    "guardians_present": [
        (having(replace(YOUTH, guardians=("大强",))), bare(parties=["y1"])),
        (having(replace(YOUTH, capacity="full")), bare(parties=["y1"])),
        (having(YOUTH), bare(parties=["a1"])),
        (case(), bare(parties=["a1", "r1", "t1"])),
    ],
    "nothing_excluded": [
        (case(), bare(exclusions=[])),
        (case(has_referral_letter=True), bare(exclusions=["already_accepted"])),
    ],
    "party_can_leave": [(case(), bare(party="t1"))],
    "mediators_named": [(case(), bare()), (case(mediators=()), bare(mediators=["王𬭎"], presiding="王𬭎"))],
    "guests_consented": [
        (case(), bare(invited=[{"name": "老支书"}])),
        (case(), bare(invited=[{"name": "老支书"}], consents=["a1", "r1", "t1"])),
        (case(), bare(consents=[])),
    ],
    "withdrawn_by_applicant": [(case(), bare(by="a1")), (case(), bare())],
    "letter_of_referral": [(case(), bare()), (case(source="court", has_referral_letter=True), bare())],
    "reason_given": [(case(), bare(reason="路断了")), (case(), bare(ground="refusal"))],
    "note_given": [(case(), bare(note="去看了现场"))],
    "matter_given": [(case(), bare(matter="查工资表"))],
    "until_given": [(case(), bare(until=date(2024, 5, 21)))],
    "rights_told": [(case(), bare())],
    "outcome_given": [(case(), bare(outcome=outcome)) for outcome in ("agreed", "absent", "adjourned")],
    "attendance_known": [
        (case(), bare(outcome="agreed", attended=["a1", "r1"])),
        (case(), bare(outcome="absent")),
    ],
    "attempts_or_ground": [
        (case(attempts=3), bare(ground="attempts_exhausted")),
        (case(attempts=0), bare(ground="major", reason="涉及上百人")),
    ],
    "not_at_the_top": [(case(level="town"), bare())],
    "receiver_known": [(case(), bare()), (case(receiver=""), bare(to="430522100000"))],
    "delegate_known": [(case(), bare(to="430522100001"))],
    "nothing_arranged": [
        (case(), bare()),
        (case(meeting_at=NOON - timedelta(days=1)), bare()),
    ],
    "meeting_arranged": [(case(meeting_at=NOON), bare())],
    "time_ahead": [(case(), bare(meet_at=NOON + timedelta(hours=1)))],
    "next_visit_ahead": [(case(), bare()), (case(), bare(next_on=NOON.date() + timedelta(days=1)))],
    "place_given": [(case(), bare(place="田间现场"))],
    "invited_known": [(case(), bare(attending=["a1"]))],
    "party_named": [(case(), bare(party="r1"))],
    "nothing_signed": [
        (case(), bare()),
        (case(state="agreed", agreement=AGREEMENT), bare()),
        (case(state="mediating", agreement=SIGNED), bare()),
    ],
    "young_child_has_guardian": [
        (case(), bare(party="r1", birth_date=date(1980, 1, 1))),
        (case(), bare(party="r1", birth_date=date(2015, 1, 1), guardians=[{"name": "大红"}])),
        (
            having(replace(CHILD, guardians=("大明",))),
            bare(party="c1", birth_date=date(2011, 1, 1)),
        ),
    ],
    "returned_already": [(case(returned=1), bare())],
    "departments_asked": [
        (case(), bare(to="人社局", matter="查工资表")),
        (
            case(),
            bare(departments=[{"to": "人社局", "matter": "查工资表"}, {"to": "住建局", "matter": "看墙"}]),
        ),
        (case(), bare(to="人社局", matter="查工资表", until=date(2024, 5, 20))),
    ],
    "arrival_awaited": [(case(awaited_arrivals=1), bare())],
    "competent_named": [(case(), bare(to="住建局"))],
    "answer_to_check": [(case(unchecked_answers=1), bare())],
    "check_given": [(case(), bare(check="done")), (case(), bare(check="not_done", note="墙还没有拆"))],
    "departments_still_owe": [(case(open_referrals=0), bare())],
    "expert_named": [(case(), bare(expert="罗工"))],
    "invitation_open": [(case(open_invitations=1), bare())],
    "answer_given": [(case(), bare(answer="declined"))],
    "consultation_recorded": [(case(), bare(organisations=["住建局"], record="议定修墙。"))],
    "supervision_open": [(case(open_supervision=True), bare())],
    "supervision_answered": [(case(answered_supervision=True), bare())],
    "returned_once_only": [(case(returned=0), bare())],
    "referral_open": [(case(open_referrals=1), bare())],
    "termination_ground": [(case(), bare(ground="refusal")), (case(), bare(ground="other", reason="搬走了"))],
    "time_limit_overrun": [(case(), bare())],
    "attempts_over": [(case(attempts=2), bare())],
    "labour_may_arbitrate": [(case(), bare())],
    "closed_by_default": [(case(), bare())],
    "form_given": [(case(), bare(form="oral"))],
    "writing_where_required": [
        (case(dispute_type="medical"), bare(form="written")),
        (case(dispute_type="neighbourhood"), bare(form="oral")),
    ],
    "clauses_complete": [(case(), pay())],
    "clauses_name_parties": [(case(), pay(shares=[{"party": "a1", "amount": Decimal("1000.00")}]))],
    "amounts_close": [
        (case(), pay()),
        (case(), pay(installments=[{"amount": Decimal("333.33")}, {"amount": Decimal("666.67")}])),
    ],
    "clauses_definite": [
        (case(), pay()),
        (case(), pay(due=None, installments=[{"amount": Decimal("1000.00"), "due": date(2024, 6, 1)}])),
        (case(), pay(amount=None, due=None, recurring={"every": "month", "amount": Decimal("100.00")})),
        (case(), pay(kind="apologize", method="")),
    ],
    "status_words": [(case(), pay()), (case(), pay(text="归还土地承包款1000元"))],
    "no_agreed_session": [(case(last_outcome="agreed"), bare())],
    "no_suspicion": [(case(), bare())],
    "written_to_sign": [(case(agreement=AGREEMENT), bare())],
    "signers_belong": [
        (case(agreement=AGREEMENT), bare(parties=["a1"])),
        (case(agreement=AGREEMENT), bare(seal=True)),
    ],
    "signers_authorised": [
        (case(), bare(parties=["a1"])),
        (
            having(PartySeen("a2", "工友", "applicant", special_agents=(APPLICANT.name,))),
            bare(signed_by={"a2": APPLICANT.name}),
        ),
        (
            having(PartySeen("a2", "工友", "applicant", special_agents=("方某",))),
            bare(signed_by={"a2": "方某"}),
        ),
        (having(replace(YOUTH, guardians=("大强",))), bare(signed_by={"y1": "大强"})),
    ],
    "manner_allowed": [(case(), bare(manner="fingerprint")), (case(), bare())],
    "all_parties_signed": [(case(agreement=SIGNED), bare())],
    "everyone_signed": [(case(agreement=SIGNED), bare()), (case(agreement=ORAL), bare())],
    "clause_known": [(case(agreement=EFFECTIVE), bare(clause=1))],
    "payment_within_promise": [
        (case(), bare(clause=1, amount=Decimal("1000.00"))),
        (case(), bare(clause=1)),
        (case(obligations=(replace(OWED, amount=None, open=None),)), bare(clause=1, amount=Decimal("5.00"))),
        (case(), bare(clause=1, amount=Decimal("1000.01"), overpaid=True)),
        (case(), bare(clause=7)),
    ],
    "supplement_asked": [(case(confirmation=ConfirmationSeen("supplement_asked")), bare())],
    "application_running": [
        (case(confirmation=ConfirmationSeen(state)), bare())
        for state in ("filed", "supplement_asked", "accepted")
    ],
    "court_access_over": [(case(courts_done=(COURT,)), bare())],
    "number_given": [(case(), bare(number="（2026）湘0522民特3号"))],
    "checks_ticked": [
        (case(), bare()),
        (case(), bare(checks=[check.code for check in read_law().checks])),
        (case(), bare(checks=["joint"], reason="已电话核实")),
    ],
    "line_known": [(case(), bare(clause=1)), (case(), bare(clause=1, line=1))],
    "claim_open": [(case(), bare(clause=1, payment=2))],
    "payment_known": [(case(), bare(clause=1, payment=1)), (case(), bare(clause=1, payment=2))],
    "payee_confirms": [
        (case(agreement=EFFECTIVE), bare(clause=1, confirmed_by="a1", how="phone")),
        (case(agreement=EFFECTIVE), bare(clause=1, denied=True)),
    ],
    "both_sides_agree": [
        (case(agreement=EFFECTIVE), bare(clause=1)),
        (case(agreement=EFFECTIVE), bare(clause=1, consents=["a1", "r1"])),
    ],
    "later_day": [
        (case(), bare(clause=1, until=date(2024, 6, 21))),
        (case(), bare(clause=1, line=1, until=date(2024, 6, 21))),
    ],
    "debts_meet": [
        (case(agreement=EFFECTIVE), bare(clause=1, amount=Decimal("1000.00"), note="抵树钱")),
        (MUTUAL, bare(clause=1, against=2, amount=Decimal("300.00"))),
    ],
    "payer_known": [(case(), bare(paid_by="r1", confirmed_by="a1")), (case(), bare())],
    "waived_by_obligee": [(case(agreement=EFFECTIVE), bare(clause=1, by="a1"))],
    "not_yet_due": [(case(obligations=(replace(OWED, due=date(2024, 5, 19)),)), bare(clause=1))],
    "nothing_owed_or_reason": [
        (case(state="performing", obligations=(replace(OWED, done=True),)), bare()),
        (case(state="performing"), bare(reason="债务人去世，无遗产")),
        (case(state="terminated"), bare()),
    ],
    "file_in_order_or_reason": [
        (case(state="performing"), bare()),
        (case(state="performing"), bare(checks=SEVEN)),
        (case(state="performing", lacks=(("受理登记表", "register form"),)), bare(reason="当事人不再来")),
    ],
    "dossier_whole_or_reason": [
        (case(state="closed"), bare()),
        (case(state="closed", lacks=(("受理登记表", "register form"),)), bare(reason="原件在火灾中烧毁")),
    ],
    "no_open_report": [(case(), bare())],
    "telling_owed": [(case(tellings=("r1",)), bare())],
    "told_party_named": [(case(tellings=("r1",)), bare(party="r1")), (case(), bare())],
    "order_whole": [(case(), bare(parties=["t1", "r1", "a1"]))],
    "reader_above": [(case(), bare())],
    "review_asked": [(case(review_open=True), bare())],
    "report_owed": [(case(open_reports=("疑似家庭暴力",)), bare())],
    "suspicion_marked": [(case(suspicion="疑似虚假调解"), bare())],
    "in_effect": [(case(agreement=EFFECTIVE), bare())],
    "written_agreement": [(case(agreement=EFFECTIVE), bare())],
    "in_confirmation_window": [
        (case(confirmation_last_day=date(2024, 5, 20)), bare()),
        (case(confirmation_last_day=None), bare()),
    ],
    "all_apply_together": [
        (case(agreement=EFFECTIVE), bare()),
        (case(agreement=EFFECTIVE), bare(consents=["a1", "r1"])),
    ],
    "no_status_no_title": [(case(agreement=EFFECTIVE), bare()), (case(), bare())],
    "no_live_confirmation": [(case(), bare()), (case(confirmation=ConfirmationSeen("refused")), bare())],
    "no_confirmation_running": [(case(), bare()), (case(confirmation=ConfirmationSeen("confirmed")), bare())],
    "court_named": [(case(), bare(court=COURT))],
    "court_competent": [(case(courts=(COURT,)), bare(court=COURT)), (case(), bare(court="别的法院"))],
    "definite_for_court": [(case(agreement=EFFECTIVE), bare()), (case(), bare())],
    "already_performed": [(case(), bare()), (case(obligations=()), bare())],
    "identity_for_court": [(case(agreement=EFFECTIVE), bare())],
    "confirmed_by_court": [(case(confirmation=ConfirmationSeen("confirmed")), bare())],
}
