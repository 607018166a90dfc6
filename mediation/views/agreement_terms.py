"""The second section of writing an agreement: the facts and each promise, as fields of a page and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from documents.clauses import Block, Fault, Field, blocks_for, find_block
from mediation.forms import tidy_form
from mediation.language import language, spoken, word
from mediation.models import Case
from mediation.services.agreement_draft import KEPT, ClauseWritten, Draft, names_of
from mediation.views.agreement_chips import day_chips, list_aside, offer_turns, with_chips
from mediation.views.agreement_presses import press
from mediation.views.capitals import spell

#: With more parties than this a page offers whole sides first, and each one by name below.
FEW = 6
MOST_CLAUSES, MOST_ROWS, LONGEST = 40, 120, 10_000
SIDES = {"@applicant": "applicant", "@respondent": "respondent"}


@dataclass
class FieldShown:
    """One thing that a clause asks for."""

    name: str  # of the form's field
    kind: str
    label: str
    hint: str = ""
    value: Any = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    sides: list[tuple[str, str]] = field(default_factory=list)
    chips: list[tuple[str, str]] = field(default_factory=list)
    chosen: str = ""
    capitals: str = ""
    required: bool = False
    derived: bool = False  # left out, it follows from the other fields
    error: str = ""
    #: What is wrong in one of its rows: (row, member) → sentence.
    wrong: dict[tuple[int, str], str] = field(default_factory=dict)
    #: The choices that make another kind of promise of the clause → where its reader goes on.
    turns: dict[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> bool:
        """Whether there is anything in it, or wrong with it, that must not be folded away."""
        return bool(self.error or self.wrong or self.value)

    @property
    def outright(self) -> bool:
        """Whether it is asked before what is seldom needed."""
        asked = self.required or self.derived or self.kind == "parts"
        return asked or (self.kind == "flag" and bool(self.choices))

    @property
    def several(self) -> str:
        """The field of the payers, on whose number it depends whether this one is asked."""
        return f"{self.name.rpartition('-')[0]}-payer[]"

    @property
    def id(self) -> str:
        """Where a link to it leads."""
        return self.name.removesuffix("[]")


@dataclass
class ClauseShown:
    """A clause on the page: what it asks for, what it says so far, which of its words nobody can enforce."""

    place: int
    block: str
    title: str
    hint: str
    fields: list[FieldShown]
    sentence: str
    words: str
    words_for: str
    reworded: bool
    vague: list[dict[str, str]]
    errors: list[str]
    aside: list[tuple[str, str]]  # what another block of it asked for: the field of the form, its value


def show_clauses(
    draft: Draft, case: Case, written: Sequence[ClauseWritten], *, tell: bool
) -> list[ClauseShown]:
    """Every clause of the draft; with `tell`, what is missing in it stands beside the fields."""
    return [
        _clause(place, row, case, said, tell=tell)
        for place, (row, said) in enumerate(zip(draft["clauses"], written, strict=True))
    ]


def _clause(
    place: int, row: Mapping[str, Any], case: Case, said: ClauseWritten, *, tell: bool
) -> ClauseShown:
    kept = row["block"] == KEPT
    block = None if kept else find_block(row["block"])
    fields = _fields(place, block, row, case) if block else []
    errors = _put_faults(fields, said.faults) if tell else []
    return ClauseShown(
        place=place,
        block=row["block"],
        title=block.title[language()] if block else str(spoken("desk")["kept_clause"]),
        hint=block.hint[language()] if block else "",
        fields=fields,
        sentence=said.text,
        words=said.text if said.reworded or kept else "",
        words_for=row.get("words_for", "") if said.reworded else "",
        reworded=said.reworded and not kept,
        vague=[
            {"word": one.word, "why": one.why[language()], "proposal": one.proposal[language()]}
            for one in said.vague
        ],
        errors=errors,
        aside=list_aside(place, row),
    )


def _fields(place: int, block: Block, row: Mapping[str, Any], case: Case) -> list[FieldShown]:
    asked = [
        one
        for one in block.fields
        # Between two parties one pays the other: how several payers owe is asked of three and more.
        if one.name != "joint" or len(case.parties) > 2
    ]
    return [_field(place, one, row, case) for one in with_chips(row, asked)]


def _put_faults(fields: Sequence[FieldShown], faults: Sequence[Fault]) -> list[str]:
    """Each fault beside its field, the first of several; those of no field on the page come back."""
    by_name, nowhere = {one.id.rpartition("-v-")[2]: one for one in fields}, []
    for fault in reversed(faults):
        said, shown = fault.message[language()], by_name.get(fault.field)
        if shown is None:
            nowhere.append(said)
        elif fault.inside:
            no, _, member = fault.inside.partition("-")
            shown.wrong[int(no), member] = said
        else:
            shown.error = said
    return nowhere[::-1]


def _field(place: int, one: Field, row: Mapping[str, Any], case: Case) -> FieldShown:
    value = row["values"].get(one.name)
    several = "[]" if one.kind == "parties" else ""
    shown = FieldShown(
        name=f"clauses-{place}-v-{one.name}{several}",
        kind=one.kind,
        label=one.label[language()],
        hint=one.hint[language()] if one.hint else "",
        value=one.default if value is None else value,
        required=one.needed and not one.derived,
        derived=one.derived,
    )
    if one.kind in ("party", "parties", "shares"):
        shown.choices = list(names_of(case).items())
        if one.kind == "parties" and len(shown.choices) > FEW:
            shown.sides = [(code, str(spoken("every_side")[role])) for code, role in SIDES.items()]
    if one.kind == "choice" or (one.kind == "flag" and one.choices):
        shown.choices = [(choice.value, choice.label[language()]) for choice in one.choices]
    if one.kind == "money":
        shown.capitals = spell(str(value or ""))
    if one.kind in ("by", "day"):
        shown.chips, shown.chosen = day_chips(row, one, str(value or ""))
    offer_turns(shown, place, row, one.name)
    if one.kind in ("parts", "shares"):
        shown.value = list(value or [])
    return shown


def offered_blocks(case: Case) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(code, title) of the blocks that this type of dispute usually needs, and of the others."""
    every = [(block.code, block.title[language()]) for block in blocks_for(case.dispute_type)]
    usual = _usual_count(case.dispute_type, every)
    return every[:usual], every[usual:]


