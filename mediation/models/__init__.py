"""What is kept: one file a noun."""

from mediation.models.agreement import Agreement, Clause, ClauseParty, Installment, Signature
from mediation.models.application import Application
from mediation.models.appointment import Appointment
from mediation.models.attachment import Attachment, AttachmentKind
from mediation.models.case import Case
from mediation.models.case_term import CaseTerm, Phrase
from mediation.models.certificate import CommitteeCertificate
from mediation.models.companion import Companion
from mediation.models.confirmation import Confirmation, CourtExport, CourtReturn
from mediation.models.deadline import CalendarYear, Deadline, RestDay
from mediation.models.document import Document
from mediation.models.draft import Draft
from mediation.models.duty import Duty
from mediation.models.entry import Entry
from mediation.models.expert import Expert, Invitation, JointSession
from mediation.models.follow_up import FollowUp
from mediation.models.grant import Grant
from mediation.models.handwritten_change import HandwrittenChange
from mediation.models.mediation_session import Attendance, MediationSession
from mediation.models.notice import Notice
from mediation.models.notice_read import NoticeRead
from mediation.models.numbers import Counter, SubmittedForm
from mediation.models.organisation import Committee, CommitteeMember, Organisation
from mediation.models.party import Party, PartyHelper, TrackingCode
from mediation.models.payment import Default, LedgerLine, Payment
from mediation.models.print_job import PrintJob
from mediation.models.rating import Rating
from mediation.models.referral import Referral
from mediation.models.signing_link import SigningLink
from mediation.models.supplement import Supplement
from mediation.models.user import AccessRecord, User, UserSession
from mediation.models.visit import KnownDevice, TryCount, Visit

__all__ = [
    "AccessRecord",
    "Agreement",
    "Application",
    "Appointment",
    "Attachment",
    "AttachmentKind",
    "Attendance",
    "CalendarYear",
    "Case",
    "CaseTerm",
    "Clause",
    "ClauseParty",
    "Committee",
    "CommitteeCertificate",
    "CommitteeMember",
    "Companion",
    "Confirmation",
    "Counter",
    "CourtExport",
    "CourtReturn",
    "Deadline",
    "Default",
    "Document",
    "Draft",
    "Duty",
    "Entry",
    "Expert",
    "FollowUp",
    "Grant",
    "HandwrittenChange",
    "Installment",
    "Invitation",
    "JointSession",
    "KnownDevice",
    "LedgerLine",
    "MediationSession",
    "Notice",
    "NoticeRead",
    "Organisation",
    "Party",
    "PartyHelper",
    "Payment",
    "Phrase",
    "PrintJob",
    "Rating",
    "Referral",
    "RestDay",
    "Signature",
    "SigningLink",
    "SubmittedForm",
    "Supplement",
    "TrackingCode",
    "TryCount",
    "User",
    "UserSession",
    "Visit",
]
