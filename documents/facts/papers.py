"""What the papers of the mediation itself must be told, one class a paper."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated as A

from .parts import (
    AttemptFacts,
    AttendanceFacts,
    ClauseFacts,
    CommitteeFacts,
    ConsentFacts,
    InvitedFacts,
    LawFacts,
    MaterialFacts,
    PartyFacts,
    PaymentFacts,
    StatementFacts,
    TrackingFacts,
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What every paper carries: its number, the case, the committee, the law as of its date."""

    number: A[str, "文书编号"]
    committee: A[CommitteeFacts, "人民调解委员会"]
    parties: A[tuple[PartyFacts, ...], "当事人"]
    law: A[LawFacts, "法律依据"]
    case_no: A[str, "案件编号"] = ""
    dispute_title: A[str, "纠纷名称"] = ""
    dispute_type: A[str, "纠纷类型"] = ""
    issued_on: A[date | None, "落款日期"] = None
    verify_code: A[str, "核验码"] = ""  # opens /verify/CODE


@dataclass(frozen=True, kw_only=True)
class ApplicationForm(Facts):
    """人民调解申请书; it may be written before there is a number."""

    number: A[str, "文书编号"] = ""
    summary: A[str, "纠纷简要情况"]
    claims: A[tuple[str, ...], "当事人申请事项"]
    applied_on: A[date | None, "申请日期"] = None


@dataclass(frozen=True, kw_only=True)
class AcceptanceRegister(Facts):
    """人民调解受理登记表."""

    source: A[str, "案件来源"]
    proactive: A[bool, "委员会主动调解"] = False
    summary: A[str, "纠纷简要情况"]
    accepted_on: A[date, "受理日期"]
    registrar: A[str, "登记人"] = ""
    note: A[str, "备注"] = ""


@dataclass(frozen=True, kw_only=True)
class RightsNotice(Facts):
    """权利义务告知书, read and signed before the first session."""

    mediators: A[tuple[str, ...], "人民调解员"] = ()
    presiding: A[str, "主持调解员"] = ""
    time_limit: A[str, "调解期限"] = ""  # 自受理之日起三十日
    told_on: A[date | None, "告知日期"] = None
    told_by: A[str, "告知人"] = ""


@dataclass(frozen=True, kw_only=True)
class AcceptanceNotice(Facts):
    """受理告知书."""

    accepted_on: A[date, "受理日期"]
    applied_on: A[date | None, "申请日期"] = None
    source: A[str, "案件来源"] = ""
    addressee: A[str, "收件人"] = ""  # empty: all parties
    mediators: A[tuple[str, ...], "人民调解员"] = ()
    presiding: A[str, "主持调解员"] = ""
    mediator_phone: A[str, "调解员电话"] = ""
    deadline: A[date | None, "调解期限届满日"] = None
    deadline_text: A[str, "期限说明"] = ""  # 自受理次日起算三十日
    session_at: A[datetime | None, "首次调解时间"] = None
    session_place: A[str, "首次调解地点"] = ""
    tracking: A[TrackingFacts | None, "进度查询"] = None


@dataclass(frozen=True, kw_only=True)
class RejectionNotice(Facts):
    """不予受理告知书: why not, and where to go instead."""

    applied_on: A[date | None, "申请日期"] = None
    addressee: A[str, "收件人"] = ""
    ground: A[str, "不予受理的理由"]
    explanation: A[str, "说明"] = ""
    routes: A[tuple[str, ...], "可以选择的途径"]


@dataclass(frozen=True, kw_only=True)
class InvestigationRecord(Facts):
    """人民调解调查记录."""

    started_at: A[datetime, "调查开始时间"]
    ended_at: A[datetime | None, "调查结束时间"] = None
    place: A[str, "调查地点"] = ""
    participants: A[tuple[InvitedFacts, ...], "参加人"] = ()
    asked: A[PartyFacts | None, "被调查人"] = None
    investigators: A[tuple[str, ...], "调查人"] = ()
    recorder: A[str, "记录人"] = ""
    dialogue: A[tuple[StatementFacts, ...], "问答记录"] = ()
    record: A[str, "调查记录"] = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceList(Facts):
    """人民调解证据材料: the numbered list in front of the attachments."""

    items: A[tuple[MaterialFacts, ...], "证据材料"]
    provider: A[str, "提供人"] = ""
    receiver: A[str, "接收人"] = ""
    received_on: A[date | None, "接收日期"] = None


@dataclass(frozen=True, kw_only=True)
class SessionNotice(Facts):
    """调解通知书."""

    addressee: A[str, "收件人"] = ""
    session_no: A[int, "第几次调解"]
    session_at: A[datetime, "调解时间"]
    place: A[str, "调解地点"]
    mediators: A[tuple[str, ...], "人民调解员"] = ()
    bring: A[tuple[str, ...], "需携带的材料"] = ()
    contact: A[str, "联系人"] = ""
    contact_phone: A[str, "联系电话"] = ""
    tracking: A[TrackingFacts | None, "进度查询"] = None


