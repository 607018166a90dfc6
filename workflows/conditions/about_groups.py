"""Conditions about a group that joins by a list: forty-two workers, each with a claim of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from workflows.conditions.registry import Rules, condition
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


def _rows(move: Move) -> list[Mapping[str, Any]]:
    """Who is on the list: those who join, and those who are parties already and of whom it says more."""
    named = (*(move.get("parties") or ()), *(move.get("completes") or ()))
    return [row for row in named if isinstance(row, Mapping)]
