"""When a promise is not kept: a reminder first, then the ways that are open, and the application to enforce
(PML 31–33; CPL 206, 250; CPLI 460)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from documents import facts as f
from mediation.models import Clause, LedgerLine, Party
from mediation.services import ledger, obligations
from mediation.services.telling import Telling, find_deadline

#: Days a debtor is given by the reminder; the office's own habit, no law says a number.
DAYS_TO_PERFORM = 7


def reminder_letter(t: Telling) -> Iterator[f.Facts]:
    """督促履行函 to each debtor, at the first default of a clause."""
    clause = _clause(t)
    if clause is None or len(clause.defaults) != 1:
        return
    ruling = _ruling(t)
    for debtor in ledger.debtors(clause):
        yield f.ReminderLetter(
            **t.common([debtor]),
            debtor=debtor.name,
            agreement_number=t.agreement.number,
            agreed_on=obligations.civil_day(t.agreement.agreed_at),
            ruling_number=ruling[0],
            court=ruling[1],
            items=owed([clause], t.day),
            perform_by=t.day + timedelta(days=DAYS_TO_PERFORM),
            contact=t.case.presiding or next(iter(t.case.mediators or ()), ""),
            contact_phone=t.case.holder.phone,
        )


def choice_sheet(t: Telling) -> Iterator[f.Facts]:
    """途径选择告知单 to each creditor, once a reminder has not helped."""
    clause = _clause(t)
    if clause is None or len(clause.defaults) < 2:
        return
    for creditor in ledger.creditors(clause):
        yield f.ChoiceSheet(
            **t.common([creditor]),
            reader=creditor.name,
            happened=f"调解协议第{clause.no}条约定的事项到期没有履行，已经督促过，对方还是没有做到。",
            items=owed([clause], t.day),
            routes=tuple(routes(t)),
            contact=t.case.presiding or next(iter(t.case.mediators or ()), ""),
            contact_phone=t.case.holder.phone,
            told_on=t.day,
        )


def routes(t: Telling) -> Iterator[f.RouteFacts]:
    """The ways that are open now: enforcement after a confirmation, otherwise suit; and what may be agreed."""
    number, court = _ruling(t)
    if number or court:
        yield f.RouteFacts(
            name="申请强制执行",
            how="法院已经确认过协议，不用再打官司，直接申请执行。",
            where=f"{court}，或者对方财产所在地的同级法院",
            by=last_day_to_enforce(t),
            by_text="分期的从最后一期到期起算两年",
            bring=("申请书", "裁定书", "身份证", "对方财产线索"),
            source="民事诉讼法第206条、第250条；民诉法司法解释第460条",
        )
    else:
        window = find_deadline(t.case, "confirmation_window")
        if window is not None and window.stopped_at is None and window.last_day >= t.day:
            yield f.RouteFacts(
                name="双方一起申请司法确认",
                how="期限还没过，双方可以一起申请；确认以后对方不履行，可以申请执行。",
                by=window.last_day,
                source="人民调解法第33条；民事诉讼法第205条",
            )
        yield f.RouteFacts(
            name="依据协议起诉",
            how="协议有法律约束力，对方不履行的，可以向人民法院起诉。",
            where="被告住所地或者合同履行地的人民法院",
            by_text="诉讼时效一般为三年，从知道对方不履行起算",
            bring=("起诉状", "协议书", "身份证", "付款凭证"),
            source="人民调解法第32条；民法典第188条",
        )
        yield f.RouteFacts(
            name="申请支付令",
            how="只是要钱、双方没有别的债务纠纷的，可以申请支付令；对方15日内提出异议，支付令失效，再起诉。",
            where="债务人住所地的基层人民法院",
            source="民事诉讼法第225条至第228条",
        )
    yield f.RouteFacts(
        name="再商量一次",
        how="双方愿意的，可以推迟、分期，或重新达成协议，由调委会记下来。",
        source="人民调解法第31条",
    )


#: Nobody wrote the ruling's number back: without it no court takes the application, so it is filled in from the ruling.
NUMBER_BY_HAND = "（______）____________号"


def enforcement_application(t: Telling) -> Iterator[f.Facts]:
    """强制执行申请书: the creditors who are still owed, against who owes them."""
    row = t.case.confirmation
    left = [clause for clause in t.agreement.clauses if clause.lines and not obligations.is_done(clause)]
    if row is None or not left:
        return
    creditors = _each(party for clause in left for party in ledger.creditors(clause))
    debtors = _each(party for clause in left for party in ledger.debtors(clause))
    told = t.common([*creditors, *debtors])
    roles = ["申请执行人"] * len(creditors) + ["被执行人"] * len(debtors)
    told["parties"] = tuple(
        replace(party, role=role) for party, role in zip(told["parties"], roles, strict=True)
    )
    yield f.EnforcementApplication(
        **told,
        court=t.move.text("court") or row.court,
        ruling_number=row.ruling_number or row.court_number or NUMBER_BY_HAND,
        ruling_court=row.court,
        ruled_on=row.ruling_on,
        agreement_number=t.agreement.number,
        agreed_on=obligations.civil_day(t.agreement.agreed_at),
        items=owed(left, t.day),
        last_day=last_day_to_enforce(t),
        attachments=tuple(
            f.MaterialFacts(name=name, form=form, copies=1)
            for name, form in (
                ("司法确认裁定书", "原件"),
                ("人民调解协议书", "复印件"),
                ("申请执行人身份证明", "复印件"),
            )
        ),
        applied_on=t.day,
    )


def last_day_to_enforce(t: Telling) -> date | None:
    """Two years from the end of the last instalment (CPL 250), as the ruling's deadline counts them."""
    row = find_deadline(t.case, "enforcement_period")
    return row.last_day if row is not None else None


def owed(clauses: list[Clause], today: date) -> tuple[f.OwedFacts, ...]:
    """The lines that are open: what is overdue now and, of the rest, what is still to come.

    A clause that the ledger has no line for (custom, care, a promise in free words) is owed as it is written.
    """
    return (
        tuple(
            _owed(clause, line)
            for clause in clauses
            for line in clause.lines
            if line.done_at is None and (line.due is None or line.due <= today or len(clause.lines) == 1)
        )
        or tuple(_owed(clause, line) for clause in clauses for line in clause.lines if line.done_at is None)
        or tuple(_owed(clause, None) for clause in clauses)
    )


def _owed(clause: Clause, line: LedgerLine | None) -> f.OwedFacts:
    promised = line.promised if line else None
    return f.OwedFacts(
        clause_no=clause.no,
        what=clause.text,
        due=line.due if line else clause.due,
        amount=promised - line.waived if line and promised is not None else None,
        paid=line.paid if line else None,
        debtor="、".join(party.name for party in ledger.debtors(clause)),
        creditor="、".join(party.name for party in ledger.creditors(clause, line)),
    )


def _clause(t: Telling) -> Clause | None:
    return next((row for row in t.agreement.clauses if row.no == t.move.get("clause")), None)


def _ruling(t: Telling) -> tuple[str, str]:
    row = t.case.confirmation
    return (
        (row.ruling_number or row.court_number, row.court) if row and row.state == "confirmed" else ("", "")
    )


def _each(people: Iterator[Party]) -> list[Party]:
    return list(dict.fromkeys(people))


DEFAULT_PAPERS = {
    "reminder_letter": reminder_letter,
    "choice_sheet": choice_sheet,
    "enforcement_application": enforcement_application,
}
