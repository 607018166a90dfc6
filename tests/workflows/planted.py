"""Sixty agreements, each with one fault, and what has to be found: its code, and the field to mend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.workflows.agreements import (
    ALL_PAPERS,
    ANNA,
    CLEAN,
    MONEY,
    ROAD,
    ZHANG,
    agreement,
    do,
    instalments,
    pay,
    person,
    wages,
)
from workflows.readiness import Handwriting, Item, Part, Picture

FIRST, SECOND = "clauses[0]", "clauses[1]"


def with_party(place: int, base: Callable[[], Picture] = CLEAN["a single sum"], **changed: Any) -> Picture:
    """The agreement with something else about one of its parties."""
    picture = base()
    parties = list(picture.parties)
    parties[place] = replace(parties[place], **changed)
    return replace(picture, parties=tuple(parties))


def with_more(text: str, kind: str = "other", **more: Any) -> Picture:
    """The usual sum, and a second clause."""
    return agreement(MONEY, Item(2, text, kind, **more))


def with_money(**changed: Any) -> Picture:
    """The usual sum, changed."""
    return agreement(replace(MONEY, **changed))


def with_parts(*parts: Part) -> Picture:
    """The instalments, replaced."""
    return agreement(replace(instalments(), installments=parts))


WRONG_COURT = "邵阳市大祥区人民法院"
UNEVEN = (Part(Decimal(30000), date(2025, 6, 30)), Part(Decimal(50000), date(2025, 9, 30)))
UNDATED = (Part(Decimal(30000), date(2025, 6, 30)), Part(Decimal(60000), None))

#: what is planted → (the agreement, the code of the finding, the field)
PLANTED: dict[str, tuple[Picture, str, str]] = {
    # CPL 205, CPLI 351: together
    "one side does not apply": (with_party(1, applies=False), "party_not_applying", "parties[1].consents"),
    "three agents": (
        with_party(0, agents=("甲", "乙", "丙"), special_agents=("甲", "乙", "丙")),
        "too_many_agents", "parties[0].agents"),
    # PML 33, CPL 205: in time
    "a day late": (replace(agreement(MONEY), today=date(2025, 4, 3)), "window_closed", "agreement.effective_on"),
    # CPLI 355(1)
    "criminal liability": (with_more("古丽·买买提不再追究张䶮的刑事责任。"), "criminal_words", f"{SECOND}.text"),
    "a report taken back": (with_more("古丽·买买提于次日撤回报案。"), "criminal_words", f"{SECOND}.text"),
    "an authority's decision": (with_more("由镇政府撤销原行政处罚决定。"), "administrative_words", f"{SECOND}.text"),
    "already in court": (
        agreement(MONEY, taken_elsewhere="新邵县人民法院"), "taken_elsewhere", "source"),
    # CPLI 355(2)
    "no court": (agreement(MONEY, court=""), "court_not_named", "court"),
    "a court far away": (agreement(MONEY, court=WRONG_COURT), "court_not_competent", "court"),
    "wages at the wrong court": (replace(wages(), court=WRONG_COURT, courts=()), "labour_court", "court"),
    "not the inviting court": (agreement(MONEY, inviting_court="邵阳县人民法院"), "inviting_court", "court"),
    "too large for a basic court": (
        agreement(MONEY, amount=Decimal(500_000_000)), "intermediate_court", "court"),
    # CPLI 355(3)
    "a clause of status": (with_more("双方的婚姻问题就此了结。", "status"), "status_clause", f"{SECOND}.kind"),
    "divorce in plain words": (with_more("双方自愿离婚。"), "status_words", f"{SECOND}.text"),
    "ties cut": (with_more("自本协议签订之日起，双方断绝父子关系。"), "status_words", f"{SECOND}.text"),
    # CPLI 355(4)
    "bankruptcy in the story": (agreement(MONEY, facts="该公司已经破产，正在清点财产。"), "procedure_words", "facts"),
    "declared missing": (with_more("由古丽·买买提申请宣告王某失踪后领取余款。"), "procedure_words", f"{SECOND}.text"),
    # CPLI 355(5)
    "a clause of title": (with_more("老屋归张䶮。", "ownership"), "title_clause", f"{SECOND}.kind"),
    "homestead in other words": (with_more("争议的宅基地归古丽·买买提使用和所有。"), "title_words", f"{SECOND}.text"),
    "a trade mark": (with_more("“雀塘”商标归张䶮享有。"), "title_words", f"{SECOND}.text"),
    # CPLI 358(1)
    "no right to sue": (with_more("古丽·买买提今后不得起诉。"), "petition_words", f"{SECOND}.text"),
    "no maintenance": (with_more("张䶮不再支付抚养费。"), "waived_support", f"{SECOND}.text"),
    "own risk of death": (with_more("施工中发生伤亡，由工人自负。"), "disclaimer_words", f"{SECOND}.text"),
    "a gambling debt": (with_money(text="张䶮于2025年6月20日前归还赌债3000元。"), "illegal_debt", f"{FIRST}.text"),
    "three per cent a month": (
        with_money(text="张䶮于2025年6月20日前归还借款3000元，月利率3%计息。"), "interest_too_high", f"{FIRST}.text"),
    "a house on farmland": (with_more("古丽·买买提同意张䶮在承包地上建房。"), "farmland_words", f"{SECOND}.text"),
    # CPLI 358(2)
    "the village's wood": (with_more("以村集体的林地抵偿欠款。"), "others_property", f"{SECOND}.text"),
    "hidden from creditors": (with_more("该款转入他人账户，以逃避债务。"), "fraud_words", f"{SECOND}.text"),
    "somebody who does not sign": (
        with_more("李老三于2025年5月1日前清走渣土。", "do", obligors=("x9",), due=date(2025, 5, 1)),
        "binds_outsider", f"{SECOND}.obligors"),
    "suspected collusion": (agreement(MONEY, suspicion="双方关系异常，没有转账凭证"), "suspicion", "suspicion"),
    # CPLI 358(3)
    "made to kneel": (with_more("张䶮在村口向古丽·买买提下跪认错。"), "indecent_words", f"{SECOND}.text"),
    "no second marriage": (with_more("古丽·买买提三年内不得再婚。"), "indecent_words", f"{SECOND}.text"),
    # CPLI 358(4)
    "no consent": (with_party(1, consented=False), "no_consent", "parties[1].consents"),
    "never at a session": (with_party(0, attended=False), "never_there", "parties[0].attended"),
    "rights not told": (agreement(MONEY, rights_told=False), "rights_not_told", "documents.rights_notice"),
    "no session recorded": (agreement(MONEY, agreed_session=False), "no_session", "sessions"),
    "a minor without guardian": (
        with_party(0, age=16, capacity=""), "guardian_missing", "parties[0].guardians"),
    "pressure": (with_more("古丽·买买提不签字就停发低保金。"), "pressure_words", f"{SECOND}.text"),
    # CPLI 358(5), 461
    "no payer": (with_money(obligors=()), "payer_missing", f"{FIRST}.obligors"),
    "no payee": (with_money(obligees=()), "payee_missing", f"{FIRST}.obligees"),
    "no sum": (
        with_money(amount=None, text="张䶮于2025年6月20日前付清赔偿款。"), "amount_missing", f"{FIRST}.amount"),
    "no day": (with_money(due=None, text="张䶮付给古丽·买买提3000元。"), "due_missing", f"{FIRST}.due"),
    "no manner": (with_money(method=""), "method_missing", f"{FIRST}.method"),
    "nobody to do it": (
        agreement(replace(do(1, "2025年5月31日前拆除围墙。", "2025-05-31"), obligors=()), MONEY),
        "doer_missing", f"{FIRST}.obligors"),
    "an endless rent": (
        agreement(Item(1, "张䶮每月付给古丽·买买提500元。", "pay", ("r1",), ("a1",), False, method="cash",
                       recurring=True, recurring_ends=False)),
        "recurring_endless", f"{FIRST}.recurring"),
    "parts that do not add up": (with_parts(*UNEVEN), "installments_differ", f"{FIRST}.installments"),
    "a part without a day": (with_parts(*UNDATED), "installment_undated", f"{FIRST}.installments[1].due"),
    "shares that do not add up": (
        replace(wages(), items=(replace(wages().items[0], shares=(Decimal(19000),) * 12),)),
        "shares_differ", f"{FIRST}.shares"),
    "two sums": (
        with_money(text="张䶮于2025年6月20日前付给古丽·买买提8000元。"), "amount_differs", f"{FIRST}.amount"),
    "capitals that differ": (
        with_money(text="张䶮于2025年6月20日前付3000元（大写：叁万元整）。"), "capitals_differ", f"{FIRST}.text"),
    "two days": (with_money(due=date(2026, 6, 20)), "date_differs", f"{FIRST}.due"),
    "a day that does not exist": (
        agreement(pay(1, "张䶮付3000元，2025年2月30日前付清。", "3000", "2025-06-20")),
        "impossible_date", f"{FIRST}.text"),
    "as soon as possible": (
        agreement(MONEY, Item(2, "张䶮尽快清走堆放的砂石。", "refrain", ("r1",))), "vague_date", f"{SECOND}.text"),
    "to be talked about": (with_more("后续治疗费用另行协商。"), "vague_deed", f"{SECOND}.text"),
    "two payers": (
        agreement(replace(MONEY, obligors=("r1", "r2"), joint=None), parties=(ANNA, ZHANG, person("r2", "王小军"))),
        "who_pays_how_much", f"{FIRST}.joint"),
    # PML 29; CPL 62
    "a signature missing": (with_party(1, signed_by=""), "party_unsigned", "parties[1].signature"),
    "no seal": (agreement(MONEY, sealed=False), "seal_missing", "agreement.seal"),
    "an agent without power": (
        with_party(1, agents=("赵律师",), signed_by="赵律师"), "signed_without_power", "parties[1].agents"),
    "an uninitialled change": (
        agreement(MONEY, changes=(Handwriting("第一条金额改为3500元", ("张䶮",)),)),
        "change_uninitialled", "agreement.changes[0]"),
    # CPLI 354; FS5 3
    "no certificate": (
        agreement(MONEY, papers=ALL_PAPERS - {"mediation_certificate"}),
        "certificate_paper", "documents.mediation_certificate"),
    "no identity number": (with_party(0, id_key=""), "identity_number", "parties[0].id_number"),
    "a number twice": (with_party(1, id_key=ANNA.id_key), "identity_double", "parties[1].id_number"),
    "no telephone": (with_party(1, phone=False), "phone", "parties[1].phone"),
    "a company without a head": (
        agreement(MONEY, parties=(ANNA, replace(ROAD, legal_representative="", special_agents=("周建平",),
                                                     signed_by="周建平"))),
        "legal_representative", "parties[1].legal_representative"),
    "no power of attorney": (
        with_party(0, agents=("古丽的儿子",), special_agents=("古丽的儿子",), agent_paper=False),
        "agent_paper", "parties[0].power_of_attorney"),
    "no proof of the house": (
        agreement(MONEY, dispute_type="housing_land", property_proof=False), "property_proof", "evidence.property"),
}  # fmt: skip
