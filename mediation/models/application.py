"""What a resident fills in over several pages, before and after it becomes a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.case import Case


class Application(Base):
    """An application on its way: found by a random key in the applicant's cookie, and filed once."""

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Only a hash of what the cookie carries.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: JSON of all that was answered.
    answers: Mapped[str] = mapped_column(EncryptedText)
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    #: The code for the receipt; emptied after some days.
    code: Mapped[str | None] = mapped_column(EncryptedText)

    case: Mapped[Case | None] = relationship()
