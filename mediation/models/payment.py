"""What was paid, done or waived under a clause, and what fell into default."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.agreement import Clause
    from mediation.models.party import Party


class Payment(Base):
    """A performance: money paid or a thing done; or a waiver by who is owed."""

    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # performed, waived
    #: None where the clause is not about money, or all that was left was waived.
    amount: Mapped[Decimal | None]
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")

    clause: Mapped[Clause] = relationship(back_populates="payments")
    paid_by: Mapped[Party | None] = relationship(foreign_keys=[paid_by_id])
    confirmed_by: Mapped[Party | None] = relationship(foreign_keys=[confirmed_by_id])


class Default(Base):
    """A promise that was not kept when it was due."""

    __tablename__ = "defaults"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")

    clause: Mapped[Clause] = relationship(back_populates="defaults")
