"""What was agreed: versions, clauses, who owes whom, instalments, signatures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText
from mediation.models.handwritten_change import HandwrittenChange
from mediation.models.party import Party
from mediation.models.payment import Default, LedgerLine, Payment

if TYPE_CHECKING:
    from mediation.models.case import Case
    from mediation.models.signing_link import SigningLink


class Agreement(Base):
    """One version of the agreement; a changed text is a new version, never an edit."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    version: Mapped[int]
    #: The number on the paper; a number given by hand is kept as it is.
    number: Mapped[str] = mapped_column(String(120))
    number_given: Mapped[bool] = mapped_column(default=False)
    form: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    agreed_at: Mapped[datetime]
    #: The day of the last signature, the mediator's and the seal; of an oral one, the day it was reached.
    effective_on: Mapped[date | None]
    superseded_at: Mapped[datetime | None]
    #: What the parties want to do about a court: yes, no, later; "" where nobody asked.
    court_choice: Mapped[str] = mapped_column(String(10), default="", server_default="")
    #: How many originals are signed, where somebody chose another number than the computed one.
    copies: Mapped[int | None]
    #: Changes made by hand on the paper; the paper counts, not the typed text.
    handwritten: Mapped[str] = mapped_column(Text, default="", server_default="")

    case: Mapped[Case] = relationship(back_populates="agreements")
    clauses: Mapped[list[Clause]] = relationship(
        back_populates="agreement", order_by="Clause.no", lazy="selectin"
    )
    signatures: Mapped[list[Signature]] = relationship(
        back_populates="agreement", order_by="Signature.id", lazy="selectin"
    )
    changes: Mapped[list[HandwrittenChange]] = relationship(
        back_populates="agreement", order_by="HandwrittenChange.number"
    )
    signing_links: Mapped[list[SigningLink]] = relationship(
        back_populates="agreement", order_by="SigningLink.id"
    )

    @property
    def live_signatures(self) -> list[Signature]:
        """The signatures that still count."""
        return [row for row in self.signatures if row.voided_at is None]


class Clause(Base):
    """One item of an agreement and, where somebody has to do something, the obligation in it."""

    __tablename__ = "clauses"
    __table_args__ = (UniqueConstraint("agreement_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    no: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    joint: Mapped[bool | None]
    amount: Mapped[Decimal | None]
    due: Mapped[date | None]
    due_text: Mapped[str | None] = mapped_column(Text)
    method: Mapped[str | None] = mapped_column(String(20))
    condition: Mapped[str | None] = mapped_column(Text)
    #: {every, amount, from, until} as in the case file.
    recurring: Mapped[dict[str, Any] | None]
    definite: Mapped[bool] = mapped_column(default=True)

    agreement: Mapped[Agreement] = relationship(back_populates="clauses")
    people: Mapped[list[ClauseParty]] = relationship(
        back_populates="clause", order_by="ClauseParty.id", lazy="selectin"
    )
    installments: Mapped[list[Installment]] = relationship(
        back_populates="clause", order_by="Installment.no", lazy="selectin"
    )
    payments: Mapped[list[Payment]] = relationship(
        back_populates="clause", order_by="Payment.id", lazy="selectin"
    )
    defaults: Mapped[list[Default]] = relationship(
        back_populates="clause", order_by="Default.id", lazy="selectin"
    )
    lines: Mapped[list[LedgerLine]] = relationship(
        back_populates="clause", order_by="LedgerLine.no", lazy="selectin"
    )

    def on_side(self, side: str) -> list[ClauseParty]:
        """The parties on one side of the clause: obligor, obligee or share."""
        return [row for row in self.people if row.side == side]


class ClauseParty(Base):
    """A party in a clause: who owes, who is owed, or whose share of a sum it is."""

    __tablename__ = "clause_parties"
    __table_args__ = (UniqueConstraint("clause_id", "party_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    side: Mapped[str] = mapped_column(String(10))  # obligor, obligee, share
    amount: Mapped[Decimal | None]

    clause: Mapped[Clause] = relationship(back_populates="people")
    party: Mapped[Party] = relationship(lazy="joined")


class Installment(Base):
    """A part of a sum with its own due date."""

    __tablename__ = "installments"
    __table_args__ = (UniqueConstraint("clause_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"))
    no: Mapped[int]
    amount: Mapped[Decimal]
    due: Mapped[date | None]

    clause: Mapped[Clause] = relationship(back_populates="installments")


class Signature(Base):
    """A signature, a seal or a fingerprint on one version; a new version voids it."""

    __tablename__ = "signatures"
    __table_args__ = (
        # Nobody signs one version twice.
        Index(
            "uq_signatures_party_once",
            "agreement_id",
            "party_id",
            unique=True,
            sqlite_where=text("kind = 'party' AND voided_at IS NULL"),
            postgresql_where=text("kind = 'party' AND voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # party, mediator, seal
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    #: Who held the pen; for a seal, the committee.
    name: Mapped[str] = mapped_column(String(200))
    manner: Mapped[str] = mapped_column(String(20))
    signed_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    #: Who wrote the name for somebody who cannot write, and who saw it.
    scribe: Mapped[str] = mapped_column(String(100), default="", server_default="")
    witness: Mapped[str] = mapped_column(String(100), default="", server_default="")
    identity_checked: Mapped[bool] = mapped_column(default=False, server_default=false())
    read_aloud: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Of a signature on a screen: its strokes, on what, and the SHA-256 of the very PDF that was shown.
    strokes: Mapped[str | None] = mapped_column(EncryptedText)
    #: The strokes as a PNG, in base64.
    picture: Mapped[str | None] = mapped_column(EncryptedText)
    device: Mapped[str] = mapped_column(String(200), default="", server_default="")
    paper_sha256: Mapped[str | None] = mapped_column(String(64))

    agreement: Mapped[Agreement] = relationship(back_populates="signatures")
    party: Mapped[Party | None] = relationship(lazy="joined")
