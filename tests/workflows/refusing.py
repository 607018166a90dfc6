"""For each condition the cases in which it refuses or warns, with the code and words of its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.workflows.holding import CHILD, COURT, MUTUAL, ORAL, YOUTH, having, pay
from tests.workflows.makers import (
    AGREEMENT,
    APPLICANT,
    CLAUSE,
    EFFECTIVE,
    LINE,
    NOON,
    OWED,
    RESPONDENT,
    SIGNED,
    bare,
    case,
)
from workflows import ConfirmationSeen, Move, PartySeen, Situation

Refusal = tuple[Situation, Move, str, str]

LOST = PartySeen("l1", "老李", "respondent", age=70, capacity="none")
TOO_LATE = case(agreement=EFFECTIVE, confirmation_last_day=date(2024, 5, 17))
ONE_WAY = case(
    agreement=replace(EFFECTIVE, clauses=(CLAUSE, replace(CLAUSE, no=2))),
    obligations=(OWED, replace(OWED, clause_no=2)),
)
RUNNING = case(agreement=EFFECTIVE, confirmation=ConfirmationSeen("filed"))
STATUS = case(agreement=replace(EFFECTIVE, clauses=(replace(CLAUSE, kind="status"),)))
TITLE = case(agreement=replace(EFFECTIVE, clauses=(replace(CLAUSE, kind="ownership"),)))

REFUSES: dict[str, list[Refusal]] = {
    "file_given": [(case(), bare(), "file_missing", "请拍照")],
    "printer_known": [(case(receiver=""), bare(), "no_printer", "在本单位打印")],
    "papers_chosen": [
        (case(), bare(), "no_paper_chosen", "请勾选"),
        (case(), bare(papers=[{"paper": 1, "copies": 0}]), "copies_out_of_range", "1到99"),
        (case(), bare(papers=[{"paper": 1, "copies": 100}]), "copies_out_of_range", "1到99"),
        (case(), bare(papers=[{"paper": 1}]), "copies_out_of_range", "1到99"),
    ],
    "order_named": [(case(), bare(), "order_unknown", "没有找到")],
    "written_on_paper": [
        (case(), bare(), "no_paper", "还没有书面协议"),
        (case(agreement=replace(AGREEMENT, form="oral")), bare(), "no_paper", "请先写协议"),
    ],
    "change_described": [
        (case(), bare(), "change_missing", "照纸上的字写"),
        (case(), bare(words="改了", initials=["x9"]), "party_unknown", "不是本案当事人"),
    ],
    "change_initialled": [
        (case(agreement=EFFECTIVE), bare(initials=["a1"]), "initials_missing", "张䶮还没有在改动旁边签字"),
    ],
    "list_given": [
        (case(), bare(), "list_empty", "粘贴进来"),
        (case(), bare(parties=["a1"]), "list_empty", "Excel"),
    ],
    "claims_close": [
        (
            case(),
            bare(parties=[{"claim_amount": Decimal("10.00")}], total=Decimal("10.01")),
            "sum_mismatch",
            "差0.01元",
        ),
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
                        "amount": Decimal("90.00"),
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
            "set_off_open",
            "差10.00元",
        )
    ],
    "file_known": [(case(files=(1,)), bare(number=2), "file_unknown", "没有这一份")],
    "two_sides": [
        (case(parties=(RESPONDENT,)), bare(), "no_applicant", "还没有申请人"),
        (case(parties=(APPLICANT,)), bare(), "no_other_side", "请补上对方"),
    ],
    "all_consent": [(case(), bare(consents=["a1", "t1"]), "consent_missing", "张䶮没有同意")],
    "all_consent_to_replace": [(case(agreement=EFFECTIVE), bare(consents=["a1"]), "consent_missing", "自愿")],
    "guardians_of_young_children": [
        (having(CHILD), bare(), "guardian_missing", "小明不满14周岁"),
        (
            case(),
            bare(party={"name": "小红", "birth_date": date(2010, 5, 21)}),
            "guardian_missing",
            "小红不满14周岁",
        ),
    ],
    "guardians_present": [
        (having(YOUTH), bare(parties=["y1"]), "guardian_missing", "小强（17岁）"),
        (having(LOST), bare(parties=["l1"]), "guardian_missing", "监护人"),
    ],
    "nothing_excluded": [
        (case(), bare(exclusions=["crime"]), "excluded_crime", "要追究刑事责任"),
        (case(), bare(exclusions=["already_accepted"]), "excluded_already_accepted", "不予受理"),
        (case(), bare(exclusions=["tax"]), "excluded_tax", "不属于可以调解的范围"),
    ],
    "party_can_leave": [
        (case(), bare(party="x9"), "party_unknown", "x9"),
        (case(), bare(), "party_unknown", "没有选谁退出"),
        (case(), bare(party="a1"), "no_other_side", "只剩下一边"),
    ],
    "mediators_named": [
        (case(mediators=()), bare(), "no_mediator", "至少要有一名调解员"),
        (case(), bare(presiding="赵某"), "presiding_unknown", "主持人赵某"),
    ],
    "guests_consented": [
        (case(), bare(invited=[{"name": "老支书"}], consents=["a1"]), "consent_missing", "没有同意")
    ],
    "withdrawn_by_applicant": [(case(), bare(by="r1"), "not_the_applicant", "只能由申请人提出")],
    "letter_of_referral": [(case(source="police"), bare(), "referral_letter_missing", "函")],
    "reason_given": [(case(), bare(reason="  "), "reason_missing", "请写明原因")],
    "note_given": [(case(), bare(), "note_missing", "请写一句")],
    "matter_given": [(case(), bare(), "matter_missing", "请写明要对方办什么")],
    "until_given": [
        (case(), bare(), "until_missing", "请选一个日子"),
        (case(), bare(until=date(2024, 5, 20)), "until_past", "今天以后"),
    ],
    "rights_told": [(case(rights_told=False), bare(), "rights_not_told", "权利义务告知书")],
    "outcome_given": [(case(), bare(outcome="won"), "outcome_missing", "谈成了")],
    "attendance_known": [
        (case(), bare(outcome="agreed"), "attendance_missing", "谁到场"),
        (case(), bare(outcome="agreed", attended=["a1", "x9"]), "party_unknown", "x9"),
    ],
    "attempts_or_ground": [
        (case(attempts=2), bare(ground="attempts_exhausted"), "attempts_too_few", "村里才调解2次，满3次"),
        (case(), bare(), "ground_missing", "理由"),
        (case(attempts=0), bare(ground="major"), "reason_missing", "请写一句原因"),
    ],
    "not_at_the_top": [(case(level="county"), bare(), "at_the_top", "终止调解")],
    "receiver_known": [(case(receiver=""), bare(), "no_receiver", "系统管理员")],
    "delegate_known": [(case(), bare(), "to_missing", "调委会")],
    "nothing_arranged": [
        (case(meeting_at=NOON + timedelta(days=1)), bare(), "already_arranged", "5月21日12:00")
    ],
    "meeting_arranged": [(case(), bare(), "nothing_arranged", "约时间")],
    "time_ahead": [
        (case(), bare(), "time_missing", "还没有选时间"),
        (case(), bare(meet_at=NOON), "time_past", "已经过了"),
    ],
    "next_visit_ahead": [(case(), bare(next_on=NOON.date()), "next_visit_past", "以后的日期")],
    "place_given": [(case(), bare(place=" "), "place_missing", "在哪里")],
    "invited_known": [
        (case(), bare(), "nobody_asked", "谁参加"),
        (case(), bare(attending=["x9"]), "party_unknown", "x9"),
    ],
    "party_named": [
        (case(), bare(party="x9"), "party_unknown", "x9"),
        (case(), bare(), "party_unknown", "没有选"),
    ],
    "nothing_signed": [
        (
            case(state="agreed", agreement=replace(AGREEMENT, signed=("a1",))),
            bare(),
            "signed_already",
            "重新签",
        ),
    ],
    "young_child_has_guardian": [
        (case(), bare(party="r1", birth_date=date(2015, 1, 1)), "guardian_missing", "不满14周岁"),
        (
            having(replace(CHILD, guardians=("大明",))),
            bare(party="c1", birth_date=date(2011, 1, 1), guardians=[]),
            "guardian_missing",
            "监护人",
        ),
        (
            having(replace(CHILD, guardians=("大明",))),
            bare(party="c1", guardians=[]),
            "guardian_missing",
            "不满14周岁",
        ),
    ],
    "returned_already": [(case(returned=0), bare(), "not_returned_yet", "还没有退回过")],
    "departments_asked": [
        (case(), bare(matter="查工资表"), "to_missing", "部门"),
        (case(), bare(to="人社局"), "matter_missing", "请写明要对方办什么"),
        (case(), bare(to="人社局", matter="查", until=date(2024, 5, 19)), "until_past", "今天或以后"),
        (
            case(),
            bare(departments=[{"to": "人社局", "matter": "查"}, {"to": "人社局", "matter": "看"}]),
            "department_twice",
            "写了两次",
        ),
        (case(), bare(to="人社局", matter="查", departments=[{"matter": "看"}]), "to_missing", "部门"),
    ],
    "arrival_awaited": [(case(awaited_arrivals=0), bare(), "nobody_awaited", "已经报到")],
    "competent_named": [(case(), bare(), "competent_missing", "职责清单")],
    "answer_to_check": [(case(unchecked_answers=0), bare(), "nothing_to_check", "催一下")],
    "check_given": [
        (case(), bare(), "check_missing", "真的办了"),
        (case(), bare(check="not_done"), "check_note_missing", "哪里没办到位"),
    ],
    "departments_still_owe": [(case(open_referrals=2), bare(), "departments_owe", "2个部门没有回复")],
    "expert_named": [(case(), bare(), "expert_missing", "专家库")],
    "invitation_open": [(case(open_invitations=0), bare(), "no_invitation", "先邀请专家")],
    "answer_given": [(case(), bare(answer="maybe"), "answer_missing", "来不了")],
    "consultation_recorded": [
        (case(), bare(record="议定修墙。"), "organisations_missing", "哪些单位"),
        (case(), bare(organisations=["住建局"]), "record_missing", "会议记录"),
        (
            case(),
            bare(organisations=["住建局"], record="议定修墙。", held_at=datetime(2036, 1, 1, tzinfo=UTC)),
            "held_in_future",
            "还没有开",
        ),
    ],
    "supervision_open": [(case(open_supervision=False), bare(), "no_supervision", "不用答复")],
    "supervision_answered": [
        (case(answered_supervision=False), bare(), "supervision_unanswered", "答复以后才能销号"),
    ],
    "returned_once_only": [(case(returned=1), bare(), "returned_before", "请县里决定")],
    "referral_open": [(case(open_referrals=0), bare(), "no_open_referral", "不用催")],
    "termination_ground": [
        (case(), bare(ground="boredom"), "ground_missing", "请选一个原因"),
        (case(), bare(ground="other"), "reason_missing", "请写一句原因"),
    ],
    "time_limit_overrun": [(case(overrun=("调解总期限",)), bare(), "limit_overrun", "“调解总期限”已经超期")],
    "attempts_over": [(case(attempts=3), bare(), "attempts_over", "随时可以起诉")],
    "labour_may_arbitrate": [(case(dispute_type="wage_arrears"), bare(), "labour_arbitration", "劳动仲裁")],
    "closed_by_default": [
        (case(dispute_type="medical"), bare(), "closed_session", "不公开"),
        (having(YOUTH), bare(), "closed_session", "未成年人"),
    ],
    "form_given": [(case(), bare(form="email"), "form_missing", "书面")],
    "writing_where_required": [
        (case(dispute_type=kind), bare(form="oral"), "writing_required", "请把形式改成“书面”")
        for kind in ("medical", "labour", "wage_arrears", "farmland")
    ],
    "clauses_complete": [
        (case(), bare(), "no_clauses", "至少写一条"),
        (case(), pay(text=" "), "clause_empty", "第1条没有写内容"),
        (case(), pay(kind="gift"), "clause_kind", "第1条的种类"),
    ],
    "clauses_name_parties": [
        (case(), pay(obligors=["x9"]), "party_unknown", "第1条里的“x9”"),
        (case(), pay(shares=[{"party": "x8", "amount": Decimal(1)}]), "party_unknown", "x8"),
    ],
    "amounts_close": [
        (
            case(),
            pay(installments=[{"amount": Decimal("999.99")}]),
            "sum_mismatch",
            "999.99元，总额1,000.00元",
        ),
        (case(), pay(amount=None, shares=[{"amount": Decimal("1.00")}]), "sum_mismatch", "总额没有写"),
    ],
    "clauses_definite": [(case(), pay(due=None, method=""), "not_definite", "什么时候付、怎么付")],
    "status_words": [
        (case(), pay(text="双方自愿离婚"), "status_or_title", "离婚、收养"),
        (case(), pay(kind="status"), "status_or_title", "登记机关"),
        (case(), pay(text="屋后山林归张䶮所有"), "status_or_title", "归谁所有"),
    ],
    "no_agreed_session": [(case(last_outcome="no_agreement"), bare(), "no_agreed_session", "请补记")],
    "no_suspicion": [(case(suspicion="虚假调解"), bare(), "suspected_collusion", "假调解")],
    "written_to_sign": [
        (case(), bare(), "nothing_to_sign", "写协议"),
        (case(agreement=ORAL), bare(), "nothing_to_sign", "口头协议不用签"),
    ],
    "signers_belong": [
        (case(agreement=AGREEMENT), bare(), "nobody_signs", "请勾选"),
        (case(agreement=AGREEMENT), bare(parties=["x9"]), "party_unknown", "x9"),
        (
            case(agreement=replace(AGREEMENT, agreed_on=date(2024, 5, 21))),
            bare(parties=["a1"]),
            "signed_too_early",
            "日子",
        ),
    ],
    "signers_authorised": [
        (
            having(PartySeen("a2", "工友", "applicant", represented_by="a1")),
            bare(signed_by={"a2": APPLICANT.name}),
            "no_special_authority",
            "古丽·买买提替工友签字",
        ),
        (case(), bare(signed_by={"a1": "方某"}), "no_special_authority", "特别授权"),
        (
            case(parties=(replace(APPLICANT, agents=("方某",)), RESPONDENT)),
            bare(signed_by={"a1": "方某"}),
            "no_special_authority",
            "方某替古丽·买买提签字",
        ),
    ],
    "manner_allowed": [(case(), bare(manner="electronic"), "electronic_off", "在纸上")],
    "all_parties_signed": [
        (case(), bare(), "no_agreement", "写协议"),
        (case(agreement=replace(AGREEMENT, signed=("a1",))), bare(), "signatures_missing", "还差：张䶮 签名"),
    ],
    "everyone_signed": [
        (case(agreement=replace(SIGNED, signed=("r1",))), bare(), "signatures_missing", "古丽·买买提"),
        (case(agreement=replace(SIGNED, mediator_signed=False)), bare(), "mediator_unsigned", "调解员"),
        (case(agreement=replace(SIGNED, sealed=False)), bare(), "seal_missing", "盖章"),
    ],
    "clause_known": [
        (case(agreement=EFFECTIVE), bare(clause=7), "clause_unknown", "没有第7条。请从第1条里选"),
        (case(), bare(clause=1), "clause_unknown", "写协议"),
        (case(agreement=EFFECTIVE), bare(), "clause_unknown", "没有选"),
    ],
    "payment_within_promise": [
        (case(), bare(clause=1, amount=Decimal("1000.01")), "beyond_promise", "只剩1,000.00元"),
        (case(), bare(clause=1, amount=Decimal("0.00")), "amount_not_positive", "大于0"),
        (
            case(obligations=(replace(OWED, open=Decimal("0.00"), done=True),)),
            bare(clause=1, amount=Decimal("1.00")),
            "beyond_promise",
            "已经付清",
        ),
    ],
    "supplement_asked": [(RUNNING, bare(), "nothing_asked_for", "没有要求补正")],
    "application_running": [
        (case(), bare(), "no_application", "没有在法院审查"),
        (case(confirmation=ConfirmationSeen("confirmed")), bare(), "no_application", "不能登记案号"),
    ],
    "court_access_over": [(case(courts_done=()), bare(), "court_still_reads", "还要看30天材料")],
    "number_given": [(case(), bare(number=" "), "number_missing", "照受理通知书填")],
    "checks_ticked": [
        (case(), bare(checks=[]), "checks_open", "还有12项没有勾"),
        (case(), bare(checks=["joint", "window"]), "checks_open", "法院有管辖权"),
    ],
    "line_known": [
        (case(), bare(clause=1, line=2), "line_unknown", "第1条没有第2笔"),
        (case(), bare(clause=7, line=1), "line_unknown", "没有第1笔"),
    ],
    "claim_open": [
        (case(), bare(clause=1, payment=1), "no_such_claim", "可能已经确认过"),
        (case(), bare(clause=7, payment=2), "no_such_claim", "履行台账"),
    ],
    "payment_known": [(case(), bare(clause=1, payment=9), "no_such_payment", "已经更正过")],
    "payee_confirms": [
        (
            case(agreement=EFFECTIVE),
            bare(clause=1, confirmed_by="r1", how="phone"),
            "not_the_payee",
            "古丽·买买提",
        ),
        (case(agreement=EFFECTIVE), bare(clause=1, confirmed_by="a1"), "how_missing", "怎么确认的"),
        (case(agreement=EFFECTIVE), bare(clause=1, confirmed_by="a1", how="claimed"), "how_missing", "收条"),
    ],
    "both_sides_agree": [
        (
            case(agreement=EFFECTIVE),
            bare(clause=1, consents=["r1"]),
            "not_both_sides",
            "古丽·买买提还没有同意",
        ),
    ],
    "later_day": [
        (case(), bare(clause=1), "not_later", "推迟到哪一天"),
        (case(), bare(clause=1, until=date(2024, 6, 20)), "not_later", "2024年6月20日"),
        (
            case(obligations=(replace(OWED, lines=(replace(LINE, done=True),)),)),
            bare(clause=1, until=date(2024, 7, 1)),
            "not_later",
            "已经办完了",
        ),
    ],
    "debts_meet": [
        (case(agreement=EFFECTIVE), bare(clause=1, note="树钱"), "cannot_set_off", "抵销多少"),
        (case(agreement=EFFECTIVE), bare(clause=1, amount=Decimal(5)), "cannot_set_off", "哪笔账"),
        (case(agreement=EFFECTIVE), bare(clause=1, amount=Decimal(5), against=9), "cannot_set_off", "第9条"),
        (
            case(agreement=EFFECTIVE),
            bare(clause=1, amount=Decimal(1001), note="树钱"),
            "cannot_set_off",
            "1,000.00元",
        ),
        (MUTUAL, bare(clause=1, amount=Decimal(301), against=2), "cannot_set_off", "300.00元"),
        (ONE_WAY, bare(clause=1, amount=Decimal(5), against=2), "cannot_set_off", "互相欠"),
    ],
    "payer_known": [
        (case(), bare(paid_by="x9"), "party_unknown", "x9"),
        (case(), bare(confirmed_by="x8"), "party_unknown", "x8"),
    ],
    "waived_by_obligee": [
        (case(agreement=EFFECTIVE), bare(clause=1, by="r1"), "not_the_creditor", "古丽·买买提"),
        (case(agreement=EFFECTIVE), bare(clause=1), "not_the_creditor", "本人提出"),
    ],
    "not_yet_due": [(case(), bare(clause=1), "not_yet_due", "2024年6月20日才到期")],
    "nothing_owed_or_reason": [(case(state="performing"), bare(), "obligations_open", "第1条还没有履行完")],
    "file_in_order_or_reason": [
        (
            case(state="performing", lacks=(("受理登记表", "register form"),)),
            bare(),
            "file_not_in_order",
            "还有没勾的或缺的",
        ),
        (case(state="performing"), bare(checks=["lawful", "bound"]), "file_not_in_order", "写明原因"),
    ],
    "dossier_whole_or_reason": [
        (
            case(state="closed", lacks=(("受理登记表", "register form"),)),
            bare(),
            "dossier_incomplete",
            "还缺：受理登记表",
        ),
    ],
    "telling_owed": [(case(), bare(), "nobody_to_tell", "没有等着当面告知")],
    "told_party_named": [
        (case(tellings=("r1",)), bare(), "told_whom", "张䶮"),
        (case(tellings=("r1",)), bare(party="a1"), "told_whom", "张䶮"),
    ],
    "order_whole": [
        (case(), bare(), "order_not_whole", "每一位当事人"),
        (case(), bare(parties=["r1", "r1"]), "order_not_whole", "每一位当事人"),
    ],
    "reader_above": [
        (case(receiver=""), bare(), "no_reader", "没有填上级"),
        (case(review_open=True), bare(), "review_waits", "还在等意见"),
    ],
    "review_asked": [(case(), bare(), "no_review_asked", "没有请您看")],
    "report_owed": [(case(), bare(), "no_report_owed", "没有等着报告")],
    "suspicion_marked": [(case(), bare(), "not_suspected", "没有标记")],
    "no_open_report": [(case(open_reports=("疑似家庭暴力",)), bare(), "report_open", "疑似家庭暴力")],
    "in_effect": [
        (case(), bare(), "not_in_effect", "没有生效"),
        (case(agreement=SIGNED), bare(), "not_in_effect", "签齐"),
    ],
    "written_agreement": [
        (case(agreement=replace(EFFECTIVE, form="oral")), bare(), "oral_agreement", "先签一份书面协议")
    ],
    "in_confirmation_window": [(TOO_LATE, bare(), "window_closed", "最后一天是2024年5月17日")],
    "all_apply_together": [(case(agreement=EFFECTIVE), bare(consents=["a1"]), "not_joint", "张䶮还没有同意")],
    "no_status_no_title": [
        (STATUS, bare(), "status_or_title", "身份关系"),
        (TITLE, bare(), "status_or_title", "归谁"),
    ],
    "no_live_confirmation": [
        (RUNNING, bare(), "already_applied", "不用再交一次"),
        (case(confirmation=ConfirmationSeen("confirmed")), bare(), "already_applied", "不用再申请"),
    ],
    "no_confirmation_running": [
        (case(confirmation=ConfirmationSeen(state)), bare(), "confirmation_running", "先撤回申请")
        for state in ("filed", "supplement_asked", "accepted")
    ],
    "court_named": [(case(courts=(COURT,)), bare(), "court_missing", COURT)],
    "court_competent": [(case(courts=(COURT,)), bare(court="长沙县人民法院"), "court_unusual", "长沙县")],
    "definite_for_court": [
        (
            case(agreement=replace(EFFECTIVE, clauses=(replace(CLAUSE, definite=False),))),
            bare(),
            "not_definite",
            "不够清楚",
        ),
        (
            case(agreement=replace(EFFECTIVE, clauses=(replace(CLAUSE, text="双方同意离婚"),))),
            bare(),
            "status_or_title_words",
            "身份关系",
        ),
    ],
    "already_performed": [
        (case(obligations=(replace(OWED, done=True),)), bare(), "already_performed", "没有必要")
    ],
    "identity_for_court": [
        (
            case(agreement=EFFECTIVE, parties=(APPLICANT, replace(RESPONDENT, has_identity=False))),
            bare(),
            "identity_missing",
            "张䶮的证件号码",
        )
    ],
    "confirmed_by_court": [(case(agreement=EFFECTIVE), bare(), "not_confirmed", "起诉")],
}
