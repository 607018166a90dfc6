"""Conditions about how the work goes: reasons, sessions, levels, referrals, closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import Situation
from workflows.steps import Move, Reason

GROUNDS_UP = ("attempts_exhausted", "deadline", "major", "cross_boundary", "request")
GROUNDS_END = (
    "refusal",
    "disagreement",
    "deadline",
    "unreachable",
    "unsigned",
    "settled_privately",
    "collusion",
    "other",
)
OUTCOMES = ("agreed", "no_agreement", "adjourned", "absent")


def _asks(name: str, zh: str, en: str, where: str) -> Reason:
    return Reason(name, zh, en, where=where)


@condition()
def reason_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A step against somebody's wish says why."""
    if not move.text("reason") and not move.text("ground"):
        yield _asks(
            "reason_missing",
            "还没有写原因，以后会说不清。请写明原因，一句话就可以。",
            "Say why, in a sentence.",
            "reason",
        )


@condition()
def note_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What was found or done is written down (PML 27)."""
    if not move.text("note"):
        yield _asks(
            "note_missing",
            "还没有写情况，卷宗里会缺这一段。请写一句查到了什么、做了什么。",
            "Write down what was found or done.",
            "note",
        )


@condition()
def next_visit_ahead(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The next visit is planned for a day after this one (PML 31)."""
    day = move.get("next_on")
    if isinstance(day, date) and day <= move.today:
        yield _asks(
            "next_visit_past",
            "下次回访的日子不在这次以后，到时没人会提醒。请选以后的日期。",
            "The next visit must lie ahead.",
            "next_on",
        )


@condition()
def matter_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Whoever is asked is told what for."""
    if not move.text("matter"):
        yield _asks(
            "matter_missing",
            "没有写要办什么事，对方不知道怎么办。请写明要对方办什么。",
            "Say what is asked for.",
            "matter",
        )


@condition()
def until_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An extension has an end (NB 27)."""
    until = move.get("until")
    if until is None:
        yield _asks(
            "until_missing",
            "没有写延长到哪一天。延期要有个截止日，请选一个日子。",
            "Say until when.",
            "until",
        )
    elif until <= move.today:
        yield _asks(
            "until_past",
            "延长到的日子已经过了，或者就是今天。请选今天以后的日子。",
            "The new end must lie ahead.",
            "until",
        )


