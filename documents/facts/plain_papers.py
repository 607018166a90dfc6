"""Papers for the people themselves: the card read before signing, the slip in the pocket, receipts and short forms."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated as A

from .papers import AgreementFacts, Facts
from .parts import PartyFacts


@dataclass(frozen=True, kw_only=True)
class AgreementCard(AgreementFacts):
    """协议明白卡 for one party, told from the same facts as the agreement; ``reader`` is that party's name."""

    reader: A[str, "给谁看"]
    last_day: A[date | None, "申请司法确认最后一天"] = None
    contact: A[str, "联系人"] = ""
    contact_phone: A[str, "联系电话"] = ""


@dataclass(frozen=True, kw_only=True)
class PartySlip(Facts):
    """办事卡, A5, for one party: how to ask, what comes next. ``neutral`` leaves out what the dispute is about."""

    holder: A[str, "持卡人"]
    public_number: A[str, "查询编号"]
    code: A[str, "查询码"] = ""
    address: A[str, "查询网址"] = ""
    next_step: A[str, "下一步"] = ""
    next_by: A[date | None, "下一步最迟日期"] = None
    contact: A[str, "联系人"] = ""
    contact_phone: A[str, "联系电话"] = ""
    neutral: A[bool, "不写事由"] = False


@dataclass(frozen=True, kw_only=True)
class ReceiptSlip(Facts):
    """收条: the payee confirms by hand what was received under the agreement."""

    agreement_number: A[str, "调解协议编号"] = ""
    clause_no: A[int | None, "条款序号"] = None
    payer: A[str, "付款人"]
    receiver: A[str, "收款人"]
    amount: A[Decimal | None, "金额"] = None
    what: A[str, "收到什么"] = ""
    method: A[str, "付款方式"] = ""
    received_on: A[date | None, "收到日期"] = None


@dataclass(frozen=True, kw_only=True)
class WithdrawalForm(Facts):
    """撤回调解申请书."""

    applied_on: A[date | None, "申请日期"] = None
    reason: A[str, "撤回理由"] = ""
    signed_on: A[date | None, "撤回日期"] = None


@dataclass(frozen=True, kw_only=True)
class ExtensionConsent(Facts):
    """延长调解期限同意书: every party agrees, or the limit stands."""

    ends_on: A[date | None, "原调解期限届满日"] = None
    until: A[date, "延长至"]
    reason: A[str, "延长理由"] = ""
    signed_on: A[date | None, "同意日期"] = None


@dataclass(frozen=True, kw_only=True)
class RepresentativeElection(Facts):
    """推选代表人证明书: ``parties`` are the members; the representatives stand for them (CPL 56)."""

    representatives: A[tuple[str, ...], "推选的代表人"]
    authority: A[str, "代表权限"] = ""
    powers: A[tuple[str, ...], "代表事项"] = ()
    signed_on: A[date | None, "推选日期"] = None


@dataclass(frozen=True, kw_only=True)
class ReadingRecord(Facts):
    """宣读见证书, for who cannot read or write: read aloud, understood, fingerprint, a witness without interest."""

    paper_title: A[str, "宣读的文书"]
    paper_number: A[str, "文书编号（宣读的）"] = ""
    signer: A[PartyFacts, "按指印的当事人"]
    cause: A[str, "不能书写的原因"] = ""
    language: A[str, "使用的语言"] = ""
    interpreter: A[str, "翻译人"] = ""
    read_by: A[str, "宣读人"] = ""
    written_by: A[str, "代书姓名的人"] = ""
    witnesses: A[tuple[str, ...], "见证人"] = ()
    read_at: A[datetime | None, "宣读时间"] = None
    place: A[str, "宣读地点"] = ""
