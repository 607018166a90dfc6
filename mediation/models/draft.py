"""A form half filled in, kept for the person who is typing it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText

if TYPE_CHECKING:
    from mediation.models.case import Case
    from mediation.models.user import User


class Draft(Base):
    """What one person has typed so far into one form; nobody else reads it, and it changes no case."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("user_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    #: Tells the drafts of one person apart: two registrations begun are two drafts, not one that overwrites the other.
    slot: Mapped[str] = mapped_column(String(80))
    form: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    #: The page on which it goes on.
    address: Mapped[str] = mapped_column(String(300), default="")
    title: Mapped[str] = mapped_column(EncryptedText, default="")
    #: JSON; it may hold identity numbers, which is why it is encrypted and why the device keeps less than this.
    text: Mapped[str] = mapped_column(EncryptedText)
    version: Mapped[int] = mapped_column()
    #: What the person would call the device: 手机, 电脑.
    device: Mapped[str] = mapped_column(String(40), default="")
    updated_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship()
    case: Mapped[Case | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
