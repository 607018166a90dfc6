"""The case: one dispute from filing to archive."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from mediation.database import Base
from mediation.models.organisation import Committee, Organisation

if TYPE_CHECKING:
    from mediation.models.agreement import Agreement
    from mediation.models.appointment import Appointment
    from mediation.models.attachment import Attachment
    from mediation.models.case_term import CaseTerm
    from mediation.models.confirmation import Confirmation
    from mediation.models.deadline import Deadline
    from mediation.models.document import Document
    from mediation.models.duty import Duty
    from mediation.models.entry import Entry
    from mediation.models.expert import Invitation, JointSession
    from mediation.models.follow_up import FollowUp
    from mediation.models.grant import Grant
    from mediation.models.mediation_session import MediationSession
    from mediation.models.party import Party
    from mediation.models.print_job import PrintJob
    from mediation.models.referral import Referral
    from mediation.models.supplement import Supplement
    from mediation.models.user import User


class Case(Base):
    """A dispute: where it is, who holds it, and everything that hangs on it."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("filed_with_id", "external_id"),
        Index("ix_cases_holder_state", "holder_id", "state"),
        Index("ix_cases_filed_at", "filed_at", "id"),
        Index("ix_cases_filed_with", "filed_with_id", "filed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 〔2026〕雀塘镇人调字第0012号, as on papers.
    case_no: Mapped[str] = mapped_column(String(120), unique=True)
    #: 2611-0023-5, to be read over a phone.
    public_number: Mapped[str] = mapped_column(String(20), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(100))
    filed_with_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    #: Exactly one organisation holds a case at every moment.
    holder_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"))
    #: Where an escalation is waiting to be received.
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    level: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(30))
    #: Where a step "back" leads (from a pause, a return, a reopening).
    previous_state: Mapped[str] = mapped_column(String(30), default="")
    #: A policy's name, or the path of a county's own.
    policy: Mapped[str] = mapped_column(String(200), default="case")

    source: Mapped[str] = mapped_column(String(30))
    dispute_type: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    claims: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[Decimal | None]
    people: Mapped[int | None]
    closed_session: Mapped[bool | None]
    #: Kept to the second: asking for mediation interrupts limitation from this moment (SL20 12).
    filed_at: Mapped[datetime]
    mediators: Mapped[list[Any]] = mapped_column(default=list)
    presiding: Mapped[str] = mapped_column(String(100), default="")
    #: The user who answers for the case at its holder's; nobody where mediators are no users of the system.
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    risk: Mapped[str] = mapped_column(String(10), default="blue")
    suspicion: Mapped[str] = mapped_column(String(200), default="")
    referral_letter: Mapped[str] = mapped_column(String(200), default="")
    returned: Mapped[int] = mapped_column(default=0)

    #: Steps taken so far; it numbers the history, so a lost race is an error and not two histories.
    steps_taken: Mapped[int] = mapped_column(default=0)
    #: The newest entry's hash: cutting off the tail of the history does not go unseen.
    head_hash: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column()

    filed_with: Mapped[Organisation] = relationship(foreign_keys=[filed_with_id], lazy="joined")
    holder: Mapped[Organisation] = relationship(foreign_keys=[holder_id], lazy="joined")
    receiver: Mapped[Organisation | None] = relationship(foreign_keys=[receiver_id])
    committee: Mapped[Committee] = relationship(lazy="joined")
    responsible: Mapped[User | None] = relationship()
    all_parties: Mapped[list[Party]] = relationship(back_populates="case", order_by="Party.position")
    sessions: Mapped[list[MediationSession]] = relationship(
        back_populates="case", order_by="MediationSession.number"
    )
    appointments: Mapped[list[Appointment]] = relationship(
        back_populates="case", order_by="Appointment.number"
    )
    agreements: Mapped[list[Agreement]] = relationship(back_populates="case", order_by="Agreement.version")
    confirmations: Mapped[list[Confirmation]] = relationship(
        back_populates="case", order_by="Confirmation.number"
    )
    deadlines: Mapped[list[Deadline]] = relationship(back_populates="case", order_by="Deadline.id")
    documents: Mapped[list[Document]] = relationship(back_populates="case", order_by="Document.number")
    entries: Mapped[list[Entry]] = relationship(back_populates="case", order_by="Entry.number")
    follow_ups: Mapped[list[FollowUp]] = relationship(back_populates="case", order_by="FollowUp.id")
    referrals: Mapped[list[Referral]] = relationship(back_populates="case", order_by="Referral.id")
    invitations: Mapped[list[Invitation]] = relationship(back_populates="case", order_by="Invitation.id")
    joint_sessions: Mapped[list[JointSession]] = relationship(
        back_populates="case", order_by="JointSession.number"
    )
    duties: Mapped[list[Duty]] = relationship(back_populates="case", order_by="Duty.id")
    supplements: Mapped[list[Supplement]] = relationship(back_populates="case", order_by="Supplement.id")
    print_jobs: Mapped[list[PrintJob]] = relationship(back_populates="case", order_by="PrintJob.number")
    grants: Mapped[list[Grant]] = relationship(back_populates="case", order_by="Grant.id")
    terms: Mapped[list[CaseTerm]] = relationship(back_populates="case", cascade="all, delete-orphan")
    all_attachments: Mapped[list[Attachment]] = relationship(
        back_populates="case", order_by="Attachment.number"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def parties(self) -> list[Party]:
        """The parties that are in the case now."""
        return [party for party in self.all_parties if party.left_at is None]

    @property
    def attachments(self) -> list[Attachment]:
        """The files that are on record now."""
        return [row for row in self.all_attachments if row.removed_at is None]

    @property
    def agreement(self) -> Agreement | None:
        """The newest version of the agreement."""
        return self.agreements[-1] if self.agreements else None

    @property
    def appointment(self) -> Appointment | None:
        """The meeting that the parties are asked to come to, or None."""
        return next((row for row in reversed(self.appointments) if row.ended_at is None), None)

    @property
    def confirmation(self) -> Confirmation | None:
        """The newest application for judicial confirmation."""
        return self.confirmations[-1] if self.confirmations else None

    @validates("filed_at")
    def _keep_filed_at(self, key: str, value: datetime) -> datetime:
        if self.id is not None and value != self.filed_at:
            raise ValueError("the moment of filing interrupts limitation and is never changed")
        return value

    def party(self, ref: str) -> Party | None:
        """A party by its ref, also one that has left."""
        return next((party for party in self.all_parties if party.ref == ref), None)
