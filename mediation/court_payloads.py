"""What a court answers to an application, and what the committee hands in after."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from mediation.case_payloads import one_of
from mediation.forms import Day, Text
from mediation.step_payloads import step_schema


def _answer(name: str, **members: Any) -> type[Schema]:
    return step_schema(
        name,
        number=Text(limit=100),
        ground=Text(limit=100),
        ruling_number=Text(limit=100),
        ruling_on=Day(),
        **members,
    )


COURT_STEPS: dict[str, type[Schema]] = {
    "court_request": _answer("court_request", until=Day(), reasons=fields.List(one_of("return_reason"))),
    "court_accept": _answer("court_accept", checks=fields.List(one_of("court_check"))),
    "court_reject": _answer("court_reject"),
    "court_confirm": _answer("court_confirm"),
    "court_dismiss": _answer("court_dismiss"),
    "supplement": step_schema("supplement"),
    "court_number": step_schema("court_number", number=Text(limit=100)),
    "court_withdraw": step_schema("court_withdraw", number=Text(limit=100), ruling_on=Day()),
}
