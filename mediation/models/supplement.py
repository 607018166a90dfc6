"""A paper that a party still has to hand in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.party import Party

if TYPE_CHECKING:
    from mediation.models.case import Case


class Supplement(Base):
    """What is missing, from whom, by when, and what was handed in."""

    __tablename__ = "supplements"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    item: Mapped[str] = mapped_column(String(200))
    until: Mapped[date | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(100))
    handed_in_at: Mapped[datetime | None]
    #: Who took it in; empty where the party sent it itself.
    taken_by: Mapped[str] = mapped_column(String(100), default="")
    answer: Mapped[str | None] = mapped_column(EncryptedText)

    case: Mapped[Case] = relationship(back_populates="supplements")
    party: Mapped[Party | None] = relationship(lazy="joined")
