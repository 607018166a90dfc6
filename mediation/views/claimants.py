"""A list of claimants as it is checked on the screen, and as the facts of the step that brings it in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mediation.claimants import (
    NOT_ELECTED,
    YES,
    ClaimList,
    Member,
    known_parties,
    name_representatives,
    representatives_said,
)
from mediation.language import word
from mediation.masking import mask_id_number, mask_phone
from mediation.models import Case
from mediation.spaced_names import join_in_line
from mediation.tables import LOST
from mediation.views.formats import show_money

_BETWEEN = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class CellSeen:
    """A cell of a row to be mended."""

    column: str
    text: str
    error: str


@dataclass(frozen=True)
class GoodRow:
    """Somebody who can be brought in, as far as the page shows it."""

    name: str
    id_end: str
    phone: str
    amount: str
    representative: str


@dataclass(frozen=True)
class AmountOffer:
    """The offer to set the case's amount to what all applicants claim together."""

    ticked: bool
    why_not: str = ""


@dataclass
class ListSeen:
    """What the check page says."""

    rows: int
    good: int
    bad: int
    known: int
    completed: int
    columns: list[str]
    problems: list[tuple[int, list[CellSeen]]]
    notices: list[str]
    total: str
    said_total: str
    difference: str
    amount_now: str
    amount_then: str
    representatives: str
    offer: AmountOffer | None
    button: str
    rows_good: list[GoodRow] = field(default_factory=list)


def find_known(case: Case) -> Callable[[dict[str, Any]], str]:
    """Tells who of a list is a party of this case already."""
    here = case.parties
    numbers = {party.id_number: party.ref for party in here if party.id_number}
    return known_parties(numbers, {party.name: party.ref for party in here if not party.id_number})


def namesakes_of(case: Case) -> set[str]:
    """The names of those parties whose identity number is known."""
    return {party.name for party in case.parties if party.id_number}


def show_list(case: Case, found: ClaimList, chosen: str | None) -> ListSeen:
    """The list as the page tells it; `chosen` are the representatives as they were typed, None where not yet asked."""
    said = found.said_total
    summed = found.whole_total
    apart = said - summed if said is not None and summed is not None else Decimal(0)
    completed = len(_completions(case, found))
    return ListSeen(
        rows=len(found.members),
        good=len(found.good),
        bad=len(found.bad),
        known=sum(1 for one in found.members if one.known),
        completed=completed,
        columns=[word("list_column", column) for column in found.columns],
        problems=[(one.number, _cells(one, found)) for one in found.bad],
        notices=[*found.notices, *_say_joined(found)],
        total=show_money(found.total),
        said_total=show_money(said),
        difference=show_money(abs(apart)) if apart else "",
        amount_now=show_money(case.amount),
        amount_then=show_money(_amount_then(case, found)),
        representatives=word("page", "comma").join(representatives_said(found)) if chosen is None else chosen,
        offer=_offer_amount(case, found),
        button=name_press(len(found.good), completed),
        rows_good=[_show_good(one) for one in found.good],
    )


def _say_joined(found: ClaimList) -> list[str]:
    if not found.joined:
        return []
    names = word("page", "comma").join(found.joined[:10])
    return [word("page", "list_joined").format(count=len(found.joined), names=names)]


def name_press(new: int, completed: int) -> str:
    """What the last button does: bring people in, complete those who are there, or both."""
    if new and completed:
        return word("page", "list_bring_in_both").format(count=new, completed=completed)
    return word("page", "list_bring_in" if new else "list_complete").format(count=new or completed)


def say_done(new: int, completed: int) -> str:
    """What the next page says was done."""
    said = [word("page", "list_done").format(count=new)] if new else []
    if completed:
        said.append(word("page", "list_completed_done").format(count=completed))
    return " ".join(said)


def _show_good(one: Member) -> GoodRow:
    said = one.cells.get("representative", "")
    return GoodRow(
        one.data["name"],
        str(one.data.get("id_number", ""))[-4:],
        mask_phone(str(one.data.get("phone", ""))),
        show_money(one.data.get("claim_amount")),
        word("page", "list_is_elected") if said in YES else "" if said in NOT_ELECTED else said,
    )


