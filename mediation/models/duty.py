"""Something that somebody must still do about a case: report a danger, tell a party by phone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.case import Case


class Duty(Base):
    """A task with a reason; a duty to report blocks closing until it is done (PML 25; DV 14; MIN 11)."""

    __tablename__ = "duties"
    #: What is open is asked on every page; what is done only grows.
    __table_args__ = (
        Index(
            "ix_duties_open",
            "kind",
            "case_id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # report, remedy, tell
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(String(100), default="")

    case: Mapped[Case] = relationship(back_populates="duties")
