"""Conditions about meetings that are arranged ahead, and about correcting what is known of a party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from workflows.ages import age_on
from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import Situation
from workflows.steps import SHANGHAI, Move, Reason


@condition(asks_the_move=False)
def nothing_arranged(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """One meeting is arranged at a time; a second would leave the parties in doubt which one counts (R75 28)."""
    if case.meeting_at is not None and case.meeting_at > move.at:
        yield Reason(
            "already_arranged",
            f"已经约在{_say(case.meeting_at)}了，再约一次当事人会弄混。要换时间，请点“改时间”。",
            "A meeting is arranged already; change its time instead.",
            who="调解员",
        )


@condition(asks_the_move=False)
def meeting_arranged(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only what was arranged can be moved or cancelled."""
    if case.meeting_at is None:
        yield Reason(
            "nothing_arranged",
            "现在没有约好的时间，没有可以改的。请先点“约时间”。",
            "No meeting is arranged.",
            who="调解员",
        )


@condition()
def time_ahead(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """People are asked to come at a time that still lies ahead."""
    when = move.get("meet_at")
    if not isinstance(when, datetime):
        yield Reason(
            "time_missing",
            "还没有选时间。请选一个日子和几点钟。",
            "Choose a day and a time.",
            where="meet_at",
        )
    elif when <= move.at:
        yield Reason(
            "time_past",
            "约的时间已经过了，请改成以后的时间。",
            "Choose a time that lies ahead.",
            where="meet_at",
        )


@condition()
def place_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """People are told where to come."""
    if not move.text("place"):
        yield Reason(
            "place_missing", "还没有写在哪里调解。请选一个地点，或自己写。", "Say where.", where="place"
        )


@condition()
def invited_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Somebody is asked to come, and whoever is asked as a party is one."""
    attending = refs_in(move.get("attending"))
    if not attending:
        yield Reason(
            "nobody_asked",
            "还没有勾选谁参加，通知不知道发给谁。请勾选参加的当事人。",
            "Tick who is to come.",
            where="attending",
        )
    for place, ref in enumerate(attending):
        if case.party(ref) is None:
            yield Reason(
                "party_unknown",
                f"参加名单里的“{ref}”不是本案当事人。请从当事人名单里选；请来帮忙的人，填在“邀请”里。",
                f"{ref} is not a party of this case.",
                where=f"attending[{place}]",
            )


@condition()
def party_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What is corrected belongs to a party of the case."""
    ref = move.text("party")
    if case.party(ref) is None:
        yield Reason(
            "party_unknown",
            f"没有“{ref}”这个当事人。请从当事人名单里选。" if ref else "没有选是哪一位当事人。请选一位。",
            "Choose a party of this case.",
            where="party",
        )


@condition(asks_the_move=False)
def nothing_signed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What the parties have signed is not changed under their hands (PML 29)."""
    agreement = case.agreement
    if case.state == "agreed" and agreement is not None and agreement.signed:
        yield Reason(
            "signed_already",
            "协议上已经有人签字，签了的内容不能再改。确实写错的，请重新写一份协议，各方重新签。",
            "Somebody has signed already; write a new version.",
            who="调解员",
            source="PML 29",
        )


@condition()
def young_child_has_guardian(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Data about a child under 14 needs the guardian's consent, also when its age shows later (PIPL 31)."""
    limit = int(rules.rules.get("guardian_consent_age", 14))
    party, born, named = case.party(move.text("party")), move.get("birth_date"), move.get("guardians")
    if party is None:
        return
    if isinstance(born, date) and born <= move.today:
        age: int | None = age_on(born, move.today)
    else:
        age = party.age if isinstance(named, (list, tuple)) else None  # the last guardian may be taken away
    guardians = named if isinstance(named, (list, tuple)) else party.guardians
    if age is not None and age < limit and not [one for one in guardians if _is_named(one)]:
        yield Reason(
            "guardian_missing",
            f"{party.name}不满{limit}周岁，登记孩子的信息要监护人同意。请填写监护人是谁。",
            f"{party.name} is under {limit}; a guardian has to consent.",
            who="监护人",
            source="PIPL 31",
            where="guardians",
        )


def _is_named(guardian: object) -> bool:
    return bool(guardian.get("name")) if isinstance(guardian, Mapping) else bool(guardian)


def _say(moment: datetime) -> str:
    there = moment.astimezone(SHANGHAI)
    return f"{there.month}月{there.day}日{there:%H:%M}"
