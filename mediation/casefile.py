"""Case files, format `mediation-case/1`: read through the same door as a person's click, under the same rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Equal
from sqlalchemy import select

from mediation.case_payloads import CasePayload
from mediation.forms import Message, Moment, Text, flatten_errors
from mediation.models import Case, Organisation
from mediation.payloads import STEPS, EventPayload
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.filing import file_case
from mediation.services.people import By
from mediation.services.tracking import FreshCode
from workflows import Reason, Refused
from workflows.steps import SHANGHAI

FORMAT = "mediation-case/1"
DEEPEST = 20


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file: where, a stable code, a sentence."""

    where: str
    code: str
    message: str


class FileRefused(Exception):
    """A case file that does not go in; nothing of it is kept."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("；".join(f"{fault.where}：{fault.message}" for fault in self.faults))


@dataclass
class BroughtIn:
    """A case that went in, or was in already, with the codes to hand out."""

    case: Case
    codes: list[FreshCode] = field(default_factory=list)
    already: bool = False


class CaseFilePayload(CasePayload):
    """The file without its events, which are read one by one."""

    format = fields.String(required=True, validate=Equal(FORMAT, error=f"格式应是 {FORMAT}。"))
    external_id = Text(limit=100)
    organization = Text(limit=32, required=True)
    filed_at = Moment(required=True)
    events = fields.List(fields.Dict())

    @validates_schema(skip_on_field_errors=True)
    def check_births(self, data: dict[str, Any], **more: Any) -> None:
        """Nobody is a party before being born."""
        day = data["filed_at"].astimezone(SHANGHAI).date()
        for place, party in enumerate(data["parties"]):
            if party.get("birth_date") and party["birth_date"] > day:
                said = Message("born_after_filing", "出生日期在登记日期以后，请核对这两个日期。")
                raise ValidationError({"parties": {place: {"birth_date": [said]}}})


_SCHEMAS: dict[str, Schema] = {}


def read_json(text: str) -> list[Any]:
    """One object, an array, or JSON lines; raises FileRefused where it is none of them."""
    try:
        found = _parse(text)
    except FileRefused as whole:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
            raise
        try:
            return [_parse(line) for line in lines]
        except FileRefused:
            raise whole from None
    return found if isinstance(found, list) else [found]


def _parse(text: str) -> Any:
    def refuse_number(name: str) -> Any:
        raise FileRefused([Fault("", "bad_number", f"{name}不是数字。")])

    def refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                raise FileRefused([Fault(key, "duplicate_key", f"“{key}”写了两次，请去掉一个。")])
            seen[key] = value
        return seen

    try:
        return json.loads(
            text.removeprefix("\ufeff"), parse_constant=refuse_number, object_pairs_hook=refuse_twice
        )
    except RecursionError as error:
        raise FileRefused([Fault("", "json_too_deep", "嵌套层数太多，无法读取。")]) from error
    except ValueError as error:
        raise FileRefused([Fault("", "bad_json", f"不是有效的 JSON：{error}")]) from error


def bring_in(desk: Desk, data: Any, *, by: By | None = None) -> BroughtIn:
    """Put one case file in, all of it or nothing.

    Raises FileRefused naming the event or field.  The caller commits, or rolls back when this raises.  A case that
    is in already (same organisation and external_id) is reported and not doubled.
    """
    head, events = _check(data)
    organisation = _organisation(desk, head.pop("organization"))
    external_id = head.get("external_id")
    if external_id:
        there = desk.session.scalar(
            select(Case).where(Case.filed_with_id == organisation.id, Case.external_id == external_id)
        )
        if there is not None:
            return BroughtIn(there, already=True)
    who = by or By.case_file("案卷导入")
    desk = replace(desk, sends_each_step=False)
    try:
        filed = file_case(desk, organisation, head, by=who, at=head["filed_at"])
    except Refused as refused:
        raise FileRefused(_faults("", refused, data)) from refused
    found = BroughtIn(filed.case, filed.codes)
    for place, event in enumerate(events):
        try:
            at = event["at"]
            taken = steps.take(desk, filed.case, event["do"], by=who, at=at, facts=_facts_of(event))
        except Refused as refused:
            raise FileRefused(_faults(f"events[{place}]", refused, data)) from refused
        found.codes += taken.codes
    desk.session.flush()  # all of it together
    return found


def _facts_of(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key not in ("do", "at")}


def _organisation(desk: Desk, code: str) -> Organisation:
    found = desk.session.scalar(select(Organisation).where(Organisation.code == code.ljust(12, "0")))
    if found is None:
        message = f"没有代码是“{code}”的机构，请先导入机构，或核对代码。"
        raise FileRefused([Fault("organization", "organization_unknown", message)])
    return found


def _check(data: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if not isinstance(data, dict):
        raise FileRefused([Fault("", "wrong_type", "一个案件应是一个 JSON 对象。")])
    if _depth(data) > DEEPEST:
        raise FileRefused([Fault("", "json_too_deep", "嵌套层数太多，无法读取。")])
    faults: list[Fault] = []
    head: dict[str, Any] = {}
    try:
        head = _schema("case", CaseFilePayload).load(data)
    except ValidationError as error:
        faults += [Fault(*fault) for fault in flatten_errors(error.messages)]
    events: list[dict[str, Any]] = []
    raw = data.get("events", [])
    for place, event in enumerate(raw if isinstance(raw, list) else ()):
        try:
            events.append(_check_event(event))
        except ValidationError as error:
            faults += [Fault(*fault) for fault in flatten_errors(error.messages, f"events[{place}]")]
    if faults:
        raise FileRefused(faults)
    head.pop("events", None)
    head.pop("format", None)
    return head, events


def _check_event(event: Any) -> dict[str, Any]:
    if not isinstance(event, dict):
        raise ValidationError("每个事件应是一个对象。")
    frame = {key: value for key, value in event.items() if key in ("do", "at")}
    rest = {key: value for key, value in event.items() if key not in ("do", "at")}
    errors: dict[str, Any] = {}
    checked: dict[str, Any] = {}
    try:
        checked = _schema("event", EventPayload).load(frame)
    except ValidationError as error:
        errors |= dict(error.messages_dict)
    name = str(event.get("do", ""))
    if name and name not in STEPS:
        errors["do"] = [f"没有“{name}”这个步骤。"]
    elif name:
        try:
            checked |= _schema(name, STEPS[name]).load(rest)
        except ValidationError as error:
            errors |= dict(error.messages_dict)
    if errors:
        raise ValidationError(errors)
    return checked


def _schema(name: str, kind: type[Schema]) -> Schema:
    if name not in _SCHEMAS:
        _SCHEMAS[name] = kind()
    return _SCHEMAS[name]


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(item) for item in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((_depth(item) for item in value), default=0)
    return 0


def _faults(where: str, refused: Refused, data: Mapping[str, Any]) -> list[Fault]:
    return [Fault(_join(where, reason, data), reason.code, reason.zh) for reason in refused.reasons]


def _join(where: str, reason: Reason, data: Mapping[str, Any]) -> str:
    field_name = reason.where
    if field_name.startswith("parties.") and not where:
        # A refusal while filing names the party by ref; the file's reader looks for its place.
        _, ref, rest = field_name.split(".", 2)
        refs = [party.get("ref") for party in data.get("parties", ())]
        field_name = f"parties[{refs.index(ref)}].{rest}" if ref in refs else field_name
    if not where:
        return field_name or "filed_at"
    return f"{where}.{field_name}" if field_name else where
