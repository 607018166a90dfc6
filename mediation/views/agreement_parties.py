"""The first section of writing an agreement: who the parties are.  What is kept of them is completed, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from mediation.language import spoken, word
from mediation.masking import mask_id_number, mask_phone
from mediation.models import Case, Party, PartyHelper
from workflows.ages import age_on

ADULT = 18


@dataclass
class PartyForm:
    """One party's fields; the kept ones come masked, beside an empty field that only takes a change."""

    place: int
    role: str
    name: str
    is_person: bool
    derived: str
    kept_id: str
    kept_phone: str
    has_address: bool
    needs_guardian: bool
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """How the names of its fields begin."""
        return f"p-{self.place}-"


def show_parties(case: Case, today: date, typed: Mapping[str, str] | None = None) -> list[PartyForm]:
    """Every party in its order; `typed`: what stood in the fields that were sent."""
    return [_show(place, party, case, today, typed) for place, party in enumerate(case.parties)]


def _show(place: int, party: Party, case: Case, today: date, typed: Mapping[str, str] | None) -> PartyForm:
    values = first_values(party, case)
    if typed is not None:
        values = {name: typed.get(f"p-{place}-{name}", "") for name in values}
    age = age_on(party.birth_date, today) if party.birth_date and party.birth_date <= today else None
    return PartyForm(
        place=place,
        role=word("party_role", party.role),
        name=party.name,
        is_person=party.kind == "person",
        derived=describe(party, age),
        kept_id=mask_id_number(party.id_number) if party.id_number else "",
        kept_phone=mask_phone(party.phone) if party.phone else "",
        has_address=bool(party.address),
        needs_guardian=age is not None and age < ADULT and not party.guardians,
        values=values,
    )


def describe(party: Party, age: int | None) -> str:
    """“男，1962年3月生，64岁”: what the number says of its owner."""
    if party.birth_date is None or age is None:
        return ""
    said = str(spoken("desk")["recognised"])
    return said.format(
        gender=word("gender", party.gender), year=party.birth_date.year, month=party.birth_date.month, age=age
    )


def first_values(party: Party, case: Case) -> dict[str, str]:
    """What the fields hold before anybody types: nothing that is kept encrypted, the village for a missing address."""
    agent, guardian = _first(party.agents), _first(party.guardians)
    return {
        "name": party.name,
        "id_type": party.id_type or ("resident_id" if party.kind == "person" else "uscc"),
        "id_number": "",
        "phone": "",
        "address": "" if party.address or party.kind != "person" else case.holder.name,
        "legal_name": party.legal_representative or "",
        "legal_title": party.legal_representative_title or "",
        "agent_name": agent.name if agent else "",
        "agent_authority": (agent.authority if agent else None) or "special",
        "agent_relation": (agent.relation if agent else None) or "",
        "guardian_name": guardian.name if guardian else "",
        "guardian_relation": (guardian.relation if guardian else None) or "",
    }


def _first(helpers: list[PartyHelper]) -> PartyHelper | None:
    return helpers[0] if helpers else None


def read_changes(case: Case, form: MultiDict[str, str]) -> list[tuple[int, dict[str, Any]]]:
    """For each party of which something was typed that is not kept already: its place, and the step's data."""
    found = []
    for place, party in enumerate(case.parties):
        changes = _changes(party, case, {n: form.get(f"p-{place}-{n}") for n in first_values(party, case)})
        if changes:
            found.append((place, {"party": party.ref, "kind": party.kind, **changes}))
    return found


def _changes(party: Party, case: Case, sent: Mapping[str, str | None]) -> dict[str, Any]:
    said = {name: " ".join((value or "").split()) for name, value in sent.items()}
    changes: dict[str, Any] = {name: said[name] for name in ("phone", "address") if said[name]}
    if said["name"] and said["name"] != party.name:
        changes["name"] = said["name"]
    if said["id_number"]:
        changes |= {"id_number": said["id_number"], "id_type": said["id_type"] or None}
    if said["legal_name"] and (said["legal_name"], said["legal_title"] or None) != (
        party.legal_representative,
        party.legal_representative_title,
    ):
        changes["legal_representative"] = _known({"name": said["legal_name"], "title": said["legal_title"]})
    changes |= _helper_changes(party, said)
    return {name: value for name, value in changes.items() if value is not None}


def _helper_changes(party: Party, said: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    agent = _known(
        {
            "name": said["agent_name"],
            "authority": said["agent_authority"] if said["agent_name"] else "",
            "relation": said["agent_relation"],
        }
    )
    guardian = _known({"name": said["guardian_name"], "relation": said["guardian_relation"]})
    for kind, typed, there in (("agents", agent, party.agents), ("guardians", guardian, party.guardians)):
        kept = [_plain(helper) for helper in there]
        if typed.get("name") and typed != (kept[0] if kept else None):
            found[kind] = [typed, *kept[1:]]
        elif not typed.get("name") and kept:
            found[kind] = kept[1:]
    return found


def _plain(helper: PartyHelper) -> dict[str, str]:
    return _known(
        {"name": helper.name, "authority": helper.authority or "", "relation": helper.relation or ""}
    )


def _known(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


#: A field of the step's payload → the field of the page.
FIELD_OF = {
    "legal_representative": "legal_name",
    "agents": "agent_name",
    "guardians": "guardian_name",
    "birth_date": "id_number",
}


def place_fault(place: int, where: str, sentence: str, parties: list[PartyForm]) -> tuple[str, str]:
    """Put a fault beside its field; returns where a link leads and the same words."""
    name = where.split(".")[0].split("[")[0]
    name = FIELD_OF.get(name, name)
    if name not in parties[place].values:
        name = "name"
    parties[place].errors[name] = sentence
    return f"p-{place}-{name}", f"{parties[place].name}：{sentence}"
