"""Words to a party or an office, queued with the change that caused them and delivered after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.case import Case
from mediation.models.party import Party


class Notice(Base):
    """A line of the outbox."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    template: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    party: Mapped[Party | None] = relationship()
