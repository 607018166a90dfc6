"""A case's rows, as the workflow's conditions see them."""

from __future__ import annotations

from datetime import date

from mediation.models import Agreement, Case, Clause, Confirmation, Party
from mediation.services import door_visits, grants, obligations, reviews, supervising
from workflows import (
    AgreementSeen,
    ClauseSeen,
    ConfirmationSeen,
    LineSeen,
    ObligationSeen,
    PartySeen,
    Situation,
    load,
)
from workflows.ages import age_on
from workflows.courts import Court, list_courts


def see(case: Case, on: date) -> Situation:
    """The case on one day."""
    here = [session for session in case.sessions if session.organisation_id == case.holder_id]
    return Situation(
        state=case.state,
        level=case.level,
        previous_state=case.previous_state,
        attempts=len(here),
        sessions=len(case.sessions),
        last_outcome=case.sessions[-1].outcome if case.sessions else "",
        returned=case.returned,
        dispute_type=case.dispute_type,
        source=case.source,
        has_referral_letter=bool(case.referral_letter),
        closed_session=bool(case.closed_session),
        parties=tuple(_party(party, on) for party in case.parties),
        mediators=tuple(case.mediators or ()),
        rights_told=any(paper.type == "rights_notice" for paper in case.documents),
        receiver=case.holder.parent.name if case.holder.parent else "",
        open_referrals=sum(1 for row in case.referrals if row.is_open),
        awaited_arrivals=sum(1 for row in case.referrals if row.is_open and row.arrived_at is None),
        unchecked_answers=sum(1 for row in case.referrals if row.waits_for_check),
        open_invitations=sum(1 for row in case.invitations if row.answered_at is None),
        open_supervision=supervising.owes_account(case),
        answered_supervision=supervising.waits_for_strike_off(case),
        open_reports=tuple(d.title for d in case.duties if d.kind == "report" and d.done_at is None),
        tellings=tuple(party.ref for party, _ in door_visits.owed(case)),
        review_open=reviews.open_of(case) is not None,
        suspicion=case.suspicion,
        agreement=_agreement(case.agreement, case),
        confirmation=_confirmation(case.confirmation, case),
        confirmation_last_day=_window(case),
        obligations=_obligations(case.agreement, on),
        meeting_at=case.appointment.starts_at if case.appointment else None,
        courts=tuple(court.name for court in courts_of(case)),
        courts_done=_courts_done(case, on),
        files=tuple(row.number for row in case.attachments),
        overrun=tuple(
            row.title
            for row in case.deadlines
            if row.kind == "limit" and row.stopped_at is None and row.last_day < on
        ),
    )


def _courts_done(case: Case, on: date) -> tuple[str, ...]:
    if not any(row.ended_at for row in case.confirmations):
        return ()
    until = grants.courts_until(case, int(load(case.policy).rules["court_access_days"]))
    return tuple(row.organisation.name for row, moment in until if obligations.civil_day(moment) <= on)


#: Pay that is owed under a labour contract is confirmed where the committee is (LDI 52).
LABOUR = ("wage_arrears", "labour")


def courts_of(case: Case) -> list[Court]:
    """The courts that the parties may apply to, the committee's first (CPL 205; CPLI 352)."""
    top = [place.name for place in case.holder.chain() if place.parent is None]
    addresses = [party.address for party in case.parties if party.address]
    return list_courts(top[0], addresses, committee_only=case.dispute_type in LABOUR) if top else []


def _party(party: Party, on: date) -> PartySeen:
    representative = party.case.party(party.represented_by) if party.represented_by else None
    return PartySeen(
        ref=party.ref,
        name=party.name,
        role=party.role,
        kind=party.kind,
        age=age_on(party.birth_date, on) if party.birth_date and party.birth_date <= on else None,
        capacity=party.capacity or "",
        guardians=tuple(helper.name for helper in party.guardians),
        agents=tuple(helper.name for helper in party.agents),
        special_agents=_who_may_settle(party),
        represented_by=representative.ref
        if representative is not None and representative.left_at is None
        else "",
        has_identity=bool(party.id_number and party.address and party.phone),
    )


def _who_may_settle(party: Party) -> tuple[str, ...]:
    # A legal representative needs no power of attorney: what it signs, the unit signed (CCG 61).
    names = [helper.name for helper in party.agents if helper.authority == "special"]
    return tuple(names + ([party.legal_representative] if party.legal_representative else []))


def signers_of(agreement: Agreement, case: Case) -> list[Party]:
    """Who has to sign: every applicant and respondent, and a third party whom a clause binds or favours (PML 29)."""
    named = {row.party.ref for clause in agreement.clauses for row in clause.people}
    return [party for party in case.parties if party.role != "third_party" or party.ref in named]


def _agreement(agreement: Agreement | None, case: Case) -> AgreementSeen | None:
    if agreement is None:
        return None
    live = agreement.live_signatures
    return AgreementSeen(
        state=agreement.state,
        form=agreement.form,
        version=agreement.version,
        agreed_on=obligations.civil_day(agreement.agreed_at),
        clauses=tuple(_clause(clause) for clause in agreement.clauses),
        signers=tuple(party.ref for party in signers_of(agreement, case)),
        signed=tuple(row.party.ref for row in live if row.kind == "party" and row.party),
        mediator_signed=any(row.kind == "mediator" for row in live),
        sealed=any(row.kind == "seal" for row in live),
        effective_on=agreement.effective_on,
    )


def _clause(clause: Clause) -> ClauseSeen:
    return ClauseSeen(
        no=clause.no,
        text=clause.text,
        kind=clause.kind,
        obligors=tuple(row.party.ref for row in clause.on_side("obligor")),
        obligees=tuple(row.party.ref for row in clause.on_side("obligee")),
        amount=clause.amount,
        due=clause.due,
        method=clause.method or "",
        definite=clause.definite,
    )


def _confirmation(row: Confirmation | None, case: Case) -> ConfirmationSeen | None:
    # An application belongs to one version; a new agreement may be confirmed anew (PML 33).
    if row is None or case.agreement is None or row.agreement is not case.agreement:
        return None
    return ConfirmationSeen(row.state, row.court)


def _window(case: Case) -> date | None:
    rows = [row for row in case.deadlines if row.name == "confirmation_window"]
    return rows[-1].last_day if rows else None


def _obligations(agreement: Agreement | None, on: date) -> tuple[ObligationSeen, ...]:
    if agreement is None:
        return ()
    return tuple(_obligation(clause) for clause in agreement.clauses if obligations.binds_somebody(clause))


def _obligation(clause: Clause) -> ObligationSeen:
    entered = list(enumerate(clause.payments, start=1))
    return ObligationSeen(
        clause.no,
        obligations.promised(clause),
        obligations.still_open(clause),
        obligations.is_done(clause),
        obligations.final_due(clause),
        lines=tuple(
            LineSeen(
                row.no, row.open, row.done_at is not None, row.due, row.creditor.ref if row.creditor else ""
            )
            for row in clause.lines
        ),
        payments=tuple(no for no, row in entered if row.voided_at is None and row.kind != "claimed"),
        claims=tuple(no for no, row in entered if row.voided_at is None and row.kind == "claimed"),
    )
