"""The catalogue: one line a document type."""

from collections.abc import Callable
from dataclasses import dataclass

from . import facts as f

SignerRule = tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A document type: what it is called, what it must be told, who signs, how many copies."""

    code: str
    title: str  # as printed on the paper
    facts: type[f.Facts]
    order: int  # place in the bound file
    copies: Callable[[f.Facts], int]
    signers: SignerRule
    called_for: str  # when the case calls for it, in words
    one_page: bool = False  # set closer where it would otherwise run over
    seam: bool = False  # marked at the edge for a seal across the sheets when it has several pages

    @property
    def template(self) -> str:
        """The template's name below ``templates/documents``."""
        return f"{self.code}.html"


def count_one(_: f.Facts) -> int:
    """One copy, for the file."""
    return 1


def count_two(_: f.Facts) -> int:
    """One to hand out and one for the file."""
    return 2


def count_parties(facts: f.Facts) -> int:
    """One a party; what is kept of it is the stored paper."""
    return len(facts.parties)


def count_parties_and_file(facts: f.Facts) -> int:
    """One a party and one for the committee (人民调解法 Art. 29)."""
    return len(facts.parties) + 1


def count_agreement(facts: f.Facts) -> int:
    """One a party, one for the committee, and those meant for the court."""
    more = facts.court_copies + facts.more_copies if isinstance(facts, f.Agreement) else 0
    return count_parties_and_file(facts) + more


PARTIES, MEDIATORS, RECORDER, SEAL = "当事人", "人民调解员", "记录人", "人民调解委员会（盖章）"

