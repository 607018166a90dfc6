"""An application to a court to confirm the agreement."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.agreement import Agreement

if TYPE_CHECKING:
    from mediation.models.case import Case


class Confirmation(Base):
    """One application, with what the court answered (CPL 205–206)."""

    __tablename__ = "confirmations"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    court: Mapped[str] = mapped_column(String(100))
    filed_at: Mapped[datetime]
    #: The court's docket number, and the number of its ruling.
    court_number: Mapped[str] = mapped_column(String(100), default="")
    ruling_number: Mapped[str] = mapped_column(String(100), default="")
    ruling_on: Mapped[date | None]
    ground: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="confirmations")
    agreement: Mapped[Agreement] = relationship(lazy="joined")
