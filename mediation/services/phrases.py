"""The sentences somebody often writes."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mediation.models import Phrase, User
from mediation.services.desk import Desk

MOST, LONGEST = 50, 500


def list_phrases(session: Session, user: User) -> list[Phrase]:
    """A person's phrases, oldest first."""
    return list(session.scalars(select(Phrase).where(Phrase.user_id == user.id).order_by(Phrase.id)))


def add_phrase(desk: Desk, user: User, text: str) -> None:
    """Keep a sentence; nothing happens where it is empty, there already, or there are fifty."""
    rows = list_phrases(desk.session, user)
    if text and len(rows) < MOST and all(row.text != text for row in rows):
        desk.session.add(Phrase(user_id=user.id, text=text[:LONGEST], created_at=desk.now))


def drop_phrase(desk: Desk, user: User, phrase: int) -> None:
    """Forget one of this person's own."""
    desk.session.execute(delete(Phrase).where(Phrase.id == phrase, Phrase.user_id == user.id))
