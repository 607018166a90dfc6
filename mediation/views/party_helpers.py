"""Agents and guardians on the page of the parties: a row for each, as they are kept or as they are typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from mediation.language import spoken
from mediation.masking import mask_phone
from mediation.models import Party, PartyHelper
from mediation.services.parties import phone_kept

Row = dict[str, str]
#: What a row asks for, in the order of the page.
FIELDS = {
    "guardians": ("name", "relation", "phone"),
    "agents": ("name", "authority", "relation", "phone"),
}
#: No further row is offered after so many; those that are kept are shown all the same.
MOST = 10
USUAL_AUTHORITY = "special"


@dataclass
class RowShown:
    """One agent or guardian; a phone that is kept comes masked, beside an empty field that only takes a change."""

    head: str
    values: Row
    kept_phone: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> bool:
        """Whether it is about anybody; a chosen authority alone is about nobody."""
        return is_filled(self.values)

    @property
    def field_prefix(self) -> str:
        """How the names of its fields begin."""
        return f"{self.head}-"


@dataclass
class RowsShown:
    """All agents, or all guardians, of one party; an empty row where there is none."""

    head: str
    rows: list[RowShown]
    touched: bool = False

    @property
    def open(self) -> bool:
        """Whether there is anything in it that must not be folded away."""
        return self.touched or any(row.filled or row.errors for row in self.rows)

    @property
    def shape(self) -> str:
        """A field named after the number of rows.

        It says that the rows were sent, none of them too; and a draft with other rows than the page lacks this very
        field, so that its script has the server draw them.
        """
        return f"{self.head}-of-{len(self.rows)}"

    @property
    def may_add(self) -> bool:
        """Whether one more is offered."""
        return len(self.rows) < MOST

    @property
    def may_take_away(self) -> bool:
        """Whether there is anybody or anything to take away."""
        return len(self.rows) > 1 or any(row.filled for row in self.rows)

    def place_fault(self, row: int | None, name: str, code: str, sentence: str) -> tuple[str, str]:
        """Put a fault beside its field; returns where it stands, and its words.

        row: the place among the rows that were sent on, blank ones left out; None for what is about all of them.
        """
        sent_on = [one for one in self.rows if one.filled] if row is not None else []
        found = sent_on[row] if row is not None and row < len(sent_on) else self.rows[0]
        name = name if name in found.values else "name"
        if code == "required" and name in _LACKING:
            sentence = str(spoken("desk")[_LACKING[name]])
        found.errors[name] = sentence
        return f"{found.field_prefix}{name}", sentence


_LACKING = {"name": "helper_name_lacks", "authority": "agent_authority_lacks"}


def is_filled(row: Row) -> bool:
    """Whether a row is about anybody."""
    return any(row.get(name) for name in ("name", "relation", "phone"))


def show_helpers(party: Party, place: int, kind: str, typed: MultiDict[str, str] | None) -> RowsShown:
    """The rows of one kind: `kind` is agents or guardians; `typed` is the form that was sent, with a press on a row."""
    head, kept = f"p-{place}-{kind}", _kept(party, kind)
    sent = read_rows(typed, place, kind) if typed is not None else None
    rows = [_values(helper, kind) for helper in kept] if sent is None else sent
    touched = typed is not None and _press(rows, head, kind, typed)
    if not rows:
        rows = [_blank(kind)]
    shown = [
        RowShown(f"{head}-{no}", row, _mask(phone_kept(kept, row["name"]))) for no, row in enumerate(rows)
    ]
    return RowsShown(head, shown, touched)


def _kept(party: Party, kind: str) -> list[PartyHelper]:
    return party.agents if kind == "agents" else party.guardians


def _values(helper: PartyHelper, kind: str) -> Row:
    every = {
        "name": helper.name,
        "authority": helper.authority or "",
        "relation": helper.relation or "",
        "phone": "",
    }
    return {name: every[name] for name in FIELDS[kind]}


def _mask(phone: str | None) -> str:
    return mask_phone(phone) if phone else ""


def read_rows(form: MultiDict[str, str], place: int, kind: str) -> list[Row] | None:
    """The rows as they were typed, blank ones too; None where the page had none of them."""
    head = f"p-{place}-{kind}-"
    if not any(name.startswith(f"{head}of-") for name in form):
        return None
    pattern = re.compile(re.escape(head) + r"([0-9]{1,3})-[a-z]+")
    numbers = sorted({int(found[1]) for name in form if (found := pattern.fullmatch(name))})
    return [
        {name: " ".join(form.get(f"{head}{no}-{name}", "").split()) for name in FIELDS[kind]}
        for no in numbers
    ]


def _blank(kind: str) -> Row:
    return {name: USUAL_AUTHORITY if name == "authority" else "" for name in FIELDS[kind]}


def _press(rows: list[Row], head: str, kind: str, form: MultiDict[str, str]) -> bool:
    """Carry out a press on 再加一位 or 去掉 where it is one of these rows."""
    if form.get("_add") == head:
        if len(rows) < MOST:
            rows.append(_blank(kind))
        return True
    before, _, no = form.get("_remove", "").rpartition("-")
    if before != head or not re.fullmatch("[0-9]{1,3}", no):
        return False
    if int(no) < len(rows):
        rows.pop(int(no))
    return True


def helper_changes(party: Party, place: int, form: MultiDict[str, str]) -> dict[str, Any]:
    """The kinds of which anything differs from what is kept, each with all its rows, as the step is told them."""
    found: dict[str, Any] = {}
    for kind in FIELDS:
        sent = read_rows(form, place, kind)
        if sent is None:
            continue
        rows = [known(row) for row in sent if is_filled(row)]
        if rows != [known(_values(helper, kind)) for helper in _kept(party, kind)]:
            found[kind] = rows
    return found


def known(row: Mapping[str, str]) -> Row:
    """What is said of somebody, without what was left empty."""
    return {name: value for name, value in row.items() if value}
