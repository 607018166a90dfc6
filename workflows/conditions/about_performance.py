"""Conditions about what was promised: performing it, waiving it, and closing the case behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workflows.conditions.about_people import in_list
from workflows.conditions.registry import Rules, condition
from workflows.situation import Situation
from workflows.steps import Move, Reason


@condition()
def clause_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The clause that is performed, waived or in default is one of the agreement's."""
    number = move.get("clause")
    known = [item.no for item in case.agreement.clauses] if case.agreement else []
    if number not in known:
        said = f"协议里没有第{number}条" if number is not None else "没有选是协议的哪一条"
        choices = "、".join(f"第{no}条" for no in known)
        yield Reason(
            "clause_unknown",
            f"{said}。" + (f"请从{choices}里选。" if known else "协议还没有条款，请先写协议。"),
            f"The agreement has no clause {number}.",
            source="PML 31",
            where="clause",
        )


def _open_for(case: Situation, move: Move) -> Decimal | None:
    """What can still be paid or waived here: of the clause, of the line named, or of the waiver's own share."""
    item = case.obligation(move.get("clause"))
    if item is None:
        return None
    named = [line for line in item.lines if line.no == move.get("line")]
    own = [line for line in item.lines if line.creditor and line.creditor == move.text("by")]
    meant = own if own and not named else named if move.get("amount") is None else []
    if not meant:
        return item.open
    sums = [line.open for line in meant if line.open is not None]
    return sum(sums, Decimal("0.00")) if sums else item.open


@condition()
def payment_within_promise(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Nobody pays or is let off more than was promised by an oversight; what is really too much is said to be
    (PML 31; CCG 985)."""
    amount = move.get("amount")
    left = _open_for(case, move)
    if amount is not None and amount <= 0:
        yield Reason(
            "amount_not_positive",
            f"金额填的是{amount:,.2f}元，没法登记。请填实际付了（或放弃了）多少，要大于0。",
            "The amount must be above zero.",
            source="PML 31",
            where="amount",
        )
    elif amount is not None and move.get("overpaid"):
        return
    elif left is not None and (left <= 0 if amount is None else amount > left):
        yield Reason(
            "beyond_promise",
            (
                f"第{move.get('clause')}条只剩{left:,.2f}元没有付，登记{amount:,.2f}元就超过约定了，请核对金额。"
                "确实多付了的，勾上“确实多付了”。"
                if amount is not None and left > 0
                else f"第{move.get('clause')}条已经付清，不用再登记。付的是别的款，请选对应的那一条。"
            ),
            f"Only {left} is still owed under this clause.",
            who="调解员",
            source="PML 31",
            where="amount",
        )


@condition()
def payer_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Payer and confirming payee, where named, are parties of the case."""
    for field in ("paid_by", "confirmed_by"):
        ref = move.text(field)
        if ref and case.party(ref) is None:
            yield Reason(
                "party_unknown",
                f"“{ref}”不是本案当事人，不能登记成付款人或收款人。请从当事人名单里选；别人代付的，写在“代付人”一栏。",
                f"{ref} is not a party.",
                source="PML 31",
                where=field,
            )


@condition()
def waived_by_obligee(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only who is owed can waive (CCG 575)."""
    by = move.text("by")
    clauses = case.agreement.clauses if case.agreement else ()
    clause = next((clause for clause in clauses if clause.no == move.get("clause")), None)
    if clause and clause.obligees and by not in clause.obligees:
        names = [case.name_of(ref) for ref in clause.obligees]
        yield Reason(
            "not_the_creditor",
            f"这笔是欠{in_list(names)}的，别人不能替他放弃。要放弃的，请他本人提出。",
            "Only the creditor can waive.",
            who=in_list(names),
            source="CCG 575",
            where="by",
        )


@condition()
def not_yet_due(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A default before the due date is pointed at."""
    for item in case.obligations:
        if item.clause_no == move.get("clause") and item.due and item.due >= move.today:
            yield Reason(
                "not_yet_due",
                f"第{item.clause_no}条{item.due.year}年{item.due.month}月{item.due.day}日才到期，现在还不算逾期。请核对日期。",
                "This clause is not due yet.",
                source="PML 31",
            )


@condition()
def nothing_owed_or_reason(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A case with something still owed closes only with a reason (PML 31)."""
    if case.state != "performing" or move.text("reason"):
        return
    owed = [item for item in case.obligations if not item.done]
    if owed:
        numbers = "、".join(f"第{item.clause_no}条" for item in owed)
        yield Reason(
            "obligations_open",
            f"协议{numbers}还没有履行完。请先登记履行；确实要现在结案的，请写明原因。",
            "Something is still owed; say why the case is closed.",
            who="调解员",
            source="PML 31",
            where="reason",
        )


@condition()
def file_in_order_or_reason(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A case closes with its file looked through; what lacks, or was not found in order, is said with why (PML 27).

    Who closes from afar, by a case file, looked through it elsewhere: then nothing lacks here, and no aspect is told.
    """
    told = move.get("checks")
    unchecked = (
        set(rules.rules.get("file_aspects", ())) - set(told) if isinstance(told, (list, tuple)) else set()
    )
    if (case.lacks or unchecked) and not move.text("reason"):
        yield Reason(
            "file_not_in_order",
            "还有没勾的或缺的，请先补；确实要现在结案的，请写明原因。",
            "Something is not ticked or missing: supply it, or say why the case is closed all the same.",
            who="调解员",
            source="PML 27",
            where="reason",
        )


@condition()
def dossier_whole_or_reason(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A file is archived whole; what cannot be had any more is said, and why (PML 27; 档案法 14)."""
    if case.lacks and not move.text("reason"):
        yield Reason(
            "dossier_incomplete",
            f"卷宗还缺：{'、'.join(zh for zh, _ in case.lacks)}。请到“文书卷宗”补齐；确实补不到的，写明原因再归档，"
            "原因会写进备考表。",
            f"The file still lacks: {', '.join(en for _, en in case.lacks)}. Supply it, or say why it cannot be had.",
            who="调解员",
            source="PML 27；档案法 14",
            where="reason",
        )


@condition(asks_the_move=False)
def report_owed(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A report is recorded where there is one to make (PML 25)."""
    if not case.open_reports:
        yield Reason(
            "no_report_owed",
            "这件事现在没有等着报告的危险情况，不用登记。发现危险的，请先点“标记危险”。",
            "There is nothing to report; flag the danger first.",
            source="PML 25",
        )


@condition(asks_the_move=False)
def suspicion_marked(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only a suspicion that was marked is cleared (TY16 18)."""
    if not case.suspicion:
        yield Reason(
            "not_suspected",
            "这件事没有标记为疑似虚假调解，所以没有什么可以取消。请看看是不是点错了案件。",
            "This case is not marked as suspected.",
            source="TY16 18",
        )


@condition(asks_the_move=False)
def no_open_report(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A duty to report violence or harm to a minor is done before closing (DV 14; MIN 11; PML 25)."""
    for report in case.open_reports:
        yield Reason(
            "report_open",
            f"“{report}”还没有向有关机关报告，法律要求必须报告。请先报告并登记，再来结案。",
            "A duty to report is still open.",
            who="调委会负责人",
            source="DV 14；MIN 11；PML 25",
        )
