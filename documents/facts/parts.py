"""The facts that papers share: people, committees, clauses, materials.

A field without a default is one the paper cannot do without. A field with a default may stay empty and is
then printed as a ruled blank to be filled in by hand. ``Annotated`` carries the field's Chinese name.
Codes never come here: every label is the word that will be printed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated as A


@dataclass(frozen=True, kw_only=True)
class CommitteeFacts:
    """The mediating body whose seal the paper bears."""

    name: A[str, "人民调解委员会名称"]
    place: A[str, "调委会所在地"] = ""
    phone: A[str, "调委会电话"] = ""
    address: A[str, "调委会地址"] = ""
    credit_code: A[str, "统一社会信用代码或备案号"] = ""


@dataclass(frozen=True, kw_only=True)
class LawFacts:
    """The articles a paper cites, each in full (``《…法》第三十三条``); see ``citations.toml``."""

    parties_rights: A[str, "当事人权利条款"]
    parties_duties: A[str, "当事人义务条款"]
    principles: A[str, "调解原则条款"]
    no_fee: A[str, "不收费条款"]
    application: A[str, "申请调解条款"]
    choice_of_mediator: A[str, "选择调解员条款"]
    failure: A[str, "终止调解条款"]
    records: A[str, "调解记录条款"]
    written_agreement: A[str, "书面协议条款"]
    agreement_effect: A[str, "协议生效条款"]
    oral_effect: A[str, "口头协议生效条款"]
    binding_force: A[str, "协议约束力条款"]
    dispute_on_agreement: A[str, "履行争议条款"]
    confirmation: A[str, "司法确认条款"]
    not_mediated: A[str, "不予受理条款"]
    court_jurisdiction: A[str, "司法确认管辖条款"]
    court_ruling: A[str, "司法确认裁定条款"]
    court_materials: A[str, "司法确认材料条款"]
    agent_powers: A[str, "代理权限条款"]
    power_of_attorney: A[str, "授权委托书条款"]
    delivery: A[str, "送达地址条款"]
    electronic_delivery: A[str, "电子送达条款"]
    confirmation_days: A[int, "司法确认申请天数"] = 30
    enforcement_court: A[str, "执行管辖条款"] = ""
    enforcement_period: A[str, "申请执行期限条款"] = ""


@dataclass(frozen=True, kw_only=True)
class AgentFacts:
    """Who acts for a party: ``authority`` is printed (一般授权 / 特别授权), ``powers`` one by one."""

    name: A[str, "代理人姓名"]
    authority: A[str, "代理权限"] = ""
    relation: A[str, "与委托人关系"] = ""
    phone: A[str, "代理人电话"] = ""
    id_number: A[str, "代理人证件号码"] = ""
    address: A[str, "代理人住址或单位"] = ""
    powers: A[tuple[str, ...], "委托事项"] = ()


@dataclass(frozen=True, kw_only=True)
class GuardianFacts:
    """The guardian of a party without full capacity."""

    name: A[str, "监护人姓名"]
    relation: A[str, "与被监护人关系"] = ""
    phone: A[str, "监护人电话"] = ""
    id_number: A[str, "监护人证件号码"] = ""


@dataclass(frozen=True, kw_only=True)
class PartyFacts:
    """One party as the paper prints it; ``id_number`` masked or full, as the caller decides."""

    name: A[str, "当事人姓名或名称"]
    role: A[str, "当事人地位"]
    kind: A[str, "当事人类别"] = "person"  # person, company or organization: decides which lines are printed
    gender: A[str, "性别"] = ""
    ethnicity: A[str, "民族"] = ""
    birth_date: A[date | None, "出生日期"] = None
    age: A[int | None, "年龄"] = None
    id_type: A[str, "证件类型"] = ""
    id_number: A[str, "证件号码"] = ""
    phone: A[str, "联系方式"] = ""
    address: A[str, "单位或住址"] = ""
    occupation: A[str, "职业或职务"] = ""
    legal_representative: A[str, "法定代表人姓名"] = ""
    legal_representative_title: A[str, "法定代表人职务"] = ""
    agents: A[tuple[AgentFacts, ...], "代理人"] = ()
    guardians: A[tuple[GuardianFacts, ...], "监护人"] = ()
    represented_by: A[str, "推选代表"] = ""
    signed_by: A[str, "代为签名的人"] = ""  # whose hand signs when it is not the party's own
    claim_amount: A[Decimal | None, "请求金额"] = None

    @property
    def is_person(self) -> bool:
        """Whether this is a natural person."""
        return self.kind == "person"


@dataclass(frozen=True, kw_only=True)
class InvitedFacts:
    """A person invited to help or to listen, and in what capacity."""

    name: A[str, "参加人姓名"]
    capacity: A[str, "参加人身份"] = ""


@dataclass(frozen=True, kw_only=True)
class InstallmentFacts:
    """One part of a sum paid in parts."""

    amount: A[Decimal, "分期金额"]
    due: A[date | None, "分期到期日"] = None
    due_text: A[str, "分期期限"] = ""


@dataclass(frozen=True, kw_only=True)
class ShareFacts:
    """What one of several creditors gets of a clause's sum."""

    party: A[str, "分得人"]
    amount: A[Decimal, "分得金额"]


