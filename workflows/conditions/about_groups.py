"""Conditions about a group that joins by a list: forty-two workers, each with a claim of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition()
def list_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is somebody on the list."""
    if not _rows(move):
        yield Reason(
            "list_empty",
            "名单里还没有人。请选一个Excel文件，或者把名单粘贴进来。",
            "The list is empty. Choose a file, or paste the list.",
            where="parties",
        )


@condition()
def claims_close(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What the members claim adds up to what the list says it does, to the fen."""
    total = move.get("total")
    claims = [row.get("claim_amount") for row in _rows(move)]
    summed = sum((claim for claim in claims if claim is not None), Decimal(0))
    if total is not None and total != summed:
        yield Reason(
            "sum_mismatch",
            f"各人的金额加起来是{summed:,.2f}元，名单写的合计是{total:,.2f}元，差{abs(total - summed):,.2f}元。"
            "请核对名单，改成一致。",
            f"The claims add up to {summed}, the list says {total}.",
            who="调解员",
            source="CPLI 75",
            where="total",
        )


@condition()
def set_off_closes(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Where one of two pays a third for the other, as much is set off between the two (CCG 568; CPLI 461)."""
    clauses = [row for row in move.get("clauses") or () if isinstance(row, Mapping)]
    for place, clause in enumerate(clauses):
        amount = clause.get("amount")
        two = {*refs_in(clause.get("obligors")), *refs_in(clause.get("obligees"))}
        if clause.get("kind") != "set_off" or amount is None or not two:
            continue
        paid = [
            row["amount"]
            for row in clauses
            if row.get("kind") == "pay"
            and row.get("amount") is not None
            and two.issuperset(refs_in(row.get("obligors")))
            and not two & set(refs_in(row.get("obligees")))
        ]
        apart = sum(paid, Decimal(0)) - amount
        if paid and apart:
            yield Reason(
                "set_off_open",
                f"第{place + 1}条抵销{amount:,.2f}元，而替对方付给第三方的是{sum(paid):,.2f}元，差{abs(apart):,.2f}元，"
                "几方的账合不上。请核对，改成一致，或者写明差额怎么办。",
                f"Clause {place + 1} sets off {amount}, but {sum(paid)} is paid for the other side.",
                who="调解员",
                source="CCG 568；CPLI 461",
                where=f"clauses[{place}].amount",
            )


def _rows(move: Move) -> list[Mapping[str, Any]]:
    """Who is on the list: those who join, and those who are parties already and of whom it says more."""
    named = (*(move.get("parties") or ()), *(move.get("completes") or ()))
    return [row for row in named if isinstance(row, Mapping)]
