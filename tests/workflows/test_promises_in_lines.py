"""Lines of a promise: nothing is lost in dividing, and paid + open + waived = promised, to the fen, on every line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.promises import AHEAD, MOST_OCCURRENCES, Balance, Entry, lay_out, settle, split

YUAN = st.integers(0, 90_000_000).map(lambda fen: Decimal(fen) / 100)
FEN = Decimal("0.01")
DAY = date(2026, 1, 31)


@given(st.lists(YUAN, min_size=1, max_size=30), st.integers(0, 100))
def test_a_sum_is_divided_without_loss(room: list[Decimal], percent: int) -> None:
    total = (sum(room) * percent / 100).quantize(FEN)
    total = min(total, sum(room, Decimal(0)))
    parts = split(total, room)
    assert sum(parts) == total
    assert all(0 <= part <= place for part, place in zip(parts, room, strict=True))


def test_what_nobody_can_take_is_not_divided() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        split(Decimal("3.01"), [Decimal("1.00"), Decimal("2.00")])


@given(
    shares=st.lists(YUAN, min_size=1, max_size=12),
    cuts=st.lists(st.integers(1, 100), min_size=1, max_size=12),
)
def test_instalments_and_shares_both_come_out_to_the_fen(shares: list[Decimal], cuts: list[int]) -> None:
    total = sum(shares, Decimal(0))
    parts = split(total, [Decimal(cut) for cut in cuts]) if total <= sum(cuts) else []
    installments = [(part, DAY) for part in parts] or [(total, DAY)]
    named = [(f"a{place}", share) for place, share in enumerate(shares)]
    lines = lay_out(total, None, installments=installments, shares=named)
    for ref, share in named:
        assert sum((line.amount or 0 for line in lines if line.creditor == ref), Decimal(0)) == share
    for number, (amount, _) in enumerate(installments, start=1):
        assert sum((line.amount or 0 for line in lines if line.installment == number), Decimal(0)) == amount


def test_forty_two_workers_and_three_instalments() -> None:
    shares = [(f"a{no}", Decimal("333.33")) for no in range(42)]
    total = Decimal("333.33") * 42
    installments = [(Decimal("5000.00"), DAY), (Decimal("5000.00"), DAY), (total - 10000, DAY)]
    lines = lay_out(total, None, installments=installments, shares=shares)
    assert len(lines) == 126
    assert sum(line.amount or 0 for line in lines) == total


@pytest.mark.parametrize(
    ("every", "until", "days"),
    [
        ("week", "2026-02-14", [date(2026, 1, 31), date(2026, 2, 7), date(2026, 2, 14)]),
        # the month's end where a month has no 31st, and the 31st again where it has (CCG 202)
        ("month", "2026-04-30", [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        ("quarter", "2026-08-01", [date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31)]),
        ("year", "2028-01-31", [date(2026, 1, 31), date(2027, 1, 31), date(2028, 1, 31)]),
    ],
)
def test_what_recurs_falls_due_on_the_corresponding_days(every: str, until: str, days: list[date]) -> None:
    recurring = {"every": every, "amount": "500.00", "from": "2026-01-31", "until": until}
    lines = lay_out(None, None, recurring=recurring)
    assert [line.due for line in lines] == days
    assert {line.amount for line in lines} == {Decimal("500.00")}
    total = lay_out(Decimal("1100.00"), None, recurring=recurring)
    assert sum(line.amount or 0 for line in total) == Decimal("1100.00")


def test_a_promise_without_an_end_is_laid_out_ahead_and_further_later() -> None:
    recurring = {"every": "month", "amount": "800.00", "from": "2026-01-15"}
    first = lay_out(None, None, recurring=recurring)
    later = lay_out(None, None, recurring=recurring, until=date(2028, 1, 15))
    assert len(first) == AHEAD
    assert later[:AHEAD] == first
    assert later[-1].due == date(2028, 1, 15)
    assert len(lay_out(None, None, recurring=recurring, until=date(2126, 1, 1))) == MOST_OCCURRENCES


def test_what_recurs_but_never_begins_is_one_line() -> None:
    [line] = lay_out(Decimal("5.00"), DAY, recurring={"every": "week", "amount": "5.00"})
    assert line.amount == Decimal("5.00")
    recurring = {"every": "week", "amount": "5.00", "from": "2026-02-01", "until": "2026-01-01"}
    assert [line.amount for line in lay_out(Decimal("5.00"), DAY, recurring=recurring)] == [Decimal("5.00")]


LINES = st.lists(
    st.builds(
        Balance,
        no=st.just(0),
        promised=YUAN,
        due=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        creditor=st.sampled_from(["", "a1", "a2"]),
    ),
    min_size=1,
    max_size=8,
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(["performed", "set_off", "waived"]),
        amount=YUAN,
        line=st.none() | st.integers(1, 9),
        creditor=st.sampled_from(["", "a1", "a2", "a3"]),
    ),
    max_size=12,
)


@given(LINES, ENTRIES)
def test_on_every_line_promised_is_paid_and_waived_and_open(
    lines: list[Balance], entries: list[Entry]
) -> None:
    for number, line in enumerate(lines, start=1):
        line.no = number
    settled = settle(lines, entries)
    for line in settled.lines:
        assert line.promised is not None and line.open is not None
        assert line.paid + line.waived + line.open == line.promised
        assert min(line.paid, line.waived, line.open) >= 0
        assert line.done == (line.open == 0)
    for entry, went, surplus in zip(entries, settled.went_to, settled.surplus, strict=True):
        assert sum(went.values(), Decimal(0)) + surplus == entry.amount
    # Nothing is too much while anything is open.
    if any(settled.surplus):
        assert any(line.done for line in settled.lines)
    total = sum((entry.amount or Decimal(0) for entry in entries), Decimal(0))
    done = sum((line.paid + line.waived for line in settled.lines), Decimal(0))
    assert done == min(total, sum((line.promised or Decimal(0) for line in lines), Decimal(0)))


def test_money_goes_where_it_is_meant_and_then_to_what_falls_due_first() -> None:
    lines = [
        Balance(1, Decimal(10), date(2026, 5, 1), "a1"),
        Balance(2, Decimal(10), date(2026, 4, 1), "a2"),
        Balance(3, Decimal(10), None, "a1"),
    ]
    [went] = settle(lines, [Entry("performed", Decimal(15))]).went_to
    assert went == {2: Decimal(10), 1: Decimal(5)}
    [went] = settle(lines, [Entry("performed", Decimal(15), creditor="a1")]).went_to
    assert went == {1: Decimal(10), 3: Decimal(5)}
    [went] = settle(lines, [Entry("performed", Decimal(15), line=3)]).went_to
    assert went == {3: Decimal(10), 2: Decimal(5)}


def test_an_act_is_done_by_being_done_and_money_without_a_sum_by_a_word() -> None:
    lines = [Balance(1, None, None), Balance(2, None, None)]
    assert [row.done for row in settle(lines, [Entry("performed", None)]).lines] == [True, True]
    assert [row.done for row in settle(lines, [Entry("performed", None, line=2)]).lines] == [False, True]
    [some, _] = settle(lines, [Entry("performed", Decimal(5))]).lines
    assert (some.paid, some.done, some.open) == (Decimal(5), False, None)
