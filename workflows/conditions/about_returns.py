"""Conditions about giving a case back: once, and then somebody above decides."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.conditions.registry import Rules, condition, highest
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition(asks_the_move=False)
def returned_once_only(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A case goes back down once; after that the county decides who holds it."""
    top = highest(rules, case.level)
    if case.returned >= int(rules.rules.get("returns_allowed", 1)):
        yield Reason(
            "returned_before",
            f"这件事已经退回过{case.returned}次，不能再退，免得来回推。请接收，或请{top.short}决定由谁办（交办或提级）。",
            "It has been returned before; the county decides who holds it.",
            who=f"{top.zh}管理人员",
            source="工作规则：退回次数",
        )


@condition(asks_the_move=False)
def returned_already(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The top decides only where a case would otherwise go to and fro."""
    if case.returned < int(rules.rules.get("returns_allowed", 1)):
        yield Reason(
            "not_returned_yet",
            "这件事还没有退回过，不用请上面定。可以接收，也可以退回并写明原因。",
            "It has not been returned yet: receive it, or return it with a reason.",
            source="工作规则：退回次数",
        )
