"""Wrong codes are counted in the database, by number and source, by sender and altogether; too many, and the door is
shut to whoever sent them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import bindparam, delete, or_, text
from sqlalchemy.orm import Session

from mediation.database import UtcDateTime
from mediation.keys import KeyRing
from mediation.models import TryCount
from mediation.services.desk import Desk

WAIT, MONTH = timedelta(minutes=15), timedelta(days=30)

_SHUT = text(
    "SELECT 1 FROM try_counts WHERE scope IN (:scope0, :scope1, :scope2, :scope3) AND shut_until > :now LIMIT 1"
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
    """Whose tries are counted together, how many are let pass in a window, and for how long it is shut after."""

    name: str
    limit: int
    window: timedelta = WAIT


def scopes_of(desk: Desk, number: str, address: str) -> tuple[Scope, ...]:
    """The counts that a try belongs to; numbers and addresses are kept under a keyed hash only.

    What a stranger tries at a number is counted for where he comes from and never for the party: five in a quarter of
    an hour, ten in a month.  So nobody uses up alone the twenty guesses that a number has in all (`visits`).
    """
    here = desk.keys.fingerprint(network_of(address))[:32]
    pair = f"{_number_part(desk.keys, number)}:{here}"
    return (
        Scope(f"number:{pair}", 5),
        # Where nobody knows who comes from where, everybody would share this count: the number's own is enough then.
        Scope(f"source:{pair}", 10 if address else 1000, MONTH),
        *sender_scopes(desk, address),
    )


def _number_part(keys: KeyRing, number: str) -> str:
    return keys.fingerprint(number)[:32]


def forgive(session: Session, keys: KeyRing, number: str) -> None:
    """A new code was handed out: what was tried at the old one is held against nobody."""
    part = _number_part(keys, number)
    session.execute(
        delete(TryCount).where(
            or_(TryCount.scope.like(f"number:{part}:%"), TryCount.scope.like(f"source:{part}:%"))
        )
    )


def sender_scopes(desk: Desk, address: str) -> tuple[Scope, ...]:
    """The counts of who sends a try, whatever number it is for."""
    return (
        Scope(f"address:{desk.keys.fingerprint(address)}", 60 if address else 900),
        Scope("everybody", 900),
    )


def network_of(address: str) -> str:
    """The network that an address belongs to: whoever has one address of it can often have all of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{24 if found.version == 4 else 56}", strict=False))


def applications_of(desk: Desk, address: str) -> tuple[Scope, ...]:
    """Applications are counted too: more than an office's own computer would send for its villagers is no villager."""
    return (
        Scope(f"apply:{desk.keys.fingerprint(address)}", 20 if address else 200),
        Scope("apply:everybody", 200),
    )


def is_shut(desk: Desk, scopes: Sequence[Scope]) -> bool:
    """Whether one of the counts is full."""
    names = {f"scope{n}": scopes[n].name if n < len(scopes) else "" for n in range(4)}
    return desk.session.execute(_SHUT, {**names, "now": desk.now}).scalar() is not None


def count_wrong(desk: Desk, scopes: Sequence[Scope]) -> None:
    """One wrong try more in each count; a count starts anew when its window is over.

    In one statement each, so that two tries at once are counted as two."""
    for scope in scopes:
        desk.session.execute(
            _COUNT,
            {
                "scope": scope.name,
                "limit": scope.limit,
                "now": desk.now,
                "began": desk.now - scope.window,
                "until": desk.now + scope.window,
            },
        )


def forget_old(desk: Desk) -> None:
    """Counts that mean nothing any more."""
    short = (TryCount.since < desk.now - 4 * WAIT) & TryCount.scope.not_like("source:%")
    long = TryCount.since < desk.now - 2 * MONTH
    desk.session.execute(delete(TryCount).where(short | long))
