"""Is this paper the one on record? Told by its check code alone, and without a name (X20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from documents import thaw
from mediation.models import Attachment, Document
from mediation.services import guessing, obligations, papers
from mediation.services.desk import Desk

LONGEST_CODE = 20
#: What is read or typed in place of a letter that our codes do not have.
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


class Standing(StrEnum):
    """What a paper is today."""

    issued = "issued"  # an agreement that not everybody has signed: handed out, not in effect
    current = "current"
    replaced = "replaced"  # a newer version took its place
    void = "void"


class Likeness(StrEnum):
    """What a file is to the paper on record."""

    same = "same"
    signed = "signed"  # the scan that shows it signed
    sealed = "sealed"  # the copy with the committee's electronic seal
    other = "other"
    unknown = "unknown"  # the paper was never printed, so there is nothing to compare with


@dataclass(frozen=True)
class OnRecord:
    """A paper, as anybody who holds it may know it."""

    code: str
    title: str
    number: str
    version: int
    standing: Standing
    issued_on: date
    ended_on: date | None
    sha256: str | None
    scans: frozenset[str]
    sealed: frozenset[str]

    def compare(self, sha256: str) -> Likeness:
        """What a file with this hash is to the paper."""
        if sha256 in self.sealed:
            return Likeness.sealed
        if sha256 in self.scans:
            return Likeness.signed
        if self.sha256 is None:
            return Likeness.unknown
        return Likeness.same if sha256 == self.sha256 else Likeness.other


class TooManyTries(Exception):
    """Codes were guessed from this address; come back in a quarter of an hour."""


def look_up(desk: Desk, typed: str, address: str) -> OnRecord | None:
    """The paper with this code; None where there is none, which is counted.

    Raises TooManyTries.  The caller commits.
    """
    code = tidy(typed)
    scopes = guessing.scopes_of(desk, code, address)[1:]
    if guessing.is_shut(desk, scopes):
        raise TooManyTries
    row = desk.session.scalar(select(Document).where(Document.check_code == code)) if code else None
    if row is None:
        guessing.count_wrong(desk, scopes)
        return None
    return _tell(desk, row)


def tidy(typed: str) -> str:
    """A code as it stands on paper, however it was typed; empty for what cannot be one."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOKALIKES)
    return plain if len(plain) <= LONGEST_CODE and plain.isascii() else ""


def _tell(desk: Desk, row: Document) -> OnRecord:
    files = desk.session.execute(
        select(Attachment.kind, Attachment.sha256).where(
            Attachment.document_id == row.id, Attachment.removed_at.is_(None)
        )
    ).all()
    return OnRecord(
        code=row.check_code,
        title=papers.title_of(row),
        number=thaw(row.type, row.facts).number,
        version=row.version,
        standing=_standing(row),
        issued_on=obligations.civil_day(row.issued_at),
        ended_on=obligations.civil_day(row.superseded_at) if row.superseded_at else None,
        sha256=row.sha256,
        scans=frozenset(sha256 for kind, sha256 in files if kind == "scan"),
        sealed=frozenset(sha256 for kind, sha256 in files if kind == "electronic"),
    )


def _standing(row: Document) -> Standing:
    if row.superseded_at is not None:
        newer = any(other.type == row.type and other.number > row.number for other in row.case.documents)
        return Standing.replaced if newer else Standing.void
    if row.agreement is None or row.agreement.state == "effective":
        return Standing.current
    if row.agreement.state in ("drafted", "signed"):
        return Standing.issued
    return Standing.void
