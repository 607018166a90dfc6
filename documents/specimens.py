"""Made-up facts for every kind of paper, from the shortest to the longest that is still a real case."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from . import facts as f
from .citations import cite_law
from .kinds import CATALOGUE

SIZES = ("short", "typical", "extreme")
CHINA = timezone(timedelta(hours=8))
DAY = date(2026, 3, 9)
COMMITTEE = f.CommitteeFacts(
    name="新邵县雀塘镇人民调解委员会", place="新邵县雀塘镇", phone="0739-3600001", address="新邵县雀塘镇政府一楼",
    credit_code="备案号430522103",
)  # fmt: skip
COUNTY = f.CommitteeFacts(name="新邵县人民调解委员会", phone="0739-3600002")
COURT = "湖南省邵阳市新邵县人民法院"
NUMBER = "〔2026〕雀塘镇人调字第0012号"
SENTENCE = (
    "双方因宅基地之间的通道堆放建筑材料发生争执，申请人的三轮车受损，村人民调解委员会先后调解，未能取得一致。"
)
POWERS = ("提交和收集证据", "承认、变更、放弃请求", "签署协议")
MEDIATED: dict[str, Any] = {"mediators": ("何清", "邓娟"), "presiding": "何清"}
AGREED: dict[str, Any] = {"agreement_number": NUMBER, "agreed_on": DAY}


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    applicants: int
    characters: int  # of the facts
    rows: int  # of every table
    installments: int

    @property
    def text(self) -> str:
        """Facts of that many characters, a paragraph every few hundred."""
        text = "".join(f"{no}．{SENTENCE}" for no in range(1, self.characters // len(SENTENCE) + 2))
        return "\n".join(text[at : min(at + 400, self.characters)] for at in range(0, self.characters, 400))


MEASURES = {"short": Size(1, 20, 1, 0), "typical": Size(2, 180, 4, 3), "extreme": Size(42, 4000, 36, 36)}


def at(hour: int) -> datetime:
    """A moment of the day."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, 30, tzinfo=CHINA)


def make_person(name: str, role: str, **more: Any) -> f.PartyFacts:
    """A natural person of whom everything is known."""
    known = f.PartyFacts(
        name=name, role=role, gender="男", ethnicity="汉族", birth_date=date(1980, 2, 29), id_type="居民身份证",
        id_number="430522********2112", phone="139****0001", address="湖南省邵阳市新邵县雀塘镇雀塘村3组",
        occupation="务农",
    )  # fmt: skip
    return replace(known, **more)


def make_company(name: str, role: str) -> f.PartyFacts:
    """A company with its head."""
    return f.PartyFacts(
        name=name, role=role, kind="company", id_type="统一社会信用代码", id_number="91430522M000100Y4X",
        phone="0739-3611111", address="湖南省邵阳市新邵县酿溪镇大坪经济开发区创业路18号（新邵县市场监督管理局旁）",
        legal_representative="孙㛃", legal_representative_title="执行董事兼总经理",
    )  # fmt: skip


def make_parties(size: str) -> tuple[f.PartyFacts, ...]:
    """One against one; two against one and a company; forty-two against companies of thirty characters."""
    if size == "short":
        return (f.PartyFacts(name="王一", role="申请人"), f.PartyFacts(name="李二", role="被申请人"))
    if size == "typical":
        agent = f.AgentFacts(name="刘𬬭", authority="特别授权", relation="兄弟", phone="139****0009")
        guardian = f.GuardianFacts(name="张䶮", relation="父亲", phone="139****0001")
        return (
            make_person("张䶮", "申请人", agents=(agent,)),
            make_person(
                "张小䶮", "申请人", birth_date=date(2015, 5, 1), occupation="学生", guardians=(guardian,)
            ),
            make_person("阿不来提·阿不都热西提", "被申请人", ethnicity="维吾尔族"),
            make_company("湖南㛃𬭎建筑劳务有限公司", "第三人"),
        )
    workers = tuple(
        make_person(
            f"袁燊{no}" if no % 7 else f"买买提·吐尔逊·阿不都热西提{no}", "申请人",
            claim_amount=Decimal(f"{1020000 + no * 11}.50"), represented_by="" if no < 3 else "袁燊1",
        )
        for no in range(1, MEASURES[size].applicants + 1)
    )  # fmt: skip
    return (
        *workers,
        make_company("湖南省邵阳市新邵县大坪经济开发区㛃𬭎建筑工程劳务分包有限责任公司", "被申请人"),
        make_company("中国建筑第五工程局有限公司邵阳市新邵县雀塘镇安置房建设项目经理部", "被申请人"),
        make_person("胡𬭎", "第三人"),
    )


