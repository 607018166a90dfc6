"""Conditions about papers that the office above prints for the one below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.conditions.registry import Rules, condition
from workflows.situation import Situation
from workflows.steps import Move, Reason

MOST_COPIES = 99


@condition(asks_the_move=False)
def printer_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is an office above that can print."""
    if not case.receiver:
        yield Reason(
            "no_printer",
            "上面没有可以代打印的单位，请在本单位打印。",
            "There is no office above that could print; print it here.",
        )


@condition()
def papers_chosen(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """At least one paper is chosen, each with a number of copies that a printer can be asked for."""
    chosen = move.get("papers") or ()
    if not chosen:
        yield Reason(
            "no_paper_chosen",
            "请勾选要打印的文书。",
            "Tick the papers that are to be printed.",
            where="papers",
        )
    for line in chosen:
        copies = line.get("copies") if isinstance(line, Mapping) else None
        if not isinstance(copies, int) or not 1 <= copies <= MOST_COPIES:
            yield Reason(
                "copies_out_of_range",
                f"份数请填1到{MOST_COPIES}。",
                f"From 1 to {MOST_COPIES} copies.",
                where="papers",
            )
            return


@condition()
def order_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Which order is meant is said."""
    if not isinstance(move.get("order"), int):
        yield Reason(
            "order_unknown",
            "没有找到这次送印，请回到打印页面看一看。",
            "There is no such order; look at the list of orders.",
            where="order",
        )