def _offer_amount(case: Case, found: ClaimList) -> AmountOffer | None:
    """Ticked only where the sum is known of everybody and lowers nothing; not offered where it says nothing."""
    then = _amount_then(case, found)
    if then <= 0 or then == case.amount:
        return None
    completed = {row["party"] for row in _completions(case, found) if row.get("claim_amount")}
    lacking = [one for one in found.good if not one.data.get("claim_amount")]
    here = [row for row in case.parties if row.role == "applicant"]
    lacking_here = [row for row in here if not row.claim_amount and row.ref not in completed]
    if without := len(lacking) + len(lacking_here):
        return AmountOffer(False, word("page", "list_offer_lacking").format(count=without))
    if found.bad:
        return AmountOffer(False, word("page", "list_offer_bad").format(count=len(found.bad)))
    if then < (case.amount or 0):
        return AmountOffer(False, word("page", "list_offer_lower"))
    return AmountOffer(True)


def _cells(one: Member, found: ClaimList) -> list[CellSeen]:
    columns = list(found.columns) + [name for name in one.faults if name not in found.columns]
    return [
        CellSeen(
            word("list_column", name),
            _masked(name, one.cells.get(name, "").replace(LOST, "…"), name in one.faults),
            one.faults.get(name, ""),
        )
        for name in columns
    ]


def _masked(name: str, text: str, wrong: bool) -> str:
    # The row's number says which it is; a number in full stands in the file and on no page.
    if name == "id_number" and len(text) > 12:
        return mask_id_number(text)
    return mask_phone(text) if name == "phone" and not wrong else text


def _amount_then(case: Case, found: ClaimList) -> Decimal:
    completed = {row["party"]: row.get("claim_amount") for row in _completions(case, found)}
    here = [party.claim_amount or completed.get(party.ref) or Decimal(0) for party in case.parties]
    return sum(here, Decimal(0)) + found.total


def _completions(case: Case, found: ClaimList) -> list[dict[str, Any]]:
    """What the list says of those who are parties already and was not known of them."""
    rows = []
    for one in found.members:
        party = case.party(one.known) if one.known and not one.faults else None
        if party is None:
            continue
        more = {
            name: one.data[name]
            for name in ("claim_amount", "id_number", "phone", "address")
            if one.data.get(name) and not getattr(party, name)
        }
        if more:
            rows.append({"party": party.ref, **more})
    return rows


def facts_of(
    case: Case, found: ClaimList, representatives: str, *, with_amount: bool
) -> tuple[dict[str, Any], list[str]]:
    """What the step is told, and what stands against it in words."""
    errors = []
    if found.said_total is not None and found.whole_total not in (None, found.said_total):
        apart = abs((found.whole_total or Decimal(0)) - found.said_total)
        errors.append(word("page", "list_open").format(difference=show_money(apart)))
    completes = _completions(case, found)
    rows = [{**one.data, "representative": one.cells.get("representative", "")} for one in found.good]
    if not rows and not completes:
        errors.append(word("page", "list_nobody"))
    chosen = [name for name in _BETWEEN.split(join_in_line(representatives)) if name]
    here = {party.name: party.ref for party in case.parties if party.role == "applicant"}
    if len(chosen) > 5:
        errors.append(word("page", "list_too_many_elected"))
    if unknown := name_representatives(rows, chosen, here):
        errors.append(word("page", "list_unknown_elected").format(names=word("page", "comma").join(unknown)))
    facts: dict[str, Any] = {"parties": rows, "completes": completes}
    facts["total"] = found.total + sum(
        (row.get("claim_amount") or Decimal(0) for row in completes), Decimal(0)
    )
    facts["people"] = sum(1 for party in case.parties if party.role == "applicant") + len(rows)
    if with_amount and _offer_amount(case, found) is not None:
        facts["amount"] = _amount_then(case, found)
    return facts, errors
