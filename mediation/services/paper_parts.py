"""Rows turned into the facts that papers share: parties, committee, clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from documents import facts as f
from mediation.masking import mask_id_number, mask_phone
from mediation.models import Case, Clause, Committee, MediationSession, Party
from mediation.services.obligations import civil_day
from mediation.words import say
from workflows.ages import age_on
from workflows.steps import SHANGHAI


def committee_facts(committee: Committee) -> f.CommitteeFacts:
    """The body whose seal the paper bears."""
    place = committee.organisation
    return f.CommitteeFacts(name=committee.name, place=place.name, phone=place.phone)


def party_facts(party: Party, on: date, *, full: bool) -> f.PartyFacts:
    """A party as a paper prints it; numbers are masked unless the policy wants them in full on this paper."""
    return f.PartyFacts(
        name=party.name,
        role=say("party_role", party.role),
        kind=party.kind,
        gender=say("gender", party.gender),
        ethnicity=party.ethnicity or "",
        birth_date=party.birth_date,
        age=age_on(party.birth_date, on) if party.birth_date and party.birth_date <= on else None,
        id_type=say("id_type", party.id_type),
        # A unit's credit code is public; only people's numbers are masked.
        id_number=_number(party.id_number, full or party.kind != "person", mask_id_number),
        phone=_number(party.phone, full, mask_phone),
        address=party.address or "",
        occupation=party.occupation or "",
        legal_representative=party.legal_representative or "",
        legal_representative_title=party.legal_representative_title or "",
        agents=tuple(
            f.AgentFacts(
                name=helper.name,
                authority=say("authority", helper.authority),
                relation=helper.relation or "",
                phone=_number(helper.phone, full, mask_phone),
            )
            for helper in party.agents
        ),
        guardians=tuple(
            f.GuardianFacts(
                name=helper.name,
                relation=helper.relation or "",
                phone=_number(helper.phone, full, mask_phone),
            )
            for helper in party.guardians
        ),
        represented_by=_name_of(party.case, party.represented_by),
        claim_amount=party.claim_amount,
    )


def _number(value: str | None, full: bool, mask: object) -> str:
    if not value:
        return ""
    return value if full or not callable(mask) else str(mask(value))


def _name_of(case: Case, ref: str | None) -> str:
    found = case.party(ref) if ref else None
    return found.name if found else ""


def parties_facts(parties: Iterable[Party], on: date, *, full: bool) -> tuple[f.PartyFacts, ...]:
    """Several parties, in their order."""
    return tuple(party_facts(party, on, full=full) for party in parties)


def clause_facts(clause: Clause) -> f.ClauseFacts:
    """A clause with who owes whom what by when; its text exactly as agreed."""
    return f.ClauseFacts(
        no=clause.no,
        text=clause.text,
        kind=say("clause_kind", clause.kind),
        obligors=tuple(row.party.name for row in clause.on_side("obligor")),
        obligees=tuple(row.party.name for row in clause.on_side("obligee")),
        joint=bool(clause.joint),
        amount=clause.amount,
        due=clause.due,
        due_text=clause.due_text or "",
        condition=clause.condition or "",
        method=say("method", clause.method),
        installments=tuple(f.InstallmentFacts(amount=row.amount, due=row.due) for row in clause.installments),
        shares=tuple(
            f.ShareFacts(party=row.party.name, amount=row.amount)
            for row in clause.on_side("share")
            if row.amount is not None
        ),
        recurring=_recurring(clause.recurring),
    )


def _recurring(value: Mapping[str, str] | None) -> f.RecurringFacts | None:
    if not value:
        return None
    return f.RecurringFacts(
        every=say("every", value["every"]),
        amount=Decimal(value["amount"]),
        since=date.fromisoformat(value["from"]) if value.get("from") else None,
        until=date.fromisoformat(value["until"]) if value.get("until") else None,
    )


def attempt_facts(session: MediationSession) -> f.AttemptFacts:
    """An earlier session in a line."""
    return f.AttemptFacts(
        no=session.number,
        at=session.held_at.astimezone(SHANGHAI),
        place=session.place,
        mediators=tuple(session.mediators),
        outcome=say("outcome", session.outcome),
    )


def in_china(moment: datetime) -> datetime:
    """A moment on the clock in China."""
    return moment.astimezone(SHANGHAI)


def accepted_day(case: Case) -> date | None:
    """The day on which the present holder took the case on."""
    days = [civil_day(entry.at) for entry in case.entries if entry.step in ("accept", "receive", "take_up")]
    return days[-1] if days else None


def filed_day(case: Case) -> date:
    """The day of filing; limitation is interrupted from then (SL20 12)."""
    return civil_day(case.filed_at)
