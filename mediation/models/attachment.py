"""A file kept with a case: a signed scan, evidence, an identity paper, a ruling, a receipt, a photograph."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.party import Party

if TYPE_CHECKING:
    from mediation.models.case import Case
    from mediation.models.document import Document


class AttachmentKind(StrEnum):
    """What a file is to its case."""

    scan = "scan"  # a page, or all pages, of a paper of ours that was signed in ink
    electronic = "electronic"  # a paper of ours with electronic signatures in it
    evidence = "evidence"
    identity = "identity"
    authority = "authority"  # a power of attorney, a kinship proof, a consent slip
    property = "property"  # proof of a right that the agreement touches (CPLI 354)
    photo = "photo"  # of a session or a place
    receipt = "receipt"  # of a payment or a delivery
    ruling = "ruling"
    other = "other"


class Attachment(Base):
    """A file, byte for byte as it came; its name and what it is for are ours, its content is not."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    #: The n-th file of its case, never used twice.
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    #: What the file was called where it came from; for people, never for the disk.
    filename: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    pages: Mapped[int | None]
    #: Who handed it in, or whose it is.
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    #: The paper of ours that it is the signed copy of, and which page of it (none: all of it).
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    page: Mapped[int | None]
    #: How sharp the print on a photographed page is; None where nothing was measured.
    sharpness: Mapped[int | None]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("mediation_sessions.id"))
    confirmation_id: Mapped[int | None] = mapped_column(ForeignKey("confirmations.id"))
    #: For the list of evidence: original or copy, where it is from, what it proves.
    original: Mapped[bool | None]
    origin: Mapped[str] = mapped_column(String(200), default="")
    proves: Mapped[str] = mapped_column(String(300), default="")
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(100))
    removed_at: Mapped[datetime | None]
    removed_why: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="all_attachments")
    party: Mapped[Party | None] = relationship(lazy="joined")
    document: Mapped[Document | None] = relationship()