@dataclass(frozen=True, kw_only=True)
class RecurringFacts:
    """A sum that falls due again and again; ``every`` is printed (每月, 每年)."""

    every: A[str, "周期"]
    amount: A[Decimal, "每期金额"]
    since: A[date | None, "起始日"] = None
    until: A[date | None, "截止日"] = None


@dataclass(frozen=True, kw_only=True)
class ClauseFacts:
    """One clause of an agreement: its text as agreed, and who owes whom what by when."""

    no: A[int, "条款序号"]
    text: A[str, "条款内容"]
    kind: A[str, "条款类别"] = ""
    obligors: A[tuple[str, ...], "履行义务人"] = ()
    obligees: A[tuple[str, ...], "权利人"] = ()
    joint: A[bool, "连带责任"] = False
    amount: A[Decimal | None, "金额"] = None
    due: A[date | None, "履行期限"] = None
    due_text: A[str, "履行期限（文字）"] = ""
    condition: A[str, "履行条件"] = ""
    method: A[str, "履行方式"] = ""
    place: A[str, "履行地点"] = ""
    installments: A[tuple[InstallmentFacts, ...], "分期履行"] = ()
    shares: A[tuple[ShareFacts, ...], "分配明细"] = ()
    recurring: A[RecurringFacts | None, "定期履行"] = None


@dataclass(frozen=True, kw_only=True)
class AttendanceFacts:
    """Whether one party came to a session, and who came in its place."""

    name: A[str, "当事人"]
    role: A[str, "当事人地位"] = ""
    present: A[bool, "到场"] = True
    in_place: A[str, "代为到场的人"] = ""


@dataclass(frozen=True, kw_only=True)
class StatementFacts:
    """Who said what; also a question or an answer of an investigation."""

    speaker: A[str, "发言人"]
    text: A[str, "发言内容"]


@dataclass(frozen=True, kw_only=True)
class AttemptFacts:
    """One earlier session, told in a line."""

    no: A[int, "次数"]
    at: A[datetime | None, "时间"] = None
    place: A[str, "地点"] = ""
    mediators: A[tuple[str, ...], "调解员"] = ()
    outcome: A[str, "结果"] = ""


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    """Whether a party agrees; ``None`` leaves both boxes open on paper."""

    name: A[str, "当事人"]
    agrees: A[bool | None, "是否同意"] = None
    role: A[str, "当事人地位"] = ""


@dataclass(frozen=True, kw_only=True)
class MaterialFacts:
    """One piece of evidence or one enclosed paper."""

    name: A[str, "材料名称"]
    form: A[str, "原件或复印件"] = ""
    copies: A[int | None, "份数"] = None
    pages: A[int | None, "页数"] = None
    provider: A[str, "提供人"] = ""
    source: A[str, "来源"] = ""
    purpose: A[str, "证明目的"] = ""
    received_on: A[date | None, "收到日期"] = None
    note: A[str, "备注"] = ""


@dataclass(frozen=True, kw_only=True)
class PaymentFacts:
    """One thing done under an agreement."""

    clause_no: A[int, "条款序号"]
    what: A[str, "履行内容"]
    amount: A[Decimal | None, "金额"] = None
    on: A[date | None, "履行日期"] = None
    payer: A[str, "履行人"] = ""
    receiver: A[str, "接收人"] = ""
    method: A[str, "履行方式"] = ""


@dataclass(frozen=True, kw_only=True)
class TrackingFacts:
    """How a resident looks the case up: printed on notices only, never on an agreement."""

    address: A[str, "查询网址"]
    public_number: A[str, "查询编号"]
    code: A[str, "查询码"] = ""
