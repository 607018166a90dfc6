"""Forms made from the schemas in `payloads`: one widget a field, so that a page asks exactly what a case file says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from marshmallow import fields

from mediation.case_payloads import Phone
from mediation.forms import Code, Day, Moment, Text, Yuan
from mediation.language import spoken, word
from mediation.payloads import STEPS

#: Fields that hold the ref of one party.
ONE_PARTY = frozenset({"party", "by", "paid_by", "confirmed_by", "asked", "represented_by"})
#: Fields that people seldom need; they fold away until they are filled in or wrong.
FOLDED = {
    "parties": frozenset({
        "gender", "ethnicity", "birth_date", "id_type", "occupation", "claim_amount", "agents", "guardians", "capacity",
        "represented_by", "legal_representative",
    }),
    "clauses": frozenset({
        "joint", "due_text", "method", "condition", "installments", "shares", "recurring",
    }),
    "case": frozenset({"title", "people", "closed_session"}),
}  # fmt: skip
#: Steps that are about one party: who it is stands before all that is said of them.
OF_A_PARTY = ("update_party", "complete_party")
FOLDED |= dict.fromkeys(("party", *OF_A_PARTY), FOLDED["parties"])
NOT_ASKED = frozenset({"ref", "phone_unsure"})
COME_LAST = ("consents", "reason", "note")
MOST_RADIOS = 5


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    word: str
    #: What it stands under in a long list: an office under its town.
    group: str = ""
    #: What else is known of it: an expert who said no.
    note: str = ""
    phone: str = ""


@dataclass
class Widget:
    """One field of a form, ready to be drawn."""

    name: str
    kind: str  # text note money date moment tel number radio select suggest pool check checks group rows proxies
    label: str
    hint: str = ""
    value: Any = ""
    choices: list[Choice] = field(default_factory=list)
    required: bool = False
    folded: bool = False
    errors: list[str] = field(default_factory=list)
    rows: list[list[Widget]] = field(default_factory=list)
    row_word: str = ""
    add_word: str = ""
    #: Beside choices, what was typed instead of them.
    other: str = ""
    #: Its choices are people, and one tap may take them all.
    of_people: bool = False

    @property
    def id(self) -> str:
        """Where a link to this field leads."""
        return self.name.removesuffix("[]")

    @property
    def grouped(self) -> list[tuple[str, list[Choice]]]:
        """Its choices as they stand in a list: under each heading those that follow one another there."""
        return [(name, list(rows)) for name, rows in groupby(self.choices, key=lambda one: one.group)]

    @property
    def touched(self) -> bool:
        """Whether anything is filled in or wrong here, so that it must not be folded away."""
        inner = any(w.touched for row in self.rows for w in row)
        return bool(self.errors) or inner or self.value not in ("", None, [], False, {})

    def leaves(self) -> Iterator[Widget]:
        """This widget and all those in it."""
        yield self
        for row in self.rows:
            for inner in row:
                yield from inner.leaves()


@dataclass
class Surroundings:
    """What a form's choices are drawn from."""

    parties: list[Choice] = field(default_factory=list)
    clauses: list[Choice] = field(default_factory=list)
    offices: list[Choice] = field(default_factory=list)
    experts: list[Choice] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    courts: list[str] = field(default_factory=list)
    required: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


def label_of(owner: str, name: str) -> str:
    """What a field is called on the screen."""
    table = spoken("field")
    return str(table.get(f"{owner}.{name}") or table[name])


def hint_of(owner: str, name: str) -> str:
    """A line of help, where the field has one."""
    table = spoken("hint")
    return str(table.get(f"{owner}.{name}") or table.get(name, ""))


def build(
    declared: Mapping[str, fields.Field[Any]],
    values: Mapping[str, Any],
    around: Surroundings,
    owner: str,
    prefix: str = "",
) -> list[Widget]:
    """The widgets for a schema's fields, filled with what is known already."""
    found = []
    # What every step may carry besides its own fields comes last.
    first = ("party",) if owner in OF_A_PARTY else ()
    for key, declared_field in sorted(
        declared.items(), key=lambda pair: (pair[0] not in first, pair[0] in COME_LAST)
    ):
        name = declared_field.data_key or key
        if name in NOT_ASKED or (not prefix and name in around.hidden):
            continue
        widget = _widget(declared_field, name, values.get(name), around, owner, prefix + name)
        widget.required = declared_field.required or (not prefix and name in around.required)
        widget.folded = name in FOLDED.get(owner, ())
        found.append(widget)
    if not prefix and found[-1:] and found[-1].name == "note" and len(found) > 1:
        found[-1].folded = not found[-1].required  # it is seldom written, and a form of one box needs its box
    return found


def _widget(
    found: fields.Field[Any], name: str, value: Any, around: Surroundings, owner: str, path: str
) -> Widget:
    widget = Widget(path, "text", label_of(owner, name), hint_of(owner, name), "" if value is None else value)
    if isinstance(found, fields.Nested):
        widget.kind, widget.value = "group", ""
        inner = value if isinstance(value, Mapping) else {}
        widget.rows = [build(found.schema.fields, inner, around, name, f"{path}-")]
        for one in widget.rows[0] if not found.required else ():
            one.required = False  # only where the group is filled in at all
    elif isinstance(found, fields.List):
        _as_list(widget, found.inner, name, value, around, owner)
    elif isinstance(found, fields.Dict):
        widget.kind, widget.choices = "proxies", around.parties
        widget.value = value if isinstance(value, Mapping) else {}
    else:
        _as_single(widget, found, name, around, owner)
    return widget


