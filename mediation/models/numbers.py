"""Counters that leave no gap, and the keys that make a second press harmless."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediation.database import Base, EncryptedText


class Counter(Base):
    """The last number given in one run; it moves in the transaction that uses the number."""

    __tablename__ = "counters"

    #: For example case:17:2026 (committee 17, year 2026) or public:2611.
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int]


class SubmittedForm(Base):
    """A form that has been carried out, so that sending it again changes nothing."""

    __tablename__ = "submitted_forms"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    #: What was sent; the same key with other contents is an error, not a repeat.
    request_hash: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(300))
    #: What is shown this once (fresh tracking codes), for a few minutes, to whoever pressed; then emptied.
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]
