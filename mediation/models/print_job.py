"""An order to the printer of the office above: which papers, how many copies, who fetches them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.organisation import Organisation

if TYPE_CHECKING:
    from mediation.models.case import Case


class PrintJob(Base):
    """Papers that one office has printed by another, until somebody has fetched them."""

    __tablename__ = "print_jobs"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index("ix_print_jobs_waiting", "printer_id", "ended_at", "printed_at"),
        Index("ix_print_jobs_sender", "sender_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    #: The n-th order of its case.
    number: Mapped[int]
    sender_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    printer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    #: [[number of the paper in its case, copies], …]
    lines: Mapped[list[Any]]
    asked_by: Mapped[str] = mapped_column(String(100))
    asked_at: Mapped[datetime]
    #: Who comes for them and when, in words.
    fetcher: Mapped[str] = mapped_column(String(100), default="")
    fetch_when: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    printed_at: Mapped[datetime | None]
    printed_by: Mapped[str] = mapped_column(String(100), default="")
    #: Fetched, or no longer wanted: with this the office above has nothing more to see.
    ended_at: Mapped[datetime | None]
    fetched: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(back_populates="print_jobs")
    sender: Mapped[Organisation] = relationship(foreign_keys=[sender_id])
    printer: Mapped[Organisation] = relationship(foreign_keys=[printer_id])