def make_clauses(size: str) -> tuple[f.ClauseFacts, ...]:
    """A payment, in parts and shared out where the case is large; then promises."""
    measure, parties = MEASURES[size], make_parties(size)
    payers = tuple(who.name for who in parties if who.role == "被申请人")
    payees = tuple(who.name for who in parties if who.role == "申请人")
    shares = tuple(
        f.ShareFacts(party=who.name, amount=who.claim_amount)
        for who in parties
        if who.claim_amount is not None
    )
    total = sum((share.amount for share in shares), Decimal(0)) or Decimal("3500.00")
    payment = f.ClauseFacts(
        no=1, text=f"{payers[0]}支付{payees[0]}等{len(payees)}人款项共计{total}元。", obligors=payers,
        obligees=payees, joint=len(payers) > 1, amount=total, due=DAY + timedelta(days=30), method="银行转账",
        shares=shares, installments=make_installments(measure.installments, total),
    )  # fmt: skip
    promises = tuple(
        f.ClauseFacts(
            no=no, text=f"{payers[0]}清除通道内堆放的建筑材料，恢复通行（第{no - 1}处）。", obligors=payers[:1],
            due_text="协议生效后七日内", place="双方宅基地之间的通道",
        )
        for no in range(2, 2 + measure.rows // 2)
    )  # fmt: skip
    last = f.ClauseFacts(no=2 + len(promises), text="双方就本次纠纷再无其他争议。")
    return (payment, *promises, last)


def make_installments(count: int, total: Decimal) -> tuple[f.InstallmentFacts, ...]:
    """``count`` equal parts, the rest in the last."""
    if not count:
        return ()
    part = (total / count).quantize(Decimal("0.01"))
    amounts = [part] * (count - 1) + [total - part * (count - 1)]
    return tuple(
        f.InstallmentFacts(amount=amount, due=date(2026 + (3 + no) // 12, (3 + no) % 12 + 1, 10))
        for no, amount in enumerate(amounts)
    )


def make_materials(size: str) -> tuple[f.MaterialFacts, ...]:
    """Evidence and enclosures."""
    return tuple(
        f.MaterialFacts(
            name="现场照片及车辆维修票据" if no % 3 else "施工现场考勤表、工资发放明细表及工程量结算单（项目部盖章）",
            form="复印件", copies=1, pages=no, provider=make_parties(size)[0].name, source="当事人提供",
            purpose="证明损失数额", received_on=DAY, note="与原件核对无异",
        )
        for no in range(1, MEASURES[size].rows + 1)
    )  # fmt: skip


def make_specimen(code: str, size: str) -> f.Facts:
    """Facts for a paper of kind ``code``; ``size`` is one of ``SIZES``. Raises ``KeyError`` for others."""
    kind, parties = CATALOGUE[code].facts, make_parties(size)
    told: dict[str, Any] = {
        "number": NUMBER, "case_no": NUMBER, "committee": COMMITTEE, "parties": parties, "law": cite_law(DAY),
        "dispute_title": f"{parties[0].name}{'等42人' if size == 'extreme' else ''}与{parties[-2].name}纠纷",
        "dispute_type": "邻里纠纷", "issued_on": DAY, "verify_code": "7K3M9QXA2B",
    }  # fmt: skip
    maker: Callable[..., Any] = kind
    return maker(**told | TOLD[kind](size, MEASURES[size].text, MEASURES[size].rows))  # type: ignore[no-any-return]


def make_statements(rows: int) -> tuple[f.StatementFacts, ...]:
    """A dialogue."""
    return tuple(f.StatementFacts(speaker="答" if no % 2 else "问", text=SENTENCE) for no in range(rows))


def make_agreement(size: str, text: str, rows: int) -> dict[str, Any]:
    """What both forms of agreement are told."""
    return MEDIATED | {"summary": text, "clauses": make_clauses(size), "agreed_on": DAY, "recorder": "李喆堃"}


def make_one_party(size: str, unit: bool = False) -> dict[str, Any]:
    """The one party of papers that have only one."""
    parties = make_parties(size)
    if unit:
        return {
            "parties": (parties[-2] if size == "extreme" else make_company("新邵县供销合作社", "被申请人"),)
        }
    return {"parties": parties[:1]}


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
