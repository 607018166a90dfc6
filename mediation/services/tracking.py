"""The code a party tracks its own case with: shown once, kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import update
from sqlalchemy.orm import Session

from mediation.keys import KeyRing
from mediation.models import Case, Party, TrackingCode

# Cheap on purpose: eight digits are guarded by the key outside the database, by counting wrong tries and by
# voiding the code after twenty; a case of forty parties must not take seconds to file.
_HASHER = PasswordHasher(time_cost=1, memory_cost=512, parallelism=1)


@dataclass(frozen=True)
class FreshCode:
    """A code in clear, to be handed to its party once."""

    ref: str
    number: str
    code: str
    token: str


def issue_code(session: Session, case: Case, party: Party, at: datetime, keys: KeyRing) -> FreshCode:
    """Give a party a new code; the one before is void."""
    if party.id is not None:  # one that is entered in this same breath has no code yet
        session.execute(
            update(TrackingCode)
            .where(TrackingCode.party_id == party.id, TrackingCode.void_at.is_(None))
            .values(void_at=at)
        )
    code = f"{secrets.randbelow(10**8):08d}"
    token = secrets.token_urlsafe(24)
    row = TrackingCode(
        party=party,
        code_hash=_HASHER.hash(_peppered(code, keys)),
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        issued_at=at,
    )
    session.add(row)
    return FreshCode(party.ref, case.public_number, code, token)


def is_code_of(row: TrackingCode, code: str, keys: KeyRing) -> bool:
    """Whether this is the code; a void one never is."""
    if row.void_at is not None:
        return False
    try:
        return _HASHER.verify(row.code_hash, _peppered(code, keys))
    except VerifyMismatchError:
        return False


def _peppered(code: str, keys: KeyRing) -> str:
    return hmac.new(keys.derive("tracking"), code.encode(), hashlib.sha256).hexdigest()
