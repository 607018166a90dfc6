"""How a party found the way its matter was handled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.case import Case
from mediation.models.party import Party


class Rating(Base):
    """Five to one, why, and one word more after things were put right."""

    __tablename__ = "ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), unique=True)
    score: Mapped[int]
    #: Codes of what was not good.
    reasons: Mapped[list[Any]]
    words: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]
    later_score: Mapped[int | None]
    later_words: Mapped[str | None] = mapped_column(EncryptedText)
    later_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    party: Mapped[Party] = relationship()
