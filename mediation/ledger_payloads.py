"""What is filled in about a promise after the agreement: payments, their confirmation, delays, visits."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from mediation.case_payloads import one_of
from mediation.forms import Day, Text, Yuan
from mediation.step_payloads import step_schema


def _clause() -> fields.Integer:
    return fields.Integer(strict=True, required=True)


def _line() -> fields.Integer:
    return fields.Integer(strict=True)


def _ledger_step(name: str, **members: Any) -> type[Schema]:
    return step_schema(name, clause=_clause(), **members)


LEDGER_STEPS: dict[str, type[Schema]] = {
    "perform": _ledger_step(
        "perform",
        line=_line(),
        amount=Yuan(),
        paid_by=Text(limit=40),
        payer_name=Text(kind="name"),
        how=one_of("performed_how"),
        confirmed_by=Text(limit=40),
        slip_code=Text(limit=20),
        overpaid=fields.Boolean(),
    ),
    "waive": _ledger_step("waive", line=_line(), amount=Yuan(), by=Text(limit=40)),
    "confirm_payment": _ledger_step(
        "confirm_payment",
        payment=fields.Integer(strict=True, required=True),
        confirmed_by=Text(limit=40),
        how=one_of("confirmed_how"),
        slip_code=Text(limit=20),
        denied=fields.Boolean(),
    ),
    "undo_payment": _ledger_step("undo_payment", payment=fields.Integer(strict=True, required=True)),
    "postpone": _ledger_step("postpone", line=_line(), until=Day(required=True)),
    "set_off": _ledger_step("set_off", amount=Yuan(required=True), against=fields.Integer(strict=True)),
}
