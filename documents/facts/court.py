"""What the papers for the court must be told, one class a paper."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated as A

from .papers import Facts
from .parts import AgentFacts, ClauseFacts, MaterialFacts


@dataclass(frozen=True, kw_only=True)
class ConfirmationApplication(Facts):
    """司法确认申请书: every party of the agreement is an applicant."""

    court: A[str, "受理法院"]
    agreement_number: A[str, "调解协议编号"]
    agreed_on: A[date, "达成协议日期"]
    effective_on: A[date, "协议生效日期"]
    last_day: A[date | None, "申请期限届满日"] = None
    summary: A[str, "纠纷主要事实"]
    clauses: A[tuple[ClauseFacts, ...], "协议条款"]
    mediators: A[tuple[str, ...], "人民调解员"] = ()
    attachments: A[tuple[MaterialFacts, ...], "附件"] = ()
    applied_on: A[date | None, "申请日期"] = None


@dataclass(frozen=True, kw_only=True)
class ConfirmationUndertaking(Facts):
    """承诺书: no collusion, and liability if the agreement harms others."""

    court: A[str, "受理法院"]
    agreement_number: A[str, "调解协议编号"]
    agreed_on: A[date, "达成协议日期"]
    undertaken_on: A[date | None, "承诺日期"] = None


@dataclass(frozen=True, kw_only=True)
class MediationCertificate(Facts):
    """调解组织主持调解的证明."""

    court: A[str, "受理法院"] = ""
    agreement_number: A[str, "调解协议编号"]
    agreed_on: A[date, "达成协议日期"]
    effective_on: A[date | None, "协议生效日期"] = None
    accepted_on: A[date | None, "受理日期"] = None
    sessions: A[int, "调解次数"] = 0
    mediators: A[tuple[str, ...], "人民调解员"]
    presiding: A[str, "主持调解员"] = ""
    contact: A[str, "联系人"] = ""
    contact_phone: A[str, "联系电话"] = ""


@dataclass(frozen=True, kw_only=True)
class PowerOfAttorney(Facts):
    """授权委托书: ``parties`` are the principals; each agent carries its own powers."""

    agents: A[tuple[AgentFacts, ...], "受委托人"]
    matter: A[str, "委托事项"]
    before: A[str, "受理机构"] = ""  # the committee or the court before which the agent acts
    term: A[str, "委托期限"] = ""
    signed_on: A[date | None, "委托日期"] = None


@dataclass(frozen=True, kw_only=True)
class RepresentativeIdentity(Facts):
    """法定代表人身份证明书: ``parties`` holds the one unit."""

    representative: A[str, "法定代表人姓名"]
    title: A[str, "法定代表人职务"] = ""
    gender: A[str, "性别"] = ""
    id_number: A[str, "法定代表人证件号码"] = ""
    phone: A[str, "联系电话"] = ""
    address: A[str, "单位地址"] = ""
    signed_on: A[date | None, "出具日期"] = None


@dataclass(frozen=True, kw_only=True)
class DeliveryAddress(Facts):
    """送达地址确认书 of one party (``parties`` holds that one)."""

    cause: A[str, "案由"] = ""
    court_case_no: A[str, "法院案号"] = ""
    addressee: A[str, "受送达人"]
    address: A[str, "送达地址"] = ""
    postcode: A[str, "邮政编码"] = ""
    phone: A[str, "联系电话"] = ""
    recipient: A[str, "指定代收人"] = ""
    recipient_relation: A[str, "代收人与受送达人关系"] = ""
    recipient_id_number: A[str, "代收人证件号码"] = ""
    recipient_phone: A[str, "代收人电话"] = ""
    electronic: A[bool | None, "同意电子送达"] = None
    mobile: A[str, "电子送达手机号码"] = ""
    email: A[str, "电子邮箱"] = ""
    fax: A[str, "传真号码"] = ""
    signed_on: A[date | None, "确认日期"] = None


@dataclass(frozen=True, kw_only=True)
class MaterialList(Facts):
    """材料清单: what was handed to the court, and who took it."""

    items: A[tuple[MaterialFacts, ...], "材料"]
    recipient: A[str, "接收单位"] = ""  # the court
    purpose: A[str, "材料用途"] = ""
    submitter: A[str, "提交人"] = ""
    receiver: A[str, "接收人"] = ""
    submitted_on: A[date | None, "提交日期"] = None
