"""Is this case's agreement ready for the court? The case's rows, as the check sees them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from documents import thaw
from mediation.identity import IdentityError, check_identity_number
from mediation.models import Agreement, Case, Clause, Confirmation, Entry, Party
from mediation.services import obligations, scans
from mediation.services.situations import see, signers_of
from workflows import PartySeen, readiness
from workflows.readiness import Applicant, Finding, Handwriting, Item, Part, Picture

TAKING_ON = ("accept", "receive", "take_up")


def findings_of(case: Case, at: datetime) -> list[Finding]:
    """Everything on which a court would turn the agreement away; empty where there is no agreement yet."""
    picture = picture_of(case, at)
    return readiness.check(picture) if picture is not None else []


def picture_of(case: Case, at: datetime) -> Picture | None:
    """The current agreement on one day, as the check sees it; None where there is none."""
    agreement = case.agreement
    if agreement is None:
        return None
    day = obligations.civil_day(at)
    situation = see(case, day)
    seen, application = situation.agreement, _application(case)
    assert seen is not None  # the situation sees the agreement that is there
    papers = {row.type for row in case.documents if row.superseded_at is None}
    return Picture(
        today=_asked_on(application, day),
        parties=tuple(
            _applicant(party, row, agreement, day)
            for party, row in zip(case.parties, situation.parties, strict=True)
        ),
        items=tuple(_item(clause) for clause in agreement.clauses),
        agreed_on=obligations.civil_day(agreement.agreed_at),
        number=agreement.number,
        form=agreement.form,
        in_effect=agreement.effective_on is not None,
        last_day=situation.confirmation_last_day,
        mediators=tuple(case.mediators or ()),
        dispute_type=case.dispute_type,
        facts=case.facts,
        amount=_amount(agreement),
        court=application.court if application else None,
        courts=situation.courts,
        committee_court=situation.courts[0] if situation.courts else "",
        suspicion=case.suspicion,
        rights_told=situation.rights_told,
        agreed_session=any(session.outcome == "agreed" for session in case.sessions),
        papers=frozenset(papers) if application else None,
        mediator_signed=seen.mediator_signed,
        sealed=seen.sealed,
        unscanned=tuple(scans.missing_slots(agreement)) if scans.scans_of(agreement) else (),
        changes=tuple(Handwriting(row.words, tuple(scans.uninitialled(row))) for row in agreement.changes),
        loose_changes=agreement.handwritten,
        property_proof=any(row.kind == "property" for row in case.attachments),
    )


def _application(case: Case) -> Confirmation | None:
    row = case.confirmation
    return row if row is not None and row.agreement is case.agreement else None


def _asked_on(application: Confirmation | None, today: date) -> date:
    """An application that was filed in time stays in time."""
    return obligations.civil_day(application.filed_at) if application else today


def _amount(agreement: Agreement) -> Any:
    sums = [clause.amount for clause in agreement.clauses if clause.amount is not None]
    return sum(sums) if sums else None


def _applicant(party: Party, seen: PartySeen, agreement: Agreement, day: date) -> Applicant:
    case = party.case
    return Applicant(
        ref=party.ref,
        name=party.name,
        kind=party.kind,
        role=party.role,
        age=seen.age,
        capacity=seen.capacity,
        guardians=seen.guardians,
        agents=seen.agents,
        special_agents=seen.special_agents,
        legal_representative=party.legal_representative or "",
        represented_by=_name_of(case, seen.represented_by),
        id_key=party.id_number_hash or "",
        id_fits=_fits(party, day),
        birth_date=party.birth_date is not None,
        address=bool(party.address),
        phone=bool(party.phone),
        consented=_agrees(party, case, TAKING_ON),
        applies=_agrees(party, case, ("apply_confirmation",)),
        attended=_attended(party, case),
        signer=party in signers_of(agreement, case),
        signed_by=_signed_by(party, agreement),
        identity_copy=_has_file(party, "identity"),
        agent_paper=_has_file(party, "authority"),
        address_paper=_has_address_paper(party, case) if _application(case) else None,
    )


def _name_of(case: Case, ref: str) -> str:
    found = case.party(ref) if ref else None
    return found.name if found else ""


def _fits(party: Party, day: date) -> bool:
    if not party.id_number:
        return True
    gender: Any = party.gender if party.gender in ("male", "female") else None
    try:
        check_identity_number(
            party.id_type or "other", party.id_number, today=day, birth_date=party.birth_date, gender=gender
        )
    except IdentityError:
        return False
    return True


def _agrees(party: Party, case: Case, steps: tuple[str, ...]) -> bool:
    """Whether the newest of these steps has the party's consent, or its representative's; left out means all."""
    entry: Entry | None = next((row for row in reversed(case.entries) if row.step in steps), None)
    consents = entry.facts.get("consents") if entry else None
    return consents is None or party.ref in consents or party.represented_by in consents


def _attended(party: Party, case: Case) -> bool:
    refs = {party.ref, party.represented_by}
    return any(row.party.ref in refs for session in case.sessions for row in session.attendance)


def _signed_by(party: Party, agreement: Agreement) -> str:
    names = [row.name for row in agreement.live_signatures if row.kind == "party" and row.party is party]
    return names[-1] if names else ""


def _has_address_paper(party: Party, case: Case) -> bool:
    papers = [row for row in case.documents if row.type == "delivery_address" and row.superseded_at is None]
    return any(getattr(thaw(row.type, row.facts), "addressee", "") == party.name for row in papers)


def _has_file(party: Party, kind: str) -> bool:
    """Whether a file of this kind is on record for the party; one that names nobody may be anybody's."""
    return any(row.kind == kind and row.party in (party, None) for row in party.case.attachments)


def _item(clause: Clause) -> Item:
    recurring = clause.recurring or {}
    return Item(
        no=clause.no,
        text=clause.text,
        kind=clause.kind,
        obligors=tuple(row.party.ref for row in clause.on_side("obligor")),
        obligees=tuple(row.party.ref for row in clause.on_side("obligee")),
        joint=clause.joint,
        amount=clause.amount,
        due=clause.due,
        condition=clause.condition or "",
        method=clause.method or "",
        installments=tuple(Part(row.amount, row.due) for row in clause.installments),
        shares=tuple(row.amount for row in clause.on_side("share") if row.amount is not None),
        recurring=bool(recurring),
        recurring_ends=bool(recurring.get("from") and recurring.get("until")),
        done=obligations.binds_somebody(clause) and obligations.is_done(clause),
    )
