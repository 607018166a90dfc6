"""What a person fills in: one schema a step, read by the page, the API and the case file alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length

from mediation.forms import Code, Day, Message, Moment, Payload, Text, Yuan, fault
from mediation.identity import IdentityError, check_identity_number, check_phone
from mediation.words import codes_of
from workflows.steps import SHANGHAI


def one_of(vocabulary: str, **more: Any) -> Code:
    """A code of a vocabulary of the words table."""
    return Code(codes_of(vocabulary), **more)


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


class Installment(Payload):
    """A part of a sum."""

    amount = Yuan(required=True)
    due = Day()


class Share(Payload):
    """A creditor's part of a sum."""

    party = Text(limit=40, required=True)
    amount = Yuan(required=True)


class Recurring(Payload):
    """A sum that falls due again and again."""

    every = one_of("every", required=True)
    amount = Yuan(required=True)
    from_ = Day(data_key="from", attribute="from")
    until = Day()


class ClausePayload(Payload):
    """A clause of an agreement."""

    text = Text(kind="note", required=True)
    kind = one_of("clause_kind", required=True)
    obligors = refs()
    obligees = refs()
    joint = fields.Boolean()
    amount = Yuan()
    due = Day()
    due_text = Text(limit=500)
    method = one_of("method")
    condition = Text(limit=500)
    installments = fields.List(fields.Nested(Installment))
    shares = fields.List(fields.Nested(Share))
    recurring = fields.Nested(Recurring)


class Guest(Payload):
    """Somebody invited to a session."""

    name = Text(kind="name", required=True)
    capacity = Text(limit=100)


def step_schema(name: str, **members: Any) -> type[Schema]:
    """The schema of a step's own facts; every step may carry `consents`, `reason` and `note`."""
    shared = {"consents": refs(), "reason": Text(kind="note"), "note": Text(kind="note")}
    return type(f"{name.title().replace('_', '')}Step", (Payload,), {**shared, **members})


_COURT = {"number": Text(limit=100), "ground": Text(limit=100), "ruling_number": Text(limit=100)}

STEPS: dict[str, type[Schema]] = {
    "accept": step_schema(
        "accept",
        mediators=names(),
        presiding=Text(kind="name"),
        exclusions=fields.List(one_of("exclusion")),
        referral_letter=Text(limit=200),
    ),
    "reject": step_schema("reject", ground=one_of("exclusion"), channel=Text(limit=200)),
    "assign": step_schema("assign", mediators=names(required=True), presiding=Text(kind="name")),
    "hold_session": step_schema(
        "hold_session",
        place=Text(limit=200),
        mediators=names(),
        presiding=Text(kind="name"),
        recorder=Text(kind="name"),
        invited=fields.List(fields.Nested(Guest)),
        attended=refs(),
        outcome=one_of("outcome", required=True),
        record=Text(kind="note"),
    ),
    "investigate": step_schema(
        "investigate",
        mediators=names(),
        place=Text(limit=200),
        asked=Text(limit=40),
        recorder=Text(kind="name"),
    ),
    "extend": step_schema("extend", until=Day(required=True)),
    "pause": step_schema("pause", ground=Text(limit=100), until=Day()),
    "resume": step_schema("resume"),
    "add_party": step_schema("add_party", party=fields.Nested(PartyPayload, required=True)),
    "remove_party": step_schema("remove_party", party=Text(limit=40, required=True)),
    "escalate": step_schema(
        "escalate",
        ground=one_of("ground_up", required=True),
        to=Text(limit=32),
        agreed_so_far=Text(kind="note"),
    ),
    "receive": step_schema("receive"),
    "return": step_schema("return"),
    "take_up": step_schema("take_up"),
    "delegate": step_schema("delegate", to=Text(limit=32, required=True)),
    "supervise": step_schema("supervise", matter=Text(kind="note", required=True), until=Day()),
    "refer": step_schema(
        "refer", to=Text(limit=100, required=True), matter=Text(kind="note", required=True), until=Day()
    ),
    "respond": step_schema("respond"),
    "hand_over": step_schema("hand_over", to=Text(limit=100), matter=Text(kind="note", required=True)),
    "agree": step_schema(
        "agree",
        form=one_of("form", required=True),
        number=Text(limit=120),
        responsibility=Text(kind="note"),
        for_court=fields.Boolean(),
        clauses=fields.List(fields.Nested(ClausePayload), required=True),
    ),
    "sign": step_schema(
        "sign",
        parties=refs(),
        mediators=names(),
        seal=fields.Boolean(),
        manner=one_of("manner"),
        signed_by=fields.Dict(keys=Text(limit=40), values=Text(kind="name")),
    ),
    "notarize": step_schema("notarize", number=Text(limit=100)),
    "terminate": step_schema("terminate", ground=one_of("ground_end", required=True)),
    "withdraw": step_schema("withdraw", by=Text(limit=40)),
    "apply_confirmation": step_schema("apply_confirmation", court=Text(limit=100, required=True)),
    "court_request": step_schema("court_request", until=Day(), **_COURT),
    "court_accept": step_schema("court_accept", **_COURT),
    "court_reject": step_schema("court_reject", **_COURT),
    "court_confirm": step_schema("court_confirm", **_COURT),
    "court_dismiss": step_schema("court_dismiss", **_COURT),
    "withdraw_confirmation": step_schema("withdraw_confirmation"),
    "perform": step_schema(
        "perform",
        clause=fields.Integer(strict=True, required=True),
        amount=Yuan(),
        paid_by=Text(limit=40),
        confirmed_by=Text(limit=40),
    ),
    "waive": step_schema(
        "waive", clause=fields.Integer(strict=True, required=True), amount=Yuan(), by=Text(limit=40)
    ),
    "default": step_schema("default", clause=fields.Integer(strict=True, required=True)),
    "enforce": step_schema("enforce", court=Text(limit=100), number=Text(limit=100)),
    "follow_up": step_schema(
        "follow_up", visitor=Text(kind="name"), manner=Text(limit=50), satisfaction=Text(limit=50)
    ),
    "flag_danger": step_schema("flag_danger", ground=one_of("danger", required=True)),
    "report_done": step_schema("report_done", to=Text(limit=100)),
    "flag_suspicion": step_schema("flag_suspicion"),
    "clear_suspicion": step_schema("clear_suspicion"),
    "close": step_schema("close"),
    "reopen": step_schema("reopen"),
    "archive": step_schema("archive"),
}


class EventPayload(Payload):
    """The frame of an event in a case file; the rest is the step's own schema."""

    do = Text(limit=40, required=True)
    at = Moment(required=True)
