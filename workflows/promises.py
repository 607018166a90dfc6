"""What was promised, as lines: who is owed how much by when; and what payments do to those lines.

A line is a part of a clause that falls due at once for one creditor: clause × instalment × share × occurrence.
Everything is counted in whole fen.  For every line, always: promised = paid + waived + open; what is paid beyond the
promise is kept as a surplus of the payment and is nobody's debt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.calendar import find_corresponding_day
from workflows.periods import Period, PeriodKind

#: No promise has more occurrences than this: a week for eleven years, a month for fifty.
MOST_OCCURRENCES = 600
#: An open-ended promise (maintenance for life) is laid out so many occurrences ahead, and further as time passes.
AHEAD = 12
_FEN = Decimal("0.01")
ZERO = Decimal("0.00")
_STEPS = {
    "week": (PeriodKind.DAYS, 7),
    "month": (PeriodKind.MONTHS, 1),
    "quarter": (PeriodKind.MONTHS, 3),
    "year": (PeriodKind.YEARS, 1),
}
PAYS = ("performed", "set_off")


@dataclass(frozen=True, slots=True)
class Part:
    """A line before it is kept: `amount` is None where the promise is an act, or money without a sum."""

    amount: Decimal | None
    due: date | None
    installment: int | None = None
    occurrence: int | None = None
    creditor: str = ""  # a ref, where each creditor has a share


@dataclass(slots=True)
class Balance:
    """A line with what has been done about it."""

    no: int
    promised: Decimal | None
    due: date | None
    creditor: str = ""
    paid: Decimal = ZERO
    waived: Decimal = ZERO
    acted: bool = False  # a thing was done, or a debt without a sum let go

    @property
    def open(self) -> Decimal | None:
        """What is still owed in money; None for an act."""
        return None if self.promised is None else self.promised - self.paid - self.waived

    @property
    def done(self) -> bool:
        """Whether nothing remains of it."""
        return self.acted or (self.promised is not None and self.paid + self.waived >= self.promised)


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment, set-off or waiver; `line` and `creditor` say where it goes first."""

    kind: str  # performed, set_off, waived
    amount: Decimal | None
    line: int | None = None
    creditor: str = ""


@dataclass(slots=True)
class Settled:
    """What a row of entries came to: the lines, what each entry did to which line, and what was too much."""

    lines: list[Balance]
    went_to: list[dict[int, Decimal]] = field(default_factory=list)
    surplus: list[Decimal] = field(default_factory=list)


def split(total: Decimal, capacities: Sequence[Decimal]) -> list[Decimal]:
    """A sum in proportion to what each can take, to the fen, nobody more than that and nothing lost.

    The fen that do not divide go to the largest remainders.  ValueError where the sum is more than all can take.
    """
    fen, room = _to_fen(total), [_to_fen(part) for part in capacities]
    whole = sum(room)
    if not 0 <= fen <= whole:
        raise ValueError(f"{total} does not fit into {sum(capacities)}")
    if not whole:
        return [ZERO for _ in room]
    parts = [fen * part // whole for part in room]
    by_remainder = sorted(range(len(room)), key=lambda place: (-(fen * room[place] % whole), place))
    for place in by_remainder[: fen - sum(parts)]:
        parts[place] += 1
    return [Decimal(part) * _FEN for part in parts]


def _to_fen(amount: Decimal) -> int:
    fen = amount / _FEN
    if fen != fen.to_integral_value():
        raise ValueError(f"{amount} has more than two places")
    return int(fen)


def lay_out(
    amount: Decimal | None,
    due: date | None,
    *,
    installments: Sequence[tuple[Decimal, date | None]] = (),
    shares: Sequence[tuple[str, Decimal]] = (),
    recurring: Mapping[str, Any] | None = None,
    until: date | None = None,
) -> list[Part]:
    """A clause's lines, in the order of their instalments, then of the shares.

    `until`: how far an open-ended recurring promise is laid out at least.
    """
    if installments:
        parts = [Part(sum_, day, installment=no) for no, (sum_, day) in enumerate(installments, start=1)]
    elif recurring:
        parts = list(_recur(amount, recurring, until)) or [Part(amount, due)]
    else:
        parts = [Part(amount, due)]
    return list(_share_out(parts, shares)) if shares else parts


def _recur(total: Decimal | None, recurring: Mapping[str, Any], until: date | None) -> Iterator[Part]:
    each = Decimal(recurring["amount"])
    kind, length = _STEPS[recurring["every"]]
    first = _day(recurring.get("from"))
    last = _day(recurring.get("until"))
    if first is None or not each:
        yield Part(total, last)
        return
    left = total
    for number in range(1, MOST_OCCURRENCES + 1):
        day = find_corresponding_day(first, Period(kind, length * (number - 1))) if number > 1 else first
        over = day > last if last else (number > AHEAD and total is None and (until is None or day > until))
        if over or (left is not None and left <= 0):
            return
        after = find_corresponding_day(first, Period(kind, length * number))
        ends = bool(last and after > last) or number == MOST_OCCURRENCES
        sum_ = each if left is None else (left if ends else min(each, left))
        yield Part(sum_, day, occurrence=number)
        left = None if left is None else left - sum_


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _share_out(parts: Sequence[Part], shares: Sequence[tuple[str, Decimal]]) -> Iterator[Part]:
    left = [amount for _, amount in shares]
    for part in parts:
        if part.amount is None or part.amount > sum(left, ZERO):
            yield part  # nothing to divide, or shares that do not tell how
            continue
        for place, sum_ in enumerate(split(part.amount, left)):
            left[place] -= sum_
            if sum_ or part.amount == 0:
                yield Part(sum_, part.due, part.installment, part.occurrence, shares[place][0])


def settle(lines: Sequence[Balance], entries: Sequence[Entry]) -> Settled:
    """Let every entry, in order, go to the lines it names, then to those that fall due first."""
    settled = Settled([Balance(row.no, row.promised, row.due, row.creditor) for row in lines])
    for entry in entries:
        went = _without_sum(settled.lines, entry) if entry.amount is None else _with_sum(settled.lines, entry)
        settled.went_to.append(went)
        settled.surplus.append(ZERO if entry.amount is None else entry.amount - sum(went.values(), ZERO))
    return settled


def _order(lines: Sequence[Balance], entry: Entry) -> list[Balance]:
    return sorted(
        lines,
        key=lambda row: (
            row.no != entry.line if entry.line else False,
            row.creditor != entry.creditor if entry.creditor else False,
            row.due or date.max,
            row.no,
        ),
    )


def _with_sum(lines: Sequence[Balance], entry: Entry) -> dict[int, Decimal]:
    left, went = entry.amount or ZERO, {}
    for row in _order(lines, entry):
        if not left:
            break
        # Money without a sum promised takes whatever comes; only a word ends it.
        part = left if row.promised is None else min(left, row.open or ZERO)
        if not part:
            continue
        if entry.kind == "waived":
            row.waived += part
        else:
            row.paid += part
        left -= part
        went[row.no] = part
    return went


def _without_sum(lines: Sequence[Balance], entry: Entry) -> dict[int, Decimal]:
    meant = [row for row in lines if row.no == entry.line] if entry.line else list(lines)
    for row in meant:
        if row.promised is None:
            row.acted = True
    return {}
