"""Conditions about an agreement that is being written: its form, its clauses, its sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import Situation
from workflows.steps import Move, Reason

CLAUSE_KINDS = (
    "pay",
    "deliver",
    "do",
    "refrain",
    "apologize",
    "set_off",
    "guarantee",
    "breach",
    "status",
    "ownership",
    "other",
)
STATUS_WORDS = re.compile(
    r"(自愿|同意|协议)离婚|解除(婚姻|夫妻|收养)关系|确认.{0,6}(亲子|父子|母子|收养|婚姻)关系"
)
TITLE_WORDS = re.compile(
    r"(所有权|使用权|林权|宅基地|土地|山林).{0,8}(归|属于?).{0,12}所有|确认.{0,12}(所有权|使用权|林权)"
)


def clauses_of(move: Move) -> list[Mapping[str, Any]]:
    """The clauses a move brings."""
    return list(move.get("clauses", ()))


@condition()
def form_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An agreement is written or oral (PML 28)."""
    if move.text("form") not in ("written", "oral"):
        yield Reason(
            "form_missing",
            "还没有选协议形式。请选“书面”或“口头”。",
            "Written or oral?",
            who="调解员",
            where="form",
        )


@condition()
def writing_where_required(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Medical, labour and farmland agreements are written (YL 39; LDF 14; NT 10)."""
    if move.text("form") == "oral" and case.dispute_type in rules.rules.get("written_required", ()):
        yield Reason(
            "writing_required",
            "医疗、劳动（含拖欠工资）、农村土地承包纠纷，法律要求写成书面协议书，口头协议不算数。请把形式改成“书面”。",
            "This kind of dispute needs a written agreement.",
            who="调解员",
            source="YL 39；LDF 14；NT 10",
            where="form",
        )


@condition()
def clauses_complete(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An agreement has clauses, and each says something (PML 29; R75 35)."""
    clauses = clauses_of(move)
    if not clauses:
        yield Reason(
            "no_clauses",
            "协议还没有内容。谁做什么、什么时候做，请至少写一条。",
            "The agreement has no clauses.",
            who="调解员",
            source="PML 29",
            where="clauses",
        )
    for place, clause in enumerate(clauses):
        if not str(clause.get("text", "")).strip():
            yield Reason(
                "clause_empty",
                f"第{place + 1}条没有写内容，请补上；用不着的，请删掉这一条。",
                f"Clause {place + 1} is empty.",
                who="调解员",
                source="PML 29",
                where=f"clauses[{place}].text",
            )
        if clause.get("kind") not in CLAUSE_KINDS:
            yield Reason(
                "clause_kind",
                f"第{place + 1}条的种类不在可选的范围里，请重新选一个。",
                f"Clause {place + 1} has an unknown kind.",
                where=f"clauses[{place}].kind",
            )


@condition()
def clauses_name_parties(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Who owes and who is owed are parties of the case (PML 29; CPLI 358)."""
    for place, clause in enumerate(clauses_of(move)):
        for field in ("obligors", "obligees"):
            for ref in refs_in(clause.get(field)):
                if case.party(ref) is None:
                    yield _unknown_party(ref, place, field)
        for number, share in enumerate(clause.get("shares") or ()):
            if case.party(str(share.get("party"))) is None:
                yield _unknown_party(str(share.get("party")), place, f"shares[{number}].party")


def _unknown_party(ref: str, place: int, field: str) -> Reason:
    return Reason(
        "party_unknown",
        f"第{place + 1}条里的“{ref}”不是本案当事人，协议管不到他。请改正，或者先把他增加为当事人。",
        f"{ref} in clause {place + 1} is not a party.",
        who="调解员",
        source="PML 29",
        where=f"clauses[{place}].{field}",
    )


@condition()
def amounts_close(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Instalments and shares add up to the clause's amount, to the fen (CPLI 358(5), 461)."""
    for place, clause in enumerate(clauses_of(move)):
        total = clause.get("amount")
        for field, words in (("installments", "各期"), ("shares", "各人份额")):
            parts = [part["amount"] for part in clause.get(field) or () if part.get("amount") is not None]
            if not parts:
                continue
            summed = sum(parts, Decimal(0))
            if total is None or summed != total:
                said = f"{total:,.2f}元" if total is not None else "没有写"
                yield Reason(
                    "sum_mismatch",
                    f"第{place + 1}条{words}加起来是{summed:,.2f}元，总额{said}，对不上，日后没法照着执行。"
                    "请核对后改成一致。",
                    f"Clause {place + 1}: the parts add up to {summed}, the amount says {total}.",
                    who="调解员",
                    source="CPLI 358(5)、461",
                    where=f"clauses[{place}].{field}",
                )


@condition()
def clauses_definite(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Payer, payee, sum, date and manner are definite, or a court cannot enforce them (CPLI 358(5), 461)."""
    lacking_words = {
        "obligors": "谁付",
        "obligees": "付给谁",
        "amount": "多少钱",
        "due": "什么时候付",
        "method": "怎么付",
    }
    for place, clause in enumerate(clauses_of(move)):
        if clause.get("kind") != "pay":
            continue
        lacking = [words for field, words in lacking_words.items() if not _given(clause, field)]
        if lacking:
            yield Reason(
                "not_definite",
                f"第{place + 1}条没写清{'、'.join(lacking)}，"
                "法院可能不予确认，日后也难以执行。能写清的，请补写。",
                f"Clause {place + 1} is not definite.",
                who="调解员",
                source="CPLI 358(5)、461",
                where=f"clauses[{place}]",
            )


def _given(clause: Mapping[str, Any], field: str) -> bool:
    if field == "due":
        return bool(clause.get("due") or clause.get("installments") or clause.get("recurring"))
    if field == "amount":
        return clause.get("amount") is not None or bool(clause.get("recurring"))
    return bool(clause.get(field))


@condition()
def status_words(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Words that decide status or title are pointed at (CPLI 355; CCF 1076–1079, 1105)."""
    for place, clause in enumerate(clauses_of(move)):
        text = str(clause.get("text", ""))
        kind = clause.get("kind")
        if kind == "status" or STATUS_WORDS.search(text):
            words = "离婚、收养要到登记机关或法院办，协议里写了不起作用，法院也不会确认。请告诉当事人到哪里办"
        elif kind == "ownership" or TITLE_WORDS.search(text):
            words = "土地、山林、房屋归谁所有，调解定不了，法院也不会确认。请告诉当事人找政府或法院确定"
        else:
            continue
        yield Reason(
            "status_or_title",
            f"第{place + 1}条：{words}。",
            f"Clause {place + 1} decides status or title; a court will not confirm it.",
            who="调解员",
            source="CPLI 355；CCF 1076–1079、1105",
            where=f"clauses[{place}].text",
        )


@condition()
def no_agreed_session(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An agreement usually follows a session in which it was reached (PML 27)."""
    if case.last_outcome != "agreed":
        yield Reason(
            "no_agreed_session",
            "最近一次调解记录的结果不是“谈成了”，卷宗会前后对不上。请补记谈成的那一次调解。",
            "The last session does not say that agreement was reached.",
            who="调解员",
            source="PML 27",
        )
