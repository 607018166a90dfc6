"""A party lets itself in with number and code, or with the long token of a QR; what was wrong is not said."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete, select, update

from mediation.models import Case, KnownDevice, Party, TrackingCode, Visit
from mediation.numbering import NumberError, parse_public_number
from mediation.services import guessing
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.tracking import hash_token, seal, tidy_code

#: So many guesses a number has in all, wherever they come from.
LOCKED_AFTER = 20
#: So many wrong codes typed in a browser that knew the right one, and it is a stranger again.
KNOWN_UNTIL = 5
KNOWN_FOR = timedelta(days=180)
LASTS = timedelta(minutes=30)
NO_NUMBER = "0000-0000-0"


class TurnedAway(Exception):
    """The way in is shut; `waits` where too many tries came before, and otherwise not a word of what was wrong."""

    def __init__(self, *, waits: bool) -> None:
        """waits: come back in a quarter of an hour."""
        self.waits = waits
        super().__init__("too many tries" if waits else "number or code wrong")


def enter(desk: Desk, number: str, code: str, address: str, device: str = "") -> str:
    """Let a visitor in who has a number and its code; returns the token for the cookie.

    device: what the browser carries since a code has opened a case in it.  There that one code opens however often
    strangers have guessed at the number; it opens nothing else and saves nobody the code.

    Raises TurnedAway.  The caller commits in every case: wrong tries are counted in the database.
    """
    number, code = tidy_number(number), tidy_code(code)
    known = _known(desk, number, device) if device and code else None
    if known is not None and _opens_here(desk, known, number, code):
        return _begin(desk, known.code)
    scopes = guessing.scopes_of(desk, number, address)
    if guessing.is_shut(desk, scopes):
        raise TurnedAway(waits=True)
    sealed = seal(number, code, desk.keys)
    row = next((one for one in _open_codes(desk, number) if hmac.compare_digest(one.code_hash, sealed)), None)
    if row is None or not code or not opens(row, desk):
        _count_wrong(desk, number, scopes)
        raise TurnedAway(waits=False)
    return _begin(desk, row)


def _known(desk: Desk, number: str, device: str) -> KnownDevice | None:
    """The code of this number that has been used in this browser before."""
    rows = desk.session.scalars(
        select(KnownDevice)
        .join(TrackingCode, TrackingCode.id == KnownDevice.code_id)
        .join(Party, Party.id == TrackingCode.party_id)
        .join(Case, Case.id == Party.case_id)
        .where(
            KnownDevice.token_hash == hash_token(device[:200]),
            KnownDevice.wrong_tries < KNOWN_UNTIL,
            TrackingCode.void_at.is_(None),
            Case.public_number == number,
        )
        .order_by(KnownDevice.id.desc())
    )
    return next((row for row in rows if opens(row.code, desk)), None)


def _opens_here(desk: Desk, known: KnownDevice, number: str, code: str) -> bool:
    if hmac.compare_digest(known.code.code_hash, seal(number, code, desk.keys)):
        known.seen_at = desk.now
        return True
    known.wrong_tries += 1
    return False


def remember_device(desk: Desk, visit: str, device: str) -> str:
    """The browser in which a visit has begun is known from now on; returns what its cookie is to carry."""
    desk.session.flush()
    found = find_visit(desk, visit)
    if found is None:
        return device
    token = device or secrets.token_urlsafe(32)
    here = (KnownDevice.token_hash == hash_token(token[:200]), KnownDevice.code_id == found.code_id)
    row = desk.session.scalar(select(KnownDevice).where(*here))
    if row is None:
        row = KnownDevice(token_hash=hash_token(token[:200]), code=found.code)
        desk.session.add(row)
    row.seen_at, row.wrong_tries = desk.now, 0
    return token


def forget_devices(desk: Desk) -> None:
    """Browsers that have not come for half a year are strangers again."""
    desk.session.execute(delete(KnownDevice).where(KnownDevice.seen_at < desk.now - KNOWN_FOR))


def enter_by_token(desk: Desk, token: str, address: str) -> str:
    """Let a visitor in who scanned the QR of the own paper; raises TurnedAway.

    Nobody guesses a long token, so only its sender's own tries are counted: strangers' elsewhere shut nobody out."""
    scopes = guessing.sender_scopes(desk, address)[:1]
    if guessing.is_shut(desk, scopes):
        raise TurnedAway(waits=True)
    row = desk.session.scalar(
        select(TrackingCode).where(
            TrackingCode.token_hash == hash_token(token[:200]), TrackingCode.void_at.is_(None)
        )
    )
    if row is None or not opens(row, desk):
        guessing.count_wrong(desk, scopes)
        raise TurnedAway(waits=False)
    return _begin(desk, row)


def find_visit(desk: Desk, token: str) -> Visit | None:
    """The visit of a cookie: still short, its code not void, its bearer still entitled."""
    row = desk.session.scalar(select(Visit).where(Visit.token_hash == hash_token(token[:200])))
    if row is None or row.ended_at is not None or desk.now - row.started_at > LASTS:
        return None
    return row if row.code.void_at is None and opens(row.code, desk) else None


def end_visit(desk: Desk, token: str) -> None:
    """The visitor leaves."""
    desk.session.execute(
        update(Visit)
        .where(Visit.token_hash == hash_token(token[:200]), Visit.ended_at.is_(None))
        .values(ended_at=desk.now)
    )


def opens(row: TrackingCode, desk: Desk) -> bool:
    """Whether a code's bearer is still entitled: the party is in the case, a companion's consent still holds."""
    if row.party.left_at is not None:
        return False
    companion = row.companion
    return companion is None or ("see" in companion.may and companion.is_live(civil_day(desk.now)))


def tidy_number(typed: str) -> str:
    """A public number in its proper form; one and the same stand-in for whatever cannot be one."""
    try:
        return str(parse_public_number(typed[:40]))
    except (NumberError, ValueError):
        return NO_NUMBER


def _open_codes(desk: Desk, number: str) -> list[TrackingCode]:
    """The codes of a number that open when they are typed by somebody nobody knows."""
    query = (
        select(TrackingCode)
        .join(Party, Party.id == TrackingCode.party_id)
        .join(Case, Case.id == Party.case_id)
        .where(Case.public_number == number, TrackingCode.void_at.is_(None), TrackingCode.locked_at.is_(None))
    )
    return list(desk.session.scalars(query))


def _count_wrong(desk: Desk, number: str, scopes: tuple[guessing.Scope, ...]) -> None:
    # A number that cannot be one is counted for its sender only: nobody is to be shut out by another's typing errors.
    guessing.count_wrong(desk, scopes[2:] if number == NO_NUMBER else scopes)
    ids = (
        select(TrackingCode.id)
        .join(Party, Party.id == TrackingCode.party_id)
        .join(Case, Case.id == Party.case_id)
        .where(Case.public_number == number, TrackingCode.void_at.is_(None), TrackingCode.locked_at.is_(None))
    )
    desk.session.execute(
        update(TrackingCode)
        .where(TrackingCode.id.in_(ids))
        .values(wrong_tries=TrackingCode.wrong_tries + 1)
        .execution_options(synchronize_session=False)
    )
    desk.session.execute(
        update(TrackingCode)
        .where(TrackingCode.id.in_(ids), TrackingCode.wrong_tries >= LOCKED_AFTER)
        .values(locked_at=desk.now)
        .execution_options(synchronize_session=False)
    )


def _begin(desk: Desk, row: TrackingCode) -> str:
    token = secrets.token_urlsafe(32)
    desk.session.add(Visit(token_hash=hash_token(token), code=row, started_at=desk.now))
    return token
