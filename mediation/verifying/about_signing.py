"""I-6, I-5: what was signed, agreed, written by hand and filed is what the chained history says it was (TM-24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import StatementError

from documents import DocumentError, thaw
from mediation.keys import KeyMissing
from mediation.models import (
    Agreement,
    Attachment,
    Clause,
    Committee,
    Document,
    Entry,
    HandwrittenChange,
    Party,
    PartyHelper,
    Signature,
)
from mediation.verifying.reading import Reader, Violation

Told = dict[int, list[Any]]  # by case: entries of one step, oldest first


def _entries(reader: Reader, ids: Sequence[int], *steps: str) -> Told:
    query = (
        select(Entry.case_id, Entry.at, Entry.step, Entry.facts)
        .where(Entry.case_id.in_(ids), Entry.step.in_(steps))
        .order_by(Entry.case_id, Entry.number)
    )
    found: Told = defaultdict(list)
    for row in reader.rows(query):
        found[row.case_id].append(row)
    return found


def check_signing(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Every signature was put there by a step of that moment, by who was named, in that manner."""
    told = _entries(reader, ids, "sign")
    stand_ins = _stand_ins(reader, ids)
    query = (
        select(Agreement.case_id, Agreement.version, Signature.kind, Signature.name, Signature.manner,
               Signature.signed_at, Party.ref, Party.name.label("party"), Party.represented_by,
               Committee.id.label("committee"))
        .join(Agreement, Agreement.id == Signature.agreement_id)
        .outerjoin(Party, Party.id == Signature.party_id)
        .outerjoin(Committee, (Committee.name == Signature.name) & (Signature.kind == "seal"))
        .where(Agreement.case_id.in_(ids))
    )  # fmt: skip
    for row in reader.rows(query):
        if not any(_explains(facts, row, stand_ins) for facts in _at(told[row.case_id], row.signed_at)):
            about = f"协议第{row.version}版上{row.name}的签名"
            yield Violation("I-6", reader.name(row.case_id), f"{about}和办理记录对不上，可能被改过")


def _at(entries: list[Any], moment: datetime) -> list[Mapping[str, Any]]:
    """What the steps of one moment were told; several files come in together."""
    return [row.facts for row in entries if row.at == moment]


def _explains(facts: Mapping[str, Any], row: Any, stand_ins: Mapping[tuple[int, str], set[str]]) -> bool:
    if row.kind == "seal":
        return bool(facts.get("seal")) and row.manner == "seal" and row.committee is not None
    if row.kind == "mediator":
        return row.name in facts.get("mediators", ()) and row.manner == "signature"
    proxy = facts.get("signed_by", {}).get(row.ref)
    signing = set(facts.get("parties", ()))
    if row.ref not in signing and row.represented_by not in signing:
        return False
    if row.manner != (facts.get("manner") or "signature"):
        return False
    return row.name == (proxy or row.party) or row.name in stand_ins.get((row.case_id, row.ref), ())


def _stand_ins(reader: Reader, ids: Sequence[int]) -> dict[tuple[int, str], set[str]]:
    query = (
        select(Party.case_id, Party.ref, PartyHelper.name)
        .join(PartyHelper, PartyHelper.party_id == Party.id)
        .where(Party.case_id.in_(ids))
    )
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for case_id, ref, name in reader.rows(query):
        found[case_id, ref].add(name)
    return found


def check_clauses(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Every clause says what was agreed: its words, its kind, its sum and its day."""
    told = _entries(reader, ids, "agree")
    query = (
        select(Agreement.case_id, Agreement.version, Clause.no, Clause.text, Clause.kind, Clause.amount, Clause.due)
        .join(Agreement, Agreement.id == Clause.agreement_id)
        .where(Agreement.case_id.in_(ids))
    )  # fmt: skip
    for row in reader.rows(query):
        entries = told[row.case_id]
        clauses = entries[row.version - 1].facts.get("clauses", ()) if row.version <= len(entries) else ()
        said = clauses[row.no - 1] if row.no <= len(clauses) else None
        if said is None or not _same_clause(said, row):
            about = f"协议第{row.version}版第{row.no}条"
            yield Violation("I-6", reader.name(row.case_id), f"{about}和办理记录对不上，可能被改过")


def _same_clause(said: Mapping[str, Any], row: Any) -> bool:
    due = row.due.isoformat() if row.due else None
    return (
        said.get("text") == row.text
        and said.get("kind") == row.kind
        and _sum(said.get("amount")) == row.amount
        and (said.get("due") or None) == due
    )


def _sum(said: Any) -> Decimal | None:
    try:
        return None if said is None else Decimal(str(said))
    except InvalidOperation:
        return None


def check_handwriting(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Every change by hand was noted by a step of that moment, in these words, with these initials."""
    told = _entries(reader, ids, "note_handwriting")
    query = (
        select(Agreement.case_id, HandwrittenChange.number, HandwrittenChange.words, HandwrittenChange.initials,
               HandwrittenChange.recorded_at)
        .join(Agreement, Agreement.id == HandwrittenChange.agreement_id)
        .where(Agreement.case_id.in_(ids))
    )  # fmt: skip
    for row in reader.rows(query):
        noted = [
            (facts.get("words"), sorted(set(facts.get("initials") or ())))
            for facts in _at(told[row.case_id], row.recorded_at)
        ]
        if (row.words, row.initials) not in noted:
            yield Violation("I-6", reader.name(row.case_id), f"第{row.number}处手写改动和办理记录对不上")


def check_filed(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Every file that a step put on record is the one of that step, in the place it was given."""
    told = _entries(reader, ids, "add_file")
    query = select(
        Attachment.case_id, Attachment.number, Attachment.kind, Attachment.title, Attachment.sha256,
        Attachment.page, Attachment.added_at, Document.number.label("document"),
    ).outerjoin(Document, Document.id == Attachment.document_id).where(Attachment.case_id.in_(ids))  # fmt: skip
    for row in reader.rows(query):
        steps = _at(told[row.case_id], row.added_at)
        # Without a step of that moment it came with another one: a payment, a ruling, an application.
        if steps and not any(_is_filed(facts, row) for facts in steps):
            yield Violation(
                "I-5", reader.name(row.case_id), f"第{row.number}份材料和办理记录对不上，可能被改过"
            )


def _is_filed(facts: Mapping[str, Any], row: Any) -> bool:
    file = facts.get("file") or {}
    told = (file.get("sha256"), facts.get("kind"), facts.get("page"), facts.get("document"))
    title = facts.get("title") or file.get("name") or ""
    return told == (row.sha256, row.kind, row.page, row.document) and title == row.title


def check_codes(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """A paper's facts carry the paper's own check code: facts of two papers cannot change places."""
    query = select(
        Document.case_id, Document.number, Document.type, Document.facts, Document.check_code
    ).where(Document.case_id.in_(ids))
    try:
        rows = reader.rows(query)
    except (KeyMissing, StatementError, ValueError):
        return  # told by `about_papers.check_facts`
    for row in rows:
        try:
            code = thaw(row.type, row.facts).verify_code
        except DocumentError:
            continue
        if code != row.check_code:
            yield Violation(
                "I-5", reader.name(row.case_id), f"第{row.number}份文书的内容不是这一份的，可能被换过"
            )