def _usual_count(dispute_type: str, every: Sequence[tuple[str, str]]) -> int:
    from documents.clauses.blocks import read_table

    offers = read_table()[1]
    return min(len(offers.get(dispute_type, offers["other"])), len(every))


def read_terms(form: MultiDict[str, str], draft: Draft, case: Case) -> bool:
    """Put what the page sent into the draft; whether a row was added or taken away and the page only shows again."""
    tree = tidy_form(form)
    draft["summary"] = _text(tree.get("summary"))
    draft["responsibility"] = _text(tree.get("responsibility"))
    rows = tree.get("clauses")
    kept = [clause["values"] for clause in draft["clauses"] if clause["block"] == KEPT]
    draft["clauses"] = [
        _read_clause(row, kept, case) for row in (rows if isinstance(rows, list) else [])[:MOST_CLAUSES]
        if isinstance(row, dict)
    ]  # fmt: skip
    return press(form, draft, case)


def _read_clause(row: Mapping[str, Any], kept: list[Any], case: Case) -> dict[str, Any]:
    code, words = str(row.get("block") or ""), _text(row.get("words"))
    if code == KEPT:
        place = str(row.get("kept") or "0")
        values = (
            kept[int(place)]
            if place.isdecimal() and int(place) < len(kept)
            else {"clause": {"kind": "other"}}
        )
        return {"block": KEPT, "values": values, "chosen": {}, "words": words, "words_for": ""}
    try:
        block = find_block(code)
    except KeyError:
        block, code = find_block("free"), "free"
    sent = row.get("v")
    chosen = row.get("in")
    return {
        "block": code,
        "values": _read_values(block, sent if isinstance(sent, dict) else {}, case),
        "chosen": {str(k): str(v) for k, v in chosen.items()} if isinstance(chosen, dict) else {},
        "way": _text(sent.get("method")) if isinstance(sent, dict) else "",
        "aside": _read_aside(row.get("aside")),
        "words": words,
        "words_for": _text(row.get("words_for")),
    }


def _read_values(block: Block, sent: Mapping[str, Any], case: Case) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in block.fields:
        raw = sent.get(one.name)
        if raw is None:
            continue
        if one.kind == "parties":
            values[one.name] = _read_parties(raw, case)
        elif one.kind in ("parts", "shares"):
            values[one.name] = _read_rows(raw)
        else:
            values[one.name] = _text(raw)
    return values


def _read_aside(raw: Any) -> dict[str, Any]:
    found = {str(name): value for name, value in raw.items()} if isinstance(raw, dict) else {}
    return {
        name: _read_rows(value) if isinstance(value, list | dict) else _text(value)
        for name, value in found.items()
    }


def _read_rows(raw: Any) -> list[dict[str, str]]:
    rows = [raw] if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    return [
        {str(k): _text(v) for k, v in part.items() if k != "_row"}
        for part in rows[:MOST_ROWS]
        if isinstance(part, dict)
    ]


def _read_parties(raw: Any, case: Case) -> list[str]:
    asked = [raw] if isinstance(raw, str) else [one for one in raw if isinstance(one, str)]
    found = [one for one in asked if one not in SIDES]
    for one in asked:
        if role := SIDES.get(one):
            found += [party.ref for party in case.parties if party.role == role]
    return list(dict.fromkeys(found))


def _text(raw: Any) -> str:
    value = raw[0] if isinstance(raw, list) and raw and isinstance(raw[0], str) else raw
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


def faults_in(written: Sequence[ClauseWritten], draft: Draft) -> list[tuple[str, str]]:
    """Everything that is missing: where a link leads, and the sentence."""
    page = spoken("desk")
    found: list[tuple[str, str]] = []
    colon = word("page", "colon")
    if not draft["clauses"]:
        found.append(("clauses", str(page["no_clause_yet"])))
    for place, said in enumerate(written):
        head = str(page["clause_no"]).format(no=place + 1)
        block = draft["clauses"][place]["block"]
        names = [one.name for one in find_block(block).fields] if block != KEPT else []
        on_page = {name: at for at, name in enumerate(names)}
        for one in sorted(said.faults, key=lambda one: on_page.get(one.field, len(names))):
            inside = f"-{one.inside}" if one.inside else ""
            where = f"clauses-{place}-v-{one.field}{inside}" if one.field in names else f"clauses-{place}"
            found.append((where, f"{head}{colon}{one.message[language()]}"))
    return found


def missing_facts(draft: Draft) -> list[tuple[str, str]]:
    """That the facts of the dispute are left out, where they are."""
    return [] if draft["summary"] else [("summary_text", word("desk", "facts_missing"))]
