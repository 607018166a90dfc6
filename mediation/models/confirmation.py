"""An application to a court to confirm the agreement; what was sent back; the batches a court fetched."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.agreement import Agreement
from mediation.models.organisation import Organisation

if TYPE_CHECKING:
    from mediation.models.case import Case


class Confirmation(Base):
    """One application, with what the court answered (CPL 205–206)."""

    __tablename__ = "confirmations"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index("ix_confirmations_court", "court", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    court: Mapped[str] = mapped_column(String(100))
    filed_at: Mapped[datetime]
    #: The court's docket number, and the number of its ruling.
    court_number: Mapped[str] = mapped_column(String(100), default="")
    ruling_number: Mapped[str] = mapped_column(String(100), default="")
    ruling_on: Mapped[date | None]
    #: When it came to its end: ruled upon, not accepted, or withdrawn.
    ended_at: Mapped[datetime | None]
    ground: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    #: Until when what the court asks for may be supplied, and when the committee said that it was.
    returned_until: Mapped[date | None]
    supplemented_at: Mapped[datetime | None]
    #: When its package was last fetched for the court's own files.
    exported_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="confirmations")
    agreement: Mapped[Agreement] = relationship(lazy="joined")
    returns: Mapped[list[CourtReturn]] = relationship(
        back_populates="confirmation", order_by="CourtReturn.id", lazy="selectin"
    )

    @property
    def open_returns(self) -> list[CourtReturn]:
        """What the court asked for and nobody has mended."""
        return [row for row in self.returns if row.mended_at is None]


class CourtReturn(Base):
    """One reason for which a court sent an application back; counted for the committee that held the case then."""

    __tablename__ = "court_returns"

    id: Mapped[int] = mapped_column(primary_key=True)
    confirmation_id: Mapped[int] = mapped_column(ForeignKey("confirmations.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    #: A code of [return_reason].
    code: Mapped[str] = mapped_column(String(30))
    returned_at: Mapped[datetime] = mapped_column(index=True)
    mended_at: Mapped[datetime | None]

    confirmation: Mapped[Confirmation] = relationship(back_populates="returns")
    case: Mapped[Case] = relationship()
    holder: Mapped[Organisation] = relationship()


class CourtExport(Base):
    """A batch of packages made for a court: who asked, what for, how far it is, and what came of it."""

    __tablename__ = "court_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: A random name for the address: nobody counts through other offices' exports.
    token: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(String(200))
    #: Folders by number only, for old programs that garble Chinese names.
    plain_names: Mapped[bool] = mapped_column(default=False)
    case_ids: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(10), index=True)  # waiting, running, done, failed
    done: Mapped[int] = mapped_column(default=0)
    #: [[public number, why], …]: cases that could not be packed; the others are in the file.
    failures: Mapped[list[Any]] = mapped_column(default=list)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    #: The worker says that it lives after each case; one that was killed is taken over.
    heard_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
