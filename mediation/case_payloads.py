"""What is filled in about a dispute and its parties: read by the page, the API and the case file alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from mediation.forms import Code, Day, Message, Payload, Text, Yuan, fault
from mediation.identity import IdentityError, check_identity_number, check_phone
from mediation.words import codes_of
from workflows.steps import SHANGHAI


def one_of(vocabulary: str, **more: Any) -> Code:
    """A code of a vocabulary of the words table."""
    return Code(vocabulary, codes_of(vocabulary), **more)


def refs(**more: Any) -> fields.List[Any]:
    """A list of parties' refs."""
    return fields.List(Text(limit=40), **more)


def names(**more: Any) -> fields.List[Any]:
    """A list of people's names."""
    return fields.List(Text(kind="name"), **more)


class Phone(fields.Field[str]):
    """A phone number: spaces, hyphens, +86 and full-width digits are understood."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        try:
            return check_phone(str(value))
        except IdentityError as error:
            raise fault(error.code, error.message) from error


class Helper(Payload):
    """An agent or a guardian."""

    name = Text(kind="name", required=True)
    relation = Text(limit=50)
    phone = Phone()


class Agent(Helper):
    """Somebody with a power of attorney."""

    authority = one_of("authority", required=True)


class LegalRepresentative(Payload):
    """Who speaks for a company or an organisation."""

    name = Text(kind="name", required=True)
    title = Text(limit=50)


class PartyPayload(Payload):
    """A party."""

    ref = Text(limit=40)
    role = one_of("party_role", required=True)
    kind = one_of("party_kind", required=True)
    name = Text(kind="name", required=True)
    gender = one_of("gender")
    ethnicity = Text(limit=30)
    birth_date = Day()
    id_type = one_of("id_type")
    id_number = Text(limit=50)
    phone = Phone()
    phone_unsure = Text(limit=40)
    address = Text(limit=200)
    occupation = Text(limit=100)
    claim_amount = Yuan()
    agents = fields.List(fields.Nested(Agent))
    guardians = fields.List(fields.Nested(Helper))
    capacity = one_of("capacity")
    represented_by = Text(limit=40)
    legal_representative = fields.Nested(LegalRepresentative)

    @validates_schema(skip_on_field_errors=True)
    def check_identity(self, data: dict[str, Any], **more: Any) -> None:
        """The number fits its type, the birth date and the gender."""
        today, number = datetime.now(SHANGHAI).date(), data.get("id_number")
        if data.get("birth_date") and data["birth_date"] > today:
            raise fault("birth_in_future", "出生日期在今天以后，请核对。", "birth_date")
        if not number:
            return
        kind = data.setdefault("id_type", "resident_id" if data["kind"] == "person" else "uscc")
        try:
            data["id_number"] = check_identity_number(
                kind, number, today=today, birth_date=data.get("birth_date"), gender=data.get("gender")
            )
        except IdentityError as error:
            raise fault(error.code, error.message, "id_number") from error


class CasePayload(Payload):
    """A dispute as it is filed."""

    source = one_of("source", load_default="party")
    dispute_type = one_of("dispute_type", required=True)
    title = Text(limit=200)
    facts = Text(kind="note", required=True)
    claims = Text(kind="note")
    amount = Yuan()
    people = fields.Integer(strict=True)
    closed_session = fields.Boolean()
    parties = fields.List(
        fields.Nested(PartyPayload), required=True, validate=Length(min=1, error="请至少填一名当事人。")
    )

    @validates_schema(skip_on_field_errors=True)
    def check_group(self, data: dict[str, Any], **more: Any) -> None:
        """Refs are each one's own, and representatives are parties of the case."""
        refs_seen: set[str] = set()
        known = {party.get("ref") for party in data["parties"]}
        for place, party in enumerate(data["parties"]):
            ref = party.get("ref")
            if ref and ref in refs_seen:
                raise ValidationError(
                    {"parties": {place: {"ref": [Message("duplicate_ref", f"“{ref}”用了两次。")]}}}
                )
            refs_seen.add(ref or "")
            chosen = party.get("represented_by")
            if chosen and (chosen not in known or chosen == ref):
                raise ValidationError(
                    {
                        "parties": {
                            place: {
                                "represented_by": [Message("unknown_ref", "推选的代表不在当事人名单里。")]
                            }
                        }
                    }
                )
