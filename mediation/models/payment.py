"""The ledger of what was promised: its lines, what was paid, done or waived, and what fell into default."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base

if TYPE_CHECKING:
    from mediation.models.agreement import Clause
    from mediation.models.case import Case
    from mediation.models.party import Party


class Payment(Base):
    """A performance: money paid, set off or a thing done; a waiver by who is owed; or what the payer only claims."""

    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # performed, claimed, waived, set_off
    #: None where the clause is not about money, or all that was left was waived.
    amount: Mapped[Decimal | None]
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    #: The line of the clause it was meant for; without one, what falls due first.
    line: Mapped[int | None]
    #: How the payee confirmed it: code, phone, receipt, witnessed; empty where nobody said.
    how: Mapped[str] = mapped_column(String(20), default="", server_default="")
    #: Somebody who is no party and paid for the debtor (CCG 524).
    payer_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    #: What was paid beyond the promise: nobody's debt, to be given back or talked over.
    surplus: Mapped[Decimal] = mapped_column(default=Decimal("0.00"), server_default="0")
    #: The clause whose debt was set off against this one.
    against: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    #: Entered by mistake, or claimed and not true: kept, and counted no more.
    voided_at: Mapped[datetime | None]

    clause: Mapped[Clause] = relationship(back_populates="payments")
    paid_by: Mapped[Party | None] = relationship(foreign_keys=[paid_by_id])
    confirmed_by: Mapped[Party | None] = relationship(foreign_keys=[confirmed_by_id])


class Default(Base):
    """A promise that was not kept when it was due."""

    __tablename__ = "defaults"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")

    clause: Mapped[Clause] = relationship(back_populates="defaults")


class LedgerLine(Base):
    """One line of what was promised: a clause's instalment, share or occurrence.

    Always, to the fen: promised = paid + waived + open.  The sums follow from the payments and are kept here so that
    an office can ask for what is due without reading every agreement.
    """

    __tablename__ = "ledger_lines"
    __table_args__ = (
        UniqueConstraint("clause_id", "no"),
        CheckConstraint("promised IS NULL OR paid + waived <= promised", name="not_beyond_the_promise"),
        Index("ix_ledger_lines_due", "due", "done_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"))
    no: Mapped[int]
    installment: Mapped[int | None]
    occurrence: Mapped[int | None]
    #: Whose share it is; None where it is owed to all the clause names.
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    #: None where it is an act, or money without a sum.
    promised: Mapped[Decimal | None]
    paid: Mapped[Decimal] = mapped_column(default=Decimal("0.00"), server_default="0")
    waived: Mapped[Decimal] = mapped_column(default=Decimal("0.00"), server_default="0")
    due: Mapped[date | None]
    #: [[from, to, day of the agreement], …]: each time both sides agreed to wait.
    postponements: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    done_at: Mapped[datetime | None]
    #: A new version of the agreement put other promises in its place.
    superseded_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    clause: Mapped[Clause] = relationship(back_populates="lines")
    creditor: Mapped[Party | None] = relationship()

    @property
    def open(self) -> Decimal | None:
        """What is still owed in money; None for an act."""
        return None if self.promised is None else self.promised - self.paid - self.waived