@dataclass(frozen=True, kw_only=True)
class SessionRecord(Facts):
    """人民调解记录."""

    session_no: A[int, "第几次调解"]
    started_at: A[datetime, "调解时间"]
    ended_at: A[datetime | None, "结束时间"] = None
    place: A[str, "调解地点"] = ""
    closed: A[bool, "不公开调解"] = False
    attendance: A[tuple[AttendanceFacts, ...], "到场情况"] = ()
    invited: A[tuple[InvitedFacts, ...], "参加人"] = ()
    mediators: A[tuple[str, ...], "人民调解员"]
    presiding: A[str, "主持调解员"] = ""
    recorder: A[str, "记录人"] = ""
    statements: A[tuple[StatementFacts, ...], "各方陈述"] = ()
    record: A[str, "调解记录"] = ""
    outcome: A[str, "调解结果"]
    outcome_text: A[str, "调解结果说明"] = ""
    next_at: A[datetime | None, "下次调解时间"] = None


@dataclass(frozen=True, kw_only=True)
class EscalationForm(Facts):
    """纠纷移送单: the lower committee ends its work, the higher one accepts anew, with consent."""

    receiver: A[CommitteeFacts, "接收机构"]
    summary: A[str, "纠纷简要情况"]
    claims: A[str, "当事人请求"] = ""
    accepted_on: A[date | None, "受理日期"] = None
    attempts: A[tuple[AttemptFacts, ...], "调解经过"] = ()
    ground: A[str, "移送事由"]
    reason: A[str, "移送理由"] = ""
    agreed_so_far: A[str, "已达成一致的内容"] = ""
    consents: A[tuple[ConsentFacts, ...], "当事人意见"] = ()
    materials: A[tuple[MaterialFacts, ...], "移送材料"] = ()
    handed_by: A[str, "移送人"] = ""
    handed_at: A[datetime, "移送时间"]
    receive_by: A[date | None, "应当接收的日期"] = None


@dataclass(frozen=True, kw_only=True)
class AgreementFacts(Facts):
    """What the written and the oral agreement have in common."""

    summary: A[str, "纠纷主要事实"]
    disputed: A[str, "争议事项"] = ""
    responsibility: A[str, "各方责任"] = ""
    clauses: A[tuple[ClauseFacts, ...], "协议条款"]
    agreed_on: A[date, "达成协议日期"]
    place: A[str, "调解地点"] = ""
    mediators: A[tuple[str, ...], "人民调解员"]
    presiding: A[str, "主持调解员"] = ""
    recorder: A[str, "记录人"] = ""


@dataclass(frozen=True, kw_only=True)
class Agreement(AgreementFacts):
    """人民调解协议书; ``court_copies`` is 1 where a court is to confirm it, ``more_copies`` were asked for besides."""

    court_copies: A[int, "法院留存份数"] = 0
    more_copies: A[int, "另备份数"] = 0


@dataclass(frozen=True, kw_only=True)
class OralAgreement(AgreementFacts):
    """人民调解口头协议登记表: recorded by the mediator, in force from the day it was reached."""


@dataclass(frozen=True, kw_only=True)
class FollowUpRecord(Facts):
    """人民调解回访记录; it bears the agreement's number."""

    agreement_number: A[str, "调解协议编号"]
    reason: A[str, "回访事由"] = "了解调解协议履行情况"
    visited_at: A[datetime, "回访时间"]
    manner: A[str, "回访方式"] = ""
    visited: A[tuple[str, ...], "被回访人"] = ()
    performance: A[str, "协议履行情况"]
    satisfaction: A[str, "当事人满意程度"] = ""
    litigation: A[str, "诉讼及结果"] = ""
    hidden_risks: A[str, "隐患"] = ""
    measures: A[str, "采取的措施"] = ""
    visitors: A[tuple[str, ...], "回访人"] = ()


@dataclass(frozen=True, kw_only=True)
class TerminationNotice(Facts):
    """终止调解告知书: why it ended, and which routes remain."""

    accepted_on: A[date | None, "受理日期"] = None
    sessions: A[int, "调解次数"] = 0
    ground: A[str, "终止调解的事由"]
    reason: A[str, "情况说明"] = ""
    terminated_on: A[date, "终止日期"]
    arbitration: A[str, "仲裁途径"] = ""  # empty: the usual sentence
    administration: A[str, "行政途径"] = ""
    litigation: A[str, "诉讼途径"] = ""
    further_notices: A[tuple[str, ...], "其他告知事项"] = ()


@dataclass(frozen=True, kw_only=True)
class PerformanceCertificate(Facts):
    """履行完毕证明."""

    agreement_number: A[str, "调解协议编号"]
    agreed_on: A[date, "达成协议日期"]
    payments: A[tuple[PaymentFacts, ...], "履行情况"]
    performed_on: A[date, "履行完毕日期"]
    total: A[Decimal | None, "履行总金额"] = None
    mediators: A[tuple[str, ...], "人民调解员"] = ()
    purpose: A[str, "用途"] = ""
