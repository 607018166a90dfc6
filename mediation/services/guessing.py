"""Wrong codes are counted in the database, by number, by address and altogether; too many, and the door is shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, text

from mediation.database import UtcDateTime
from mediation.models import TryCount
from mediation.services.desk import Desk

WAIT = timedelta(minutes=15)

_SHUT = text(
    "SELECT 1 FROM try_counts WHERE scope IN (:scope0, :scope1, :scope2) AND shut_until > :now LIMIT 1"
).bindparams(bindparam("now", type_=UtcDateTime()))
_COUNT = text(
    """
    INSERT INTO try_counts (scope, tries, since, shut_until) VALUES (:scope, 1, :now, NULL)
    ON CONFLICT (scope) DO UPDATE SET
      tries = CASE WHEN try_counts.since <= :began THEN 1 ELSE try_counts.tries + 1 END,
      since = CASE WHEN try_counts.since <= :began THEN :now ELSE try_counts.since END,
      shut_until = CASE WHEN try_counts.since > :began AND try_counts.tries + 1 >= :limit THEN :until ELSE NULL END
    """
).bindparams(*(bindparam(name, type_=UtcDateTime()) for name in ("now", "began", "until")))


@dataclass(frozen=True)
class Scope:
    """Whose tries are counted together, and how many are let pass in a quarter of an hour."""

    name: str
    limit: int


def scopes_of(desk: Desk, number: str, address: str) -> tuple[Scope, ...]:
    """The three counts that a try belongs to; numbers and addresses are kept under a keyed hash only."""
    return (
        Scope(f"number:{desk.keys.fingerprint(number)}", 5),
        Scope(f"address:{desk.keys.fingerprint(address)}", 60 if address else 900),
        Scope("everybody", 900),
    )


def applications_of(desk: Desk, address: str) -> tuple[Scope, ...]:
    """Applications are counted too: more than an office's own computer would send for its villagers is no villager."""
    return (
        Scope(f"apply:{desk.keys.fingerprint(address)}", 20 if address else 200),
        Scope("apply:everybody", 200),
    )


def is_shut(desk: Desk, scopes: Sequence[Scope]) -> bool:
    """Whether one of the counts is full."""
    names = {f"scope{n}": scope.name for n, scope in enumerate(scopes[-3:], start=3 - len(scopes))}
    found = desk.session.execute(_SHUT, {"scope0": "", "scope1": "", **names, "now": desk.now})
    return found.scalar() is not None


def count_wrong(desk: Desk, scopes: Sequence[Scope]) -> None:
    """One wrong try more in each count; a count starts anew a quarter of an hour after it began.

    In one statement each, so that two tries at once are counted as two."""
    for scope in scopes:
        desk.session.execute(
            _COUNT,
            {
                "scope": scope.name,
                "limit": scope.limit,
                "now": desk.now,
                "began": desk.now - WAIT,
                "until": desk.now + WAIT,
            },
        )


def forget_old(desk: Desk) -> None:
    """Counts that mean nothing any more."""
    desk.session.execute(delete(TryCount).where(TryCount.since < desk.now - 4 * WAIT))
