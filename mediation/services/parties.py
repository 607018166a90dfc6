"""Parties: entered as they are given, personal numbers encrypted and found by keyed hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mediation.keys import KeyRing
from mediation.models import Case, Party, PartyHelper


def enter_party(case: Case, data: Mapping[str, Any], keys: KeyRing) -> Party:
    """Add a party to a case; the data have been checked by the schema."""
    legal = data.get("legal_representative") or {}
    id_number, phone = data.get("id_number"), data.get("phone")
    party = Party(
        ref=data.get("ref") or next_ref(case, data["role"]),
        position=len(case.all_parties) + 1,
        role=data["role"],
        kind=data["kind"],
        name=data["name"],
        gender=data.get("gender"),
        ethnicity=data.get("ethnicity"),
        birth_date=data.get("birth_date"),
        id_type=data.get("id_type"),
        id_number=id_number,
        id_number_hash=keys.fingerprint(id_number) if id_number else None,
        phone=phone,
        phone_hash=keys.fingerprint(phone) if phone else None,
        address=data.get("address"),
        occupation=data.get("occupation"),
        claim_amount=data.get("claim_amount"),
        capacity=data.get("capacity"),
        represented_by=data.get("represented_by"),
        legal_representative=legal.get("name"),
        legal_representative_title=legal.get("title"),
    )
    party.helpers = [
        *_helpers("agent", data.get("agents") or ()),
        *_helpers("guardian", data.get("guardians") or ()),
    ]
    case.all_parties.append(party)
    return party


def _helpers(kind: str, rows: Sequence[Mapping[str, Any]]) -> list[PartyHelper]:
    return [
        PartyHelper(
            kind=kind,
            name=row["name"],
            authority=row.get("authority"),
            relation=row.get("relation"),
            phone=row.get("phone"),
        )
        for row in rows
    ]


def next_ref(case: Case, role: str) -> str:
    """a1, a2 … for applicants, r1 … for respondents, t1 … for third parties; never used twice."""
    letter = {"applicant": "a", "respondent": "r"}.get(role, "t")
    taken = {party.ref for party in case.all_parties}
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def sides(case: Case, refs: Sequence[str]) -> list[Party]:
    """The parties with these refs, in that order; unknown refs were refused before."""
    return [party for ref in refs if (party := case.party(ref)) is not None]


def title_of(case_parties: Sequence[Mapping[str, Any]], type_word: str) -> str:
    """“王建国与李志刚邻里纠纷”, with 等n人 where a side is a group."""

    def side(applicants: bool) -> str:
        names = [row["name"] for row in case_parties if (row["role"] == "applicant") == applicants]
        return names[0] + (f"等{len(names)}人" if len(names) > 1 else "") if names else "？"

    return f"{side(True)}与{side(False)}{type_word}纠纷"
