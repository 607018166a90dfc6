"""What a case is found by, and what somebody often writes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.case import Case

#: Compared byte by byte, so that the words that begin alike lie side by side in the index, on both databases.
BYTEWISE = String(64).with_variant(String(64, collation="C"), "postgresql")


class CaseTerm(Base):
    """A word that leads to a case: a number, a name or its end, its pinyin initials, a hash of a phone's last four."""

    __tablename__ = "case_terms"
    __table_args__ = (Index("ix_case_terms_term", "term", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # number, name, phone
    term: Mapped[str] = mapped_column(BYTEWISE)

    case: Mapped[Case] = relationship(back_populates="terms")


class Phrase(Base):
    """A sentence somebody often writes, one press away."""

    __tablename__ = "phrases"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
