"""Experts whom a county may ask for help, who was asked for which case, and joint sessions of several offices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.organisation import Organisation

if TYPE_CHECKING:
    from mediation.models.case import Case


class Expert(Base):
    """Somebody who knows a field and is willing to help; invited with the parties' consent (PML 20)."""

    __tablename__ = "experts"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(100))
    #: Where the expert works.
    unit: Mapped[str] = mapped_column(String(150), default="")
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    #: Dispute types this expert is suggested for.
    types: Mapped[list[Any]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Invitation(Base):
    """An expert was asked to help with a case, and said yes or no."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("experts.id"))
    name: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(100), default="")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    #: accepted or declined; empty while nobody knows.
    answer: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="invitations")
    expert: Mapped[Expert | None] = relationship(lazy="joined")


class JointSession(Base):
    """联席会议: offices and experts consult on a case; the parties need not be there, and it is no attempt."""

    __tablename__ = "joint_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    number: Mapped[int]
    held_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    chair: Mapped[str] = mapped_column(String(100), default="")
    organisations: Mapped[list[Any]] = mapped_column(default=list)
    experts: Mapped[list[Any]] = mapped_column(default=list)
    record: Mapped[str] = mapped_column(Text)
    #: What was decided: who does what by when.
    decision: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="joint_sessions")
