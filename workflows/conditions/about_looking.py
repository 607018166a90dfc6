"""Conditions about telling at the door, the order of the parties, and drafts that the office above reads first."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.conditions.registry import Rules, condition
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition(asks_the_move=False)
def telling_owed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is somebody without a telephone who still has to be told."""
    if not case.tellings:
        yield Reason(
            "nobody_to_tell",
            "现在没有等着当面告知的人，不用登记。",
            "Nobody is waiting to be told in person.",
        )


@condition()
def told_party_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Who was told is one of those who had to be."""
    if case.tellings and move.text("party") not in case.tellings:
        names = "、".join(case.name_of(ref) for ref in case.tellings)
        yield Reason(
            "told_whom",
            f"请选告知了谁：{names}。",
            "Say who was told.",
            where="party",
        )


@condition()
def order_whole(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An order of the parties names each of them once."""
    named = list(move.get("parties") or ())
    if sorted(named) != sorted(party.ref for party in case.parties):
        yield Reason(
            "order_not_whole",
            "次序里要有每一位当事人，各一次。请重新打开页面再调。",
            "An order names each party once.",
            where="parties",
        )


@condition(asks_the_move=False)
def reader_above(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is an office above that can look at the draft, and it has not been asked already."""
    if not case.receiver:
        yield Reason(
            "no_reader",
            "系统里没有填上级调委会，没有人可以先看。请直接请各方签字。",
            "There is no office above that could read it first.",
        )
    elif case.review_open:
        yield Reason(
            "review_waits",
            f"已经发给{case.receiver}，还在等意见。急的话打电话催一下。",
            "It was sent already, and the answer is awaited.",
            who=case.receiver,
        )


@condition(asks_the_move=False)
def review_asked(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An opinion on a draft is given where one was asked for."""
    if not case.review_open:
        yield Reason(
            "no_review_asked",
            "下面没有请您看这份协议，或者已经有人回了意见。",
            "Nobody asked for an opinion on this draft, or it was given already.",
        )
