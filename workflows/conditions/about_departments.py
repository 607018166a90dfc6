"""Conditions about those who are called to help: departments, experts, offices that consult, an office above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from workflows.conditions.registry import Rules, condition
from workflows.situation import Situation
from workflows.steps import Move, Reason

CHECKS = ("done", "not_done")
ANSWERS = ("accepted", "declined")


def questions_of(move: Move) -> list[tuple[str, Mapping[str, Any]]]:
    """Whom a whistle calls, with the place of each in the form: one question each, several at once or only one."""
    several = [row for row in move.get("departments", ()) if row.get("to") or row.get("matter")]
    found = [(f"departments[{place}].", row) for place, row in enumerate(several)]
    if not found or move.text("to"):
        found.insert(0, ("", move.facts))
    return found


@condition()
def departments_asked(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Every department that is called is named once, is told what for, and has time to answer."""
    named: set[str] = set()
    for where, row in questions_of(move):
        to, matter = str(row.get("to") or "").strip(), str(row.get("matter") or "").strip()
        if not to:
            yield Reason(
                "to_missing",
                "还没有选转给谁。请选一个部门。",
                "Choose the department.",
                where=f"{where}to",
            )
        elif to in named:
            yield Reason(
                "department_twice",
                f"“{to}”写了两次。一次吹哨，一个部门写一个问题就够了，请并成一条。",
                f"{to} is named twice.",
                where=f"{where}to",
            )
        named.add(to)
        if not matter:
            yield Reason(
                "matter_missing",
                "没有写要办什么事，对方不知道怎么办。请写明要对方办什么。",
                "Say what is asked for.",
                where=f"{where}matter",
            )
        until = row.get("until")
        if until is not None and until < move.today:
            yield Reason(
                "until_past",
                "要求回复的日子已经过了，对方来不及办。请选今天或以后的日子。",
                "The answer cannot be due before today.",
                where=f"{where}until",
            )


@condition(asks_the_move=False)
def referral_open(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only what was asked can be answered."""
    if case.open_referrals == 0:
        yield Reason(
            "no_open_referral",
            "现在没有等着部门回复的事，不用回复，也不用催、不用收回。请看看是不是点错了案件。",
            "No referral is waiting for an answer.",
            source="工作规则：吹哨报到",
        )


@condition(asks_the_move=False)
def arrival_awaited(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """One arrives once."""
    if case.awaited_arrivals == 0:
        yield Reason(
            "nobody_awaited",
            "叫到的部门都已经报到了，不用再登记到场。请直接写办理情况。",
            "Everybody who was called has arrived.",
            source="工作规则：吹哨报到",
        )


@condition()
def competent_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Whoever says “not ours” says whose it is (stops passing the buck)."""
    if not move.text("to"):
        yield Reason(
            "competent_missing",
            "只说“不归我们”，这件事就没人接了。请照职责清单选一个该管的部门。",
            "Say which department is competent.",
            source="工作规则：职责清单",
            where="to",
        )


@condition(asks_the_move=False)
def answer_to_check(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only an answer can be looked into."""
    if case.unchecked_answers == 0:
        yield Reason(
            "nothing_to_check",
            "还没有部门回复，现在没有可以核实的。请等部门回复，到期没回的可以催一下。",
            "No answer is waiting to be checked.",
            source="工作规则：核实办结",
        )


@condition()
def check_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The look has a result, and a poor one says what is lacking."""
    if move.text("check") not in CHECKS:
        yield Reason(
            "check_missing",
            "还没有选核实结果。请选：真的办了，或没有办到位。",
            "Say whether it was really done.",
            where="check",
        )
    elif move.text("check") == "not_done" and not move.text("note"):
        yield Reason(
            "check_note_missing",
            "没有写哪里没办到位，部门不知道要补什么。请写一句。",
            "Say what is lacking.",
            where="note",
        )


@condition(asks_the_move=False)
def departments_still_owe(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Whoever closes is told whose answer nobody will wait for any more; it is no refusal."""
    if case.open_referrals:
        yield Reason(
            "departments_owe",
            f"还有{case.open_referrals}个部门没有回复，结案后不再等，吹哨单按“已收回”记下。",
            "Some departments have not answered; their questions are withdrawn.",
            source="工作规则：吹哨报到",
        )


@condition()
def expert_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An invitation names the expert."""
    if not move.text("expert"):
        yield Reason(
            "expert_missing",
            "还没有选请哪一位专家。请从专家库里选一位，或写上姓名。",
            "Choose the expert.",
            where="expert",
        )


@condition(asks_the_move=False)
def invitation_open(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only an invitation can be answered."""
    if case.open_invitations == 0:
        yield Reason(
            "no_invitation",
            "现在没有等着答复的专家邀请。请先邀请专家。",
            "No invitation is waiting for an answer.",
        )


@condition()
def answer_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The expert comes or does not."""
    if move.text("answer") not in ANSWERS:
        yield Reason(
            "answer_missing",
            "还没有选专家来不来。请选：能来，或来不了。",
            "Say whether the expert comes.",
            where="answer",
        )


@condition()
def consultation_recorded(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A joint session says who was there and what was said."""
    if not move.get("organisations"):
        yield Reason(
            "organisations_missing",
            "还没有写哪些单位参加了联席会议。请写上单位名称，用顿号隔开。",
            "Say which offices took part.",
            where="organisations",
        )
    if not move.text("record"):
        yield Reason(
            "record_missing",
            "还没有写会上说了什么，以后查不到。请写一段会议记录。",
            "Write down what was said.",
            where="record",
        )
    held = move.get("held_at")
    if isinstance(held, datetime) and held > move.at:
        yield Reason(
            "held_in_future",
            "会还没有开，现在记不了。请核对什么时候开的，开过以后再来记。",
            "The session lies ahead; record it when it has been held.",
            where="held_at",
        )


@condition(asks_the_move=False)
def supervision_open(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only what was asked from above can be answered."""
    if not case.open_supervision:
        yield Reason(
            "no_supervision",
            "上级现在没有等着答复的督办，所以不用答复。请看看是不是点错了案件。",
            "No supervision is waiting for an answer.",
            source="工作规则：督办",
        )


@condition(asks_the_move=False)
def supervision_answered(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only an answer can be found good enough."""
    if not case.answered_supervision:
        yield Reason(
            "supervision_unanswered",
            "现在没有已经答复、等着销号的督办。承办单位答复以后才能销号，着急的请再打个电话。",
            "No answer to a supervision is waiting to be looked at.",
            source="工作规则：督办",
        )
