"""A change made by hand on the signed paper: the paper counts, not the typed text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.agreement import Agreement


class HandwrittenChange(Base):
    """What somebody wrote on the paper, where, and which parties put their initials beside it."""

    __tablename__ = "handwritten_changes"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    number: Mapped[int]
    page: Mapped[int | None]
    clause_no: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text)
    #: Refs of the parties whose initials stand beside it.
    initials: Mapped[list[Any]] = mapped_column(default=list)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(100))

    agreement: Mapped[Agreement] = relationship(back_populates="changes")
