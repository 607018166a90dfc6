"""Conditions about the signed paper."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.conditions.about_people import unknown_refs
from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition(asks_the_move=False)
def written_on_paper(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only on a written agreement can something be changed by hand (PML 29)."""
    if case.agreement is None or case.agreement.form != "written":
        yield Reason(
            "no_paper",
            "还没有书面协议，没有可改的纸。请先写协议、打印。",
            "There is no written agreement.",
            who="调解员",
            source="PML 29",
        )


@condition()
def change_described(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A change by hand says what was changed, and whose initials stand beside it."""
    if not move.text("words"):
        yield Reason(
            "change_missing",
            "还没有写改了什么。请照纸上的字写，例如：第二条金额3000元改为3500元。",
            "Say what was changed.",
            who="调解员",
            where="words",
        )
    yield from unknown_refs(case, refs_in(move.get("initials")), "initials")


@condition()
def change_initialled(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Every signer puts initials beside a change, or it is open to dispute."""
    if case.agreement is None:
        return
    there = set(refs_in(move.get("initials")))
    lacking = [case.name_of(ref) for ref in case.agreement.signers if ref not in there]
    if lacking:
        names = "、".join(lacking)
        yield Reason(
            "initials_missing",
            f"{names}还没有在改动旁边签字。没签的，改动可能不算数；请补签，或重新打印再签。",
            f"Initials missing beside the change: {', '.join(lacking)}.",
            who=names,
            where="initials",
        )
