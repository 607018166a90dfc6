"""Conditions about signatures: who signs, in which manner, and when everybody has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.conditions.about_people import in_list
from workflows.conditions.registry import Rules, condition, highest, refs_in
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition(asks_the_move=False)
def no_suspicion(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A suspected fake mediation is stopped and reported (TY16 18; CPL 115; ZX21 23)."""
    if case.suspicion:
        yield Reason(
            "suspected_collusion",
            f"这件事被标记为“{case.suspicion}”，怀疑是假调解。查清以前不能签协议，也不能申请司法确认。"
            "请调委会负责人查清，并报告有关机关；查明没有问题的，取消标记后再办。",
            "This case is marked as suspected collusion.",
            who="调委会负责人",
            source="TY16 18；CPL 115；ZX21 23",
        )


@condition(asks_the_move=False)
def written_to_sign(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """There is a written agreement to sign (PML 29)."""
    if case.agreement is None or case.agreement.form != "written":
        yield Reason(
            "nothing_to_sign",
            "没有可签的书面协议，口头协议不用签。要签字的，请先点“写协议”，形式选“书面”。",
            "There is no written agreement to sign.",
            who="调解员",
            source="PML 29",
        )


@condition()
def signers_belong(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Somebody signs, who signs is a party of the case, and not before there was an agreement (PML 29)."""
    parties = refs_in(move.get("parties"))
    if not parties and not move.get("mediators") and not move.get("seal"):
        yield Reason(
            "nobody_signs",
            "没有勾选谁签了字。请勾选这次签字的当事人、调解员，盖了章的勾选“已盖章”。",
            "Tick who signed.",
            source="PML 29",
            where="parties",
        )
    for place, ref in enumerate(parties):
        if case.party(ref) is None:
            yield Reason(
                "party_unknown",
                f"签名的“{ref}”不是本案当事人，他的签名不能算。请从当事人名单里选。",
                f"{ref} is not a party.",
                source="PML 29",
                where=f"parties[{place}]",
            )
    if case.agreement and move.today < case.agreement.agreed_on:
        yield Reason(
            "signed_too_early",
            "签字的日子比写协议的日子还早。请核对两个日期，改正填错的那个。",
            "The signature is older than the agreement.",
            source="PML 29",
            where="at",
        )


@condition()
def signers_authorised(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Who signs for another needs special authority (CPL 62; CPLI 89; CCG 165)."""
    proxies: Mapping[str, str] = move.get("signed_by", {})
    for ref, name in proxies.items():
        party = case.party(ref)
        if party is None or name in (party.name, *party.special_agents, *party.guardians):
            continue
        yield Reason(
            "no_special_authority",
            f"{name}替{party.name}签字要有特别授权，委托书上要写明可以和解、可以签协议，"
            f"只写“一般授权”或“全权代理”不够。请补委托书，或请{party.name}本人来签。",
            f"{name} needs special authority to sign for {party.name}.",
            who=party.name,
            source="CPL 62；CPLI 89；CCG 165",
            where="signed_by",
        )


@condition()
def manner_allowed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Electronic signing is off until a county switches it on, and never about status (ESL 3, 13–14)."""
    if move.text("manner") != "electronic":
        return
    if not rules.rules.get("electronic_signing"):
        yield Reason(
            "electronic_off",
            "这里没有开通电子签名，在屏幕上签的不算。请在纸上签字、盖章或按指印。",
            "Electronic signing is switched off here; sign on paper.",
            who=f"{highest(rules, case.level).zh}管理人员",
            source="PML 29；ESL 13–14",
            where="manner",
        )
    elif case.dispute_type in rules.rules.get("electronic_never", ()):
        yield Reason(
            "electronic_never",
            "婚姻、收养、继承这类文书，法律不让用电子签名。请在纸上签字、盖章或按指印。",
            "Documents about personal status are signed on paper.",
            who="调解员",
            source="ESL 3",
            where="manner",
        )


@condition(asks_the_move=False)
def all_parties_signed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Every party that the agreement binds or favours has signed (PML 29)."""
    if case.agreement is None:
        yield Reason(
            "no_agreement",
            "还没有协议，谈不上签字。请先点“写协议”。",
            "There is no agreement.",
            who="调解员",
            source="PML 29",
        )
    elif case.agreement.unsigned:
        names = [case.name_of(ref) for ref in case.agreement.unsigned]
        yield Reason(
            "signatures_missing",
            f"还差：{in_list(names)} 签名。各方都签了协议才生效，请找没签的人补签。",
            f"Still to sign: {', '.join(names)}.",
            who=in_list(names),
            source="PML 29",
        )


@condition(asks_the_move=False)
def everyone_signed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """In effect when all parties, the mediator and the seal are there; an oral one at once (PML 29, 30)."""
    if case.agreement is not None and case.agreement.form == "oral":
        return
    yield from all_parties_signed(case, move, rules)
    if case.agreement is not None and not case.agreement.mediator_signed:
        yield Reason(
            "mediator_unsigned",
            "还差：调解员 签名。调解员签了协议才生效，请调解员补签。",
            "The mediator has not signed.",
            who="调解员",
            source="PML 29",
        )
    if case.agreement is not None and not case.agreement.sealed:
        yield Reason(
            "seal_missing",
            "还差：调委会 盖章。盖了章协议才生效，请拿到调委会盖章。",
            "The committee's seal is missing.",
            who="调委会",
            source="PML 29",
        )
