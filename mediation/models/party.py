"""A party of a case, who acts for it, and the code it tracks the case with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base, EncryptedText

if TYPE_CHECKING:
    from mediation.models.case import Case
    from mediation.models.companion import Companion


class Party(Base):
    """A person, company or organisation with a role in one case."""

    __tablename__ = "parties"
    __table_args__ = (UniqueConstraint("case_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    ref: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    #: As typed: never cut, cleaned or normalised.
    name: Mapped[str] = mapped_column(String(200))
    gender: Mapped[str | None] = mapped_column(String(10))
    ethnicity: Mapped[str | None] = mapped_column(String(30))
    birth_date: Mapped[date | None]
    id_type: Mapped[str | None] = mapped_column(String(20))
    id_number: Mapped[str | None] = mapped_column(EncryptedText)
    id_number_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    phone_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    #: A number that was typed and cannot be right: kept to be asked about, never called by itself.
    phone_unsure: Mapped[str | None] = mapped_column(EncryptedText)
    address: Mapped[str | None] = mapped_column(EncryptedText)
    occupation: Mapped[str | None] = mapped_column(String(100))
    claim_amount: Mapped[Decimal | None]
    capacity: Mapped[str | None] = mapped_column(String(10))
    #: The ref of the party that its group elected.
    represented_by: Mapped[str | None] = mapped_column(String(40))
    legal_representative: Mapped[str | None] = mapped_column(String(100))
    legal_representative_title: Mapped[str | None] = mapped_column(String(50))
    left_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="all_parties")
    helpers: Mapped[list[PartyHelper]] = relationship(
        back_populates="party", order_by="PartyHelper.id", lazy="selectin", cascade="all, delete-orphan"
    )
    companions: Mapped[list[Companion]] = relationship(back_populates="party", order_by="Companion.id")

    @property
    def agents(self) -> list[PartyHelper]:
        """Those with a power of attorney."""
        return [helper for helper in self.helpers if helper.kind == "agent"]

    @property
    def guardians(self) -> list[PartyHelper]:
        """Those who act by law for a minor or a person without full capacity."""
        return [helper for helper in self.helpers if helper.kind == "guardian"]


class PartyHelper(Base):
    """An agent or a guardian of a party."""

    __tablename__ = "party_helpers"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # agent, guardian
    name: Mapped[str] = mapped_column(String(200))
    #: general, special; only special authority lets an agent settle and sign (CPL 62).
    authority: Mapped[str | None] = mapped_column(String(10))
    relation: Mapped[str | None] = mapped_column(String(50))
    phone: Mapped[str | None] = mapped_column(EncryptedText)

    party: Mapped[Party] = relationship(back_populates="helpers")


class TrackingCode(Base):
    """A party's own key to its case: eight digits on paper, a long token in the QR; only hashes are kept."""

    __tablename__ = "tracking_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: Whose it is where it is not the party's own.
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("companions.id"))
    issued_at: Mapped[datetime]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    #: Too many wrong tries: typed, it opens only where it has been used before; the QR opens as ever.
    locked_at: Mapped[datetime | None]
    void_at: Mapped[datetime | None]

    party: Mapped[Party] = relationship()
    companion: Mapped[Companion | None] = relationship()
