"""One meeting of mediation, with who attended and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.party import Party

if TYPE_CHECKING:
    from mediation.models.case import Case


class MediationSession(Base):
    """A session; only a recorded one counts as an attempt."""

    __tablename__ = "mediation_sessions"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    level: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    held_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    mediators: Mapped[list[Any]]
    presiding: Mapped[str] = mapped_column(String(100), default="")
    recorder: Mapped[str] = mapped_column(String(100), default="")
    #: Guests: {name, capacity}; they come with the parties' consent (PML 20).
    invited: Mapped[list[Any]] = mapped_column(default=list)
    outcome: Mapped[str] = mapped_column(String(20))
    #: What was said is confidential and never an admission (CPLI 107).
    record: Mapped[str] = mapped_column(Text, default="")
    #: What each party said: {party, text}, as confidential as the record.
    statements: Mapped[list[Any] | None]

    case: Mapped[Case] = relationship(back_populates="sessions")
    attendance: Mapped[list[Attendance]] = relationship(
        back_populates="session", order_by="Attendance.id", lazy="selectin"
    )


class Attendance(Base):
    """A party that came to a session, itself or through whoever stands for it."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("session_id", "party_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_sessions.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))

    session: Mapped[MediationSession] = relationship(back_populates="attendance")
    party: Mapped[Party] = relationship(lazy="joined")
