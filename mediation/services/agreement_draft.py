"""An agreement while it is being written: blocks of promises with their values, and what they come to.

A draft is plain JSON: {again, summary, responsibility, form, court_choice, copies, clauses}; a clause is {block,
values, chosen, aside, words, words_for}: the block's code, the values of its fields, the chips that set a date, what
another block of it asked for, and the person's own wording with the sentence that it replaced.  No identity number is
ever in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.clauses import Composed, Fault, Vague, blocks_for, compose, find_block, find_vague
from mediation.models import Agreement, Case, Clause
from mediation.services.situations import signers_of

Draft = dict[str, Any]
KEPT = "kept"  # a clause of an earlier version that no block can take apart again
MONEY_WORDS = ("赔", "付", "钱", "款", "偿", "元", "工资", "费")


@dataclass(frozen=True)
class ClauseWritten:
    """A clause as it stands: what it says, what a case file holds, what is missing, which words are vague."""

    text: str
    clause: dict[str, Any]
    faults: tuple[Fault, ...]
    vague: tuple[Vague, ...]
    reworded: bool


def begin(case: Case) -> Draft:
    """What a new draft starts from: the present version where there is one, otherwise the dispute and its type."""
    agreement = case.agreement
    draft: Draft = {
        "again": False,
        "summary": case.facts,
        "responsibility": "",
        "form": "written",
        "court_choice": "",
        "copies": None,
        "clauses": [],
    }
    if agreement is not None:
        draft |= _from_version(case, agreement)
    elif first := _usual_block(case):
        draft["clauses"] = [new_clause(case, first)]
    return draft


def _from_version(case: Case, agreement: Agreement) -> Draft:
    told = next((row.facts for row in reversed(case.entries) if row.step == "agree"), {})
    return {
        "summary": str(told.get("summary") or case.facts),
        "responsibility": str(told.get("responsibility") or ""),
        "form": agreement.form,
        "court_choice": agreement.court_choice,
        "copies": agreement.copies,
        "clauses": [_from_clause(case, row) for row in agreement.clauses],
    }


def _from_clause(case: Case, row: Clause) -> dict[str, Any]:
    simple = row.kind == "pay" and row.amount is not None and row.due is not None
    if simple and not (row.installments or row.recurring or row.on_side("share") or row.condition):
        values = {
            "payer": [one.party.ref for one in row.on_side("obligor")],
            "payee": [one.party.ref for one in row.on_side("obligee")],
            "amount": f"{row.amount:.2f}",
            "due": row.due.isoformat() if row.due else "",
            "method": row.method if row.method in ("bank_transfer", "cash", "mobile_payment") else "cash",
            "joint": "" if row.joint is None else "true" if row.joint else "false",
        }
        made: dict[str, Any] = {"block": "payment", "values": values, "chosen": {"due": "date"}}
        return {**made, "words": row.text, "words_for": compose("payment", values, names_of(case)).text}
    return {
        "block": KEPT,
        "values": {"clause": plain_clause(row)},
        "chosen": {},
        "words": row.text,
        "words_for": "",
    }


def plain_clause(row: Clause) -> dict[str, Any]:
    """A clause of a version as a case file holds it."""
    found: dict[str, Any] = {
        "text": row.text,
        "kind": row.kind,
        "obligors": [one.party.ref for one in row.on_side("obligor")],
        "obligees": [one.party.ref for one in row.on_side("obligee")],
        "joint": row.joint,
        "amount": f"{row.amount:.2f}" if row.amount is not None else None,
        "due": row.due.isoformat() if row.due else None,
        "due_text": row.due_text,
        "method": row.method,
        "condition": row.condition,
        "recurring": row.recurring,
        "installments": [
            {"amount": f"{part.amount:.2f}", **({"due": part.due.isoformat()} if part.due else {})}
            for part in row.installments
        ],
        "shares": [
            {"party": share.party.ref, "amount": f"{share.amount:.2f}"}
            for share in row.on_side("share")
            if share.amount is not None
        ],
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _usual_block(case: Case) -> str:
    if any(sign in (case.claims or "") for sign in MONEY_WORDS) or not case.claims:
        offered = [block.code for block in blocks_for(case.dispute_type)]
        return "wages" if offered[0] == "wages" else "payment"
    return blocks_for(case.dispute_type)[0].code


def new_clause(case: Case, code: str) -> dict[str, Any]:
    """A clause of a block with what is known already: who owes whom, as the dispute has it."""
    known = {
        "payer": "respondent", "obligors": "respondent", "payee": "applicant", "obligees": "applicant", "sides": "",
    }  # fmt: skip
    values: dict[str, Any] = {}
    for field in find_block(code).fields:
        if field.name in known and field.kind == "parties":
            role = known[field.name]
            values[field.name] = [row.ref for row in case.parties if not role or row.role == role]
    return {"block": code, "values": values, "chosen": {}, "words": "", "words_for": ""}


def split_clause(clauses: list[dict[str, Any]], place: int) -> None:
    """One clause for each of its payers, who owe each his own share; how much that is, is left to be said."""
    clause = clauses[place]
    payers = list(clause["values"].get("payer") or [])
    if len(payers) < 2:
        return
    values = {name: _without_amounts(value) for name, value in clause["values"].items()}
    for name in ("amount", "cap", "joint"):
        values.pop(name, None)
    clauses[place : place + 1] = [
        {**deepcopy(clause), "values": {**deepcopy(values), "payer": [ref]}, "words": "", "words_for": ""}
        for ref in payers
    ]


def _without_amounts(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return [{name: "" if name == "amount" else text for name, text in row.items()} for row in value]
    return value


def names_of(case: Case) -> dict[str, str]:
    """The parties' names by ref, in their order."""
    return {party.ref: party.name for party in case.parties}


