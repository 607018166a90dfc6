"""A file of 300 workers: the sum is right to the fen, and each sees the own line and nobody else's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from tests.residents import let_in, slip_for
from tests.routes.test_claimants import HEAD, Office, as_xlsx, workers

COUNT = 300


def amount_of(number: int) -> Decimal:
    """A claim with odd fen, another for each worker: in floats such a sum goes astray."""
    return Decimal("6000.01") + number * Decimal("0.37")


@pytest.fixture
def office(app: Flask) -> Office:
    """A mediator who has brought 300 workers in."""
    found = Office(app)
    rows = [
        [*row[:4], "", "", f"{amount_of(number)}", row[7]]
        for number, row in enumerate(workers(COUNT), start=1)
    ]
    page = found.hand_in(as_xlsx([HEAD, *rows]))
    assert f"共 {COUNT} 行，{COUNT} 行没问题，0 行要改" in page.words()
    found.bring_in(page, [("set_amount", "1")])
    return found


def test_the_sum_of_three_hundred_claims_never_differs_by_a_fen(office: Office) -> None:
    exact = sum((amount_of(number) for number in range(1, COUNT + 1)), Decimal("0.00"))
    claims = [claim for _, _, claim, _ in office.parties() if claim is not None]
    assert len(claims) == COUNT
    assert sum(claims) == office.case("amount") == exact
    assert int(exact * 100) == sum(int(amount_of(number) * 100) for number in range(1, COUNT + 1))
    assert f"{exact:,.2f}" in office.browser.get(f"/cases/{office.number}").words()


def test_person_17_cannot_see_person_18(app: Flask, office: Office) -> None:
    seventeenth, eighteenth = office.parties()[2 + 16], office.parties()[2 + 17]
    assert (seventeenth[1], eighteenth[1]) == (workers(COUNT)[16][1], workers(COUNT)[17][1])
    row, money = workers(COUNT)[17], amount_of(18)
    secrets = [row[1], row[2], row[3], f"{money}", f"{money:,.2f}"]
    visitor = let_in(app, slip_for(app, office.number, seventeenth[0]))
    for path in ("/track/case", "/track/print", "/track/papers"):
        text = visitor.get(path).text
        assert seventeenth[1][0] in text, path
        assert not [secret for secret in secrets if secret in text], path
    theirs = slip_for(app, office.number, eighteenth[0])
    text = let_in(app, theirs).get("/track/case").text
    assert workers(COUNT)[16][1] not in text and eighteenth[1][0] in text
