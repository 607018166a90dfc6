"""What each blank form asks for beyond what no paper can do without, and how many lines it leaves."""

from collections.abc import Callable
from typing import Any

from . import facts as f
from .gaps import leave, leave_clauses, make_party, make_rows

UNIT = {"kind": "company"}

ASKED: dict[type[f.Facts], Callable[[], dict[str, Any]]] = {
    f.ApplicationForm: lambda: {"summary": leave(lines=11), "claims": (leave(120),) * 3},
    f.AcceptanceRegister: lambda: {"summary": leave(lines=10), "proactive": None, "source": "", "dispute_title": ""},
    f.AcceptanceNotice: lambda: {
        "addressee": leave(80), "applied_on": leave(), "source": leave(25), "session_at": leave(),
    },
    f.RejectionNotice: lambda: {
        "addressee": leave(80), "applied_on": leave(), "ground": leave(130), "explanation": leave(lines=3),
        "routes": (leave(125),) * 3,
    },
    f.InvestigationRecord: lambda: {
        "asked": make_party(""), "participants": (f.InvitedFacts(name=leave(60)),), "record": leave(lines=24),
        "ended_at": leave(),
    },
    f.EvidenceList: lambda: {"items": make_rows(f.MaterialFacts, 12, name="")},
    f.SessionNotice: lambda: {
        "addressee": leave(80), "session_no": leave(10), "place": leave(90), "bring": (leave(90),),
    },
    f.SessionRecord: lambda: {
        "session_no": leave(12), "closed": None, "invited": (f.InvitedFacts(name=leave(60)),), "ended_at": leave(),
        "record": leave(lines=26), "outcome": leave(100), "outcome_text": leave(lines=4), "mediators": (leave(30),) * 2,
    },
    f.WhistleOrder: lambda: {"matter": leave(lines=7), "caller": leave(), "caller_phone": leave()},
    f.WhistleReceipt: lambda: {"result": leave(lines=6)},
    f.JointMinutes: lambda: {
        "session_no": leave(10), "offices": (leave(90),), "experts": (leave(60),), "record": leave(lines=9),
        "attempts": tuple(f.AttemptFacts(no=no) for no in (1, 2, 3)), "decision": leave(lines=9),
    },
    f.SupervisionOrder: lambda: {"order_no": leave(10), "matter": leave(lines=4), "issuer": leave(70)},
    f.EscalationForm: lambda: {
        "summary": leave(lines=3), "claims": leave(110), "accepted_on": leave(), "ground": leave(120),
        "attempts": tuple(f.AttemptFacts(no=no) for no in (1, 2, 3)), "receiver": f.CommitteeFacts(name=leave(70)),
        "materials": make_rows(f.MaterialFacts, 3, name=""), "receive_by": leave(),
    },
    f.Agreement: lambda: leave_clauses(4) | {"disputed": leave(110)},
    f.OralAgreement: lambda: leave_clauses(3) | {"disputed": leave(110)},
    f.FollowUpRecord: lambda: {
        "agreement_number": "", "dispute_title": "", "performance": leave(lines=2), "satisfaction": leave(100),
        "litigation": leave(100), "hidden_risks": leave(100), "measures": leave(100),
        "visitors": (leave(),) * 2,
    },
    f.TerminationNotice: lambda: {"ground": leave(130), "reason": leave(lines=2)},
    f.PerformanceCertificate: lambda: {
        "payments": make_rows(f.PaymentFacts, 4, clause_no=leave(4), what=""), "mediators": (leave(),) * 2,
        "agreement_number": leave(50),
    },
    f.ConfirmationApplication: lambda: leave_clauses(4) | {"last_day": leave(), "agreement_number": leave(50)},
    f.ConfirmationUndertaking: lambda: {"agreement_number": leave(50)},
    f.MediationCertificate: lambda: {"agreement_number": leave(50), "accepted_on": leave(), "effective_on": leave()},
    f.PowerOfAttorney: lambda: {
        "parties": (make_party("委托人"),), "matter": leave(70), "agents": (f.AgentFacts(name=leave(30)),),
    },
    f.RepresentativeIdentity: lambda: {"parties": (make_party("", **UNIT),), "representative": leave(30)},
    f.DeliveryAddress: lambda: {
        "parties": (make_party("受送达人"),), "addressee": "", "cause": "申请司法确认调解协议",
    },
    f.MaterialList: lambda: {"items": make_rows(f.MaterialFacts, 10, name="")},
    f.WithdrawalForm: lambda: {"applied_on": leave(), "reason": leave(lines=6)},
    f.RepresentativeElection: lambda: {
        "parties": (make_party("申请人"),) * 4, "representatives": (leave(30),) * 2, "authority": leave(40),
    },
    f.ExtensionConsent: lambda: {"reason": leave(lines=5), "dispute_type": ""},
    f.ReadingRecord: lambda: {
        "paper_title": leave(60), "signer": make_party(""), "cause": leave(60), "place": leave(80),
    },
    f.AgreementCard: lambda: leave_clauses(3) | {"reader": leave(60)},
    f.ServiceRecord: lambda: {"paper_title": leave(60), "addressee": "", "dispute_title": ""},
    f.ReceiptSlip: lambda: {"payer": leave(50), "receiver": leave(50), "agreement_number": leave(60)},
    f.ReminderLetter: lambda: {
        "debtor": leave(80), "agreement_number": leave(50), "items": make_rows(f.OwedFacts, 4, clause_no=0, what=""),
        "account": leave(90),
    },
    f.ChoiceSheet: lambda: {
        "reader": leave(80), "happened": leave(lines=3), "items": make_rows(f.OwedFacts, 3, clause_no=0, what=""),
        "routes": (f.RouteFacts(name=leave(60), how=leave(120), where=leave(100), by_text=leave(80)),) * 3,
    },
    f.CourtHandover: lambda: {
        "court": leave(80), "parties": (), "rows": make_rows(f.HandedCaseFacts, 12, case_no="", title=""),
    },
    f.EnforcementApplication: lambda: {
        "parties": (make_party("申请执行人"), make_party("被执行人")), "court": leave(80), "ruling_number": leave(60),
        "agreement_number": leave(50), "items": make_rows(f.OwedFacts, 3, clause_no=0, what="", amount=None),
    },
    f.ClosingReport: lambda: {
        "summary": leave(lines=4), "result": leave(lines=2), "performance": leave(lines=2), "case_no": " ",
        "unit": " ", "dispute_type": "",
    },
    f.PartySlip: lambda: {
        "holder": leave(50), "public_number": leave(50), "dispute_title": "", "next_step": leave(70),
        "contact": leave(25),
    },
    f.Dossier: lambda: {"year": leave(20), "volume_title": leave(90), "volume_no": leave(60), "dispute_type": ""},
}  # fmt: skip
