"""Papers between offices, and those that follow an agreement: reminder, choices, enforcement, hand-over."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated as A

from .papers import Facts
from .parts import MaterialFacts, PartyFacts


@dataclass(frozen=True, kw_only=True)
class OwedFacts:
    """One promise that is not kept in full."""

    clause_no: A[int, "条款序号"]
    what: A[str, "应履行内容"]
    due: A[date | None, "到期日"] = None
    amount: A[Decimal | None, "应付金额"] = None
    paid: A[Decimal | None, "已付金额"] = None
    debtor: A[str, "履行义务人"] = ""
    creditor: A[str, "权利人"] = ""

    @property
    def open(self) -> Decimal | None:
        """What is still owed, in yuan; None where it is not about money."""
        return None if self.amount is None else self.amount - (self.paid or Decimal(0))


@dataclass(frozen=True, kw_only=True)
class ReminderLetter(Facts):
    """督促履行函 to one debtor after the first default (人民调解法 Art. 31)."""

    debtor: A[str, "收函人"]
    agreement_number: A[str, "调解协议编号"]
    agreed_on: A[date, "达成协议日期"]
    ruling_number: A[str, "司法确认裁定书号"] = ""
    court: A[str, "裁定法院"] = ""
    items: A[tuple[OwedFacts, ...], "未履行事项"]
    perform_by: A[date | None, "请于何日前履行"] = None
    account: A[str, "收款账户"] = ""
    contact: A[str, "联系人"] = ""
    contact_phone: A[str, "联系电话"] = ""


@dataclass(frozen=True, kw_only=True)
class RouteFacts:
    """One way that is open to somebody."""

    name: A[str, "途径"]
    how: A[str, "怎么办"]
    where: A[str, "到哪里"] = ""
    by: A[date | None, "最后一天"] = None
    by_text: A[str, "期限说明"] = ""
    bring: A[tuple[str, ...], "带什么"] = ()
    source: A[str, "依据"] = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceSheet(Facts):
    """途径选择告知单: what happened and which ways are open, for one party; suing is always among them."""

    reader: A[str, "给谁看"]
    happened: A[str, "发生了什么"]
    items: A[tuple[OwedFacts, ...], "未履行事项"] = ()
    routes: A[tuple[RouteFacts, ...], "可以选择的途径"]
    contact: A[str, "联系人"] = ""
    contact_phone: A[str, "联系电话"] = ""
    told_on: A[date | None, "告知日期"] = None


@dataclass(frozen=True, kw_only=True)
class EnforcementApplication(Facts):
    """强制执行申请书: ``parties`` bear the roles 申请执行人 and 被执行人 (CPL 206; CPLI 460)."""

    court: A[str, "执行法院"]
    ruling_number: A[str, "司法确认裁定书号"]
    ruling_court: A[str, "作出裁定的法院"] = ""
    ruled_on: A[date | None, "裁定日期"] = None
    served_on: A[date | None, "裁定送达日期"] = None
    agreement_number: A[str, "调解协议编号"]
    agreed_on: A[date, "达成协议日期"]
    items: A[tuple[OwedFacts, ...], "未履行事项"]
    claims: A[tuple[str, ...], "其他执行请求"] = ()
    property_clues: A[tuple[str, ...], "财产线索"] = ()
    last_day: A[date | None, "申请执行期限届满日"] = None
    attachments: A[tuple[MaterialFacts, ...], "附件"] = ()
    applied_on: A[date | None, "申请日期"] = None


@dataclass(frozen=True, kw_only=True)
class HandedCaseFacts:
    """One case of a batch that goes to the court."""

    case_no: A[str, "案件编号"]
    title: A[str, "纠纷名称"]
    agreement_number: A[str, "调解协议编号"] = ""
    papers: A[int | None, "文书份数"] = None
    pages: A[int | None, "页数"] = None
    last_day: A[date | None, "申请期限届满日"] = None
    note: A[str, "备注"] = ""


@dataclass(frozen=True, kw_only=True)
class CourtHandover(Facts):
    """司法确认材料移交清单 of a batch, in two copies, each case signed for (no case of its own, so no parties)."""

    parties: A[tuple[PartyFacts, ...], "当事人"] = ()
    court: A[str, "接收法院"]
    rows: A[tuple[HandedCaseFacts, ...], "移交的案件"]
    manifest: A[str, "电子材料校验值"] = ""  # SHA-256 of the table that goes with the files
    handed_by: A[str, "移交人"] = ""
    handed_on: A[date | None, "移交日期"] = None
    received_by: A[str, "接收人"] = ""


@dataclass(frozen=True, kw_only=True)
class ServiceRecord(Facts):
    """送达回证: which paper reached whom, how and when; refusal needs a witness."""

    paper_title: A[str, "送达的文书"]
    paper_number: A[str, "文书编号（送达的）"] = ""
    addressee: A[str, "受送达人"]
    place: A[str, "送达地点"] = ""
    manner: A[str, "送达方式"] = ""  # one of the manners printed, or any other in words
    served_at: A[datetime | None, "送达时间"] = None
    recipient: A[str, "代收人"] = ""
    recipient_relation: A[str, "代收人与受送达人关系"] = ""
    refusal: A[str, "拒收事由"] = ""
    servers: A[tuple[str, ...], "送达人"] = ()


@dataclass(frozen=True, kw_only=True)
class ClosingReport(Facts):
    """结案报告表."""

    unit: A[str, "承办单位"] = ""
    handlers: A[tuple[str, ...], "承办人"] = ()
    source: A[str, "案件来源"] = ""
    accepted_on: A[date | None, "受案时间"] = None
    closed_on: A[date, "结案时间"]
    sessions: A[int, "调解次数"] = 0
    summary: A[str, "纠纷简要事实"]
    result: A[str, "处理结果"]
    agreement_number: A[str, "调解协议编号"] = ""
    performance: A[str, "履行情况"] = ""
    confirmation: A[str, "司法确认情况"] = ""
    opinion: A[str, "审批意见"] = ""
