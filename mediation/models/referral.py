"""A question to a department, which comes to help without taking the case over."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.organisation import Organisation

if TYPE_CHECKING:
    from mediation.models.case import Case


class Referral(Base):
    """吹哨 and 报到: what was asked of whom, by when, and the answer."""

    __tablename__ = "referrals"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    department_name: Mapped[str] = mapped_column(String(100))
    matter: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None]
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="referrals")
    department: Mapped[Organisation | None] = relationship(lazy="joined")
