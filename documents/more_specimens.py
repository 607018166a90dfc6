"""Made-up facts for the papers between offices, for the people themselves, and for what follows an agreement."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from . import facts as f
from .specimen_parts import (
    AGREED,
    COMMITTEE,
    COUNTY,
    COURT,
    DAY,
    NUMBER,
    POWERS,
    SENTENCE,
    at,
    make_agreement,
    make_parties,
    make_person,
)

RULING = "（2026）湘0522民特12号"


def make_owed(size: str, rows: int) -> tuple[f.OwedFacts, ...]:
    """Promises that were not kept: sums, partly paid, and an act."""
    parties = make_parties(size)
    sums = tuple(
        f.OwedFacts(
            clause_no=1, what=f"第{no}期款项", due=DAY + timedelta(days=30 * no), amount=Decimal("12345.67"),
            paid=Decimal("345.67") if no == 1 else None, debtor=parties[-2].name, creditor=parties[0].name,
        )
        for no in range(1, rows + 1)
    )  # fmt: skip
    return (*sums, f.OwedFacts(clause_no=2, what="清除通道内堆放的建筑材料", due=DAY))


def make_routes(rows: int) -> tuple[f.RouteFacts, ...]:
    """The ways that are open."""
    routes = (
        f.RouteFacts(
            name="到法院起诉", how="按调解协议起诉，请求判令对方履行。", where=COURT, by=date(2029, 3, 9),
            by_text="诉讼时效三年", bring=("调解协议书", "身份证", "付款凭证"),
            source="《中华人民共和国人民调解法》第三十二条",
        ),
        f.RouteFacts(name="申请支付令", how="对方欠的是钱、没有别的争议的，可以申请支付令。", where=COURT),
        f.RouteFacts(name="再谈一次", how="各方重新商定期限，另签一份协议。", by_text="各方同意，随时可以"),
    )  # fmt: skip
    return routes[: max(rows, 1)]


def make_enforcing(size: str) -> tuple[f.PartyFacts, ...]:
    """The same people, as applicants and respondents of an enforcement."""
    roles = {"申请人": "申请执行人", "被申请人": "被执行人", "第三人": "被执行人"}
    return tuple(replace(who, role=roles[who.role]) for who in make_parties(size))


def make_handed(rows: int) -> tuple[f.HandedCaseFacts, ...]:
    """The cases of a batch."""
    return tuple(
        f.HandedCaseFacts(
            case_no=f"〔2026〕雀塘镇人调字第{no:04d}号", title="张䶮与湖南㛃𬭎建筑劳务有限公司邻里纠纷", papers=9,
            pages=21, last_day=date(2026, 4, 8), note="材料齐全" if no % 2 else "",
        )
        for no in range(1, rows + 1)
    )  # fmt: skip


MORE: dict[type[f.Facts], Callable[[str, str, int], dict[str, Any]]] = {
    f.WithdrawalForm: lambda size, text, rows: {"applied_on": DAY, "reason": text, "signed_on": DAY},
    f.RepresentativeElection: lambda size, text, rows: {
        "parties": tuple(who for who in make_parties(size) if who.role == "申请人"),
        "representatives": ("袁燊1", "袁燊2"), "authority": "特别授权", "powers": POWERS, "signed_on": DAY,
    },
    f.ExtensionConsent: lambda size, text, rows: {
        "ends_on": DAY, "until": date(2026, 4, 8), "reason": text, "signed_on": DAY,
    },
    f.ReadingRecord: lambda size, text, rows: {
        "paper_title": "人民调解协议书", "paper_number": NUMBER, "signer": make_person("张䶮", "申请人"),
        "cause": "不识字", "language": "新邵方言", "read_by": "何清", "written_by": "邓娟",
        "witnesses": ("孙㛃", "刘𬬭")[:rows], "read_at": at(9), "place": "雀塘镇司法所调解室",
    },
    f.AgreementCard: lambda size, text, rows: make_agreement(size, text, rows) | {
        "reader": make_parties(size)[0 if size != "extreme" else -2].name, "last_day": date(2026, 4, 8),
        "contact": "何清", "contact_phone": "139****0003",
    },
    f.ServiceRecord: lambda size, text, rows: {
        "paper_title": "调解通知书", "paper_number": NUMBER, "addressee": make_parties(size)[-2].name,
        "place": "湖南省邵阳市新邵县雀塘镇雀塘村3组", "manner": "直接送达", "served_at": at(9), "servers": ("何清",),
    },
    f.ReceiptSlip: lambda size, text, rows: {
        "agreement_number": NUMBER, "clause_no": 1, "payer": make_parties(size)[-2].name,
        "receiver": make_parties(size)[0].name, "amount": Decimal("849300.00"),
        "method": "银行转账", "received_on": DAY,
    },
    f.ReminderLetter: lambda size, text, rows: AGREED | {
        "debtor": make_parties(size)[-2].name, "ruling_number": RULING if rows > 1 else "", "court": COURT,
        "items": make_owed(size, rows), "perform_by": date(2026, 4, 8), "contact": "何清",
        "account": "张䶮，中国农业银行新邵县支行，6228480000000000001",
    },
    f.ChoiceSheet: lambda size, text, rows: {
        "reader": make_parties(size)[0].name, "happened": text, "items": make_owed(size, rows),
        "routes": make_routes(rows), "contact": "何清", "told_on": DAY,
    },
    f.CourtHandover: lambda size, text, rows: {
        "court": COURT, "rows": make_handed(rows), "handed_by": "何清", "handed_on": DAY, "parties": (),
        "manifest": "9f86d081884c7d659a2feaa0c55ad015 a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    f.EnforcementApplication: lambda size, text, rows: AGREED | {
        "parties": make_enforcing(size), "court": COURT, "ruling_number": RULING, "ruling_court": COURT,
        "ruled_on": date(2026, 3, 20), "served_on": date(2026, 3, 25), "items": make_owed(size, rows),
        "property_clues": ("名下小型普通客车，号牌湘E·A0001",) * min(rows, 3), "last_day": date(2028, 4, 10),
        "applied_on": DAY,
    },
    f.ClosingReport: lambda size, text, rows: {
        "unit": COMMITTEE.name, "handlers": ("何清", "邓娟"), "source": "当事人申请", "accepted_on": DAY,
        "closed_on": date(2026, 5, 20), "sessions": 3, "summary": text, "result": "达成书面调解协议。",
        "agreement_number": NUMBER, "performance": "全部履行完毕。", "confirmation": RULING,
    },
    f.JointMinutes: lambda size, text, rows: {
        "committee": COUNTY, "session_no": 2, "held_at": at(9), "place": "新邵县综治中心三楼会议室", "chair": "欧阳明",
        "offices": ("新邵县自然资源局", "新邵县住房和城乡建设局", "新邵县公安局")[:max(1, rows)],
        "experts": ("孙㛃", "刘𬬭")[:rows - 1] if rows > 1 else (), "record": text, "decision": SENTENCE,
        "agreed_so_far": "双方同意先停工。" if rows > 1 else "",
        "attempts": tuple(
            f.AttemptFacts(no=no, at=at(9), place="雀塘村村部", mediators=("何清",), outcome="未达成协议")
            for no in range(1, min(rows, 9) + 1)
        ),
    },
    f.SupervisionOrder: lambda size, text, rows: {
        "order_no": 1, "issuer": COUNTY.name, "ordered_by": "欧阳明", "issuer_phone": "0739-3600002", "handler": "何清",
        "standing": "正在调解，应于2026年3月4日前办结，已超期5天。", "matter": text, "ordered_at": at(9),
        "answer_by": date(2026, 3, 12),
    },
    f.PartySlip: lambda size, text, rows: {
        "holder": make_parties(size)[-2].name, "public_number": "2601-0023-5", "code": "48210736",
        "address": "https://example.cn/track", "next_step": "第一次调解：3月12日9时30分，雀塘镇司法所调解室",
        "next_by": date(2026, 4, 8), "contact": "何清", "contact_phone": "0739-3600001", "neutral": size == "short",
    },
}  # fmt: skip