KINDS = (
    Kind("application_form", "人民调解申请书", f.ApplicationForm, 10, count_one, ("申请人",),
         "当事人书面申请调解时"),
    Kind("acceptance_register", "人民调解受理登记表", f.AcceptanceRegister, 11, count_one,
         (PARTIES, "登记人", SEAL), "受理纠纷时"),
    Kind("acceptance_notice", "受理告知书", f.AcceptanceNotice, 12, count_parties, (SEAL,),
         "受理纠纷时，每位当事人一份"),
    Kind("rejection_notice", "不予受理告知书", f.RejectionNotice, 13, count_two, (SEAL,),
         "不予受理时，告知其他途径"),
    Kind("rights_notice", "权利义务告知书", f.RightsNotice, 20, count_parties_and_file, (PARTIES,),
         "调解开始前"),
    Kind("representative_identity", "法定代表人身份证明书", f.RepresentativeIdentity, 25, count_two,
         ("单位（盖章）",), "当事人是单位时"),
    Kind("power_of_attorney", "授权委托书", f.PowerOfAttorney, 26, count_two, ("委托人", "受委托人"),
         "当事人委托代理人时"),
    Kind("investigation_record", "人民调解调查记录", f.InvestigationRecord, 30, count_one,
         ("被调查人", "调查人", RECORDER), "调查核实情况时"),
    Kind("evidence_list", "人民调解证据材料", f.EvidenceList, 40, count_one, ("提供人", "接收人"),
         "收到证据材料时"),
    Kind("session_notice", "调解通知书", f.SessionNotice, 45, count_parties_and_file, (SEAL,),
         "约定调解时间后"),
    Kind("session_record", "人民调解记录", f.SessionRecord, 50, count_one,
         (PARTIES, "参加人", MEDIATORS, RECORDER), "每次调解"),
    Kind("whistle_order", "吹哨单", f.WhistleOrder, 52, count_two, ("吹哨人", SEAL),
         "请有关部门到场办理时，每个部门一份"),
    Kind("whistle_receipt", "报到回执", f.WhistleReceipt, 53, count_one, ("经办人", "单位（盖章）"),
         "部门报到、回复后"),
    Kind("joint_minutes", "联席会议纪要", f.JointMinutes, 54, count_one, ("主持人", RECORDER, "参加单位"),
         "有关单位召开联席会议后"),
    Kind("escalation_form", "纠纷移送单", f.EscalationForm, 55, count_two,
         ("移送人", "接收人", SEAL), "经当事人同意移送上级调解组织时"),
    Kind("agreement", "人民调解协议书", f.Agreement, 60, count_agreement,
         (PARTIES, MEDIATORS, RECORDER, SEAL), "达成书面协议时", seam=True),
    Kind("oral_agreement", "人民调解口头协议登记表", f.OralAgreement, 61, count_one,
         (MEDIATORS, RECORDER, SEAL), "达成口头协议时", seam=True),
    Kind("termination_notice", "终止调解告知书", f.TerminationNotice, 65, count_parties_and_file, (SEAL,),
         "调解不成、终止调解时"),
    Kind("performance_certificate", "履行完毕证明", f.PerformanceCertificate, 70,
         count_parties_and_file, (PARTIES, MEDIATORS, SEAL), "协议全部履行后"),
    Kind("follow_up_record", "人民调解回访记录", f.FollowUpRecord, 75, count_one, ("回访人", SEAL),
         "每次回访"),
    Kind("confirmation_application", "司法确认申请书", f.ConfirmationApplication, 80, count_two,
         ("全体申请人",), "各方当事人共同申请司法确认时"),
    Kind("mediation_certificate", "调解组织主持调解的证明", f.MediationCertificate, 82, count_two, (SEAL,),
         "申请司法确认时"),
    Kind("confirmation_undertaking", "承诺书", f.ConfirmationUndertaking, 84, count_two, ("全体申请人",),
         "申请司法确认时"),
    Kind("delivery_address", "送达地址确认书", f.DeliveryAddress, 86, count_two, ("受送达人",),
         "申请司法确认时，每位当事人一份"),
    Kind("material_list", "材料清单", f.MaterialList, 88, count_two, ("提交人", "接收人"),
         "向人民法院提交材料时"),
    Kind("withdrawal_form", "撤回调解申请书", f.WithdrawalForm, 64, count_one, ("申请人",), "申请人撤回申请时"),
    Kind("representative_election", "推选代表人证明书", f.RepresentativeElection, 27, count_two, (PARTIES,),
         "一方人数众多、推选代表时"),
    Kind("extension_consent", "延长调解期限同意书", f.ExtensionConsent, 46, count_one, (PARTIES, SEAL),
         "各方同意延长调解期限时"),
    Kind("reading_record", "宣读见证书", f.ReadingRecord, 62, count_one, ("当事人（按指印）", "宣读人", "见证人"),
         "当事人不能阅读、书写时"),
    Kind("agreement_card", "协议明白卡", f.AgreementCard, 63, count_one, (), "签字前，读给每位当事人听", one_page=True),
    Kind("service_record", "送达回证", f.ServiceRecord, 66, count_one, ("受送达人", "送达人"), "送达文书时"),
    Kind("receipt_slip", "收条", f.ReceiptSlip, 69, count_two, ("收款人",), "收到款物时"),
    Kind("reminder_letter", "督促履行函", f.ReminderLetter, 72, count_two, (SEAL,), "第一次逾期未履行时"),
    Kind("choice_sheet", "途径选择告知单", f.ChoiceSheet, 73, count_two, ("告知人", "当事人"),
         "再次逾期，或者调解不成时"),
    Kind("supervision_order", "督办单", f.SupervisionOrder, 56, count_two, ("承办人", "督办人"),
         "上级督办时，一份存督办单位，一份送承办单位"),
    Kind("court_handover", "司法确认材料移交清单", f.CourtHandover, 90, count_two, ("移交人", "接收人"),
         "成批向人民法院移交材料时"),
    Kind("enforcement_application", "强制执行申请书", f.EnforcementApplication, 91, count_two, ("申请执行人",),
         "经司法确认的协议逾期未履行时"),
    Kind("closing_report", "结案报告表", f.ClosingReport, 92, count_one, ("承办人", "负责人"), "结案时"),
    Kind("party_slip", "办事卡", f.PartySlip, 97, count_one, (), "受理时交给每位当事人"),
    Kind("dossier", "卷宗", f.Dossier, 99, count_one, ("立卷人", "检查人"), "结案归档时"),
)  # fmt: skip

CATALOGUE: dict[str, Kind] = {kind.code: kind for kind in KINDS}


def find_kind(code: str) -> Kind:
    """The kind with this code; raises ``KeyError`` for a code that no paper has."""
    return CATALOGUE[code]


def kind_of(facts: f.Facts) -> Kind:
    """The kind of paper these facts are for; raises ``KeyError`` for a bare ``Facts``."""
    return BY_FACTS[type(facts)]


BY_FACTS: dict[type[f.Facts], Kind] = {kind.facts: kind for kind in KINDS}
