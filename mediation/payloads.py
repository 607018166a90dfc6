"""What a person fills in: one schema a step, read by the page, the API and the case file alike."""

from __future__ import annotations

from marshmallow import Schema, fields
from marshmallow.validate import Range

from mediation.case_payloads import PartyPayload, Phone, names, one_of, refs
from mediation.court_payloads import COURT_STEPS
from mediation.department_payloads import DEPARTMENT_STEPS
from mediation.forms import Day, Moment, Payload, Text, Yuan
from mediation.ledger_payloads import LEDGER_STEPS
from mediation.step_payloads import AROUND, Guest, SignatureDetail, Statement, step_schema


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


class Completion(Payload):
    """What a list says of somebody who is a party already and of whom it was not known."""

    party = Text(limit=40, required=True)
    claim_amount = Yuan()
    id_number = Text(limit=50)
    phone = Phone()
    address = Text(limit=200)


STEPS: dict[str, type[Schema]] = {
    **DEPARTMENT_STEPS,
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
        statements=fields.List(fields.Nested(Statement)),
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
    "add_parties": step_schema(
        "add_parties",
        parties=fields.List(fields.Nested(PartyPayload)),
        completes=fields.List(fields.Nested(Completion)),
        total=Yuan(),
        amount=Yuan(),
        people=fields.Integer(strict=True),
    ),
    "remove_party": step_schema("remove_party", party=Text(limit=40, required=True)),
    "escalate": step_schema(
        "escalate",
        ground=one_of("ground_up", required=True),
        to=Text(limit=32),
        agreed_so_far=Text(kind="note"),
    ),
    "receive": step_schema("receive"),
    "return": step_schema("return"),
    "take_up": step_schema("take_up", to=Text(limit=32)),
    "delegate": step_schema("delegate", to=Text(limit=32, required=True)),
    "supervise": step_schema("supervise", matter=Text(kind="note", required=True), until=Day()),
    "hand_over": step_schema("hand_over", to=Text(limit=100), matter=Text(kind="note", required=True)),
    "agree": step_schema(
        "agree",
        form=one_of("form", required=True),
        number=Text(limit=120),
        summary=Text(kind="note"),
        responsibility=Text(kind="note"),
        court_choice=one_of("court_choice"),
        copies=fields.Integer(strict=True, validate=Range(1, 99, error="份数请填1到99。")),
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
        details=fields.List(fields.Nested(SignatureDetail)),
        handwritten=Text(kind="note"),
        paper_sha256=Text(limit=64),
    ),
    "note_handwriting": step_schema(
        "note_handwriting",
        page=fields.Integer(strict=True),
        clause=fields.Integer(strict=True),
        words=Text(kind="note", required=True),
        initials=refs(),
    ),
    "notarize": step_schema("notarize", number=Text(limit=100)),
    "terminate": step_schema("terminate", ground=one_of("ground_end", required=True)),
    "withdraw": step_schema("withdraw", by=Text(limit=40)),
    "apply_confirmation": step_schema("apply_confirmation", court=Text(limit=100, required=True)),
    "withdraw_confirmation": step_schema("withdraw_confirmation"),
    "default": step_schema("default", clause=fields.Integer(strict=True, required=True)),
    "enforce": step_schema("enforce", court=Text(limit=100), number=Text(limit=100)),
    "flag_danger": step_schema("flag_danger", ground=one_of("danger", required=True), risk=one_of("risk")),
    "report_done": step_schema("report_done", to=Text(limit=100)),
    "flag_suspicion": step_schema("flag_suspicion"),
    "clear_suspicion": step_schema("clear_suspicion"),
    "reopen": step_schema("reopen"),
    "archive": step_schema("archive"),
    **AROUND,
    **COURT_STEPS,
    **LEDGER_STEPS,
}


class EventPayload(Payload):
    """The frame of an event in a case file; the rest is the step's own schema."""

    do = Text(limit=40, required=True)
    at = Moment(required=True)
