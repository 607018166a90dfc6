"""Made-up people, clauses and materials, of which the specimens are put together."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from . import facts as f

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
