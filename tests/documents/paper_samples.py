"""Facts of made-up papers, one function a kind, for the tests of this room."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from documents import cite_law
from documents import facts as f
from documents.more_specimens import MORE

CHINA = timezone(timedelta(hours=8))
DAY = date(2026, 1, 10)


def at(hour: int, day: date = DAY) -> datetime:
    """A moment in China."""
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=CHINA)


COMMITTEE = f.CommitteeFacts(
    name="新邵县雀塘镇人民调解委员会",
    place="新邵县雀塘镇",
    phone="0739-3600001",
    address="新邵县雀塘镇政府一楼",
)
COUNTY = f.CommitteeFacts(name="新邵县人民调解委员会", place="新邵县", phone="0739-3600002")
COURT = "湖南省新邵县人民法院"


def person(name: str, role: str = "申请人", **more: Any) -> f.PartyFacts:
    """A natural person with everything known."""
    known = f.PartyFacts(
        name=name, role=role, gender="男", ethnicity="汉族", birth_date=date(1980, 2, 29),
        id_type="居民身份证", id_number="430522********2112", phone="139****0001",
        address="湖南省邵阳市新邵县雀塘镇雀塘村3组", occupation="务农",
    )  # fmt: skip
    return replace(known, **more)


def company(name: str, role: str = "被申请人", **more: Any) -> f.PartyFacts:
    """A company with its head."""
    known = f.PartyFacts(
        name=name, role=role, kind="company", id_type="统一社会信用代码", id_number="91430522M000100Y4X",
        phone="0739-3611111", address="新邵县酿溪镇大坪经济开发区创业路18号",
        legal_representative="孙㛃", legal_representative_title="总经理",
    )  # fmt: skip
    return replace(known, **more)


PAIR = (person("张䶮"), person("阿不来提·阿不都热西提", "被申请人", ethnicity="维吾尔族"))


def crowd(count: int) -> tuple[f.PartyFacts, ...]:
    """``count`` parties: workers led by two of them, then a company, an owner and a third party."""
    workers = tuple(
        person(
            f"袁燊{no}",
            claim_amount=Decimal(f"{20000 + no * 11}.50"),
            represented_by="" if no < 3 else "袁燊1",
        )
        for no in range(1, count - 2)
    )
    return (
        *workers, company("湖南㛃𬭎建筑劳务有限公司"), company("新邵县大坪置业开发有限责任公司"),
        person("胡𬭎", "第三人"),
    )  # fmt: skip


def shared(parties: tuple[f.PartyFacts, ...] = PAIR) -> dict[str, Any]:
    """What every paper carries."""
    return {
        "number": "〔2026〕雀塘镇人调字第0012号", "case_no": "〔2026〕雀塘镇人调字第0012号", "committee": COMMITTEE,
        "parties": parties, "law": cite_law(DAY), "dispute_title": "张䶮与阿不来提·阿不都热西提宅基地通行纠纷",
        "dispute_type": "邻里纠纷", "issued_on": DAY, "verify_code": "7K3M-9QXA",
    }  # fmt: skip


SUMMARY = (
    "2025年12月3日，双方因宅基地之间的通道堆放建筑材料发生争执，张䶮三轮车受损。"
    "村人民调解委员会先后调解三次，双方对通道使用已无争议，对车辆维修费用3,500.00元由谁承担未能取得一致。"
)


def clauses() -> tuple[f.ClauseFacts, ...]:
    """A payment, one in parts, a promise to act and one to refrain."""
    claimant, debtor = "张䶮", "阿不来提·阿不都热西提"
    return (
        f.ClauseFacts(
            no=1, text="阿不来提·阿不都热西提自愿赔偿张䶮三轮车维修费3500元。", kind="支付",
            obligors=(debtor,), obligees=(claimant,), amount=Decimal("3500.00"), due=date(2026, 2, 10),
            method="银行转账",
        ),
        f.ClauseFacts(
            no=2, text="通道清理及恢复费用共计1200元，由阿不来提·阿不都热西提分两期支付。", kind="支付",
            obligors=(debtor,), obligees=(claimant,), amount=Decimal("1200.00"), method="现金",
            installments=(
                f.InstallmentFacts(amount=Decimal("700.00"), due=date(2026, 3, 1)),
                f.InstallmentFacts(amount=Decimal("500.00"), due=date(2026, 4, 1)),
            ),
        ),
        f.ClauseFacts(
            no=3, text="阿不来提·阿不都热西提清除通道内堆放的建筑材料，恢复通行。", kind="作为",
            obligors=(debtor,), obligees=(claimant,), due_text="协议生效后七日内", place="双方宅基地之间的通道",
        ),
        f.ClauseFacts(no=4, text="双方今后不得在通道内堆放物品、停放车辆；双方就本次纠纷再无其他争议。", kind="不作为"),
    )  # fmt: skip


def wage_clauses(parties: tuple[f.PartyFacts, ...]) -> tuple[f.ClauseFacts, ...]:
    """One sum shared out among the workers."""
    workers = [party for party in parties if party.claim_amount is not None]
    shares = tuple(f.ShareFacts(party=each.name, amount=each.claim_amount or Decimal(0)) for each in workers)
    total = sum((share.amount for share in shares), Decimal(0))
    return (
        f.ClauseFacts(
            no=1,
            text=f"湖南㛃𬭎建筑劳务有限公司支付袁燊1等{len(workers)}人工资共计{total}元，"
            "新邵县大坪置业开发有限责任公司承担连带责任。",
            kind="支付", obligors=("湖南㛃𬭎建筑劳务有限公司", "新邵县大坪置业开发有限责任公司"), joint=True,
            obligees=tuple(each.name for each in workers), amount=total, due=date(2026, 3, 31),
            method="银行转账", shares=shares,
        ),
        f.ClauseFacts(
            no=2, text="胡𬭎负责核对考勤和工资明细，并于付款前三日交付付款人。", obligors=("胡𬭎",),
            due_text="付款前三日",
        ),
    )  # fmt: skip


def agreement(parties: tuple[f.PartyFacts, ...] = PAIR, **more: Any) -> f.Agreement:
    """A written agreement; of a crowd, one about wages."""
    told: dict[str, Any] = {
        "summary": SUMMARY, "disputed": "三轮车维修费用的承担。", "agreed_on": DAY, "place": "雀塘镇司法所调解室",
        "clauses": clauses() if len(parties) == 2 else wage_clauses(parties),
        "mediators": ("何清", "邓娟"), "presiding": "何清", "recorder": "李喆堃", "court_copies": 1,
    }  # fmt: skip
    return f.Agreement(**(shared(parties) | told | more))


MATERIALS = (
    f.MaterialFacts(name="人民调解协议书", form="原件", copies=2, pages=3, provider="双方当事人", received_on=DAY),
    f.MaterialFacts(name="调解组织主持调解的证明", form="原件", copies=1, pages=1, provider=COMMITTEE.name),
    f.MaterialFacts(
        name="张䶮、阿不来提·阿不都热西提居民身份证", form="复印件", copies=1, pages=2, provider="双方当事人",
        source="当事人提供", purpose="证明当事人身份", note="与原件核对无异",
    ),
)  # fmt: skip


def make(kind: type[f.Facts], parties: tuple[f.PartyFacts, ...] = PAIR, **more: Any) -> Any:
    """A paper of any kind for these parties; ``more`` replaces what the sample says."""
    told = TOLD[kind](parties) if kind in TOLD else MORE[kind]("typical", SUMMARY, 2) | {"parties": parties}
    return kind(**(shared(parties) | told | more))


def mediated() -> dict[str, Any]:
    """Who mediated."""
    return {"mediators": ("何清", "邓娟"), "presiding": "何清"}


def agreed() -> dict[str, Any]:
    """Which agreement the paper refers to."""
    return {"agreement_number": "〔2026〕雀塘镇人调字第0012号", "agreed_on": DAY}


TOLD: dict[type[f.Facts], Any] = {
    f.ApplicationForm: lambda parties: {
        "summary": SUMMARY, "claims": ("赔偿三轮车维修费3500元", "清除通道内的建筑材料"), "applied_on": DAY,
    },
    f.AcceptanceRegister: lambda parties: {
        "source": "当事人申请", "summary": SUMMARY, "accepted_on": DAY, "registrar": "李喆堃",
    },
    f.RightsNotice: lambda parties: mediated() | {
        "time_limit": "自受理之日起三十日", "told_on": DAY, "told_by": "人民调解员何清",
    },
    f.AcceptanceNotice: lambda parties: mediated() | {
        "accepted_on": DAY, "applied_on": DAY, "source": "当事人申请", "mediator_phone": "139****0003",
        "deadline": date(2026, 2, 9), "deadline_text": "自受理次日起计算三十日", "session_at": at(9),
        "session_place": "雀塘镇司法所调解室",
        "tracking": f.TrackingFacts(address="https://example.cn/track", public_number="2601-0023-5", code="48210736"),
    },
    f.RejectionNotice: lambda parties: {
        "applied_on": DAY, "ground": "纠纷已经由人民法院受理，不属于人民调解的受理范围。",
        "routes": ("继续在新邵县人民法院进行诉讼；", "诉讼中愿意调解的，可以请求人民法院委托调解。"),
    },
    f.InvestigationRecord: lambda parties: {
        "started_at": at(9), "ended_at": at(10), "place": "雀塘村村部", "asked": person("孙㛃", "邻居"),
        "investigators": ("何清",), "recorder": "李喆堃",
        "participants": (f.InvitedFacts(name="刘𬬭", capacity="村民小组长"),),
        "dialogue": (
            f.StatementFacts(speaker="问", text="通道是什么时候开始堆放材料的？"),
            f.StatementFacts(speaker="答", text="去年十一月中旬，堆了大约半个月。"),
        ),
    },
    f.EvidenceList: lambda parties: {
        "items": MATERIALS, "provider": "张䶮", "receiver": "何清", "received_on": DAY,
    },
    f.SessionNotice: lambda parties: {
        "session_no": 2, "session_at": at(9), "place": "雀塘镇司法所调解室", "mediators": ("何清", "邓娟"),
        "bring": ("居民身份证", "三轮车维修票据"), "contact": "何清", "contact_phone": "0739-3600001",
    },
    f.SessionRecord: lambda parties: mediated() | {
        "session_no": 3, "started_at": at(9), "ended_at": at(11), "place": "雀塘镇司法所调解室", "recorder": "李喆堃",
        "attendance": tuple(f.AttendanceFacts(name=who.name, role=who.role) for who in parties),
        "invited": (f.InvitedFacts(name="刘𬬭", capacity="雀塘村支部书记"),),
        "statements": (
            f.StatementFacts(speaker="张䶮", text="三轮车是我卖菜用的，停了半个月，维修花了3500元。"),
            f.StatementFacts(speaker="阿不来提·阿不都热西提", text="材料是我堆的，修车钱我愿意出，请宽限一个月。"),
        ),
        "record": "调解员就相邻关系的规定向双方作了说明，并到现场查看了通道。", "outcome": "达成协议",
        "outcome_text": "双方就维修费用、通道清理达成一致，另行签订人民调解协议书。",
    },
    f.WhistleOrder: lambda parties: {
        "department": "新邵县自然资源局", "matter": "请到现场核对宅基地审批档案，说明两户的四至界线。",
        "sent_at": at(9), "answer_by": date(2026, 1, 20), "caller": "何清", "caller_phone": "0739-3600001",
    },
    f.WhistleReceipt: lambda parties: {
        "department": "新邵县自然资源局", "matter": "请到现场核对宅基地审批档案，说明两户的四至界线。",
        "sent_at": at(9), "answer_by": date(2026, 1, 20), "arrived_at": at(10), "answered_at": at(11),
        "result": "已到现场核对，界线以滴水线为准。", "handler": "孙㛃",
    },
    f.EscalationForm: lambda parties: {
        "receiver": COUNTY, "summary": SUMMARY, "claims": "赔偿维修费3500元。", "accepted_on": date(2025, 12, 8),
        "attempts": tuple(
            f.AttemptFacts(
                no=no, at=at(9, date(2025, 12, 8 + no)), place="雀塘村村部", mediators=("何清",), outcome="未达成协议"
            )
            for no in (1, 2, 3)
        ),
        "ground": "已调解三次未达成协议", "reason": "双方对维修费用分歧较大，需要专业评估。",
        "consents": tuple(f.ConsentFacts(name=who.name, role=who.role, agrees=True) for who in parties),
        "materials": MATERIALS, "handed_by": "何清", "handed_at": at(15), "receive_by": date(2026, 1, 13),
    },
    f.Agreement: lambda parties: {
        "summary": SUMMARY, "clauses": clauses(), "agreed_on": DAY, "mediators": ("何清", "邓娟"), "recorder": "李喆堃",
    },
    f.OralAgreement: lambda parties: mediated() | {
        "summary": SUMMARY, "clauses": clauses()[2:], "agreed_on": DAY, "place": "雀塘村村部", "recorder": "李喆堃",
    },
    f.FollowUpRecord: lambda parties: {
        "agreement_number": "〔2026〕雀塘镇人调字第0012号", "visited_at": at(10), "manner": "入户",
        "visited": ("张䶮",),
        "performance": "维修费3500元已于2月8日转账付清，通道已清理。", "satisfaction": "满意", "litigation": "未起诉",
        "hidden_risks": "无", "measures": "无需采取措施", "visitors": ("何清", "邓娟"),
    },
    f.TerminationNotice: lambda parties: {
        "accepted_on": date(2025, 12, 8), "sessions": 3, "ground": "当事人分歧较大，无法达成协议", "terminated_on": DAY,
        "further_notices": ("需要本委员会出具调解情况说明的，可以随时提出。",),
    },
    f.PerformanceCertificate: lambda parties: agreed() | {
        "payments": (
            f.PaymentFacts(
                clause_no=1, what="支付三轮车维修费", amount=Decimal("3500.00"), on=date(2026, 2, 8),
                payer="阿不来提·阿不都热西提", receiver="张䶮", method="银行转账",
            ),
            f.PaymentFacts(
                clause_no=3, what="清除建筑材料", on=date(2026, 1, 15), payer="阿不来提·阿不都热西提", receiver="张䶮",
            ),
        ),
        "performed_on": date(2026, 2, 8), "total": Decimal("3500.00"), "mediators": ("何清",),
    },
    f.ConfirmationApplication: lambda parties: agreed() | {
        "court": COURT, "effective_on": DAY, "last_day": date(2026, 2, 9), "summary": SUMMARY,
        "clauses": clauses() if len(parties) == 2 else wage_clauses(parties), "mediators": ("何清", "邓娟"),
    },
    f.ConfirmationUndertaking: lambda parties: agreed() | {"court": COURT},
    f.MediationCertificate: lambda parties: agreed() | mediated() | {
        "court": COURT, "effective_on": DAY, "accepted_on": date(2025, 12, 8), "sessions": 3,
        "contact": "何清", "contact_phone": "0739-3600001",
    },
    f.PowerOfAttorney: lambda parties: {
        "agents": (
            f.AgentFacts(
                name="刘𬬭", authority="特别授权", relation="兄弟", phone="139****0009", id_number="430522********2137",
                powers=("申请、参加、终止调解", "提交和收集证据", "承认、变更、放弃请求，进行和解", "签署协议"),
            ),
        ),
        "matter": "张䶮与阿不来提·阿不都热西提邻里纠纷", "before": COMMITTEE.name,
        "term": "自签署之日起至调解终结之日止",
    },
    f.RepresentativeIdentity: lambda parties: {
        "representative": "孙㛃", "title": "总经理", "gender": "女", "phone": "0739-3611111", "address": "新邵县酿溪镇",
    },
    f.DeliveryAddress: lambda parties: {
        "cause": "申请司法确认调解协议", "addressee": "张䶮", "address": "湖南省邵阳市新邵县雀塘镇雀塘村3组",
        "postcode": "422900", "phone": "139****0001", "electronic": True, "mobile": "139****0001",
    },
    f.Dossier: lambda parties: {
        "year": 2026, "volume_title": f"{parties[0].name}与{parties[1].name}邻里纠纷",
        "volume_no": "〔2026〕雀塘镇人调字第0012号", "mediators": ("何清", "邓娟"), "mediated_from": date(2025, 12, 8),
        "mediated_to": DAY, "filed_by": "李喆堃", "filed_on": date(2026, 3, 1), "retention": "30年",
        "contents": (f.ContentsFacts(title="人民调解申请书", first_page=1, last_page=2),), "page_count": 3,
        "note": f.CaseNoteFacts(text="本卷材料齐全，证据材料为复印件，与原件核对无异。", filed_by="李喆堃"),
    },
    f.MaterialList: lambda parties: {
        "items": MATERIALS, "recipient": COURT, "purpose": "申请司法确认", "submitter": "张䶮", "submitted_on": DAY,
    },
}  # fmt: skip
