"""A paper of the case: issued as facts, rendered once, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText

if TYPE_CHECKING:
    from mediation.models.agreement import Agreement
    from mediation.models.case import Case


class Document(Base):
    """An issued paper: its number, version and frozen facts; the bytes follow and always hash the same."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("case_id", "number"), UniqueConstraint("check_code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    #: The n-th paper of its case, in the order of issue.
    number: Mapped[int]
    type: Mapped[str] = mapped_column(String(40))
    #: The n-th paper of its type in this case.
    version: Mapped[int]
    entry_number: Mapped[int]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreements.id"))
    #: Canonical JSON of all the paper says, personal numbers and all, encrypted as one text.
    facts: Mapped[str] = mapped_column(EncryptedText)
    issued_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    #: Short code on the paper; says nothing about the people on it.
    check_code: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    rendered_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="documents")
    agreement: Mapped[Agreement | None] = relationship()
