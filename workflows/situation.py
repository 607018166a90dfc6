"""What a condition may know about a case: a plain picture of it, free of any database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PartySeen:
    """A party as the rules see it."""

    ref: str
    name: str
    role: str
    kind: str = "person"
    age: int | None = None  # in full years on the day of the step
    capacity: str = ""  # full, limited, none; "" where nobody said
    guardians: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    special_agents: tuple[str, ...] = ()  # those with special authority: they may settle and sign
    represented_by: str = ""
    consented: bool = True
    has_identity: bool = False


@dataclass(frozen=True, slots=True)
class ClauseSeen:
    """A clause of the current agreement."""

    no: int
    text: str
    kind: str
    obligors: tuple[str, ...] = ()
    obligees: tuple[str, ...] = ()
    amount: Decimal | None = None
    due: date | None = None
    method: str = ""
    definite: bool = True


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line of the ledger: a clause's instalment, share or occurrence."""

    no: int
    open: Decimal | None
    done: bool
    due: date | None = None
    creditor: str = ""


@dataclass(frozen=True, slots=True)
class ObligationSeen:
    """What remains of a clause that somebody has to perform."""

    clause_no: int
    amount: Decimal | None  # None where the clause is not about money
    open: Decimal | None
    done: bool
    due: date | None = None
    lines: tuple[LineSeen, ...] = ()
    payments: tuple[int, ...] = ()  # numbers of what was entered and counts
    claims: tuple[int, ...] = ()  # numbers of what only the payer says


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    """The current version of the agreement."""

    state: str
    form: str
    version: int
    agreed_on: date
    clauses: tuple[ClauseSeen, ...] = ()
    signers: tuple[str, ...] = ()  # refs of the parties that have to sign
    signed: tuple[str, ...] = ()  # refs that have signed, themselves or through who may sign for them
    mediator_signed: bool = False
    sealed: bool = False
    effective_on: date | None = None

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Refs of the parties whose signature is still missing."""
        return tuple(ref for ref in self.signers if ref not in self.signed)


@dataclass(frozen=True, slots=True)
class ConfirmationSeen:
    """The newest application for judicial confirmation of the current agreement; none for a new agreement."""

    state: str
    court: str = ""


@dataclass(frozen=True)
class Situation:
    """A case, as the conditions of a policy see it on one day."""

    state: str
    level: str
    previous_state: str = ""
    attempts: int = 0  # recorded sessions at this level, by the present holder
    sessions: int = 0  # recorded sessions in all
    last_outcome: str = ""
    returned: int = 0  # how often it has come back down
    dispute_type: str = "other"
    source: str = "party"
    has_referral_letter: bool = False
    closed_session: bool = False
    parties: tuple[PartySeen, ...] = ()
    mediators: tuple[str, ...] = ()
    rights_told: bool = False
    receiver: str = ""  # name of the office above that would receive the case
    open_referrals: int = 0  # questions to departments that wait for an answer
    awaited_arrivals: int = 0  # those of them to which nobody has come yet
    unchecked_answers: int = 0  # answers of which nobody has looked whether it was really done
    open_invitations: int = 0  # experts who have not said whether they will help
    open_supervision: bool = False  # an office above asked for an account and has none yet
    answered_supervision: bool = False  # it has one, and has not said yet whether that will do
    open_reports: tuple[str, ...] = ()  # duties to report (violence, minors) nobody has done yet
    tellings: tuple[
        str, ...
    ] = ()  # refs of parties without a telephone who still have to be told of a meeting
    review_open: bool = False  # the office above was asked to look at the draft and has not answered
    suspicion: str = ""  # suspected fake mediation
    agreement: AgreementSeen | None = None
    confirmation: ConfirmationSeen | None = None
    confirmation_last_day: date | None = None
    obligations: tuple[ObligationSeen, ...] = ()
    meeting_at: datetime | None = None  # when the parties are asked to come, where that is arranged
    courts: tuple[str, ...] = ()  # courts that may be asked, where known
    courts_done: tuple[str, ...] = ()  # courts that still read the case and need to no longer
    files: tuple[int, ...] = ()  # numbers of the files on record
    lacks: tuple[
        tuple[str, str], ...
    ] = ()  # what the bound file must hold and does not: in Chinese, in English
    overrun: tuple[str, ...] = field(default=())  # names of mediation limits that have run out

    def party(self, ref: str) -> PartySeen | None:
        """The party with this ref, if there is one."""
        return next((party for party in self.parties if party.ref == ref), None)

    def obligation(self, clause_no: object) -> ObligationSeen | None:
        """What remains of a clause, if it is one that somebody has to perform."""
        return next((item for item in self.obligations if item.clause_no == clause_no), None)

    def clause(self, number: object) -> ClauseSeen | None:
        """A clause of the current agreement."""
        clauses = self.agreement.clauses if self.agreement else ()
        return next((clause for clause in clauses if clause.no == number), None)

    def name_of(self, ref: str) -> str:
        """A party's name, or the ref itself where there is no such party."""
        found = self.party(ref)
        return found.name if found else ref

    def part_state(self, part: str) -> str:
        """The state of the agreement or the confirmation, empty where there is none."""
        seen = {"agreement": self.agreement, "confirmation": self.confirmation}.get(part)
        return seen.state if seen else ""