def _as_list(
    widget: Widget, inner: fields.Field[Any], name: str, value: Any, around: Surroundings, owner: str
) -> None:
    if isinstance(inner, fields.Nested):
        rows = value if isinstance(value, Sequence) and not isinstance(value, str) else []
        widget.kind, widget.value, widget.row_word = "rows", "", spoken("row").get(name, widget.label)
        widget.add_word = spoken("add_row").get(name, widget.label)
        widget.rows = [
            build(
                inner.schema.fields,
                row if isinstance(row, Mapping) else {},
                around,
                name,
                f"{widget.name}-{place}-",
            )
            for place, row in enumerate(rows)
        ]
        return
    if isinstance(inner, Text) and inner.kind == "name":
        widget.value = "、".join(str(item) for item in value) if isinstance(value, list) else value or ""
        return
    widget.kind, widget.name = "checks", f"{widget.name}[]"
    widget.value = [str(item) for item in value] if isinstance(value, list) else []
    if isinstance(inner, Code):
        widget.choices = code_choices(inner)
    else:
        widget.choices, widget.of_people = around.parties, True


def _as_single(widget: Widget, found: fields.Field[Any], name: str, around: Surroundings, owner: str) -> None:
    if isinstance(found, Code):
        widget.choices = code_choices(found)
        few = found.required and len(widget.choices) <= MOST_RADIOS
        widget.kind = "radio" if few else "select"
    elif isinstance(found, fields.Boolean):
        widget.kind, widget.value = "check", widget.value in (True, "true")
    elif isinstance(found, fields.Integer):
        widget.kind, widget.value = "number", str(widget.value)
        if name == "clause":
            widget.kind, widget.choices = "radio", around.clauses
    elif isinstance(found, Yuan):
        widget.kind = "money"
    elif isinstance(found, Day):
        widget.kind = "date"
    elif isinstance(found, Moment):
        widget.kind = "moment"
    elif isinstance(found, Phone):
        widget.kind = "tel"
    elif isinstance(found, Text):
        _as_text(widget, found, name, around, owner)


def _as_text(widget: Widget, found: Text, name: str, around: Surroundings, owner: str) -> None:
    if found.kind == "note":
        widget.kind = "note"
    elif name in ONE_PARTY:
        widget.kind, widget.choices = "select", around.parties
    elif name == "expert" and around.experts:
        widget.kind, widget.choices = "pool", around.experts
        if widget.value not in {choice.value for choice in widget.choices}:
            widget.value, widget.other = "", widget.value
    elif name == "to" and around.offices:
        widget.kind, widget.choices = "select", around.offices
    elif name in ("to", "court"):
        names = around.departments if name == "to" else around.courts
        widget.kind, widget.choices = "suggest", [Choice(text, text) for text in names]


def code_choices(found: Code) -> list[Choice]:
    """The codes of a field in words."""
    return [Choice(code, word(found.named, code)) for code in found.vocabulary]


def place_errors(widgets: Sequence[Widget], faults: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Put each fault beside its field; returns the summary: where a link leads, and the same words.

    faults: (where, code, sentence), `where` as in `clauses[0].amount`.
    """
    known = {leaf.id: leaf for widget in widgets for leaf in widget.leaves()}
    summary = []
    for where, code, sentence in faults:
        path = where.replace("[", "-").replace("]", "").replace(".", "-")
        while path and path not in known:
            path = path.rpartition("-")[0]
        if not path:
            summary.append(("", sentence))
            continue
        text = _in_its_words(known[path], code, sentence, known)
        known[path].errors.append(text)
        summary.append((path, text))
    return summary


def in_own_words(step: str, fault: tuple[str, str, str]) -> tuple[str, str, str]:
    """A fault of a step's form, (where, code, sentence); of an empty field the sentence says which one."""
    where, code, sentence = fault
    found = STEPS[step]().fields.get(where)
    if code == "required" and found is not None:
        chosen = isinstance(found, (Code, fields.Boolean)) or where in ONE_PARTY
        sentence = str(spoken("page")["choose" if chosen else "fill_in"]).format(label=label_of(step, where))
    return where, code, sentence


def _in_its_words(widget: Widget, code: str, sentence: str, known: Mapping[str, Widget]) -> str:
    table = spoken("page")
    if code == "required":
        asks = "choose" if widget.choices else "fill_in"
        sentence = str(table[asks]).format(label=widget.label)
    elif code == "unknown_code":
        sentence = str(table["choose"]).format(label=widget.label)
    parts = widget.id.split("-")
    if len(parts) > 2 and parts[1].isdigit() and parts[0] in known:
        return f"{known[parts[0]].row_word}{int(parts[1]) + 1}：{sentence}"
    return sentence
