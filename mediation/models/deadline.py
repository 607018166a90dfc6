"""Dates with the rule they came from, and the calendar they were counted by."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.agreement import Clause
    from mediation.models.case import Case


class Deadline(Base):
    """A date somebody must not miss; it says how it was computed and by which article."""

    __tablename__ = "deadlines"
    __table_args__ = (
        Index("ix_deadlines_open", "stopped_at", "last_day"),
        Index("ix_deadlines_of_case", "case_id", "stopped_at", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(10))  # limit, window, reminder
    starts_on: Mapped[date]
    last_day: Mapped[date]
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(200))
    explanation: Mapped[str] = mapped_column(Text)
    #: Crosses a year whose rest days nobody has announced; recomputed when they are.
    estimated: Mapped[bool] = mapped_column(default=False)
    #: [[from, until or null], …] days that did not count.
    pauses: Mapped[list[Any]] = mapped_column(default=list)
    #: A new end that every party agreed to.
    extended_to: Mapped[date | None]
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clauses.id"))
    stopped_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="deadlines")
    clause: Mapped[Clause | None] = relationship()


class RestDay(Base):
    """A day that differs from a plain week: a holiday, or a weekend that is worked."""

    __tablename__ = "rest_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    rest: Mapped[bool]
    name: Mapped[str] = mapped_column(String(50), default="")
    #: library, or hand: what was set by hand is never overwritten by the library.
    origin: Mapped[str] = mapped_column(String(10))


class CalendarYear(Base):
    """A year whose rest days have been announced."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(10))
