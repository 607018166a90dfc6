"""The frame of every step's schema, and the steps around a mediation: meetings, corrections, visits, closing."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load
from marshmallow.validate import Range

from mediation.case_payloads import PartyPayload, names, one_of, refs
from mediation.forms import Day, Moment, Payload, Text
from mediation.identity import BORN_BY_NUMBER, birth_date_of


def step_schema(name: str, **members: Any) -> type[Schema]:
    """The schema of a step's own facts; every step may carry `consents`, `reason` and `note`."""
    shared = {"consents": refs(), "reason": Text(kind="note"), "note": Text(kind="note")}
    return type(f"{name.title().replace('_', '')}Step", (Payload,), {**shared, **members})


class Guest(Payload):
    """Somebody invited to a session."""

    name = Text(kind="name", required=True)
    capacity = Text(limit=100)


class Statement(Payload):
    """What one party said at a session."""

    party = Text(limit=40, required=True)
    text = Text(kind="note", required=True)


class SignatureDetail(Payload):
    """How one party's signature came about: who was shown to be who, and who wrote for somebody who cannot."""

    party = Text(limit=40, required=True)
    identity_checked = fields.Boolean()
    read_aloud = fields.Boolean()
    scribe = Text(kind="name")
    witness = Text(kind="name")
    strokes = Text(kind="note", limit=200_000)
    device = Text(limit=200)


class UpdatePartyStep(PartyPayload):
    """What is corrected or completed of a party; what is left out stays as it is."""

    class Meta:
        """Its role and its ref are not corrected: they are who it is in the case."""

        unknown = RAISE
        exclude = ("ref", "role", "represented_by", "claim_amount", "phone_unsure")

    party = Text(limit=40, required=True)
    name = Text(kind="name")
    consents = refs()
    reason = Text(kind="note")
    note = Text(kind="note")

    @post_load
    def tell_age(self, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The number says when somebody was born, and whether a guardian has to consent (GB 11643; PIPL 31)."""
        if data.get("id_number") and data.get("id_type") in BORN_BY_NUMBER:
            data.setdefault("birth_date", birth_date_of(data["id_number"]))
        return data


def _meeting(name: str) -> type[Schema]:
    return step_schema(
        name,
        meet_at=Moment(from_page=True),
        place=Text(limit=200),
        attending=refs(),
        invited=fields.List(fields.Nested(Guest)),
        mediators=names(),
    )


def stars() -> fields.Integer:
    """Five levels of contentment, as 好差评 counts them: 5 very … 1 not at all."""
    return fields.Integer(strict=True, validate=Range(1, 5, error="请在1到5里选一个。"))


AROUND: dict[str, type[Schema]] = {
    "schedule": _meeting("schedule"),
    "reschedule": _meeting("reschedule"),
    "cancel_schedule": step_schema("cancel_schedule"),
    "update_party": UpdatePartyStep,
    "ask_more": step_schema(
        "ask_more", party=Text(limit=40), matter=Text(kind="note", limit=200, required=True), until=Day()
    ),
    "hand_in": step_schema("hand_in", party=Text(limit=40)),
    "ask_above": step_schema("ask_above"),
    "tell_in_person": step_schema("tell_in_person", party=Text(limit=40)),
    "order_parties": step_schema("order_parties", parties=refs()),
    "ask_review": step_schema("ask_review"),
    "review_draft": step_schema("review_draft"),
    "call_again": step_schema("call_again"),
    "follow_up": step_schema(
        "follow_up",
        visitor=Text(kind="name"),
        manner=Text(limit=50),
        satisfaction=Text(limit=50),
        performed=one_of("performed"),
        handling=stars(),
        result=stars(),
        clause=fields.Integer(strict=True),
        quarrel_again=fields.Boolean(),
        new_signs=Text(kind="note"),
        next_on=Day(),
    ),
    "close": step_schema("close", result=one_of("close_result"), checks=fields.List(one_of("dossier_check"))),
}
