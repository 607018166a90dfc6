"""A visit or call after the agreement, to see whether it is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.agreement import Clause
    from mediation.models.case import Case


class FollowUp(Base):
    """What was found at a follow-up (PML 31)."""

    __tablename__ = "follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    by_name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text)
    #: all, part, none; "" where it was not asked.
    performed: Mapped[str] = mapped_column(String(10), default="", server_default="")
    #: How content with the handling, and with the result: 5 very … 1 not at all.
    handling: Mapped[int | None]
    result: Mapped[int | None]
    #: New trouble that was seen coming; empty where there is none.
    new_signs: Mapped[str] = mapped_column(Text, default="", server_default="")
    next_on: Mapped[date | None]
    #: The promise it asked about; None where it was about the case as a whole.
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"))
    quarrel_again: Mapped[bool | None]

    case: Mapped[Case] = relationship(back_populates="follow_ups")
    clause: Mapped[Clause | None] = relationship()
