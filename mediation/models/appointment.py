"""A meeting that is arranged ahead: when, where, who is asked to come, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.case import Case


class Appointment(Base):
    """One meeting; moving it keeps the row and is told by the case's history."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index("ix_appointments_organisation_day", "organisation_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    #: talk: a session of mediation; sign: to read and sign the agreement.
    purpose: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    #: Refs of the parties that are asked to come.
    attending: Mapped[list[Any]] = mapped_column(default=list)
    #: Guests: {name, capacity}; they come with the parties' consent (PML 20).
    invited: Mapped[list[Any]] = mapped_column(default=list)
    mediators: Mapped[list[Any]] = mapped_column(default=list)
    made_by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    moved: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    #: held, cancelled, or lapsed because the case went elsewhere or another meeting took its place.
    ending: Mapped[str] = mapped_column(String(10), default="")

    case: Mapped[Case] = relationship(back_populates="appointments")
