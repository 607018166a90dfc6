"""Why an organisation may see a case: a reason with a start and an end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.organisation import Organisation

if TYPE_CHECKING:
    from mediation.models.case import Case


class GrantKind(StrEnum):
    """What an organisation is to a case."""

    holder = "holder"
    receiver = "receiver"
    assisting = "assisting"  # the committee that handed the case up goes on helping
    above = "above"
    alerted = "alerted"  # told of a danger below it, until that has been reported (PML 25)
    reader = "reader"  # reads the draft of an agreement before it is signed, and no longer
    court = "court"
    department = "department"
    printer = "printer"  # may print what was sent to its printer, and sees nothing else of the case


class Grant(Base):
    """Access is the union of the grants that are live; nothing else gives it."""

    __tablename__ = "grants"
    __table_args__ = (
        Index("ix_grants_live", "organisation_id", "ends_at", "case_id"),
        Index("ix_grants_kind", "organisation_id", "kind", "ends_at", "starts_at", "case_id"),
        # The database itself knows that a case is never in two hands.
        Index(
            "uq_grants_one_holder",
            "case_id",
            unique=True,
            sqlite_where=text("kind = 'holder' AND ends_at IS NULL"),
            postgresql_where=text("kind = 'holder' AND ends_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="grants")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
