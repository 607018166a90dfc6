"""Set-off among three sides: the first owes the one between, who owes the third; the first pays the third instead.

As in 桂林, where what an employer owed a contractor was set off against the wages that the contractor owed the workers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mediation.models import Case, Clause

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Side:
    """What a set-off changes for one side, in yuan: each sum with its sign, and nothing is left over."""

    who: str
    owes_less: Decimal = ZERO
    is_owed_less: Decimal = ZERO
    pays: Decimal = ZERO
    gets: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What the side has won or lost by it; zero, or something is wrong."""
        return self.owes_less + self.is_owed_less + self.pays + self.gets


@dataclass(frozen=True)
class SetOff:
    """One set-off of three sides."""

    amount: Decimal
    sides: tuple[Side, Side, Side]

    @property
    def left(self) -> Decimal:
        """What is left over in all."""
        return sum((side.left for side in self.sides), ZERO)


def in_a_row(one: Clause, other: Clause) -> tuple[Clause, Clause] | None:
    """The clause of the first side and that of the third, where the two meet in the one between; None where the two
    sides owe each other."""
    owed, owing = ({row.party_id for row in clause.on_side("obligee")} for clause in (one, other))
    owes, owed_by = ({row.party_id for row in clause.on_side("obligor")} for clause in (one, other))
    forth, back = bool(owed & owed_by), bool(owes & owing)
    if forth and back:
        return None
    return (one, other) if forth else (other, one) if back else None


def list_meeting(clauses: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """Every two promises that meet: somebody who is owed by the one owes by the other; each two once, in order."""
    by_debtor: defaultdict[int, list[int]] = defaultdict(list)
    for place, clause in enumerate(clauses):
        for row in clause.on_side("obligor"):
            by_debtor[row.party_id].append(place)
    found = {
        (min(place, other), max(place, other))
        for place, clause in enumerate(clauses)
        for row in clause.on_side("obligee")
        for other in by_debtor[row.party_id]
        if other != place
    }
    return [(clauses[one], clauses[other]) for one, other in sorted(found)]


def payer_of(clause: Clause, other: Clause | None) -> str:
    """The ref of who pays what a clause promises in the debtor's stead; empty where nobody does."""
    row = in_a_row(clause, other) if other is not None else None
    if row is None or row[1] is not clause:
        return ""
    return next((person.party.ref for person in row[0].on_side("obligor")), "")


def list_set_offs(case: Case) -> Iterator[SetOff]:
    """Every set-off of three sides that stands, each told once."""
    clauses = {clause.no: clause for clause in (case.agreement.clauses if case.agreement else ())}
    for clause in clauses.values():
        for payment in clause.payments:
            other = clauses.get(payment.against or 0)
            if payment.kind != "set_off" or payment.voided_at is not None or other is None:
                continue
            row = in_a_row(clause, other)
            if row is not None and row[0] is clause and payment.amount is not None:
                yield _tell(row[0], row[1], payment.amount)


def foresee(case: Case, clause: object, against: object, amount: Decimal) -> SetOff | None:
    """What setting off two clauses would change, before it is entered; None where they are not three in a row."""
    clauses = {one.no: one for one in (case.agreement.clauses if case.agreement else ())}
    one, other = (clauses.get(no) if isinstance(no, int) else None for no in (clause, against))
    row = in_a_row(one, other) if one is not None and other is not None and one is not other else None
    return None if row is None else _tell(row[0], row[1], amount)


def _tell(first: Clause, last: Clause, amount: Decimal) -> SetOff:
    return SetOff(
        amount,
        (
            Side(name_side(first, "obligor"), owes_less=amount, pays=-amount),
            Side(name_side(first, "obligee"), owes_less=amount, is_owed_less=-amount),
            Side(name_side(last, "obligee"), is_owed_less=-amount, gets=amount),
        ),
    )


def name_side(clause: Clause, side: str) -> str:
    """Those on one side of a promise, a large side by its first name."""
    people = [row.party.name for row in clause.on_side(side)]
    return f"{people[0]}等{len(people)}方" if len(people) > 3 else "、".join(people)
