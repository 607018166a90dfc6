"""A case back into a case file: parties from their rows, events from the history; read in, it is the case again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, object_session

from mediation.casefile import FORMAT
from mediation.models import Case, Entry, Organisation, Party, PartyHelper
from mediation.numbering import NumberError, parse_case_number
from mediation.payloads import STEPS
from workflows.steps import SHANGHAI

_PARTY_FIELDS = (
    "ref", "role", "kind", "name", "gender", "ethnicity", "birth_date", "id_type", "id_number", "phone", "phone_unsure",
    "address", "occupation", "claim_amount", "capacity", "represented_by",
)  # fmt: skip


def find_case(session: Session, number: str) -> Case | None:
    """A case by its number on papers, however its brackets and zeros were typed, or by its public number."""
    wanted = {number.strip()}
    with suppress(NumberError):
        wanted.add(str(parse_case_number(number)))
    return session.scalar(
        select(Case).where(or_(Case.case_no.in_(sorted(wanted)), Case.public_number.in_(sorted(wanted))))
    )


def write_case(case: Case) -> dict[str, Any]:
    """The case as `mediation-case/1`, personal numbers in full.  What is not known is left out."""
    filed = case.entries[0].facts
    filed_parties = case.all_parties[: len(filed.get("parties", ()))]
    joined = iter(case.all_parties[len(filed_parties) :])
    file = {
        "format": FORMAT,
        "external_id": case.external_id,
        "organization": case.filed_with.code,
        "source": case.source,
        "dispute_type": case.dispute_type,
        "title": case.title,
        "facts": case.facts,
        "claims": case.claims,
        "amount": case.amount,
        "people": case.people,
        "filed_at": case.filed_at,
        # Not the case's own: accepting may have decided it, and will again.
        "closed_session": filed.get("closed_session"),
        "parties": [_party(party) for party in filed_parties],
        "events": [
            _event(entry, case, list(islice(joined, _how_many_joined(entry))))
            for entry in case.entries
            if entry.step in STEPS  # filing is the file itself, and what the system did it will do again
        ],
    }
    return {key: _plain(value) for key, value in file.items() if value is not None}


def _how_many_joined(entry: Entry) -> int:
    if entry.step == "add_parties":
        return len(entry.facts.get("parties", ()))
    return int(entry.step == "add_party")


def _event(entry: Entry, case: Case, joined: list[Party]) -> dict[str, Any]:
    known = {field.data_key or name for name, field in STEPS[entry.step]().fields.items()}
    facts: dict[str, Any] = {key: value for key, value in entry.facts.items() if key in known}
    if entry.step == "add_parties":
        facts["parties"] = [_party(party) for party in joined]
    elif joined:
        facts["party"] = _party(joined[0])
    if entry.step in ("arrive", "respond", "decline_referral"):
        facts |= _of_department(entry, case, facts)
    if entry.step == "take_up" and entry.organisation_id is not None:
        facts.setdefault("to", _code_of(entry))  # a file is taken as by the office next above
    if entry.step == "follow_up" and entry.user_id is not None:
        facts.setdefault("visitor", entry.by_name)  # a file has no user; the visitor would be lost
    return {"do": entry.step, "at": entry.at, **facts}


def _of_department(entry: Entry, case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Which department it was, who of it and on what phone: a file has no users, and the history no numbers."""
    found: dict[str, Any] = {}
    if "referral" not in facts and "department" not in facts and entry.organisation_id is not None:
        rows = [row for row in case.referrals if row.department_id == entry.organisation_id]
        found |= {"department": rows[0].department.code} if rows and rows[0].department else {}
    for row in case.referrals if entry.step != "decline_referral" else ():
        if entry.at in (row.arrived_at, row.answered_at) and row.handler:
            found |= _known({"handler": row.handler, "phone": row.handler_phone})
    return found


def _code_of(entry: Entry) -> str | None:
    session = object_session(entry)
    place = session.get(Organisation, entry.organisation_id) if session else None
    return place.code if place else None


def _party(party: Party) -> dict[str, Any]:
    data: dict[str, Any] = {name: getattr(party, name) for name in _PARTY_FIELDS}
    data["agents"] = [_helper(helper) for helper in party.agents]
    data["guardians"] = [_helper(helper) for helper in party.guardians]
    if party.legal_representative:
        data["legal_representative"] = _known(
            {"name": party.legal_representative, "title": party.legal_representative_title}
        )
    return _known(data)


def _helper(helper: PartyHelper) -> dict[str, Any]:
    return _known(
        {
            "name": helper.name,
            "authority": helper.authority,
            "relation": helper.relation,
            "phone": helper.phone,
        }
    )


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None and value != []}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
