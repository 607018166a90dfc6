"""A posted form as the data a schema expects: lists of names, ticks, rows that were added and left empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields
from werkzeug.datastructures import MultiDict

from mediation.forms import Text, tidy_form
from mediation.views.widgets import Choice

ADD, REMOVE, EVERYBODY = "_add", "_remove", "_all"
#: What is typed where none of the choices fits: beside the field's own name.
OTHER = "_other"
MOST_ROWS = 100
#: Lists of parties in which "nobody" is an answer of its own: nobody ticked is not the same as not asked.
NOBODY_COUNTS = frozenset({"consents", "attended"})
_PLACE = re.compile(r"[0-9]{1,3}")  # int() itself refuses a number of thousands of digits
_BETWEEN_NAMES = re.compile(r"[、，,;；\n\r\t]+")


@dataclass(frozen=True)
class Reader:
    """How one form is read: whom “everybody” means, which fields it asked, and whether empty rows stay."""

    parties: tuple[Choice, ...] = ()
    hidden: frozenset[str] = frozenset()
    keep_empty: bool = False

    def read(self, declared: Mapping[str, fields.Field[Any]], form: MultiDict[str, str]) -> dict[str, Any]:
        """The data of a form; what no field of the schema asks for is left alone."""
        return self._fields(declared, tidy_form(form), top=True)

    def _fields(
        self, declared: Mapping[str, fields.Field[Any]], tree: Any, *, top: bool = False
    ) -> dict[str, Any]:
        if not isinstance(tree, dict):
            return {}
        found = {}
        for key, declared_field in declared.items():
            name = declared_field.data_key or key
            if top and name in self.hidden:
                continue
            value = self._value(declared_field, name, tree)
            if value is not None:
                found[name] = value
        return found

    def _value(self, found: fields.Field[Any], name: str, tree: dict[str, Any]) -> Any:
        raw = tree.get(name)
        if raw is None and isinstance(found, Text):
            raw = tree.get(f"{name}{OTHER}")
        if isinstance(found, fields.Nested):
            return self._fields(found.schema.fields, raw) or None
        if isinstance(found, fields.List):
            return self._list(found.inner, name, raw, tree)
        if isinstance(found, fields.Dict):
            return self._proxies(raw)
        raw = raw[0] if isinstance(raw, list) and raw and isinstance(raw[0], str) else raw
        if not isinstance(raw, str):
            return None
        if isinstance(found, fields.Boolean):
            return True if raw == "true" else None
        if isinstance(found, fields.Integer) and re.fullmatch(r"[0-9]{1,9}", raw.strip()):
            return int(raw)
        return raw

    def _list(self, inner: fields.Field[Any], name: str, raw: Any, tree: dict[str, Any]) -> Any:
        if isinstance(inner, fields.Nested):
            rows = raw if isinstance(raw, list) else []
            read = [self._fields(inner.schema.fields, row) for row in rows[:MOST_ROWS]]
            return [row for row in read if row or self.keep_empty] or None
        items = [raw] if isinstance(raw, str) else [item for item in raw or () if isinstance(item, str)]
        if isinstance(inner, Text) and inner.kind == "name":
            return [part for item in items for part in _BETWEEN_NAMES.split(item) if part.strip()] or None
        if tree.get(f"{name}{EVERYBODY}") == "1":
            items = [choice.value for choice in self.parties]
        if not items and name not in NOBODY_COUNTS:
            return None
        return items

    def _proxies(self, raw: Any) -> dict[str, str] | None:
        # Named by place and not by ref: a ref from a case file may hold any character.
        if isinstance(raw, list):  # tidy_form makes lists of 0, 1, 2 … and drops blanks: the places are gone
            return None
        if not isinstance(raw, dict):
            return None
        found = {}
        for place, choice in enumerate(self.parties):
            name = raw.get(f"n{place}")
            if isinstance(name, str):
                found[choice.value] = name
        return found or None


def add_or_remove(data: dict[str, Any], form: MultiDict[str, str]) -> bool:
    """Carry out a press on “add one more” or “take this away”; whether it was such a press."""
    if path := form.get(ADD):
        rows = _find(data, path.split("-"), make=True)
        if isinstance(rows, list) and len(rows) < MOST_ROWS:
            rows.append({})
        return True
    if path := form.get(REMOVE):
        *way, last = path.split("-")
        rows = _find(data, way, make=False)
        if isinstance(rows, list) and _PLACE.fullmatch(last) and int(last) < len(rows):
            rows.pop(int(last))
        return True
    return False


def _find(data: Any, way: list[str], *, make: bool) -> Any:
    for place, part in enumerate(way):
        last = place == len(way) - 1
        if isinstance(data, list) and _PLACE.fullmatch(part) and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, dict) and make and part.isidentifier():
            data[part] = [] if last else {}
            data = data[part]
        else:
            return None
    return data
