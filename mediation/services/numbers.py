"""Numbers without gap or double: each comes from a counter row, in the transaction that uses it."""

from __future__ import annotations

from collections.abc import Container

from sqlalchemy import text
from sqlalchemy.orm import Session

from mediation.models import Committee, Organisation
from mediation.numbering import format_case_number, format_public_number

CASE_WORD = "人调"
AGREEMENT_WORD = "人调协"


def draw(session: Session, scope: str) -> int:
    """The next number of a run; a rollback gives it back."""
    row = session.execute(
        text(
            "INSERT INTO counters (scope, value) VALUES (:scope, 1) "
            "ON CONFLICT (scope) DO UPDATE SET value = counters.value + 1 RETURNING value"
        ),
        {"scope": scope},
    )
    return int(row.scalar_one())


def draw_case_number(session: Session, committee: Committee, year: int) -> str:
    """〔2026〕雀塘镇人调字第0012号: one run a committee and year."""
    serial = draw(session, f"case:{committee.id}:{year}")
    return format_case_number(year, committee.number_word, CASE_WORD, serial)


def draw_agreement_number(session: Session, committee: Committee, year: int) -> str:
    """〔2026〕雀塘镇人调协字第0003号: a run of its own."""
    serial = draw(session, f"agreement:{committee.id}:{year}")
    return format_case_number(year, committee.number_word, AGREEMENT_WORD, serial)


def draw_public_number(session: Session, year: int, month: int) -> str:
    """2611-0023-5: one run a month for the whole installation."""
    return format_public_number(year, month, draw(session, f"public:{year % 100:02d}{month:02d}"))


def choose_number_word(taken: Container[str], organisation: Organisation) -> str:
    """What a new committee's numbers begin with: as short as it can be and still be its own.

    Two villages of one name get their town's name before theirs; two cases must never share a number.
    """
    word = ""
    for place in organisation.chain():
        word = place.name + word
        if word not in taken:
            return word
    return f"{word}{organisation.code}"
