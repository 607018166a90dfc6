"""Case files: what goes in comes out again, and what the law bars stays out, with the place named and nothing kept."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.offices import OTHER_TOWN, TOWN, Office, found_office

CaseFile = dict[str, Any]
MONEY = {"amount", "claim_amount"}


def normalise(value: Any, key: str = "") -> Any:
    """A case file with amounts to two places and moments without regard to their offset."""
    if isinstance(value, dict):
        return {name: normalise(item, name) for name, item in value.items() if item not in ([], None)}
    if isinstance(value, list):
        return [normalise(item) for item in value]
    if key in MONEY:
        return f"{Decimal(str(value)):.2f}"
    if key in ("at", "filed_at"):
        return datetime.fromisoformat(value).timestamp()
    return value


def test_every_case_goes_in(busy_office: Office, cases: dict[str, CaseFile]) -> None:
    states = dict(busy_office.ask("SELECT external_id, state FROM cases"))
    assert set(states) == set(cases)
    assert states["wages"] == "performing"
    assert states["title"] == "not_accepted"


@pytest.mark.parametrize(
    "name", ["eaves", "wages", "school-injury", "support", "pond", "title", "shop", "delegated"]
)
def test_a_case_comes_out_as_it_went_in(busy_office: Office, cases: dict[str, CaseFile], name: str) -> None:
    [(number,)] = busy_office.ask("SELECT case_no FROM cases WHERE external_id = :name", name=name)
    [exported] = busy_office.export_cases(number)
    assert normalise(exported) == normalise(cases[name])


def test_what_came_out_goes_into_another_office_and_is_the_same_case(
    busy_office: Office, tmp_path: Any
) -> None:
    numbers = [number for (number,) in busy_office.ask("SELECT case_no FROM cases ORDER BY id")]
    exported = busy_office.export_cases(*numbers)
    second = found_office(tmp_path / "second")
    try:
        second.import_cases(*exported)
        assert second.export_cases(*numbers) == exported
        for table in ("payments", "signatures", "grants", "deadlines", "documents", "attendances"):
            query = f"SELECT count(*) FROM {table}"
            assert second.ask(query) == busy_office.ask(query)
    finally:
        second.close()


def test_a_case_already_in_is_reported_and_not_doubled(
    busy_office: Office, cases: dict[str, CaseFile]
) -> None:
    before = busy_office.count_rows()
    [answer] = busy_office.import_cases(cases["wages"])
    assert (answer["state"], answer["errors"], answer["tracking"]) == ("performing", [], [])
    assert busy_office.count_rows() == before


def test_one_external_id_in_two_committees_is_two_cases(office: Office, cases: dict[str, CaseFile]) -> None:
    office.import_cases(cases["eaves"], {**cases["eaves"], "organization": TOWN})
    assert office.ask("SELECT count(*) FROM cases") == [(2,)]


Change = Callable[[CaseFile], None]


def at(path: str, value: Any) -> Change:
    """Set what a path like `events.4.clauses.0.amount` leads to; `...` removes it."""

    def change(case: CaseFile) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        inner: Any = case
        for part in way:
            inner = inner[part]
        if value is ...:
            del inner[last]
        else:
            inner[last] = value

    return change


def until(count: int, *more: CaseFile) -> Change:
    """Keep only the first events, and go on with others."""

    def change(case: CaseFile) -> None:
        case["events"] = [*case["events"][:count], *more]

    return change


def event(do: str, at: str, **facts: Any) -> CaseFile:
    """An event in China's time."""
    return {"do": do, "at": f"{at}:00+08:00", **facts}


