"""What a court answers to an application, and what the committee hands in after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, validates_schema

from mediation.case_payloads import Phone, one_of, refs
from mediation.forms import Day, Payload, Text, fault
from mediation.identity import IdentityError, check_identity_number
from mediation.step_payloads import step_schema
from workflows.steps import SHANGHAI


def _answer(name: str, **members: Any) -> type[Schema]:
    return step_schema(
        name,
        number=Text(limit=100),
        ground=Text(limit=100),
        ruling_number=Text(limit=100),
        ruling_on=Day(),
        **members,
    )


class CompletePartyStep(Payload):
    """Identity, domicile and phone of a party, as the court asks for them; what is left out stays as it is."""

    party = Text(limit=40, required=True)
    id_type = one_of("id_type")
    id_number = Text(limit=50)
    address = Text(limit=200)
    phone = Phone()
    consents = refs()
    reason = Text(kind="note")
    note = Text(kind="note")

    @validates_schema(skip_on_field_errors=True)
    def check_identity(self, data: dict[str, Any], **more: Any) -> None:
        """The number fits its type."""
        if not data.get("id_number"):
            return
        kind = data.setdefault("id_type", "resident_id")
        try:
            data["id_number"] = check_identity_number(
                kind, data["id_number"], today=datetime.now(SHANGHAI).date()
            )
        except IdentityError as error:
            raise fault(error.code, error.message, "id_number") from error


COURT_STEPS: dict[str, type[Schema]] = {
    "court_request": _answer("court_request", until=Day(), reasons=fields.List(one_of("return_reason"))),
    "court_accept": _answer("court_accept", checks=fields.List(one_of("court_check"))),
    "court_reject": _answer("court_reject"),
    "court_confirm": _answer("court_confirm"),
    "court_dismiss": _answer("court_dismiss"),
    "supplement": step_schema("supplement"),
    "complete_party": CompletePartyStep,
    "court_number": step_schema("court_number", number=Text(limit=100)),
    "court_withdraw": step_schema("court_withdraw", number=Text(limit=100), ruling_on=Day()),
}
