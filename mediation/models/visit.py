"""A party looking at its own case with a code, and the count of wrong codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.party import TrackingCode


class Visit(Base):
    """A visitor let in by a code: short, without an account, and over when the code is."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Only a hash of what the cookie carries.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("tracking_codes.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    code: Mapped[TrackingCode] = relationship(lazy="joined")


class KnownDevice(Base):
    """A browser in which a code has opened its case: it opens there also when strangers have guessed too often."""

    __tablename__ = "known_devices"
    __table_args__ = (UniqueConstraint("token_hash", "code_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Only a hash of what the cookie carries; one browser may know several codes.
    token_hash: Mapped[str] = mapped_column(String(64))
    code_id: Mapped[int] = mapped_column(ForeignKey("tracking_codes.id"), index=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    #: Wrong codes typed in this browser since; after a few it is a stranger like any other.
    wrong_tries: Mapped[int]

    code: Mapped[TrackingCode] = relationship(lazy="joined")


class TryCount(Base):
    """Wrong codes lately, of one number, one address or everybody; kept, so that a restart forgives nothing."""

    __tablename__ = "try_counts"

    #: number:…, source:… or address:… under a keyed hash, or everybody.
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)
    shut_until: Mapped[datetime | None]
