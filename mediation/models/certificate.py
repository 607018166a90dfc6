"""A committee's certificate for electronic seals; the key lies in the instance folder, never in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.database import Base
from mediation.models.organisation import Committee


class CommitteeCertificate(Base):
    """One certificate; the newest that is not retired seals, the older ones are kept to check old seals by."""

    __tablename__ = "committee_certificates"
    __table_args__ = (UniqueConstraint("committee_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    #: SHA-256 of the certificate.
    fingerprint: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    #: Name of the PKCS#12 file below `instance/certificates`.
    file: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(100))
    retired_at: Mapped[datetime | None]

    committee: Mapped[Committee] = relationship(lazy="joined")