APPLY = {"do": "apply_confirmation", "court": "新邵县人民法院"}
REFUSALS: dict[str, tuple[str, Change, str, str]] = {
    "an unknown field": ("eaves", at("colour", "red"), "colour", "unknown_field"),
    "an unknown field of an event": ("eaves", at("events.1.weather", "rain"), "events[1].weather", "unknown_field"),
    "an unknown step": ("eaves", at("events.1.do", "dance"), "events[1].do", ""),
    "a wrong format": ("eaves", at("format", "mediation-case/2"), "format", ""),
    "an id number with a wrong check digit": (
        "eaves", at("parties.0.id_number", "430522197001151229"), "parties[0].id_number", "id_checksum"),
    "a birth date that is not the number's": (
        "eaves", at("parties.0.birth_date", "1971-01-15"), "parties[0].id_number", "id_mismatch_birth"),
    "an amount in words": ("wages", at("amount", "两万"), "amount", "bad_amount"),
    "a moment without an offset": ("eaves", at("filed_at", "2026-03-02T09:00:00"), "filed_at", "bad_time"),
    "an unknown organisation": ("eaves", at("organization", "999999"), "organization", "organization_unknown"),
    "an unknown party": ("eaves", at("events.1.attended", ["a1", "r7"]), "events[1].attended", ""),
    "an unknown party in a clause": (
        "eaves", at("events.2.clauses.0.obligors", ["x9"]), "events[2].clauses[0].obligors", ""),
    "a missing consent when accepting": ("eaves", at("events.0.consents", ["a1"]), "events[0]", ""),
    "escalating too early": (
        "wages", until(3, event("escalate", "2026-01-08T15:00", ground="attempts_exhausted", reason="急。")),
        "events[3]", ""),
    "escalating past a level": (
        "wages", at("events.4.to", "430522000000"), "events[4].to", "not_the_next_level"),
    "escalating to another town": ("wages", at("events.4.to", OTHER_TOWN), "events[4].to", "not_the_next_level"),
    "an oral agreement where writing is required": ("wages", at("events.10.form", "oral"), "events[10]", ""),
    "instalments that do not add up": (
        "wages", at("events.10.clauses.0.installments.1.amount", "11200.00"),
        "events[10].clauses[0].installments", "sum_mismatch"),
    "shares that do not add up": (
        "wages", at("events.10.clauses.0.shares.0.amount", "9000.01"), "events[10].clauses[0].shares", "sum_mismatch"),
    "confirmation without all signatures": (
        "wages", until(12, event("apply_confirmation", "2026-01-20T09:00", court="新邵县人民法院")), "events[12]", ""),
    "confirmation after the window": ("wages", at("events.13.at", "2026-03-20T09:00:00+08:00"), "events[13]",
                                      "window_closed"),
    "confirmation that not all ask for": ("wages", at("events.13.consents", ["a1"]), "events[13]", ""),
    "confirmation of a clause about status": (
        "shop", at("events.4.clauses.1", {"text": "双方解除收养关系。", "kind": "status"}), "events[6]", ""),
    "a payment beyond the promise": ("shop", at("events.10.amount", "8000.01"), "events[10].amount", ""),
    "a payment of a clause that is not there": ("shop", at("events.10.clause", 9), "events[10].clause", ""),
    "a child under fourteen without a guardian": (
        "school-injury", at("parties.0.guardians", ...), "parties[0].guardians", ""),
    "something dated before what came before it": (
        "eaves", at("events.1.at", "2026-03-01T09:00:00+08:00"), "events[1].at", "before_the_last"),
    "closing with a debt and no reason": (
        "support", until(7, event("close", "2026-03-06T09:00")), "events[7]", ""),
    "a name that hides a direction mark": (
        "eaves", at("parties.0.name", "甄\u202e某"), "parties[0].name", "bidi_control"),
}  # fmt: skip


@pytest.mark.parametrize("rule", REFUSALS)
def test_what_the_law_or_the_form_bars_stays_out(
    office: Office, cases: dict[str, CaseFile], rule: str
) -> None:
    name, change, where, code = REFUSALS[rule]
    case = copy.deepcopy(cases[name])
    change(case)
    before = office.count_rows()
    [answer] = office.import_cases(case, expect=1)
    assert answer["case_no"] is None
    assert answer["tracking"] == []
    faults = answer["errors"]
    assert any(fault["where"].startswith(where) for fault in faults), faults
    assert not code or code in {fault["code"] for fault in faults}, faults
    for fault in faults:
        assert fault["code"], fault
        assert any("\u4e00" <= sign <= "\u9fff" for sign in fault["message"]), fault
    assert office.count_rows() == before, "something of a refused case was kept"


def test_every_fault_of_a_form_is_told_at_once(office: Office, cases: dict[str, CaseFile]) -> None:
    case = {**cases["eaves"], "colour": "red", "filed_at": "yesterday", "source": "rumour"}
    [answer] = office.import_cases(case, expect=1)
    assert {fault["where"] for fault in answer["errors"]} >= {"colour", "filed_at", "source"}


def test_a_refused_case_leaves_its_numbers_to_the_next(office: Office, cases: dict[str, CaseFile]) -> None:
    bad = copy.deepcopy(cases["shop"])
    bad["events"][-2]["amount"] = "9999999.00"
    first, second = office.import_cases(bad, cases["shop"], expect=1)
    assert first["errors"]
    assert second["case_no"].endswith("第0001号")
