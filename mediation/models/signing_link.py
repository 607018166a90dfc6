"""A QR by which one party signs one text on its own phone: ten minutes, once, and only a hash of what it carries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.agreement import Agreement
from mediation.models.document import Document
from mediation.models.party import Party
from mediation.models.user import User


class SigningLink(Base):
    """Shown by a mediator who has recognised the party and watches; over once used, once the text changes, in time."""

    __tablename__ = "signing_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), index=True)
    #: The very paper that is signed.
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    #: The mediator who shows it and is the witness.
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    #: Who holds the pen for the party: an agent, a guardian, a company's head; empty where it signs itself.
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: The first phone that opens it keeps it: a hash of what its cookie carries.
    visitor_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    void_at: Mapped[datetime | None]

    agreement: Mapped[Agreement] = relationship(back_populates="signing_links")
    party: Mapped[Party] = relationship()
    document: Mapped[Document] = relationship()
    user: Mapped[User] = relationship()
