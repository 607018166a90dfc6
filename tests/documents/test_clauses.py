"""The clause builder: every block makes a clause that a court can enforce, and nothing contradicts itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workflows
from documents import figures
from documents.clauses import Block, Composed, blocks, blocks_for, compose, find_block, find_vague
from mediation.payloads import ClausePayload
from mediation.words import words
from workflows.conditions import CONDITIONS
from workflows.situation import PartySeen, Situation
from workflows.steps import SHANGHAI, Move

NOON = datetime(2026, 3, 1, 12, tzinfo=SHANGHAI)
PARTIES = {"r1": "李二", "a1": "王一", "a2": "张䶮", "t1": "湖南㛃𬭎建筑劳务有限公司"}
SAID = {
    "money": "3,500.00", "day": "2026-03-01", "by": "2026-04-10", "count": "7", "flag": "on",
    "text": "雀塘村3组水渠东侧", "long": "自老槐树至水井砌砖墙，长12.5米",
}  # fmt: skip
PARTS = [{"amount": "1500", "due": "2026-04-10"}, {"amount": "2000", "due": "2026-05-10"}]
SHARES = [{"party": "a1", "amount": "1500"}, {"party": "a2", "amount": "2000"}]


def fill(block: Block) -> dict[str, Any]:
    """Values as a form sends them, for every field that is needed."""
    values: dict[str, Any] = {}
    free = iter(PARTIES)
    for field in block.fields:
        if not field.needed or (field.default and field.kind != "parties"):
            continue
        if field.name == "sides":
            values[field.name] = ["a1", "r1"]
        elif field.kind in ("party", "parties"):
            ref = next(free)
            values[field.name] = ref if field.kind == "party" else [ref]
        elif field.kind == "choice":
            values[field.name] = field.choices[0].value
        elif field.kind == "parts":
            values[field.name] = PARTS
        elif field.kind == "shares":
            values |= {"payee": ["a1", "a2"], field.name: SHARES}
        elif field.name == "until":
            values[field.name] = "2028-04-10"
        elif not field.derived:
            values[field.name] = SAID[field.kind]
    if block.code == "set_off":
        values |= {"other_debt": "1000", "due": SAID["by"], "method": "cash"}
    return values


def build(code: str, **changes: Any) -> Composed:
    return compose(code, fill(find_block(code)) | changes, PARTIES)


def codes_of(composed: Composed) -> set[str]:
    return {fault.code for fault in composed.faults}


every_block = pytest.mark.parametrize("block", blocks(), ids=lambda block: block.code)


@every_block
def test_a_filled_block_is_ready_and_says_nothing_vague(block: Block) -> None:
    composed = compose(block.code, fill(block), PARTIES, on=date(2026, 3, 1))
    assert composed.faults == ()
    assert composed.vague == ()
    assert "＿" not in composed.text and "{" not in composed.text and "[" not in composed.text
    assert "，，" not in composed.text and "。。" not in composed.text and composed.text.endswith("。")


@every_block
def test_its_clause_goes_into_a_case_and_passes_the_readiness_rules(block: Block) -> None:
    clause = ClausePayload().load(compose(block.code, fill(block), PARTIES).clause)
    parties = tuple(PartySeen(ref, name, "applicant") for ref, name in PARTIES.items())
    case = Situation("mediating", "village", parties=parties)
    move = Move(NOON, {"form": "written", "clauses": [clause]})
    rules: Any = workflows.load("case")
    for name in (
        "clauses_complete", "clauses_name_parties", "amounts_close", "clauses_definite", "status_words",
    ):  # fmt: skip
        assert CONDITIONS[name].ask(case, move, rules) == (), name


@every_block
def test_who_owes_and_who_is_owed_stand_in_the_sentence(block: Block) -> None:
    composed = compose(block.code, fill(block), PARTIES)
    for side in ("obligors", "obligees"):
        assert all(PARTIES[ref] in composed.text for ref in composed.clause.get(side, ()))


@every_block
def test_each_missing_field_is_named_and_left_blank(block: Block) -> None:
    composed = compose(block.code, {}, PARTIES)
    lacking = {
        field.name for field in block.fields if field.needed and not field.default and not field.derived
    }
    assert {fault.field for fault in composed.faults if fault.code == "missing"} >= lacking
    assert all(fault.message["zh"] and fault.message["en"] for fault in composed.faults)
    assert "＿" in composed.text


@every_block
def test_it_is_labelled_in_both_languages(block: Block) -> None:
    told = [block.title, *(field.label for field in block.fields)]
    told += [choice.label for field in block.fields for choice in field.choices]
    assert all(each["zh"].strip() and each["en"].strip() for each in told)
    assert block.kind in words()["clause_kind"]
    assert (
        {choice.value for choice in block.field("method").choices} <= set(words()["method"])
        if any(field.name == "method" for field in block.fields)
        else True
    )


def test_every_type_of_dispute_is_offered_blocks_and_all_the_others_behind_them() -> None:
    for dispute_type in words()["dispute_type"]:
        offered = blocks_for(dispute_type)
        assert sorted(each.code for each in offered) == sorted(each.code for each in blocks())
    assert blocks_for("wage_arrears")[0].code == "wages"
    assert blocks_for("no such type") == blocks_for("other")


@given(st.decimals("0.01", "9999999.99", places=2))
def test_a_sum_stands_in_figures_and_in_capitals(amount: Decimal) -> None:
    composed = build("payment", amount=str(amount))
    assert f"{amount:,.2f}元（人民币{figures.spell_money(amount)}）" in composed.text
    assert composed.clause["amount"] == f"{amount:.2f}"


def test_the_sum_follows_from_the_instalments() -> None:
    composed = build("instalments")
    assert composed.clause["amount"] == "3500.00"
    assert "分2期" in composed.text and "第二期2,000.00元" in composed.text


def test_many_instalments_are_told_in_the_table() -> None:
    rows = [{"amount": "300", "due": f"{2026 + no // 12}-{no % 12 + 1:02d}-10"} for no in range(4, 27)]
    composed = build("instalments", parts=[*rows, {"amount": "1100", "due": "2028-04-10"}])
    assert composed.faults == ()
    assert "前二十三期每期300.00元（人民币叁佰元整），末期1,100.00元" in composed.text
    assert len(composed.clause["installments"]) == 24


@pytest.mark.parametrize(
    ("code", "changes", "fault"),
    [
        ("payment", {"amount": "三千五"}, "money"),
        ("payment", {"amount": "-1"}, "money"),
        ("payment", {"amount": "NaN"}, "money"),
        ("payment", {"payee": ["r1"]}, "same_party"),
        ("payment", {"payee": ["x9"]}, "party_unknown"),
        ("payment", {"due": "下周"}, "day"),
        ("payment", {"method": "barter"}, "choice"),
        ("payment", {"payer": ["r1", "t1"]}, "who_pays_how_much"),
        ("wages", {"amount": "3500.01"}, "sum_mismatch"),
        ("wages", {"shares": [SHARES[0], SHARES[0]]}, "twice"),
        ("instalments", {"parts": PARTS[::-1]}, "order"),
        ("direct_payment", {"amount": "9999999"}, "more_than_owed"),
        ("set_off", {"due": ""}, "missing"),
        ("support", {"until": "2020-01-01"}, "order"),
        ("peace", {"sides": ["a1"]}, "two_sides"),
        ("payment", {"purpose": "甲" * 2001}, "long"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(code: str, changes: dict[str, Any], fault: str) -> None:
    assert fault in codes_of(build(code, **changes))


def test_a_last_day_before_the_agreement_is_refused() -> None:
    values = fill(find_block("payment"))
    assert "past" in codes_of(compose("payment", values, PARTIES, on=date(2026, 4, 11)))
    assert compose("payment", values, PARTIES, on=date(2026, 4, 10)).ready


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_three_sided_set_off_closes(first: int, second: int, paid: int) -> None:
    owner_debt, debt = Decimal(first) / 100, Decimal(second) / 100
    amount = min(Decimal(paid) / 100, owner_debt, debt)
    composed = build("direct_payment", owner_debt=str(owner_debt), debt=str(debt), amount=str(amount))
    assert composed.ready
    for whole in (owner_debt, debt):
        rest = whole - amount
        assert (figures.write_money(rest) if rest else "已全部结清") in composed.text


def test_two_debts_set_off_leave_the_difference_or_nothing() -> None:
    rest = build("set_off", one_debt="1000", other_debt="3500")
    assert (rest.clause["kind"], rest.clause["amount"]) == ("pay", "2500.00")
    assert rest.clause["obligors"] == ["a1"] and "由王一于" in rest.text
    even = build("set_off", one_debt="1000", other_debt="1000", due="", method="")
    assert even.ready and even.clause["kind"] == "set_off" and "互不再支付" in even.text


def test_text_of_a_party_stays_text() -> None:
    composed = build("payment", purpose="{due}[x]<b>货款</b>")
    assert "支付{due}[x]<b>货款</b>3,500.00元" in composed.text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("尽快付清", "尽快"), ("给予适当补偿", "适当补偿"), ("由村委会妥善处理", "妥善处理"), ("约3000元", "约"),
        ("补偿3000元左右", "左右"), ("3000余元", "余"), ("年底前付清", "年底前"), ("有钱时再还", "有钱时"),
        ("酌情给予补助", "酌情给予"), ("费用另行协商", "另行协商"), ("承担相应责任", "相应责任"),
        ("及时清除垃圾", "及时"), ("赔偿合理费用", "合理费用"), ("尽量不影响", "尽量"),
    ],
)  # fmt: skip
def test_vague_words_are_found_with_a_proposal(text: str, word: str) -> None:
    (found,) = find_vague(text)
    assert found.word == word == text[found.start : found.end]
    assert found.proposal["zh"] and found.proposal["en"] and found.why["zh"]


@pytest.mark.parametrize(
    "text",
    [
        "双方约定于5日内付清", "经协商一致", "提交相关证据", "界线左右两侧", "及时雨劳务公司", "于2026年底前",
        "其他款项共计500.00元", "张适之承担维修费", "于2026年4月10日前（含当日）支付3,500.00元",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert find_vague(text) == []


@pytest.mark.parametrize(
    "code", ["payment", "paid_on_the_spot", "instalments", "support", "actual_cost", "wages"]
)
def test_several_payers_say_whether_they_owe_together_or_each_his_own_share(code: str) -> None:
    free = {"payer": ["r1", "t1"], "payee": ["a1", "a2"]}
    [open_] = build(code, **free).faults
    [own] = build(code, **free, joint="false").faults
    assert (open_.field, open_.code) == (own.field, own.code) == ("joint", "who_pays_how_much")
    assert "共同承担" in open_.message["zh"]
    assert "每人写一条" in own.message["zh"]
    together = build(code, **free, joint="true")
    assert together.ready
    assert together.clause["joint"] is True
    assert "承担连带责任" in together.text
    assert "承担连带责任" not in build(code, **free, joint="false").text


@pytest.mark.parametrize("joint", ["true", "false"])
def test_how_several_owe_says_nothing_of_one_alone(joint: str) -> None:
    alone = build("payment", joint=joint)
    assert alone == build("payment")
    assert "joint" not in alone.clause
