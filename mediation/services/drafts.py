"""Drafts: what somebody has typed and not yet sent, kept for that person alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from mediation.models import Case, Draft, User
from mediation.services.desk import Desk

KEPT_FOR = timedelta(days=30)
#: More than anybody works on at once; the oldest makes room.
MOST = 60
LONGEST = 400_000
LONGEST_TITLE = 200


class DraftTooLong(ValueError):
    """More text than a form can send."""


class DraftMoved(Exception):
    """Another device has written to this draft meanwhile."""

    def __init__(self, newer: Draft) -> None:
        """newer: the draft as it is kept now."""
        super().__init__("this draft was written on another device")
        self.newer = newer


def slot_of(form: str, case: Case | None) -> str:
    """The slot of the one draft that a person has of a form in a case."""
    return f"{form}:{case.public_number}" if case is not None else form


def keep(
    desk: Desk,
    user: User,
    form: str,
    data: Any,
    *,
    case: Case | None = None,
    slot: str = "",
    address: str = "",
    title: str = "",
    device: str = "",
    seen: int | None = None,
) -> Draft:
    """Keep what was typed so far; the caller commits.

    data: anything JSON can hold.  slot: which of the person's drafts; the one of this form in this case unless told.
    seen: the version the device had before; None writes whatever is there.  Raises DraftTooLong, DraftMoved where
    another device wrote after `seen`, and StaleDataError or IntegrityError where it writes in this very moment.
    """
    text = json.dumps(data, ensure_ascii=False)
    if len(text) > LONGEST:
        raise DraftTooLong(f"{len(text)} characters, at most {LONGEST}")
    _forget_old_ones(desk)
    slot = slot or slot_of(form, case)
    draft = find(desk, user, slot)
    if draft is None:
        _make_room(desk, user)
        draft = Draft(user_id=user.id, slot=slot, form=form, case_id=case.id if case else None)
        desk.session.add(draft)
    elif seen is not None and seen != draft.version:
        raise DraftMoved(draft)
    draft.text, draft.address, draft.device = text, address or draft.address or "", device
    draft.title = title[:LONGEST_TITLE] or draft.title or ""
    draft.updated_at = desk.now
    desk.session.flush()
    return draft


def find(desk: Desk, user: User, slot: str) -> Draft | None:
    """A draft of this person's by its slot; None where there is none, or where its time is over."""
    row = desk.session.scalar(select(Draft).where(Draft.user_id == user.id, Draft.slot == slot))
    return row if row is not None and row.updated_at > desk.now - KEPT_FOR else None


def fetch(desk: Desk, user: User, form: str, case: Case | None = None, *, slot: str = "") -> Any:
    """What was typed so far into a form; None where nothing is kept."""
    row = find(desk, user, slot or slot_of(form, case))
    return None if row is None else read(row)


def read(draft: Draft) -> Any:
    """What a draft holds."""
    return json.loads(draft.text)


def list_mine(desk: Desk, user: User) -> list[Draft]:
    """A person's drafts, newest first."""
    query = select(Draft).where(Draft.user_id == user.id, Draft.updated_at > desk.now - KEPT_FOR)
    return list(desk.session.scalars(query.order_by(Draft.updated_at.desc(), Draft.id.desc())))


def newest_of(desk: Desk, user: User, form: str, case: Case | None = None) -> Draft | None:
    """The newest draft of a form, whatever its slot."""
    wanted = case.id if case else None
    return next((row for row in list_mine(desk, user) if row.form == form and row.case_id == wanted), None)


def discard(desk: Desk, user: User, form: str = "", case: Case | None = None, *, slot: str = "") -> None:
    """Throw a draft away: it was sent, or is not wanted.  Nothing happens where there is none."""
    wanted = slot or slot_of(form, case)
    desk.session.execute(delete(Draft).where(Draft.user_id == user.id, Draft.slot == wanted))


def _forget_old_ones(desk: Desk) -> None:
    desk.session.execute(delete(Draft).where(Draft.updated_at <= desk.now - KEPT_FOR))


def _make_room(desk: Desk, user: User) -> None:
    for row in list_mine(desk, user)[MOST - 1 :]:
        desk.session.delete(row)
