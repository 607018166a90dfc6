"""Twenty agreements that a court would confirm, of the kinds that villages and towns write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.readiness import Applicant, Item, Part, Picture

COURT = "新邵县人民法院"
AGREED, TODAY, LAST_DAY = date(2025, 3, 3), date(2025, 3, 10), date(2025, 4, 2)
ALL_PAPERS = frozenset(
    {"confirmation_application", "mediation_certificate", "confirmation_undertaking", "delivery_address"}
)


def person(ref: str, name: str, **more: Any) -> Applicant:
    """A grown-up who came, consented, signed and brought everything."""
    role = {"a": "applicant", "r": "respondent", "t": "third_party"}[ref[0]]
    usual: dict[str, Any] = {"age": 45, "capacity": "full", "signed_by": name, "id_key": f"id-{ref}"}
    there: dict[str, Any] = {"identity_copy": True, "agent_paper": True, "address_paper": True}
    return Applicant(ref, name, role=role, **usual | there | more)


def unit(ref: str, name: str, chief: str, **more: Any) -> Applicant:
    """A company or an office, through its head."""
    return person(ref, name, kind="company", age=None, capacity="", legal_representative=chief,
                  signed_by=chief, birth_date=False, **more)  # fmt: skip


def pay(no: int, text: str, amount: str, due: str, by: str = "r1", to: str = "a1", **more: Any) -> Item:
    """A sum from one to another by a day."""
    usual: dict[str, Any] = {"method": "bank_transfer", "joint": False}
    return Item(
        no, text, "pay", (by,), (to,), amount=Decimal(amount), due=date.fromisoformat(due), **usual | more
    )


def do(no: int, text: str, due: str, by: str = "r1", kind: str = "do", **more: Any) -> Item:
    """A deed by a day."""
    return Item(no, text, kind, (by,), due=date.fromisoformat(due), **more)


ANNA, ZHANG = person("a1", "古丽·买买提"), person("r1", "张䶮")
ROAD = unit("r1", "新邵县路桥工程有限公司", "周建平")


def agreement(*items: Item, parties: tuple[Applicant, ...] = (ANNA, ZHANG), **more: Any) -> Picture:
    """An agreement in effect, a week old, ready to go."""
    usual: dict[str, Any] = {
        "number": "〔2025〕雀塘镇人调字第0012号",
        "last_day": LAST_DAY,
        "mediators": ("王𬭎",),
        "court": COURT,
        "courts": (COURT,),
        "committee_court": COURT,
        "papers": ALL_PAPERS,
        "property_proof": True,
    }
    return Picture(TODAY, parties, items, AGREED, **usual | more)


MONEY = pay(
    1,
    "张䶮于2025年6月20日前一次性付给古丽·买买提赔偿款3000元（大写：人民币叁仟元整）。",
    "3000",
    "2025-06-20",
)


def instalments(no: int = 1) -> Item:
    """Three parts that add up."""
    text = "张䶮欠古丽·买买提借款本金90000元，分三期归还：2025年6月30日前、9月30日前、12月31日前各还30000元。"
    parts = tuple(Part(Decimal(30000), date(2025, month, day)) for month, day in ((6, 30), (9, 30), (12, 31)))
    return Item(no, text, "pay", ("r1",), ("a1",), False, Decimal(90000), None, "", "bank_transfer", parts)


def wages() -> Picture:
    """Twelve workers, their contractor and the builder."""
    workers = tuple(
        person(
            f"a{no}",
            name,
            represented_by="" if no == 1 else "陈大勇",
            agents=("陈大勇",)[: no - 1],
            special_agents=("陈大勇",)[: no - 1],
            signed_by="陈大勇",
        )
        for no, name in enumerate(("陈大勇", *(f"工人{sign}" for sign in "甲乙丙丁戊己庚辛壬癸子")), start=1)
    )
    refs = tuple(worker.ref for worker in workers)
    text = "新邵县路桥工程有限公司于2025年4月30日前付清陈大勇等12人工资合计240000元（大写：贰拾肆万元整）。"
    item = Item(1, text, "pay", ("r1",), refs, False, Decimal(240000), date(2025, 4, 30), "", "bank_transfer",
                shares=(Decimal(20000),) * 12)  # fmt: skip
    return agreement(item, parties=(*workers, ROAD), dispute_type="wage_arrears")


def support() -> Picture:
    """Maintenance for an old mother."""
    mother = person(
        "a1", "李桂英", age=78, agents=("李小梅",), special_agents=("李小梅",), signed_by="李小梅"
    )
    item = Item(1, "张䶮自2025年4月1日起至2030年3月31日止，每月5日前付给李桂英赡养费500元。", "pay", ("r1",), ("a1",),
                False, None, None, "", "cash", recurring=True)  # fmt: skip
    return agreement(item, parties=(mother, ZHANG), dispute_type="marriage_family")


def child() -> Picture:
    """A boy of six hurt by a dog; his father acts."""
    boy = person("a1", "陈小宝", age=6, capacity="", guardians=("陈大勇",), signed_by="陈大勇")
    text = "张䶮于2025年5月1日前赔偿陈小宝医疗费、护理费共计4801.9元。"
    return agreement(pay(1, text, "4801.90", "2025-05-01"), parties=(boy, ZHANG), dispute_type="injury")


CLEAN: dict[str, Callable[[], Picture]] = {
    "a single sum": lambda: agreement(MONEY),
    "instalments": lambda: agreement(instalments(), dispute_type="contract"),
    "twelve workers": wages,
    "maintenance": support,
    "a child": child,
    "a boundary wall taken down": lambda: agreement(
        do(1, "张䶮于2025年5月31日前自费拆除越过老水沟中线的围墙，并清运垃圾。", "2025-05-31"),
        Item(2, "今后双方不得再越过老水沟中线施工。", "refrain", ("a1", "r1")),
        dispute_type="housing_land",
    ),
    "a road kept open": lambda: agreement(
        Item(1, "张䶮不得在村道上堆放杂物，保证三米宽的通道畅通。", "refrain", ("r1",)),
        do(2, "张䶮于2025年3月31日前清走已堆放的砂石。", "2025-03-31"),
    ),
    "an apology and a sum": lambda: agreement(
        do(1, "张䶮于2025年3月20日在村部当面向古丽·买买提赔礼道歉。", "2025-03-20", kind="apologize"),
        replace(MONEY, no=2),
    ),
    "traffic, with receipts": lambda: agreement(
        pay(1, "张䶮赔偿古丽·买买提误工费、修理费共计92420元，2025年4月10日前付清。", "92420", "2025-04-10"),
        Item(2, "双方就本次事故再无其他争议。"),
        dispute_type="traffic",
    ),
    "ten thousands": lambda: agreement(pay(1, "张䶮于2025年12月31日前归还借款5万元。", "50000", "2025-12-31")),
    "interest within the cap": lambda: agreement(
        pay(1, "张䶮归还借款本金60000元，并按年利率6%计付利息，2025年9月1日前付清。", "60000", "2025-09-01")
    ),
    "goods handed back": lambda: agreement(
        do(1, "张䶮于2025年3月23日把湘E·12345号小客车和两把钥匙交给古丽·买买提。", "2025-03-23", kind="deliver"),
        dispute_type="consumer",
    ),
    "repair": lambda: agreement(
        do(1, "新邵县路桥工程有限公司于2025年6月1日前修好古丽·买买提家东墙两处裂缝，修到不渗水为止。", "2025-06-01"),
        parties=(ANNA, ROAD),
    ),
    "joint debtors": lambda: agreement(
        Item(1, "张䶮、王小军于2025年7月1日前连带付给古丽·买买提12000元。", "pay", ("r1", "r2"), ("a1",), True,
             Decimal(12000), date(2025, 7, 1), "", "cash"),
        parties=(ANNA, ZHANG, person("r2", "王小军")),
    ),
    "a guarantor who signs": lambda: agreement(
        MONEY,
        Item(2, "王小军对张䶮的上述付款承担连带保证责任。", "guarantee", ("t1",), ("a1",)),
        parties=(ANNA, ZHANG, person("t1", "王小军")),
    ),
    "a penalty": lambda: agreement(
        MONEY, Item(2, "张䶮逾期付款的，另付违约金300元，并可申请强制执行。", "breach", ("r1",), ("a1",))
    ),
    "set off": lambda: agreement(
        Item(1, "张䶮应付的货款8000元与古丽·买买提应付的运费5000元相抵。", "set_off", ("r1", "a1"), ("a1", "r1")),
        pay(2, "张䶮于2025年6月20日前付清抵销后的余款3000元。", "3000", "2025-06-20"),
        dispute_type="business",
    ),
    "paid on the spot in part": lambda: agreement(
        pay(1, "签订当日付1000元。", "1000", "2025-03-03", done=True),
        pay(2, "余款2000元，2025年5月1日前付清。", "2000", "2025-05-01"),
    ),
    "bank and cooperative": lambda: agreement(
        pay(1, "白水洞种植专业合作社于2025年5月9日前清偿贷款本金2000万元。", "20000000", "2025-05-09"),
        parties=(unit("a1", "新邵农村商业银行", "刘行长"), unit("r1", "白水洞种植专业合作社", "何社长")),
        dispute_type="business", amount=Decimal(20000000),
    ),
    "trees on the wrong side": lambda: agreement(
        do(1, "张䶮于2025年4月1日前移走栽在古丽·买买提承包山上的二十棵杉树。", "2025-04-01"),
        Item(2, "双方今后按现场指认的界址各自管护，互不越界。", "refrain", ("a1", "r1")),
        dispute_type="forest_land",
    ),
}  # fmt: skip
