"""A form pressed twice does its work once: the key it carries, and the answer that is given again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask import g, request
from sqlalchemy import select, update
from werkzeug.exceptions import HTTPException

from mediation.keys import KeyRing
from mediation.models import SubmittedForm, User
from mediation.services import drafts
from mediation.services.desk import Desk

KEY, TOKEN, DRAFT = "_key", "csrf_token", "_draft"
SHOWN_FOR = timedelta(minutes=15)


class KeyReused(HTTPException):
    """The same key came with another body: a page was copied, or a program made a mistake."""

    code = 422
    description = "form_key_reused"


class KeyMissing(HTTPException):
    """A form that carries no key."""

    code = 400
    description = "form_key_missing"


def find_earlier(desk: Desk, user: User) -> SubmittedForm | None:
    """What this very form did before, if it was sent before; raises KeyReused where its contents differ."""
    row = desk.session.scalar(
        select(SubmittedForm).where(SubmittedForm.user_id == user.id, SubmittedForm.key == _key())
    )
    if row is not None and row.request_hash != _fingerprint(desk.keys):
        raise KeyReused
    return row


def remember(desk: Desk, user: User, location: str, answer: Any = None) -> None:
    """Keep what this form did, in the same transaction, and drop its draft; `answer` is shown for a few minutes and
    then emptied."""
    desk.session.execute(
        update(SubmittedForm)
        .where(SubmittedForm.answer.is_not(None), SubmittedForm.at < desk.now - SHOWN_FOR)
        .values(answer=None)
    )
    desk.session.add(
        SubmittedForm(
            key=_key(),
            user_id=user.id,
            request_hash=_fingerprint(desk.keys),
            location=location,
            answer=None if answer is None else json.dumps(answer, ensure_ascii=False),
            at=desk.now,
        )
    )
    forget_draft(desk, user)


def forget_draft(desk: Desk, user: User) -> None:
    """Drop the draft of the form that was sent: it has become what it was a draft of."""
    if slot := request.form.get(DRAFT):
        drafts.discard(desk, user, slot=slot[:80])
        g.sent = slot[:80]


def find_sent(desk: Desk, user: User, key: str) -> SubmittedForm | None:
    """What a form of this person's did, by its key."""
    return desk.session.scalar(
        select(SubmittedForm).where(SubmittedForm.user_id == user.id, SubmittedForm.key == key)
    )


def find_answer(desk: Desk, user: User, key: str) -> Any:
    """What a form answered a few minutes ago to this very person; None afterwards, and for anybody else."""
    row = desk.session.scalar(
        select(SubmittedForm).where(SubmittedForm.user_id == user.id, SubmittedForm.key == key)
    )
    if row is None or row.answer is None or desk.now - row.at > SHOWN_FOR:
        return None
    return json.loads(row.answer)


def _key() -> str:
    key = request.form.get(KEY, "")
    if not 16 <= len(key) <= 64 or not key.isascii() or not key.isalnum():
        raise KeyMissing
    return key


def form_key() -> str:
    """The key of the form that was sent."""
    return _key()


def _fingerprint(keys: KeyRing) -> str:
    said = [
        request.path,
        *sorted([k, v] for k, v in request.form.items(multi=True) if k not in (KEY, TOKEN, DRAFT)),
    ]
    # Keyed: a form may hold an identity number, and a plain hash of one can be guessed.
    return keys.fingerprint(json.dumps(said, ensure_ascii=False))
