"""Parties: entered as they are given, personal numbers encrypted and found by keyed hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mediation.identity import BORN_BY_NUMBER, birth_date_of, gender_of
from mediation.keys import KeyRing
from mediation.models import Case, Party, PartyHelper
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import say
from workflows import Change, Move

#: What may be corrected and shown in the history, and what is only said to have changed.
OPEN_FIELDS = ("name", "kind", "gender", "ethnicity", "birth_date", "id_type", "occupation", "capacity")
HIDDEN_FIELDS = ("id_number", "phone", "address")


LETTERS = {"applicant": "a", "respondent": "r"}


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
        phone_unsure=None if phone else data.get("phone_unsure"),
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
    return _free_ref({party.ref for party in case.all_parties}, {}, role)


def enter_list(case: Case, facts: Mapping[str, Any], keys: KeyRing) -> list[Party]:
    """Add a list of parties; `represented_by` may name a party of the case or a member of the list by its ref.

    A ref of the list that somebody of the case has already is given out anew, for all who name it.  The case's amount
    and number of people follow where the facts say them, and its title where it is still the usual one.
    """
    titled_so = case.title == _usual_title(case)
    taken, counts = {party.ref for party in case.all_parties}, dict[str, int]()
    rows = [dict(row) for row in facts.get("parties") or ()]
    new: dict[str, str] = {}
    for row in rows:
        ref = str(row.get("ref") or "")
        row["ref"] = ref if ref and ref not in taken else _free_ref(taken, counts, row["role"])
        taken.add(row["ref"])
        new[ref or row["ref"]] = row["ref"]
    for row in rows:
        chosen = row.get("represented_by")
        row["represented_by"] = new.get(str(chosen), chosen) if chosen else None
    joined = [enter_party(case, row, keys) for row in rows]
    for row in facts.get("completes") or ():
        _complete(case.party(row["party"]), row, keys)
    for name in ("amount", "people"):
        if facts.get(name) is not None:
            setattr(case, name, facts[name])
    if titled_so:
        case.title = _usual_title(case)
    return joined


def _complete(party: Party | None, row: Mapping[str, Any], keys: KeyRing) -> None:
    """Fill in what was not known of a party; what was known stays."""
    for name in ("claim_amount", "id_number", "phone", "address"):
        value = row.get(name)
        if party is None or not value or getattr(party, name):
            continue
        setattr(party, name, value)
        if name in ("id_number", "phone"):
            setattr(party, f"{name}_hash", keys.fingerprint(value))
        if name == "phone":
            party.phone_unsure = None
        if name == "id_number" and not party.id_type:
            party.id_type = "resident_id"


def _free_ref(taken: set[str], counts: dict[str, int], role: str) -> str:
    letter = LETTERS.get(role, "t")
    while True:
        counts[letter] = counts.get(letter, 0) + 1
        if (ref := f"{letter}{counts[letter]}") not in taken:
            return ref


def sides(case: Case, refs: Sequence[str]) -> list[Party]:
    """The parties with these refs, in that order; unknown refs were refused before."""
    return [party for ref in refs if (party := case.party(ref)) is not None]


def title_of(case_parties: Sequence[Mapping[str, Any]], type_word: str) -> str:
    """“王建国与李志刚邻里纠纷”, with 等n人 where a side is a group."""

    def side(applicants: bool) -> str:
        names = [row["name"] for row in case_parties if (row["role"] == "applicant") == applicants]
        return names[0] + (f"等{len(names)}人" if len(names) > 1 else "") if names else "？"

    return f"{side(True)}与{side(False)}{kind_in_title(type_word)}"


def kind_in_title(type_word: str) -> str:
    """How such a title ends."""
    return f"{type_word}纠纷"


def correct_party(case: Case, facts: Mapping[str, Any], keys: KeyRing) -> None:
    """Put right what a party's data lack or had wrong; what is left out stays as it is."""
    party = case.party(str(facts.get("party", "")))
    if party is None:
        return
    titled_so = case.title == _usual_title(case)
    for name, value in _wanted(facts).items():
        setattr(party, name, value)
    for name in ("id_number", "phone"):
        if value := facts.get(name):
            setattr(party, f"{name}_hash", keys.fingerprint(value))
    if facts.get("phone"):
        party.phone_unsure = None
    if legal := facts.get("legal_representative"):
        party.legal_representative, party.legal_representative_title = legal["name"], legal.get("title")
    for kind, field in (("agent", "agents"), ("guardian", "guardians")):
        if facts.get(field) is not None:
            kept = [helper for helper in party.helpers if helper.kind != kind]
            party.helpers = [*kept, *_helpers(kind, _with_phones(party, kind, facts[field]))]
    if titled_so:
        case.title = _usual_title(case)


def put_in_order(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `order_parties`: the papers name them in this order from now on."""
    places = sorted(party.position for party in case.parties)
    for place, party in zip(places, sides(case, move.get("parties", ())), strict=True):
        party.position = place
    case.all_parties.sort(key=lambda party: party.position)


def _wanted(facts: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name: facts[name] for name in (*OPEN_FIELDS, *HIDDEN_FIELDS) if facts.get(name) not in (None, "")
    }
    if "id_number" in found and found.get("id_type") in BORN_BY_NUMBER:
        # The number itself says when somebody was born; nobody types it a second time (GB 11643).
        found["birth_date"], found["gender"] = (
            birth_date_of(found["id_number"]),
            gender_of(found["id_number"]),
        )
    return found


def _with_phones(party: Party, kind: str, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    # A page never shows a number that is kept: a helper who is named again keeps the one he has.
    before = [helper for helper in party.helpers if helper.kind == kind]
    return [{**row, "phone": row.get("phone") or phone_kept(before, row["name"])} for row in rows]


def phone_kept(before: Sequence[PartyHelper], name: str) -> str | None:
    """The phone that an agent or a guardian of this name goes on having; None where there is none.

    before: those who are kept.  Any other name, though it differs by a stroke, is somebody else, a brother perhaps, and
    never gets the number of the one who went.
    """
    same = [helper for helper in before if helper.name == name]
    return same[0].phone if len(same) == 1 else None


def _usual_title(case: Case) -> str:
    rows = [{"role": party.role, "name": party.name} for party in case.all_parties]
    return title_of(rows, say("dispute_type", case.dispute_type))


def tell_changes(case: Case, move: Move) -> dict[str, Any]:
    """What a correction changes, for the history: before and after, personal numbers only by their name."""
    party = case.party(move.text("party"))
    if party is None:
        return {}
    changes: list[dict[str, Any]] = []
    for name, value in _wanted(move.facts).items():
        before = getattr(party, name)
        if before == value:
            continue
        if name in HIDDEN_FIELDS:
            changes.append({"field": name, "hidden": True})
        else:
            changes.append({"field": name, "before": before, "after": value})
    if (legal := move.get("legal_representative")) and legal["name"] != party.legal_representative:
        changes.append(
            {"field": "legal_representative", "before": party.legal_representative, "after": legal["name"]}
        )
    for field, helpers in (("agents", party.agents), ("guardians", party.guardians)):
        if (rows := move.get(field)) is not None:
            before = "、".join(helper.name for helper in helpers)
            after = "、".join(row["name"] for row in rows)
            if before != after:
                changes.append({"field": field, "before": before, "after": after})
    return {"changes": changes}
