"""A visit or call after the agreement, to see whether it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.case import Case


class FollowUp(Base):
    """What was found at a follow-up (PML 31)."""

    __tablename__ = "follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text)

    case: Mapped[Case] = relationship(back_populates="follow_ups")
