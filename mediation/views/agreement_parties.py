"""The first section of writing an agreement: who the parties are.  What is kept of them is completed, never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from mediation.language import spoken, word
from mediation.masking import mask_id_number, mask_phone
from mediation.models import Case, Party
from mediation.views.party_helpers import RowsShown, helper_changes, known, show_helpers
from workflows.ages import age_on
from workflows.readiness import is_young, needs_guardian


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
    #: Why somebody has to sign for the party, where nobody is written down yet who does.
    why_guardian: str
    values: dict[str, str]
    guardians: RowsShown
    agents: RowsShown
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """How the names of its fields begin."""
        return f"p-{self.place}-"

    @property
    def seldom_open(self) -> bool:
        """Whether anything is typed, or wrong, in what is seldom changed: it must not be folded away."""
        wrong = any(self.errors.get(name) for name in ("name", "phone", "id_type"))
        return wrong or bool(self.values["phone"]) or self.values["name"] != self.name


def list_order(case: Case) -> list[tuple[str, str, str]]:
    """The parties as the papers name them: by what a step knows them, the name, the role."""
    return [(party.ref, party.name, word("party_role", party.role)) for party in case.parties]


def show_parties(case: Case, today: date, typed: MultiDict[str, str] | None = None) -> list[PartyForm]:
    """Every party in its order; `typed`: what stood in the fields that were sent."""
    return [_show(place, party, case, today, typed) for place, party in enumerate(case.parties)]


def _show(place: int, party: Party, case: Case, today: date, typed: MultiDict[str, str] | None) -> PartyForm:
    values = first_values(party, case)
    if typed is not None:
        values = {name: typed.get(f"p-{place}-{name}", "") for name in values}
    guardians, agents = (show_helpers(party, place, kind, typed) for kind in ("guardians", "agents"))
    filled = any(row.filled for row in guardians.rows)
    return PartyForm(
        place=place,
        role=word("party_role", party.role),
        name=party.name,
        is_person=party.kind == "person",
        derived=describe(party, age_of(party, today)),
        kept_id=mask_id_number(party.id_number) if party.id_number else "",
        kept_phone=mask_phone(party.phone) if party.phone else "",
        has_address=bool(party.address),
        why_guardian="" if filled else why_guardian(party, today),
        values=values,
        guardians=guardians,
        agents=agents,
    )


def age_of(party: Party, on: date) -> int | None:
    """The party's age that day; None where no day of birth is known, or none that can be right."""
    return age_on(party.birth_date, on) if party.birth_date and party.birth_date <= on else None


def why_guardian(party: Party, on: date) -> str:
    """Why a guardian signs for the party though none is on record: its age, or its capacity; otherwise empty."""
    age, page = age_of(party, on), spoken("desk")
    if party.guardians or not needs_guardian(age, party.capacity):
        return ""
    if is_young(age):
        return str(page["guardian_for_minor"]).format(name=party.name, age=age)
    capacity = word("capacity", party.capacity)
    return str(page["guardian_for_capacity"]).format(name=party.name, capacity=capacity)


def first_minor(case: Case, places: Iterable[int], on: date) -> int | None:
    """The first of these parties for whom somebody has to sign whom nobody has written down."""
    return next((place for place in places if why_guardian(case.parties[place], on)), None)


def describe(party: Party, age: int | None) -> str:
    """“男，1962年3月生，64岁”: what the number says of its owner."""
    if party.birth_date is None or age is None:
        return ""
    said = str(spoken("desk")["recognised"])
    told = said.format(
        gender=word("gender", party.gender), year=party.birth_date.year, month=party.birth_date.month, age=age
    )
    return told.lstrip("，, ")  # a birth date may be known without the gender


def first_values(party: Party, case: Case) -> dict[str, str]:
    """What the fields hold before anybody types: nothing that is kept encrypted, the village for a missing address."""
    return {
        "name": party.name,
        "id_type": party.id_type or ("resident_id" if party.kind == "person" else "uscc"),
        "id_number": "",
        "phone": "",
        "address": "" if party.address or party.kind != "person" else case.holder.name,
        "legal_name": party.legal_representative or "",
        "legal_title": party.legal_representative_title or "",
    }


def read_changes(case: Case, form: MultiDict[str, str]) -> list[tuple[int, dict[str, Any]]]:
    """For each party of which something was typed that is not kept already: its place, and the step's data."""
    found = []
    for place, party in enumerate(case.parties):
        changes = _changes(party, {n: form.get(f"p-{place}-{n}") for n in first_values(party, case)})
        changes |= helper_changes(party, place, form)
        if changes:
            found.append((place, {"party": party.ref, "kind": party.kind, **changes}))
    return found


def _changes(party: Party, sent: Mapping[str, str | None]) -> dict[str, Any]:
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
        changes["legal_representative"] = known({"name": said["legal_name"], "title": said["legal_title"]})
    return {name: value for name, value in changes.items() if value is not None}


#: A field of the step's payload → the field of the page.
FIELD_OF = {"legal_representative": "legal_name", "birth_date": "id_number"}
HELPER = re.compile(r"(agents|guardians)(?:\[([0-9]+)\])?(?:\.(\w+))?")


#: The fields of the step's payload in the order in which the page asks for them.
ON_PAGE = ("id_number", "legal_representative", "address", "guardians", "agents", "name", "phone", "id_type")


def in_page_order(faults: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The faults of one party from the top of the page to its foot."""

    def place(fault: tuple[str, str, str]) -> int:
        name = re.split(r"[.\[]", fault[0])[0]
        return ON_PAGE.index(name) if name in ON_PAGE else 0

    return sorted(faults, key=place)


def place_fault(place: int, fault: tuple[str, str, str], parties: list[PartyForm]) -> tuple[str, str]:
    """Put a fault (where, code, sentence) beside its field; returns where a link leads and the words of the summary."""
    (where, code, sentence), party = fault, parties[place]
    if found := HELPER.fullmatch(where):
        rows = party.agents if found[1] == "agents" else party.guardians
        link, sentence = rows.place_fault(int(found[2]) if found[2] else None, found[3] or "", code, sentence)
        return link, f"{party.name}：{sentence}"
    name = where.split(".")[0].split("[")[0]
    name = FIELD_OF.get(name, name)
    if name not in party.values:
        name = "name"
    party.errors[name] = sentence
    return f"p-{place}-{name}", f"{party.name}：{sentence}"
