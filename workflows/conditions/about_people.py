"""Conditions about the people of a case: consent, capacity, mediators, guests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflows.ages import age_on
from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import PartySeen, Situation
from workflows.steps import Move, Reason


def in_list(names: tuple[str, ...] | list[str]) -> str:
    """Names as a Chinese enumeration; a long one is cut with its count."""
    shown = "、".join(names[:8])
    return shown if len(names) <= 8 else f"{shown}等{len(names)}人"


@condition(asks_the_move=False)
def two_sides(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A dispute has an applicant and somebody on the other side (PML 2; R75 20)."""
    if not any(party.role == "applicant" for party in case.parties):
        yield Reason(
            "no_applicant",
            "还没有申请人。调解要有人提出，请先登记申请人。",
            "There is no applicant yet.",
            who="登记人",
            source="R75 20",
            where="parties",
        )
    if not any(party.role != "applicant" for party in case.parties):
        yield Reason(
            "no_other_side",
            "还没有对方当事人。调解要有两方以上，请补上对方。",
            "There is nobody on the other side yet.",
            who="登记人",
            source="R75 20",
            where="parties",
        )


@condition()
def all_consent(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Every party consents; left out means that all of them did (PML 3, 17)."""
    given = move.get("consents")
    if given is None:
        return
    consenting = set(refs_in(given))
    yield from unknown_refs(case, refs_in(given), "consents")
    lacking = [party.name for party in case.parties if not stands_in(case, party, consenting)]
    if lacking:
        yield Reason(
            "consent_missing",
            f"{in_list(lacking)}没有同意，调解要各方自愿。请先问当事人，同意的在“同意的当事人”里勾上；有人明确不同意的，再终止调解。",
            f"Without the consent of {', '.join(lacking)} this cannot go on: mediation is voluntary.",
            source="PML 3、17",
            where="consents",
        )


def unknown_refs(case: Situation, named: tuple[str, ...], field: str) -> Iterator[Reason]:
    """Whoever a list names that is not a party of the case."""
    for place, ref in enumerate(named):
        if case.party(ref) is None:
            yield Reason(
                "party_unknown",
                f"名单里的“{ref}”不是本案当事人。请核对，去掉它，或先增加为当事人。",
                f"{ref} is not a party of this case.",
                where=f"{field}[{place}]",
            )


def stands_in(case: Situation, party: PartySeen, acting: set[str]) -> bool:
    """Whether a party acts itself or through the representative its group named."""
    return party.ref in acting or (bool(party.represented_by) and party.represented_by in acting)


@condition()
def all_consent_to_replace(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An agreement in effect is replaced only with everybody's consent (PML 33; CPL 206)."""
    if case.agreement and case.agreement.state == "effective":
        yield from all_consent(case, move, rules)


@condition()
def guardians_of_young_children(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Data about a child under 14 needs the guardian's consent, also when it joins later (PIPL 31)."""
    limit = int(rules.rules.get("guardian_consent_age", 14))
    for party in (*case.parties, *_who_join(move)):
        if party.age is not None and party.age < limit and not party.guardians:
            yield Reason(
                "guardian_missing",
                f"{party.name}不满{limit}周岁，登记孩子的信息要监护人同意。请补填监护人是谁。",
                f"{party.name} is under {limit}; a guardian has to consent.",
                who="监护人",
                source="PIPL 31",
                where=f"parties.{party.ref}.guardians",
            )


def _who_join(move: Move) -> list[PartySeen]:
    """The parties that a move adds, one or a whole list, seen as far as their age and guardians."""
    rows = (move.get("party"), *(move.get("parties") or ()))
    return [_joining(row, move) for row in rows if isinstance(row, Mapping)]


def _joining(party: Mapping[str, Any], move: Move) -> PartySeen:
    born, age = party.get("birth_date"), None
    if isinstance(born, date):
        age = age_on(born, move.today) if born <= move.today else None
    guardians = tuple(str(guardian) for guardian in party.get("guardians") or ())
    return PartySeen(str(party.get("ref", "")), str(party.get("name", "")), "", age=age, guardians=guardians)


def needs_guardian(party: PartySeen, rules: Rules) -> bool:
    """Whether the law has somebody else act or consent for this party (CCG 17–23, 145)."""
    if party.kind != "person":
        return False
    if party.age is not None and party.age < int(rules.rules.get("minor_age", 18)):
        own_income = int(rules.rules.get("own_income_age", 16))
        return not (party.age >= own_income and party.capacity == "full")
    return party.capacity in ("limited", "none")


@condition()
def guardians_present(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A minor or a person without full capacity signs through, or with, a guardian (CCG 17–23, 145)."""
    signing = set(refs_in(move.get("parties")))
    for place, party in enumerate(case.parties):
        # A member of a group signs by its representative too, where that one has special authority.
        chosen = case.party(party.represented_by) if party.represented_by else None
        through = chosen is not None and chosen.ref in signing and chosen.name in party.special_agents
        if (party.ref in signing or through) and needs_guardian(party, rules) and not party.guardians:
            age = f"（{party.age}岁）" if party.age is not None else ""
            yield Reason(
                "guardian_missing",
                f"{party.name}{age}自己签不了协议，要由监护人（父母、配偶等）代签或同意。请先登记监护人。",
                f"{party.name} cannot sign without a guardian.",
                who="监护人",
                source="CCG 17–23、145",
                where=f"parties[{place}].guardians",
            )


@condition()
def nothing_excluded(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Nothing on the list of exclusions applies (R75 22; PML 17)."""
    words = {
        "special_authority": "法律规定只能由专门机关处理",
        "already_accepted": "法院、公安或其他机关已经受理或处理",
        "refused": "一方明确拒绝调解",
        "crime": "要追究刑事责任",
        "administrative": "是对行政行为不服",
        "status": "要求解除婚姻、收养等身份关系",
        "title": "要求确认土地、山林、房屋的所有权",
    }
    for code in refs_in(move.get("exclusions")):
        if code == "already_accepted" and (case.has_referral_letter or move.text("referral_letter")):
            continue
        yield Reason(
            f"excluded_{code}",
            f"这件事{words.get(code, '不属于可以调解的范围')}，人民调解不能受理。"
            "请点“不予受理”，并告诉当事人该找哪个机关。",
            "This matter is excluded from people's mediation.",
            who="受理人",
            source="R75 22；PML 17",
            where="exclusions",
        )


@condition()
def party_can_leave(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A party may leave, as long as two sides remain (PML 23)."""
    leaving = move.text("party")
    if case.party(leaving) is None:
        yield Reason(
            "party_unknown",
            f"没有“{leaving}”这个当事人。请从当事人名单里选。"
            if leaving
            else "没有选谁退出。请选一位当事人。",
            f"There is no party {leaving!r}.",
            source="PML 23",
            where="party",
        )
        return
    rest = [party for party in case.parties if party.ref != leaving]
    if not any(p.role == "applicant" for p in rest) or not any(p.role != "applicant" for p in rest):
        yield Reason(
            "no_other_side",
            "这位当事人退出后只剩下一边，调解没法继续。请改点“终止调解”，或请申请人“撤回申请”。",
            "Only one side would be left.",
            who="申请人",
            source="PML 17",
            where="party",
        )


@condition()
def mediators_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """At least one mediator; the presiding one is among them (PML 19; R75 25)."""
    named = refs_in(move.get("mediators")) or case.mediators
    if not named:
        yield Reason(
            "no_mediator",
            "还没有调解员。每件事至少要有一名调解员，请写上名字。",
            "Name at least one mediator.",
            who="调委会",
            source="PML 19；R75 25",
            where="mediators",
        )
        return
    presiding = move.text("presiding")
    if presiding and presiding not in named:
        yield Reason(
            "presiding_unknown",
            f"主持人{presiding}不在这次的调解员名单里。请从{in_list(list(named))}中选，或把他加进名单。",
            "The presiding mediator is not among the mediators.",
            who="调委会",
            source="R75 25",
            where="presiding",
        )


@condition()
def guests_consented(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """People are invited with the parties' consent (PML 20)."""
    if move.get("invited") and move.get("consents") is not None:
        yield from all_consent(case, move, rules)


@condition()
def withdrawn_by_applicant(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """An application is withdrawn by whoever made it (PML 23)."""
    by = move.text("by")
    party = case.party(by) if by else None
    if by and (party is None or party.role != "applicant"):
        yield Reason(
            "not_the_applicant",
            "撤回申请只能由申请人提出。对方不愿调解的，请点“终止调解”。",
            "Only an applicant withdraws an application.",
            who="申请人",
            source="PML 23",
            where="by",
        )


@condition()
def letter_of_referral(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A case from an authority comes with its letter (NB 19; R75 22)."""
    there = case.has_referral_letter or move.text("referral_letter")
    if case.source in rules.rules.get("delegated_sources", ()) and not there:
        yield Reason(
            "referral_letter_missing",
            "这件事是别的机关转来的，还没有收到委托（移送）函。请补要一份放进卷宗，办完把结果告诉来函机关。",
            "Put the letter of referral into the file.",
            who="来函机关",
            source="NB 19；TY16 11",
        )
