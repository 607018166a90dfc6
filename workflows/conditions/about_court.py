"""Conditions about judicial confirmation: the window, who applies, what cannot be confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.conditions.about_agreements import STATUS_WORDS, TITLE_WORDS
from workflows.conditions.about_people import in_list, stands_in, unknown_refs
from workflows.conditions.registry import Rules, condition, refs_in
from workflows.readiness.law import read_law
from workflows.situation import Situation
from workflows.steps import Move, Reason

ALTERNATIVES = "可以：督促履行、重新达成并签订新的协议、依据协议起诉、申请支付令，或办理公证"


@condition(asks_the_move=False)
def in_effect(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only an agreement in effect can be confirmed (PML 29, 33)."""
    if case.agreement is None or case.agreement.state != "effective":
        yield Reason(
            "not_in_effect",
            "协议还没有签齐、盖章，没有生效，所以不能申请司法确认。请先把字签齐、章盖好。",
            "The agreement is not in effect yet.",
            who="各方当事人、调解员和调委会",
            source="PML 29、33",
        )


@condition(asks_the_move=False)
def written_agreement(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The court needs the written agreement (CPLI 354; FS5 3)."""
    if case.agreement and case.agreement.form != "written":
        yield Reason(
            "oral_agreement",
            "口头协议没有协议书，法院没有材料可以审查。要申请司法确认，请先签一份书面协议。",
            "An oral agreement cannot be confirmed; write one first.",
            who="各方当事人",
            source="CPLI 354；FS5 3",
        )


@condition(asks_the_move=False)
def in_confirmation_window(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Thirty days from effect, no extension by us (PML 33; CPL 85, 205)."""
    last_day = case.confirmation_last_day
    if last_day is not None and move.today > last_day:
        yield Reason(
            "window_closed",
            f"申请司法确认的期限是协议生效后30日，最后一天是{last_day.year}年{last_day.month}月{last_day.day}日，"
            f"已经过了。{ALTERNATIVES}。",
            f"The thirty days ended on {last_day.isoformat()}.",
            who="当事人",
            source="PML 33；CPL 85、205",
        )


@condition()
def all_apply_together(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """All parties to the agreement apply together, themselves or by agents (CPL 205; CPLI 351)."""
    given = move.get("consents")
    if given is None or case.agreement is None:
        return
    applying = set(refs_in(given))
    yield from unknown_refs(case, refs_in(given), "consents")
    signers = [party for party in case.parties if party.ref in case.agreement.signers]
    lacking = [party.name for party in signers if not stands_in(case, party, applying)]
    if lacking:
        yield Reason(
            "not_joint",
            f"司法确认要各方一起申请，{in_list(lacking)}还没有同意。请他们在申请书上签字；不愿意的，可以依据协议起诉。",
            f"All parties apply together; missing: {', '.join(lacking)}.",
            who=in_list(lacking),
            source="CPL 205；CPLI 351",
            where="consents",
        )


@condition(asks_the_move=False)
def no_status_no_title(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Status and title are not confirmed (CPLI 355(3), (5))."""
    if case.agreement is None:
        return
    status = set(rules.rules.get("status_kinds", ("status",)))
    title = set(rules.rules.get("title_kinds", ("ownership",)))
    for clause in case.agreement.clauses:
        if clause.kind in status:
            words, article = "涉及婚姻、收养等身份关系", "CPLI 355(3)"
        elif clause.kind in title:
            words, article = "是确定土地、房屋、山林或知识产权归谁", "CPLI 355(5)"
        else:
            continue
        yield Reason(
            "status_or_title",
            f"协议第{clause.no}条{words}，这类协议法院不受理司法确认。{ALTERNATIVES}。",
            f"Clause {clause.no} is about status or title; the court does not confirm it.",
            who="当事人",
            source=article,
        )


@condition(asks_the_move=False)
def no_live_confirmation(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """One application at a time, and none after the ruling (CPL 205–206)."""
    if case.confirmation and case.confirmation.state in (
        "ready",
        "filed",
        "supplement_asked",
        "accepted",
        "confirmed",
    ):
        done = case.confirmation.state == "confirmed"
        yield Reason(
            "already_applied",
            "法院已经确认过这份协议，不用再申请。对方不履行的，可以申请执行。"
            if done
            else "申请已经交到法院，正在审查，不用再交一次。请等法院答复。",
            "An application is already with the court.",
            who="当事人",
            source="CPL 205–206",
        )


@condition(asks_the_move=False)
def no_confirmation_running(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """While a court reviews the agreement, it is neither replaced nor filed away (CPLI 357)."""
    if case.confirmation and case.confirmation.state in ("filed", "supplement_asked", "accepted"):
        yield Reason(
            "confirmation_running",
            "法院正在审查这份协议的司法确认申请，这时不能换协议，也不能结案。请等法院裁定，或先撤回申请。",
            "The court is reviewing the agreement; wait, or withdraw the application.",
            who="当事人",
            source="CPLI 357",
        )


@condition()
def court_named(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The application names its court (CPL 205)."""
    if not move.text("court"):
        choices = f"可选：{'、'.join(case.courts)}。" if case.courts else ""
        yield Reason(
            "court_missing",
            f"还没有选法院。请选向哪个法院申请。{choices}",
            "Name the court.",
            who="当事人",
            source="CPL 205",
            where="court",
        )


@condition()
def court_competent(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A party's domicile, the subject matter's place or the committee's place; labour pay: the committee's
    (CPL 205; CPLI 352; LDI 52)."""
    court = move.text("court")
    if court and case.courts and court not in case.courts:
        yield Reason(
            "court_unusual",
            f"{court}不在系统列出的有管辖权的法院里（{'、'.join(case.courts)}）。"
            "当事人住所地、标的物所在地或调委会所在地的基层法院才有管辖权，请核对。",
            "Check that this court is competent.",
            who="当事人",
            source="CPL 205；CPLI 352、355(2)；LDI 52",
            where="court",
        )


@condition()
def definite_for_court(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Unclear contents are a ground of dismissal (CPLI 358(5))."""
    if case.agreement is None:
        return
    for clause in case.agreement.clauses:
        if clause.kind == "pay" and not clause.definite:
            yield Reason(
                "not_definite",
                f"第{clause.no}条付款写得不够清楚，法院可能驳回。能说清的，请重新写协议、写明谁付、付多少、什么时候付。",
                f"Clause {clause.no} is not definite.",
                who="调解员",
                source="CPLI 358(5)",
            )
        if STATUS_WORDS.search(clause.text) or TITLE_WORDS.search(clause.text):
            yield Reason(
                "status_or_title_words",
                f"第{clause.no}条的文字像是在定身份关系或归谁所有，法院可能不受理。请核对这一条的写法。",
                f"The words of clause {clause.no} may decide status or title.",
                who="调解员",
                source="CPLI 355",
            )


@condition()
def already_performed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Where nothing is left to perform, a court may find confirmation needless."""
    if case.obligations and all(item.done for item in case.obligations):
        yield Reason(
            "already_performed",
            "协议已经全部履行，法院可能认为没有必要再确认。请问清当事人是不是还要申请。",
            "Everything has been performed already.",
            who="当事人",
            source="CPLI 358",
        )


@condition()
def identity_for_court(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The court wants identity, domicile and contact of each applicant (CPLI 354; FS5 3)."""
    signers = case.agreement.signers if case.agreement else ()
    lacking = [party.name for party in case.parties if party.ref in signers and not party.has_identity]
    if lacking:
        yield Reason(
            "identity_missing",
            f"{in_list(lacking)}的证件号码、住址或联系电话不全，法院会要求补。请先补齐。",
            "Identity, domicile or contact data are incomplete.",
            who=in_list(lacking),
            source="CPLI 354；FS5 3",
        )


@condition(asks_the_move=False)
def confirmed_by_court(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Enforcement follows a ruling that confirms (PML 33; CPL 206)."""
    if case.confirmation is None or case.confirmation.state != "confirmed":
        yield Reason(
            "not_confirmed",
            "协议没有经过法院司法确认，所以不能申请强制执行。对方不履行的，可以依据协议起诉；还在30日内的，可以先共同申请司法确认。",
            "Without confirmation there is no enforcement; sue on the agreement.",
            who="当事人",
            source="PML 32–33；CPL 206",
        )


@condition(asks_the_move=False)
def supplement_asked(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only what the court asked for is handed in after (CPLI 354, 356)."""
    if case.confirmation is None or case.confirmation.state != "supplement_asked":
        yield Reason(
            "nothing_asked_for",
            "法院现在没有要求补正，不用交回。",
            "The court has not asked for anything.",
            source="CPLI 354、356",
        )


@condition(asks_the_move=False)
def application_running(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A case number is given to an application that the court has before it (FS5 4)."""
    if case.confirmation is None or case.confirmation.state not in ("filed", "supplement_asked", "accepted"):
        yield Reason(
            "no_application",
            "这件事现在没有在法院审查的申请，不能登记案号。",
            "There is no application before the court.",
            source="FS5 4",
        )


@condition(asks_the_move=False)
def court_access_over(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A court reads a case while an application is before it, and the days that its service takes (PIPL 6, 19)."""
    if not case.courts_done:
        yield Reason(
            "court_still_reads",
            f"法院答复以后还要看{rules.rules['court_access_days']}天材料（送达裁定、处理异议），现在没到时候。",
            "The court still needs to read the case.",
            source="PIPL 6、19；CPLI 372",
        )


@condition()
def number_given(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A case number is written down in full (FS5 4)."""
    if not move.text("number"):
        yield Reason(
            "number_missing",
            "还没有填案号。请照受理通知书填，例如（2026）皖0803诉前调确12号。",
            "Give the court's case number.",
            source="FS5 4",
            where="number",
        )


@condition()
def checks_ticked(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Whoever passes an application with a check left open says why (CPLI 354–358)."""
    ticked = move.get("checks")
    if ticked is None or move.text("reason"):
        return
    left = [check.zh for check in read_law().checks if check.code not in ticked]
    if left:
        yield Reason(
            "checks_open",
            f"还有{len(left)}项没有勾：{'、'.join(left)}。都看过没问题的请勾上；仍要通过的，请写明理由。",
            f"{len(left)} checks are not ticked; say why it passes all the same.",
            source="CPLI 354–358",
            where="reason",
        )