@condition(asks_the_move=False)
def rights_told(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Nature, principles, effect, rights and duties are told before the first session (R75 30)."""
    if not case.rights_told:
        yield Reason(
            "rights_not_told",
            "还没有告知当事人调解的性质、原则、效力和各自的权利义务，按规定要先告知。请先出《权利义务告知书》再调解。",
            "Tell the parties their rights and duties first.",
            who="调解员",
            source="R75 30",
        )


@condition()
def outcome_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A session has a result (PML 27)."""
    if move.text("outcome") not in OUTCOMES:
        yield _asks(
            "outcome_missing",
            "还没有选这次调解的结果。请选：谈成了、没谈成、改日再谈，或有人没来。",
            "Choose how the session ended.",
            "outcome",
        )


@condition()
def attendance_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Those who came are parties of the case; somebody did, unless the session failed for that (PML 27)."""
    attended = refs_in(move.get("attended"))
    for place, ref in enumerate(attended):
        if case.party(ref) is None:
            yield Reason(
                "party_unknown",
                f"到场名单里的“{ref}”不是本案当事人。请从当事人名单里选；请来帮忙的人，填在“邀请参加人”里。",
                f"{ref} is not a party of this case.",
                source="PML 27",
                where=f"attended[{place}]",
            )
    if move.text("outcome") != "absent" and not attended:
        yield _asks(
            "attendance_missing",
            "还没有勾选谁到场了，调解记录要写明有谁参加。请勾选；一个都没来的，结果选“有人没来”。",
            "Tick who attended.",
            "attended",
        )


@condition()
def attempts_or_ground(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Escalation follows the level's attempts, or has another ground and a reason (PML 3; R75 21)."""
    ground = move.text("ground")
    needed = rules.level(case.level).attempts
    if ground not in GROUNDS_UP:
        yield _asks("ground_missing", "还没有选上交的理由。请选一个。", "Choose a ground.", "ground")
    elif ground == "attempts_exhausted" and case.attempts < needed:
        short = rules.level(case.level).short
        yield Reason(
            "attempts_too_few",
            f"{short}才调解{case.attempts}次，满{needed}次才能用“多次调解不成”这个理由上交。请接着调解；"
            "现在就要上交的，请另选一个理由，再写一句说明。",
            f"Only {case.attempts} of {needed} sessions were held at this level.",
            who="调解员",
            source="工作规则：每级三次",
            where="ground",
        )
    elif ground != "attempts_exhausted" and not move.text("reason"):
        yield _asks(
            "reason_missing",
            "没有满次数就上交，要说明为什么等不了。请写一句原因。",
            "An early escalation needs a reason.",
            "reason",
        )


@condition(asks_the_move=False)
def not_at_the_top(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Above the last level there is no further one: terminate, and tell the routes that remain (PML 26)."""
    if rules.above(case.level) is None:
        yield Reason(
            "at_the_top",
            "已经到最高一级，上面没有可以交的地方了。谈不成的，请点“终止调解”，告诉当事人可以起诉、仲裁或找有关部门。",
            "There is no level above; terminate and tell the other routes.",
            who="调解员",
            source="PML 26",
        )


@condition(asks_the_move=False)
def receiver_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is an office above to receive the case."""
    if not case.receiver and not move.text("to"):
        yield Reason(
            "no_receiver",
            "系统里没有填上级调委会是哪个，不知道该交给谁。请系统管理员在“机构”里补上。",
            "No office above is set up.",
            who="系统管理员",
        )


@condition()
def delegate_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A delegated case goes to a named organisation."""
    if not move.text("to"):
        yield _asks("to_missing", "还没有选交给谁办。请选一个调委会。", "Choose the committee.", "to")


@condition()
def termination_ground(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A termination has one of the known grounds; “other” is explained (PML 26; NB 23)."""
    ground = move.text("ground")
    if ground not in GROUNDS_END:
        yield _asks(
            "ground_missing", "还没有选为什么终止。请选一个原因，告知书上要写。", "Choose a ground.", "ground"
        )
    elif ground == "other" and not move.text("reason"):
        yield _asks(
            "reason_missing",
            "选了“其他”，别人看不出为什么。请写一句原因。",
            "Explain the other ground.",
            "reason",
        )


@condition()
def time_limit_overrun(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An overrun is recorded, never hidden and never a refusal (R75 33; YL 38)."""
    for name in case.overrun:
        yield Reason(
            "limit_overrun",
            f"“{name}”已经超期。要接着调解的，请各方书面同意后补办延期；谈不成的，请终止调解。",
            f"{name} has run out.",
            who="调解员",
            source="R75 33；YL 38",
        )


@condition()
def attempts_over(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Three a level is a habit, not a wall."""
    needed = rules.level(case.level).attempts
    if case.attempts >= needed:
        yield Reason(
            "attempts_over",
            f"{rules.level(case.level).short}已经调解{case.attempts}次。可以接着谈，谈不成的可以上交或终止；当事人随时可以起诉。",
            "The usual number of attempts has been made.",
            source="PML 3",
        )


@condition()
def labour_may_arbitrate(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Labour: after 15 days without agreement arbitration is open (LDF 14)."""
    if case.dispute_type in ("labour", "wage_arrears"):
        yield Reason(
            "labour_arbitration",
            "这是劳动争议，收到申请15日内没谈成的，当事人可以去申请劳动仲裁。请现在就告诉他们。",
            "Tell the parties that labour arbitration opens after 15 days.",
            who="调解员",
            source="LDF 14",
        )


@condition()
def closed_by_default(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Privacy, medicine and minors are mediated behind closed doors (PML 23; R75 29; YL 42; MIN 103)."""
    minors = any(p.age is not None and p.age < int(rules.rules.get("minor_age", 18)) for p in case.parties)
    if case.dispute_type in rules.rules.get("closed_types", ()) or minors:
        yield Reason(
            "closed_session",
            "这件事涉及隐私、医疗或未成年人，一般不公开调解。请不要让无关的人旁听；当事人都要求公开的除外。",
            "This case is mediated behind closed doors.",
            source="PML 23；R75 29；YL 42；MIN 103",
        )
