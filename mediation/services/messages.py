"""消息: what the calendar and the court tell an office about its cases, and who of it has read that."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, select

from mediation.models import Notice, NoticeRead, User
from mediation.services.desk import Desk

#: What is older has been dealt with or shows in the to-do; it is not called new for ever.
NEW_FOR = timedelta(days=60)


def is_unread(user: User) -> ColumnElement[bool]:
    """Whether this person has not read a message yet."""
    return ~exists().where(NoticeRead.notice_id == Notice.id, NoticeRead.user_id == user.id)


def is_new(user: User, desk: Desk) -> ColumnElement[bool]:
    """Not read, and not so old that nobody asks any more."""
    return is_unread(user) & (Notice.created_at > desk.now - NEW_FOR)


def mark_read(desk: Desk, user: User, wanted: ColumnElement[bool]) -> int:
    """This person has read these; returns how many were new."""
    ids = desk.session.scalars(select(Notice.id).where(wanted, is_unread(user))).all()
    desk.session.add_all(NoticeRead(user_id=user.id, notice_id=key, read_at=desk.now) for key in ids)
    return len(ids)
