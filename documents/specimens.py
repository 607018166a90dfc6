"""Made-up facts for every kind of paper, from the shortest to the longest that is still a real case."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from . import facts as f
from .citations import cite_law
from .kinds import CATALOGUE
from .more_specimens import MORE
from .specimen_parts import (
    AGREED,
    COMMITTEE,
    COUNTY,
    COURT,
    DAY,
    MEASURES,
    MEDIATED,
    NUMBER,
    POWERS,
    SENTENCE,
    SIZES,
    at,
    make_agreement,
    make_clauses,
    make_materials,
    make_one_party,
    make_parties,
    make_person,
    make_statements,
)

__all__ = ["SIZES", "make_clauses", "make_specimen"]


def make_specimen(code: str, size: str) -> f.Facts:
    """Facts for a paper of kind ``code``; ``size`` is one of ``SIZES``. Raises ``KeyError`` for others."""
    kind, parties = CATALOGUE[code].facts, make_parties(size)
    told: dict[str, Any] = {
        "number": NUMBER, "case_no": NUMBER, "committee": COMMITTEE, "parties": parties, "law": cite_law(DAY),
        "dispute_title": f"{parties[0].name}{'等42人' if size == 'extreme' else ''}与{parties[-2].name}纠纷",
        "dispute_type": "邻里纠纷", "issued_on": DAY, "verify_code": "7K3M9QXA2B",
    }  # fmt: skip
    maker: Callable[..., Any] = kind
    tell = TOLD.get(kind) or MORE[kind]
    return maker(**told | tell(size, MEASURES[size].text, MEASURES[size].rows))  # type: ignore[no-any-return]


TOLD: dict[type[f.Facts], Callable[[str, str, int], dict[str, Any]]] = {
    f.ApplicationForm: lambda size, text, rows: {
        "summary": text, "claims": ("赔偿维修费3500元",) * min(rows, 9), "applied_on": DAY,
    },
    f.AcceptanceRegister: lambda size, text, rows: {
        "source": "当事人申请", "summary": text, "accepted_on": DAY, "registrar": "李喆堃",
    },
    f.RightsNotice: lambda size, text, rows: MEDIATED | {"time_limit": "自受理次日起三十日", "told_on": DAY},
    f.AcceptanceNotice: lambda size, text, rows: MEDIATED | {
        "accepted_on": DAY, "applied_on": date(2026, 3, 6), "source": "警调", "mediator_phone": "139****0003",
        "deadline": date(2026, 4, 8), "deadline_text": "自受理次日起计算三十日", "session_at": at(9),
        "session_place": "雀塘镇司法所调解室",
        "tracking": f.TrackingFacts(address="https://example.cn/track", public_number="2601-0023-5", code="48210736"),
    },
    f.RejectionNotice: lambda size, text, rows: {
        "applied_on": DAY, "ground": "纠纷已经由人民法院受理。", "explanation": text,
        "routes": ("继续在人民法院进行诉讼；",) * min(rows, 5),
    },
    f.InvestigationRecord: lambda size, text, rows: {
        "started_at": at(9), "ended_at": at(10), "place": "雀塘村村部", "asked": make_person("孙㛃", "邻居"),
        "investigators": ("何清",), "recorder": "李喆堃", "dialogue": make_statements(rows), "record": text,
    },
    f.EvidenceList: lambda size, text, rows: {"items": make_materials(size), "received_on": DAY},
    f.SessionNotice: lambda size, text, rows: {
        "session_no": 2, "session_at": at(9), "place": "雀塘镇司法所调解室", "mediators": ("何清", "邓娟"),
        "bring": ("居民身份证", "维修票据") * min(rows, 4), "contact": "何清",
    },
    f.SessionRecord: lambda size, text, rows: MEDIATED | {
        "session_no": 3, "started_at": at(9), "ended_at": at(11), "place": "雀塘镇司法所调解室", "recorder": "李喆堃",
        "invited": tuple(f.InvitedFacts(name=f"刘{no}", capacity="村民代表") for no in range(min(rows, 7))),
        "statements": make_statements(rows), "record": text, "outcome": "达成协议", "outcome_text": SENTENCE,
    },
    f.WhistleOrder: lambda size, text, rows: {
        "department": "新邵县自然资源局", "matter": text, "sent_at": at(9), "answer_by": date(2026, 3, 16),
        "passed_from": "新邵县住房和城乡建设局" if size == "extreme" else "", "caller": "何清",
        "caller_phone": "0739-3600001",
    },
    f.WhistleReceipt: lambda size, text, rows: {
        "department": "新邵县自然资源局", "matter": SENTENCE, "sent_at": at(9), "answer_by": date(2026, 3, 16),
        "arrived_at": at(14), "answered_at": at(16), "result": text, "handler": "孙㛃",
        "competent": "新邵县住房和城乡建设局" if size == "extreme" else "",
    },
    f.EscalationForm: lambda size, text, rows: {
        "receiver": COUNTY, "summary": text, "claims": "赔偿维修费3500元。", "accepted_on": DAY,
        "ground": "已调解三次未达成协议",
        "attempts": tuple(
            f.AttemptFacts(no=no, at=at(9), place="雀塘村村部", mediators=("何清",), outcome="未达成协议")
            for no in range(1, min(rows, 9) + 1)
        ),
        "reason": SENTENCE, "handed_by": "何清", "handed_at": at(15), "materials": make_materials(size),
        "consents": tuple(f.ConsentFacts(name=who.name, role=who.role, agrees=True) for who in make_parties(size)),
    },
    f.Agreement: lambda size, text, rows: make_agreement(size, text, rows) | {"court_copies": 1, "disputed": SENTENCE},
    f.OralAgreement: lambda size, text, rows: make_agreement(size, text, rows) | {"place": "雀塘村村部"},
    f.FollowUpRecord: lambda size, text, rows: {
        "agreement_number": NUMBER,
        "visited_at": at(10), "manner": "入户", "visited": ("张䶮",), "performance": text, "satisfaction": "满意",
        "litigation": "未起诉", "hidden_risks": "无", "measures": "无", "visitors": ("何清", "邓娟"),
    },
    f.TerminationNotice: lambda size, text, rows: {
        "accepted_on": DAY, "sessions": 3, "ground": "当事人分歧较大，无法达成协议", "reason": text,
        "terminated_on": DAY,
    },
    f.PerformanceCertificate: lambda size, text, rows: AGREED | {
        "payments": tuple(
            f.PaymentFacts(
                clause_no=1, what=f"支付第{no}期款项", amount=Decimal("1234567.89"), on=DAY, method="银行转账",
                payer=make_parties(size)[-2].name, receiver=make_parties(size)[0].name,
            )
            for no in range(1, rows + 1)
        ),
        "performed_on": DAY, "mediators": ("何清",),
    },
    f.ConfirmationApplication: lambda size, text, rows: AGREED | {
        "court": COURT, "effective_on": DAY, "last_day": date(2026, 4, 8), "summary": text,
        "clauses": make_clauses(size), "mediators": ("何清", "邓娟"),
    },
    f.ConfirmationUndertaking: lambda size, text, rows: AGREED | {"court": COURT},
    f.MediationCertificate: lambda size, text, rows: AGREED | MEDIATED | {"court": COURT, "sessions": 3},
    f.PowerOfAttorney: lambda size, text, rows: make_one_party(size) | {
        "agents": (f.AgentFacts(name="刘𬬭", authority="特别授权", powers=POWERS),) * min(rows, 2),
        "matter": "邻里纠纷", "before": COMMITTEE.name, "term": "至调解终结之日止",
    },
    f.RepresentativeIdentity: lambda size, text, rows: make_one_party(size, True) | {"representative": "孙㛃"},
    f.DeliveryAddress: lambda size, text, rows: make_one_party(size) | {"addressee": make_parties(size)[0].name},
    f.MaterialList: lambda size, text, rows: {"items": make_materials(size), "recipient": COURT},
    f.Dossier: lambda size, text, rows: {
        "year": 2026, "volume_title": make_parties(size)[-2].name + "纠纷", "volume_no": NUMBER, "retention": "30年",
        "contents": tuple(
            f.ContentsFacts(title="人民调解记录", first_page=no, last_page=no) for no in range(1, rows + 1)
        ),
        "note": f.CaseNoteFacts(text=text),
    },
}  # fmt: skip
