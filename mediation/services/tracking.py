"""The code a party tracks its own case with: shown once, kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import update
from sqlalchemy.orm import Session

from mediation.keys import KeyRing
from mediation.models import Case, Companion, Party, TrackingCode
from mediation.services import guessing

DIGITS = 8
_FULL_WIDTH = {0xFF10 + n: chr(0x30 + n) for n in range(10)}
_FILLING = re.compile(r"[\s\-‐‑‒–—―−·.]+")


@dataclass(frozen=True)
class FreshCode:
    """A code in clear, to be handed to its party once."""

    ref: str
    number: str
    code: str
    token: str


def issue_code(
    session: Session,
    case: Case,
    party: Party,
    at: datetime,
    keys: KeyRing,
    companion: Companion | None = None,
) -> FreshCode:
    """Give a party, or somebody it trusts, a new code; the one before is void."""
    if party.id is not None:  # one that is entered in this same breath has no code yet
        void_codes(session, party, at, companion)
        guessing.forgive(session, keys, case.public_number)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    token = secrets.token_urlsafe(24)
    row = TrackingCode(
        party=party,
        companion=companion,
        code_hash=seal(case.public_number, code, keys),
        token_hash=hash_token(token),
        issued_at=at,
        wrong_tries=0,
    )
    session.add(row)
    return FreshCode(party.ref, case.public_number, code, token)


def void_codes(session: Session, party: Party, at: datetime, companion: Companion | None = None) -> None:
    """The codes of a party, or of somebody it trusts, open nothing any more."""
    whose = (
        TrackingCode.companion_id.is_(None)
        if companion is None
        else TrackingCode.companion_id == companion.id
    )
    session.execute(
        update(TrackingCode)
        .where(TrackingCode.party_id == party.id, TrackingCode.void_at.is_(None), whose)
        .values(void_at=at)
    )


def seal(number: str, code: str, keys: KeyRing) -> str:
    """The one-way form of a code of a case; the same work whether the case exists or not.

    Cheap on purpose: eight digits are guarded by the key outside the database, by counting wrong tries and by locking
    the code after twenty; a case of forty parties must not take seconds to file.  The salt is the case's, so that one
    piece of work compares a guess with the codes of all its parties.
    """
    key = keys.derive("tracking")
    salt = hmac.new(key, f"number:{number}".encode(), hashlib.sha256).digest()[:16]
    pepper = hmac.new(key, code.encode(), hashlib.sha256).digest()
    return hash_secret_raw(pepper, salt, 1, 512, 1, 32, Type.ID).hex()


def hash_token(token: str) -> str:
    """What is kept of a long random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_code_of(row: TrackingCode, code: str, keys: KeyRing) -> bool:
    """Whether this is the code; a void one never is."""
    sealed = seal(row.party.case.public_number, code, keys)
    return row.void_at is None and hmac.compare_digest(row.code_hash, sealed)


def tidy_code(typed: str) -> str:
    """A code as people type it: in groups, with hyphens, in full-width digits; anything but digits comes to nothing."""
    digits = _FILLING.sub("", typed.translate(_FULL_WIDTH))
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""
