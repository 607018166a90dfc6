"""Conditions about single lines of the ledger: who confirms, who agrees to wait, what is set off."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workflows.conditions.about_people import in_list, stands_in, unknown_refs
from workflows.conditions.registry import Rules, condition, refs_in
from workflows.situation import ClauseSeen, Situation
from workflows.steps import Move, Reason


@condition()
def line_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """The line that is named is one of the clause's (PML 31)."""
    item, number = case.obligation(move.get("clause")), move.get("line")
    if number is not None and (item is None or number not in [line.no for line in item.lines]):
        yield Reason(
            "line_unknown",
            f"第{move.get('clause')}条没有第{number}笔。请在履行台账上选，或者不填，由系统按到期先后记。",
            f"The clause has no line {number}.",
            source="PML 31",
            where="line",
        )


@condition()
def claim_open(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What is confirmed is something the payer claims and nobody has confirmed (PML 31)."""
    item, number = case.obligation(move.get("clause")), move.get("payment")
    if item is None or number not in item.claims:
        yield Reason(
            "no_such_claim",
            "没有等着确认的这一笔，可能已经确认过。请打开履行台账看看。",
            "There is no such claim to confirm.",
            source="PML 31",
            where="payment",
        )


@condition()
def payment_known(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """What is crossed out was entered and still counts (PML 31)."""
    item, number = case.obligation(move.get("clause")), move.get("payment")
    if item is None or number not in (*item.payments, *item.claims):
        yield Reason(
            "no_such_payment",
            "没有这一笔登记，或者已经更正过。请打开履行台账看看。",
            "There is no such entry to cross out.",
            source="PML 31",
            where="payment",
        )


@condition()
def payee_confirms(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Only who is owed can say that it came, and how that was heard is told (PML 31)."""
    if move.get("denied"):
        return
    clause, by, how = case.clause(move.get("clause")), move.text("confirmed_by"), move.text("how")
    owed = _creditors(case, clause)
    if owed and by not in owed:
        names = [case.name_of(ref) for ref in owed]
        yield Reason(
            "not_the_payee",
            f"这笔是付给{in_list(names)}的，收到没有要由收款人说。请选是谁确认的。",
            "Only the payee can confirm.",
            who=in_list(names),
            source="PML 31",
            where="confirmed_by",
        )
    if how not in ("code", "phone", "receipt", "witnessed"):
        yield Reason(
            "how_missing",
            "还没有选收款人是怎么确认的：查询码、打电话、收条，还是当面。",
            "Say how the payee confirmed.",
            source="PML 31",
            where="how",
        )


def _creditors(case: Situation, clause: ClauseSeen | None) -> tuple[str, ...]:
    item = case.obligation(clause.no) if clause else None
    shares = tuple(line.creditor for line in item.lines if line.creditor) if item else ()
    return tuple(dict.fromkeys((*(clause.obligees if clause else ()), *shares)))


@condition()
def both_sides_agree(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """A promise is put off or set off only if both sides of it agree (CCG 543, 569)."""
    given, clause = move.get("consents"), case.clause(move.get("clause"))
    if given is None or clause is None:
        return
    agreeing = set(refs_in(given))
    yield from unknown_refs(case, refs_in(given), "consents")
    other = case.clause(move.get("against"))  # of three sides each has to agree
    both = (clause, other) if other else (clause,)
    wanted = {ref for one in both for ref in (*one.obligors, *one.obligees)}
    there = [party for party in case.parties if party.ref in wanted]
    lacking = [party.name for party in there if not stands_in(case, party, agreeing)]
    if lacking:
        yield Reason(
            "not_both_sides",
            f"{in_list(lacking)}还没有同意，约定好的事不能由一边改。"
            f"请{'三方' if _is_of_three(both) else '双方'}都同意了再登记。",
            f"Both sides must agree; missing: {', '.join(lacking)}.",
            who=in_list(lacking),
            source="CCG 543、569",
            where="consents",
        )


def _is_of_three(clauses: tuple[ClauseSeen, ...]) -> bool:
    return len(clauses) == 2 and not _are_mutual(*clauses)


@condition()
def later_day(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Putting off means a later day, of something that is still open (CCG 543)."""
    until, item = move.get("until"), case.obligation(move.get("clause"))
    lines = [line for line in item.lines if not line.done] if item else []
    if move.get("line") is not None:
        lines = [line for line in lines if line.no == move.get("line")]
    days = [line.due for line in lines if line.due]
    if until is None:
        said = "还没有选推迟到哪一天。请选双方说好的日子。"
    elif item is not None and item.lines and not lines:
        said = "这一笔已经办完了，不用推迟。"
    elif days and until <= min(days):
        first = min(days)
        said = f"原来约定的是{first.year}年{first.month}月{first.day}日，推迟的日子要在它以后。请核对。"
    else:
        return
    yield Reason("not_later", said, "Choose a later day.", source="CCG 543", where="until")


@condition()
def debts_meet(case: Situation, move: Move, rules: Rules) -> Iterator[Reason]:
    """Set off is money against money, no more than is open on either: of two sides that owe each other, or of three in
    a row, where the first pays the third what the one between owes (CCG 523, 568–569)."""
    amount, against = move.get("amount"), move.get("against")
    one, other = case.clause(move.get("clause")), case.clause(against)
    if amount is None or amount <= 0:
        said, where = "还没有填抵销多少。请填双方说好抵掉的金额，要大于0。", "amount"
    elif against is None and not move.text("note"):
        said, where = "用协议以外的账来抵的，请在备注里写清是哪笔账。", "note"
    elif against is not None and (other is None or one is None or against == move.get("clause")):
        said, where = (
            f"协议里没有可以用来抵的第{against}条。请核对，或者不填，在备注里写清是哪笔账。",
            "against",
        )
    elif one and other and not (_are_mutual(one, other) or _are_in_a_row(one, other)):
        said, where = (
            f"第{one.no}条和第{other.no}条既不是两边互相欠的，也不是一边欠着、又被另一边欠着，不能相抵。请核对。",
            "against",
        )
    elif (left := _least_open(case, one, other)) is not None and amount > left:
        said, where = f"两边都欠着的只有{left:,.2f}元，最多抵这么多。请核对金额。", "amount"
    else:
        return
    yield Reason("cannot_set_off", said, "This cannot be set off.", source="CCG 568–569", where=where)


def _are_mutual(one: ClauseSeen, other: ClauseSeen) -> bool:
    return bool(set(one.obligors) & set(other.obligees)) and bool(set(one.obligees) & set(other.obligors))


def _are_in_a_row(one: ClauseSeen, other: ClauseSeen) -> bool:
    """Whether somebody is owed by the one and owes by the other: employer → contractor → workers."""
    return bool(set(one.obligees) & set(other.obligors)) or bool(set(one.obligors) & set(other.obligees))


def _least_open(case: Situation, *clauses: ClauseSeen | None) -> Decimal | None:
    items = [case.obligation(clause.no) for clause in clauses if clause]
    sums = [item.open for item in items if item is not None and item.open is not None]
    return min(sums, default=None)
