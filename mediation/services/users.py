"""People who log in: created with a first password, locked for a while after wrong ones."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select, update

from mediation.models import Organisation, User, UserSession
from mediation.services.desk import Desk
from workflows import Role

HASHER = PasswordHasher()
#: Checked against when there is no such user, so that the answer takes as long as for one there is.
_NOBODY = HASHER.hash(secrets.token_urlsafe(16))
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=8)
#: How long before its end a page says so.
WARNED_BEFORE = timedelta(minutes=5)
LONGEST_PASSWORD = 200
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper


class LoginRefused(Exception):
    """Wrong name or password, or too many tries; the sentence is the same for a name that does not exist."""

    def __init__(self, message: str, *, locked: bool = False) -> None:
        self.locked = locked
        super().__init__(message)


class PasswordRefused(Exception):
    """A new password that cannot be taken: what is wrong, and at which of the three boxes it is mended."""

    def __init__(self, fault: str, box: str) -> None:
        self.fault, self.box = fault, box
        super().__init__(fault)


def add_user(
    desk: Desk, *, name: str, phone: str, role: Role, organisation: Organisation, password: str | None = None
) -> tuple[User, str]:
    """A new user and the first password, in clear this once."""
    first = password or "".join(secrets.choice(_LETTERS) for _ in range(10))
    user = User(
        name=name,
        phone=phone,
        phone_hash=desk.keys.fingerprint(phone),
        role=role.value,
        organisation=organisation,
        password_hash=HASHER.hash(first),
        must_change_password=password is None,
        failed_logins=0,
        active=True,
        created_at=desk.now,
    )
    desk.session.add(user)
    desk.session.flush()  # a second user with this phone shows here
    return user, first


def find_user(desk: Desk, phone: str) -> User | None:
    """The user who logs in with this phone number."""
    return desk.session.scalar(select(User).where(User.phone_hash == desk.keys.fingerprint(phone)))


def find_helper(desk: Desk, phone: str) -> User | None:
    """The administrator who sets a new password for whoever logs in with this number: of their own office, or of the
    nearest one above; None where the number is nobody's, or nobody administers there."""
    user = find_user(desk, phone)
    if user is None:
        return None
    offices = [place.id for place in user.organisation.chain()]
    admins = desk.session.scalars(
        select(User)
        .where(User.role == Role.admin, User.active, User.organisation_id.in_(offices))
        .order_by(User.id)
    )
    return min(admins, key=lambda one: offices.index(one.organisation_id), default=None)


def check_login(desk: Desk, phone: str, password: str) -> User:
    """The user, if the password is right; raises LoginRefused.  The caller commits in both cases: wrong tries are
    counted in the database, so that a restart does not forgive them."""
    user = find_user(desk, phone)
    if user is not None and user.locked_until is not None and desk.now < user.locked_until:
        raise LoginRefused("试的次数多了，请15分钟后再试，或找管理员重置密码。", locked=True)
    if not _is_right(user, password) or user is None or not user.active:
        if user is not None:
            _count_wrong_try(desk, user)
        raise LoginRefused("手机号或密码不对，请再看一遍。忘了密码请找管理员重置。")
    user.failed_logins, user.locked_until = 0, None
    if HASHER.check_needs_rehash(user.password_hash):
        user.password_hash = HASHER.hash(password)
    return user


def _is_right(user: User | None, password: str) -> bool:
    try:
        return HASHER.verify(user.password_hash if user else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _count_wrong_try(desk: Desk, user: User) -> None:
    user.failed_logins += 1
    if user.failed_logins >= TRIES:
        user.failed_logins = 0
        user.locked_until = desk.now + LOCKED_FOR


def open_session(desk: Desk, user: User) -> str:
    """A login; the token goes into the cookie, only its hash is kept."""
    token = secrets.token_urlsafe(32)
    desk.session.add(
        UserSession(
            token_hash=_digest(token), user=user, started_at=desk.now, seen_at=desk.now, ended_at=None
        )
    )
    return token


def find_session(desk: Desk, token: str) -> UserSession | None:
    """The live login of a token: not ended, not idle, not too old, its user still active."""
    row = desk.session.scalar(select(UserSession).where(UserSession.token_hash == _digest(token)))
    if row is None or row.ended_at is not None or not row.user.active:
        return None
    if desk.now - row.seen_at > IDLE or desk.now - row.started_at > LONGEST:
        return None
    return row


def ends_at(row: UserSession) -> datetime:
    """When a login ends by itself, if nothing more is done with it; and no later than eight hours after it began."""
    return min(row.seen_at + IDLE, row.started_at + LONGEST)


def whose_session(desk: Desk, token: str) -> int | None:
    """Whose login a token was, though it may be over."""
    return desk.session.scalar(select(UserSession.user_id).where(UserSession.token_hash == _digest(token)))


def end_session(desk: Desk, token: str) -> None:
    """Log out, wherever this token is."""
    row = desk.session.scalar(select(UserSession).where(UserSession.token_hash == _digest(token)))
    if row is not None:
        row.ended_at = desk.now


def change_password(desk: Desk, user: User, old: str, new: str, again: str) -> None:
    """Set a new password and end every other login; raises PasswordRefused."""
    if not _is_right(user, old):
        raise PasswordRefused("old_wrong", "old")
    if len(new) < 8 or new == old:
        raise PasswordRefused("too_short", "new")
    if len(new) > LONGEST_PASSWORD:
        raise PasswordRefused("too_long", "new")
    if new != again:
        raise PasswordRefused("differs", "again")
    user.password_hash, user.must_change_password = HASHER.hash(new), False
    _end_all_sessions(desk, user)


def reset_password(desk: Desk, user: User) -> str:
    """A new first password for somebody who forgot; every login of theirs ends."""
    first = "".join(secrets.choice(_LETTERS) for _ in range(10))
    user.password_hash, user.must_change_password = HASHER.hash(first), True
    user.failed_logins, user.locked_until = 0, None
    _end_all_sessions(desk, user)
    return first


def close_account(desk: Desk, user: User) -> None:
    """Somebody has left: no login from this minute on, and every open one ends; what they did stays in their name."""
    user.active = False
    _end_all_sessions(desk, user)


def _end_all_sessions(desk: Desk, user: User) -> None:
    live = (UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    desk.session.execute(update(UserSession).where(*live).values(ended_at=desk.now))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
