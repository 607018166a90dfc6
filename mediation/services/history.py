"""The history: one entry a change, numbered in its case, chained by hash to the one before."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mediation.keys import KeyRing
from mediation.models import Case, Entry
from mediation.services.people import By
from workflows import Change

#: Never copied into the history, which is not encrypted; a party's code is nobody's to read.
_PRIVATE = {"id_number", "phone", "phone_unsure", "address", "strokes", "slip_code"}


def write(
    case: Case,
    change: Change,
    facts: Mapping[str, Any],
    *,
    by: By,
    at: datetime,
    recorded_at: datetime,
    keys: KeyRing,
) -> Entry:
    """Write a change down, and move the case's head to it."""
    case.steps_taken += 1
    entry = Entry(
        number=case.steps_taken,
        at=at,
        recorded_at=recorded_at,
        user_id=by.user_id,
        by_name=by.name,
        organisation_id=by.organisation.id if by.organisation else None,
        step=change.step.name,
        before=change.before,
        after=change.after,
        level=change.level_after,
        facts=plain(facts),
        warnings=[{"code": reason.code, "zh": reason.zh, "en": reason.en} for reason in change.warnings],
        previous_hash=case.head_hash,
    )
    entry.hash = hash_of(entry, case.case_no, keys)
    case.head_hash = entry.hash
    case.entries.append(entry)
    return entry


def hash_of(entry: Entry, case_no: str, keys: KeyRing) -> str:
    """The keyed hash over everything an entry says, and the hash before it."""
    said = {
        "case": case_no,
        "number": entry.number,
        "at": entry.at.timestamp(),
        "recorded_at": entry.recorded_at.timestamp(),
        "user": entry.user_id,
        "by": entry.by_name,
        "organisation": entry.organisation_id,
        "step": entry.step,
        "before": entry.before,
        "after": entry.after,
        "level": entry.level,
        "facts": entry.facts,
        "warnings": entry.warnings,
        "previous": entry.previous_hash,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(keys.chain_key, text.encode(), hashlib.sha256).hexdigest()


def faults_in_chain(
    case_no: str, entries: Iterable[Entry], head: str, steps: int, keys: KeyRing
) -> list[str]:
    """What is wrong with one case's history: gaps, changed entries, a cut tail."""
    faults, previous, count = [], "", 0
    for count, entry in enumerate(entries, start=1):
        if entry.number != count:
            faults.append(f"{case_no}: entry {count} is missing or out of order (found {entry.number})")
            return faults
        if entry.previous_hash != previous:
            faults.append(f"{case_no}: entry {count} does not follow the one before")
        if hash_of(entry, case_no, keys) != entry.hash:
            faults.append(f"{case_no}: entry {count} has been changed")
        previous = entry.hash
    if count != steps or previous != head:
        faults.append(f"{case_no}: the history ends at entry {count}, the case says {steps}")
    return faults


def plain(value: Any) -> Any:
    """A fact as JSON keeps it, without personal numbers."""
    if isinstance(value, Mapping):
        return {
            str(key): plain(item) for key, item in value.items() if key not in _PRIVATE and item is not None
        }
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
