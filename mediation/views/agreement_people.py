"""The check page, first part: who the parties are, each answer with the way to the very field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from mediation.language import spoken, word
from mediation.masking import mask_address, mask_id_number, mask_phone
from mediation.models import Case, Party, PartyHelper
from mediation.views.agreement_check import Answer
from mediation.views.agreement_parties import age_of, describe, why_guardian

#: With more parties than this each of them is one line.
MANY = 12


@dataclass(frozen=True)
class PartyAnswers:
    """A party, and what was answered of it."""

    title: str
    name: str
    rows: list[Answer]


def list_people(case: Case, on: date) -> list[PartyAnswers]:
    """Every party in the order of the papers; numbers are masked as on every page."""
    return [
        PartyAnswers(
            f"{word('party_role', party.role)} {party.name}", party.name, list(_rows(place, party, on))
        )
        for place, party in enumerate(case.parties)
    ]


def list_briefly(case: Case, on: date) -> list[Answer]:
    """The same of a large group: one line a party."""
    return [
        Answer(people.title, " · ".join(row.said for row in people.rows), _to(party, f"party-{place}"))
        for place, (party, people) in enumerate(zip(case.parties, list_people(case, on), strict=True))
    ]


def _to(party: Party, anchor: str) -> str:
    number = party.case.public_number
    return url_for("agreement.parties", number=number, back="check", at=anchor, _anchor=anchor)


def _rows(place: int, party: Party, on: date) -> Iterator[Answer]:
    page, person = spoken("desk"), party.kind == "person"
    none = str(page["not_filled_in"])

    def answer(name: str, said: str, field: str) -> Answer:
        return Answer(name, said or none, _to(party, f"p-{place}-{field}"))

    kind = word("id_type", party.id_type) if party.id_type and party.id_type != "resident_id" else ""
    label = kind or str(page["id_card"]) if person else str(page["credit_code"])
    number = mask_id_number(party.id_number) if party.id_number else none
    told = describe(party, age_of(party, on)) or (word("gender", party.gender) if person else "")
    yield answer(label, f"{number}　{told}".strip(), "id_number")
    if not person:
        said = " ".join(filter(None, (party.legal_representative, party.legal_representative_title)))
        yield answer(str(page["legal_name"]), said, "legal_name")
    yield answer(
        str(page["home_address" if person else "unit_address"]), mask_address(party.address or ""), "address"
    )
    phone = mask_phone(party.phone) if party.phone else str(page["no_phone_left"])
    yield answer(str(page["phone_of_party"]), phone, "phone")
    if why_guardian(party, on):
        yield answer(word("helper", "guardian"), "", "guardians-0-name")
    for kind, several in (("guardian", party.guardians), ("agent", party.agents)):
        for no, one in enumerate(several):
            name = word("helper", kind) + (f" {no + 1}" if len(several) > 1 else "")
            yield answer(name, _helper(one), f"{kind}s-{no}-name")


def _helper(one: PartyHelper) -> str:
    about = word("authority", one.authority) if one.kind == "agent" else one.relation or ""
    phone = f" {mask_phone(one.phone)}" if one.phone else ""
    return one.name + (str(spoken("desk")["in_brackets"]).format(what=about) if about else "") + phone
