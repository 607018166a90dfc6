"""A question to a department, which comes to help without taking the case over."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.organisation import Organisation

if TYPE_CHECKING:
    from mediation.models.case import Case
    from mediation.models.deadline import Deadline


class Referral(Base):
    """吹哨 and 报到: what was asked of whom, by when, who came, the answer, and whether it was really done."""

    __tablename__ = "referrals"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    #: Several departments may be called by one whistle; whistles are counted within the case.
    whistle: Mapped[int] = mapped_column(default=1, server_default="1")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    department_name: Mapped[str] = mapped_column(String(100))
    matter: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None]
    sent_at: Mapped[datetime]
    #: The clock of this very question.
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"))
    #: Came here from a department that said it was not competent; such a question is not passed on again.
    passed_on: Mapped[bool] = mapped_column(default=False, server_default="0")
    arrived_at: Mapped[datetime | None]
    #: Who took it: the parties are told name and phone.
    handler: Mapped[str] = mapped_column(String(100), default="", server_default="")
    handler_phone: Mapped[str | None] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    declined_at: Mapped[datetime | None]
    declined_for: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: The department that is competent, as the one that declined says.
    passed_to: Mapped[str] = mapped_column(String(100), default="", server_default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_for: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: Somebody other than the department looked whether it was really done.
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[str] = mapped_column(String(100), default="", server_default="")
    check_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: How often the answer did not stand up to that look, and how often the department was reminded.
    sent_back: Mapped[int] = mapped_column(default=0, server_default="0")
    nudges: Mapped[int] = mapped_column(default=0, server_default="0")
    nudged_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="referrals")
    department: Mapped[Organisation | None] = relationship(lazy="joined")
    deadline: Mapped[Deadline | None] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether the department still owes an answer."""
        return self.answered_at is None and self.declined_at is None and self.withdrawn_at is None

    @property
    def waits_for_check(self) -> bool:
        """Whether it was answered and nobody has looked yet."""
        return self.answered_at is not None and self.checked_at is None and self.withdrawn_at is None

    @property
    def stage(self) -> str:
        """Where the question stands: asked, arrived, answered, done, declined or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.declined_at is not None:
            return "declined"
        if self.answered_at is not None:
            return "done" if self.checked_at is not None else "answered"
        return "asked" if self.arrived_at is None else "arrived"

    def is_late(self, today: date) -> bool:
        """Whether the answer is overdue."""
        return self.is_open and self.deadline is not None and self.deadline.last_day < today