def write_clause(clause: Mapping[str, Any], case: Case, on: date | None) -> ClauseWritten:
    """What a clause of the draft says; the person's own words stand as long as the values they were written for do."""
    words = str(clause.get("words") or "").strip()
    if clause["block"] == KEPT:
        kept = {**clause["values"]["clause"], "text": words}
        return ClauseWritten(words, kept, (), tuple(find_vague(words)), True)
    made: Composed = compose(clause["block"], clause["values"], names_of(case), on=on)
    if words and words != made.text and clause.get("words_for") == made.text:
        return ClauseWritten(
            words, {**made.clause, "text": words}, made.faults, tuple(find_vague(words)), True
        )
    return ClauseWritten(made.text, made.clause, made.faults, made.vague, False)


def write_clauses(draft: Draft, case: Case, on: date | None) -> list[ClauseWritten]:
    """Every clause of the draft as it stands."""
    return [write_clause(clause, case, on) for clause in draft["clauses"]]


def facts_of(draft: Draft, case: Case, on: date) -> dict[str, Any]:
    """The draft as the step `agree` is told it."""
    wants_court = draft["court_choice"] == "yes"
    facts: dict[str, Any] = {
        "form": draft["form"],
        "summary": draft["summary"],
        "responsibility": draft["responsibility"],
        "court_choice": draft["court_choice"] or None,
        "for_court": wants_court or None,
        "copies": draft["copies"],
        "clauses": [written.clause for written in write_clauses(draft, case, on)],
        "consents": draft.get("consents"),
    }
    return {key: value for key, value in facts.items() if value not in (None, "")}


def count_copies(case: Case, court_choice: str) -> int:
    """How many originals the law and the court ask for: one a party, one for the committee, one for the court where
    confirmation is intended (PML 29; 239号 practice)."""
    signers = [party for party in case.parties if party.role != "third_party"]
    return len(signers) + 1 + (1 if court_choice == "yes" else 0)


def is_signed(case: Case) -> bool:
    """Whether a new version would void signatures that are there already."""
    agreement = case.agreement
    return agreement is not None and bool(agreement.live_signatures) and bool(signers_of(agreement, case))
