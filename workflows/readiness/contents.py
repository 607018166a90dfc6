"""Faults in what was agreed: definite, lawful, and something a court confirms (CPLI 355, 358, 461)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .finding import Finding, fill, say
from .law import Pattern, read_law
from .picture import Item, Picture
from .reading import read_capitals, read_due_days, read_impossible_days, read_sums, read_yearly_rates

DEEDS = ("deliver", "do", "apologize")
WITH_A_PAYER = ("pay", "guarantee")


def check_contents(picture: Picture) -> Iterator[Finding]:
    """Everything that is wrong with the clauses."""
    for place, item in enumerate(picture.items):
        where = f"clauses[{place}]"
        if not item.text.strip():
            yield say("clause_empty", f"{where}.text", no=item.no)
        yield from _kinds(item, where)
        yield from _words(picture, item, where)
        yield from _definite(item, where)
        yield from _sums(item, where)
        yield from _days(picture, item, where)
        yield from _outsiders(picture, item, where)
        yield from _interest(picture, item, where)
    yield from _facts(picture)
    yield from _worth_confirming(picture)


def _kinds(item: Item, where: str) -> Iterator[Finding]:
    if item.kind == "status":
        yield say("status_clause", f"{where}.kind", no=item.no)
    elif item.kind == "ownership":
        yield say("title_clause", f"{where}.kind", no=item.no)


def _words(picture: Picture, item: Item, where: str) -> Iterator[Finding]:
    decided = {"status": "status", "ownership": "title"}.get(item.kind)
    for row in read_law().patterns:
        if row.sentence.ground == decided or not _concerns(row, item):
            continue
        if (said := _said(row, item.text)) is not None:
            yield fill(row.sentence, f"{where}.text", no=item.no, said=said, place=f"第{item.no}条")


def _concerns(row: Pattern, item: Item) -> bool:
    if row.when == "undated":
        return item.due is None and not item.recurring and not any(part.due for part in item.installments)
    if row.when == "unpriced":
        return item.amount is None and not item.recurring
    return True


def _said(row: Pattern, text: str) -> str | None:
    """What the words are, unless what stands around them makes them harmless."""
    for found in row.pattern.finditer(text):
        around = text[max(found.start() - 12, 0) : found.end() + 12]
        if row.unless is None or not row.unless.search(around):
            return found.group()[:30]
    return None


def _facts(picture: Picture) -> Iterator[Finding]:
    for row in read_law().patterns:
        if row.also_facts and (said := _said(row, picture.facts)) is not None:
            yield fill(row.sentence, "facts", no="", said=said, place="纠纷事实")


def _definite(item: Item, where: str) -> Iterator[Finding]:
    if item.kind == "pay":
        yield from _pay(item, where)
    elif item.kind in DEEDS:
        if not item.obligors:
            yield say("doer_missing", f"{where}.obligors", no=item.no)
        if item.due is None and not item.done:
            yield say("due_missing", f"{where}.due", no=item.no)
    if item.condition and item.kind in (*WITH_A_PAYER, *DEEDS):
        yield say("conditional", f"{where}.condition", no=item.no, said=item.condition[:30])


def _pay(item: Item, where: str) -> Iterator[Finding]:
    if not item.obligors:
        yield say("payer_missing", f"{where}.obligors", no=item.no)
    if not item.obligees:
        yield say("payee_missing", f"{where}.obligees", no=item.no)
    if item.amount is None and not item.recurring:
        yield say("amount_missing", f"{where}.amount", no=item.no)
    if item.recurring and not item.recurring_ends:
        yield say("recurring_endless", f"{where}.recurring", no=item.no)
    if item.due is None and not item.installments and not item.recurring:
        yield say("due_missing", f"{where}.due", no=item.no)
    if not item.method:
        yield say("method_missing", f"{where}.method", no=item.no)
    for number, part in enumerate(item.installments):
        if part.due is None:
            yield say(
                "installment_undated", f"{where}.installments[{number}].due", no=item.no, part=number + 1
            )
    if len(item.obligors) > 1 and item.joint is None:
        yield say("who_pays_how_much", f"{where}.joint", no=item.no, count=len(item.obligors))


def _sums(item: Item, where: str) -> Iterator[Finding]:
    parts = [part.amount for part in item.installments if part.amount is not None]
    for code, amounts in (("installments", parts), ("shares", list(item.shares))):
        if amounts and item.amount is not None and (total := sum(amounts, Decimal(0))) != item.amount:
            yield say(
                f"{code}_differ",
                f"{where}.{code}",
                no=item.no,
                sum=f"{total:,.2f}",
                amount=f"{item.amount:,.2f}",
            )
    figures = read_sums(item.text)
    plain = not parts and not item.shares and not item.recurring
    if item.amount is not None and plain and figures and item.amount not in {*figures, sum(figures)}:
        said = "、".join(f"{figure:,.2f}" for figure in figures[:3])
        yield say("amount_differs", f"{where}.amount", no=item.no, said=said, amount=f"{item.amount:,.2f}")
    known = {*figures, *parts, *item.shares} | ({item.amount} if item.amount is not None else set())
    for said, value in read_capitals(item.text):
        if known and value not in known:
            told = item.amount if item.amount is not None else figures[0]
            yield say("capitals_differ", f"{where}.text", no=item.no, said=said, amount=f"{told:,.2f}")


def _days(picture: Picture, item: Item, where: str) -> Iterator[Finding]:
    for said in read_impossible_days(item.text):
        yield say("impossible_date", f"{where}.text", no=item.no, said=said)
    days = read_due_days(item.text)
    due = [item.due] if item.due else [part.due for part in item.installments if part.due]
    if days and due and not set(days) & set(due):
        yield say(
            "date_differs", f"{where}.due", no=item.no, said=f"{days[0]:%Y-%m-%d}", due=f"{due[0]:%Y-%m-%d}"
        )
    if due and min(due) < picture.agreed_on and not item.done:
        yield say("due_before_agreed", f"{where}.due", no=item.no, due=f"{min(due):%Y-%m-%d}")


def _outsiders(picture: Picture, item: Item, where: str) -> Iterator[Finding]:
    names = {party.ref: party.name for party in picture.parties}
    signing = {party.ref for party in picture.signers}
    for ref in item.obligors:
        if ref not in signing:
            yield say("binds_outsider", f"{where}.obligors", no=item.no, name=names.get(ref, ref))


def _interest(picture: Picture, item: Item, where: str) -> Iterator[Finding]:
    cap = read_law().interest_cap(picture.agreed_on)
    for percent in read_yearly_rates(item.text):
        if cap is not None and percent > cap:
            yield say(
                "interest_too_high", f"{where}.text", no=item.no, percent=f"{percent:g}", cap=f"{cap:g}"
            )


def _worth_confirming(picture: Picture) -> Iterator[Finding]:
    binding = [item for item in picture.items if item.obligors or item.kind in (*WITH_A_PAYER, *DEEDS)]
    if not binding and picture.items:
        yield say("nothing_to_perform", "clauses")
    elif binding and all(item.done for item in binding):
        yield say("already_performed", "clauses")
