"""Somebody with the database open changes what was signed, agreed or filed: the checker names the case (TM-24)."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mediation.models import Case
from mediation.services import scans
from mediation.verifying import Reader, about_signing
from tests.services.county import PAY, Office, paper
from tests.services.engines import KEYS

CHECKS = (
    about_signing.check_signing,
    about_signing.check_clauses,
    about_signing.check_handwriting,
    about_signing.check_filed,
    about_signing.check_codes,
)
#: Table → what a single edit may set in it.
EDITS: dict[str, dict[str, list[Any]]] = {
    "signatures": {"name": ["别人"], "manner": ["electronic"], "signed_at": ["2024-01-01 00:00:00.000000"]},
    "clauses": {"text": ["改过的话。"], "amount": [1, 2999.99], "due": ["2034-01-01"], "kind": ["do"]},
    "handwritten_changes": {
        "words": ["另一处"],
        "initials": ['["r1"]'],
        "recorded_at": ["2024-01-01 00:00:00"],
    },
    "attachments": {"title": ["别的"], "sha256": ["f" * 64], "kind": ["evidence", "other"], "page": [7]},
    "documents": {"check_code": ["AAAAAAAAAA"]},
}


@pytest.fixture
def case(office: Office) -> Case:
    """A case with all of it: signed, scanned, changed by hand, two files that came in together."""
    found = office.agreed(clauses=[PAY, {**PAY, "text": "再付3000元。"}])
    office.take(found, "note_handwriting", words="3000元改为3500元", initials=["a1", "r1"], page=1)
    paper(found, "agreement").pages = 1
    assert found.agreement is not None
    file = {"sha256": "a" * 64, "size": 9, "media_type": "image/png", "pages": 1, "name": "签字页.png"}
    office.keep(found, "add_file", scans.scan_facts(found.agreement, file, 1))
    office.run(found, "sign")
    office.keep(found, "add_file", {"kind": "receipt", "title": "收条", "file": {**file, "sha256": "b" * 64}})
    office.session.flush()
    return found


def found_in(session: Session, case: Case) -> list[str]:
    reader = Reader(session, KEYS, Path("papers"))
    return [str(violation) for check in CHECKS for violation in check(reader, [case.id])]


def test_nothing_is_found_where_nothing_was_touched(session: Session, case: Case) -> None:
    assert found_in(session, case) == []


def test_every_single_edit_is_found_and_the_case_is_named(session: Session, case: Case) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("raw edits are written for SQLite")
    dice, case_no = Random(24), case.case_no
    for _ in range(200):
        table = dice.choice(sorted(EDITS))
        column = dice.choice(sorted(EDITS[table]))
        value = dice.choice(EDITS[table][column])
        own = session.execute(text(f"SELECT id FROM {table} WHERE id IN {OWN[table]}"), {"case": case.id})
        row = dice.choice(list(own.scalars()))
        point = session.begin_nested()
        edit = text(f"UPDATE {table} SET {column} = :value WHERE id = :row")
        session.execute(edit, {"value": value, "row": row})
        told = found_in(session, case)
        assert told, (table, column, value)
        assert all(case_no in line for line in told)
        point.rollback()
    assert found_in(session, case) == []


OWN = {
    "signatures": "(SELECT s.id FROM signatures s JOIN agreements a ON a.id = s.agreement_id WHERE a.case_id = :case)",
    "clauses": "(SELECT c.id FROM clauses c JOIN agreements a ON a.id = c.agreement_id WHERE a.case_id = :case)",
    "handwritten_changes": (
        "(SELECT h.id FROM handwritten_changes h JOIN agreements a ON a.id = h.agreement_id WHERE a.case_id = :case)"
    ),
    "attachments": "(SELECT id FROM attachments WHERE case_id = :case)",
    "documents": "(SELECT id FROM documents WHERE case_id = :case)",
}
