"""Words to a party or an office, queued with the change that caused them and delivered after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.case import Case
from mediation.models.organisation import Organisation
from mediation.models.party import Party


class Notice(Base):
    """A line of the outbox."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_state_due", "state", "due_at"),
        Index("uq_notices_once", "once", unique=True),
        Index("ix_notices_office", "organisation_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    template: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    #: A fresh tracking code that stands in the text as {K}; emptied once it was told.
    code: Mapped[str | None] = mapped_column(EncryptedText)
    #: waiting, sent, to_call (somebody must read it out), told, dead (given up), past (of long ago, never sent).
    state: Mapped[str] = mapped_column(String(10), default="waiting", server_default="past")
    #: Not before this moment: quiet hours, or the pause before another try.
    due_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    #: What the last try came to.
    problem: Mapped[str] = mapped_column(String(200), default="", server_default="")
    #: What makes it the only one of its kind: a reminder is queued once.
    once: Mapped[str | None] = mapped_column(String(80))
    #: Who read it out on the telephone.
    told_by: Mapped[str] = mapped_column(String(100), default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    party: Mapped[Party | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
