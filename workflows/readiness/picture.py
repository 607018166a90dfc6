"""What the check may know about an agreement that goes to court: plain values, free of any database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Applicant:
    """A party of the case. ``None`` where nobody keeps track of a thing, so that nothing can be said of it."""

    ref: str
    name: str
    kind: str = "person"
    role: str = "applicant"
    age: int | None = None
    capacity: str = ""  # full, limited, none; empty where nobody said
    guardians: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    special_agents: tuple[str, ...] = ()  # those who may settle and sign
    legal_representative: str = ""
    represented_by: str = ""  # name of the party whom a group elected: letters for it go there
    id_key: str = ""  # stands for the identity number, the same for the same number; empty: none given
    id_fits: bool = True  # the number can be right, and fits date of birth
    birth_date: bool = True
    address: bool = True
    phone: bool = True
    consented: bool = True  # to the mediation
    applies: bool = True  # agrees to apply for confirmation
    attended: bool = True  # a session, or somebody for it did
    signer: bool = True  # has to sign the agreement
    signed_by: str = ""  # who held the pen; empty: nobody signed
    identity_copy: bool | None = None
    agent_paper: bool | None = None
    address_paper: bool | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment."""

    amount: Decimal | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """A clause."""

    no: int
    text: str
    kind: str = "other"
    obligors: tuple[str, ...] = ()  # refs
    obligees: tuple[str, ...] = ()
    joint: bool | None = None
    amount: Decimal | None = None
    due: date | None = None
    condition: str = ""
    method: str = ""
    installments: tuple[Part, ...] = ()
    shares: tuple[Decimal, ...] = ()
    recurring: bool = False
    recurring_ends: bool = True  # says from when and until when
    done: bool = False


@dataclass(frozen=True, slots=True)
class Handwriting:
    """A change made by hand on the paper, and who has not put initials beside it."""

    words: str
    lacking: tuple[str, ...] = ()  # names


@dataclass(frozen=True, slots=True)
class Picture:
    """An agreement, its parties, and what is known of the application."""

    today: date
    parties: tuple[Applicant, ...]
    items: tuple[Item, ...]
    agreed_on: date
    number: str = ""
    form: str = "written"
    in_effect: bool = True
    last_day: date | None = None
    mediator_signed: bool = True
    sealed: bool = True
    mediators: tuple[str, ...] = ()
    dispute_type: str = "other"
    facts: str = ""
    amount: Decimal | None = None
    court: str | None = None  # None: nobody has been asked yet
    courts: tuple[str, ...] = ()  # competent ones, where known
    committee_court: str = ""
    inviting_court: str = ""
    taken_elsewhere: str = ""  # a court, the police, an authority that has the dispute
    suspicion: str = ""
    rights_told: bool = True
    agreed_session: bool = True  # a session is recorded in which agreement was reached
    papers: frozenset[str] | None = None  # types of papers in the package; None: not put together yet
    property_proof: bool | None = None
    unscanned: tuple[int, ...] = ()  # pages of the signed paper that nobody scanned, where scanning has begun
    changes: tuple[Handwriting, ...] = ()
    loose_changes: str = ""  # told in words only: nobody said whose initials stand there

    @property
    def signers(self) -> tuple[Applicant, ...]:
        """The parties of the agreement."""
        return tuple(party for party in self.parties if party.signer)
