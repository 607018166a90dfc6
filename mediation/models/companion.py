"""Somebody whom a party trusts to follow its case: a child in the city, a neighbour, a legal-aid lawyer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.party import Party


class Companion(Base):
    """By the party's signed consent, for what it allows, until a day, and no longer than the party wants."""

    __tablename__ = "companions"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    relation: Mapped[str] = mapped_column(String(50))
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    #: see, messages, hand_in.
    may: Mapped[list[Any]]
    from_day: Mapped[date]
    until_day: Mapped[date]
    named_at: Mapped[datetime]
    named_by: Mapped[str] = mapped_column(String(100))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(100), default="")

    party: Mapped[Party] = relationship(back_populates="companions")

    def is_live(self, on: date) -> bool:
        """Whether the consent holds on a day."""
        return self.ended_at is None and self.from_day <= on <= self.until_day
