"""What each type of paper is told: one function a type, from the case's rows to frozen facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from documents import CATALOGUE
from documents import facts as f
from mediation.models import Case, MediationSession, Party
from mediation.services import paper_parts as parts
from mediation.services.between_offices import joint_minutes, supervision_order
from mediation.services.court_papers import (
    confirmation_application,
    confirmation_undertaking,
    material_list,
    mediation_certificate,
)
from mediation.services.follow_ups import say_contentment
from mediation.services.telling import Telling, find_deadline
from mediation.words import say
from workflows.periods import write_date_zh


def acceptance_notice(t: Telling) -> f.Facts:
    """受理告知书."""
    limit = find_deadline(t.case, "mediation_limit")
    return f.AcceptanceNotice(
        **t.common(),
        accepted_on=t.day,
        applied_on=parts.filed_day(t.case),
        source=say("source", t.case.source),
        mediators=tuple(t.case.mediators or ()),
        presiding=t.case.presiding,
        mediator_phone=t.case.holder.phone,
        deadline=limit.last_day if limit else None,
        deadline_text=limit.explanation if limit else "",
    )


def rights_notice(t: Telling) -> f.Facts:
    """权利义务告知书."""
    limit = find_deadline(t.case, "mediation_limit")
    return f.RightsNotice(
        **t.common(),
        mediators=tuple(t.case.mediators or ()),
        presiding=t.case.presiding,
        time_limit=f"至{write_date_zh(limit.last_day)}届满" if limit else "",
        told_on=t.day,
    )


def rejection_notice(t: Telling) -> f.Facts:
    """不予受理告知书: with where to go instead (R75 24)."""
    channel = t.move.text("channel")
    return f.RejectionNotice(
        **t.common(),
        applied_on=parts.filed_day(t.case),
        ground=t.move.text("reason") or say("exclusion", t.move.text("ground")),
        routes=(channel,) if channel else ("向有管辖权的人民法院起诉", "向有关行政主管部门反映或者申请处理"),
    )


def investigation_record(t: Telling) -> f.Facts:
    """人民调解调查记录."""
    asked = t.case.party(t.move.text("asked"))
    return f.InvestigationRecord(
        **t.common(),
        started_at=parts.in_china(t.move.at),
        place=t.move.text("place"),
        asked=parts.party_facts(asked, t.day, full=t.full_numbers) if asked else None,
        investigators=tuple(t.move.get("mediators", ()) or t.case.mediators or ()),
        recorder=t.move.text("recorder"),
        record=t.move.text("note"),
    )


def session_notice(t: Telling, party: Party) -> f.Facts:
    """调解通知书, one for each party that is asked to come."""
    meeting = t.case.appointment
    if meeting is None:
        raise LookupError("a notice is issued only where a meeting is arranged")
    here = [row for row in t.case.sessions if row.organisation_id == t.case.holder_id]
    return f.SessionNotice(
        **t.common(),
        addressee=party.name,
        session_no=len(here) + 1,
        session_at=parts.in_china(meeting.starts_at),
        place=meeting.place,
        mediators=tuple(meeting.mediators or ()),
        bring=("居民身份证",)
        if party.kind == "person"
        else ("营业执照副本或登记证书", "法定代表人身份证明书"),
        contact=t.case.presiding or next(iter(meeting.mediators or ()), ""),
        contact_phone=t.case.holder.phone,
    )


def session_record(t: Telling) -> f.Facts:
    """人民调解记录 of the session just held."""
    session: MediationSession = t.case.sessions[-1]
    here = {row.party.ref for row in session.attendance}
    return f.SessionRecord(
        **t.common(),
        session_no=session.number,
        started_at=parts.in_china(session.held_at),
        place=session.place,
        closed=bool(t.case.closed_session),
        attendance=tuple(_attendance(t.case, party, here) for party in t.case.parties),
        invited=tuple(
            f.InvitedFacts(name=row["name"], capacity=row.get("capacity", "")) for row in session.invited
        ),
        mediators=tuple(session.mediators),
        presiding=session.presiding,
        recorder=session.recorder,
        statements=tuple(
            f.StatementFacts(speaker=_name(t.case, said["party"]), text=said["text"])
            for said in session.statements or ()
        ),
        record=session.record,
        outcome=say("outcome", session.outcome),
    )


def _name(case: Case, ref: str) -> str:
    party = case.party(ref)
    return party.name if party else ref


def _attendance(case: Case, party: Party, here: set[str]) -> f.AttendanceFacts:
    role = say("party_role", party.role)
    if party.ref in here:
        stand_in = next((agent.name for agent in (*party.guardians, *party.agents)), "")
        return f.AttendanceFacts(name=party.name, role=role, present=True, in_place=stand_in)
    representative = case.party(party.represented_by) if party.represented_by else None
    if representative is not None and representative.ref in here:
        return f.AttendanceFacts(name=party.name, role=role, present=True, in_place=representative.name)
    return f.AttendanceFacts(name=party.name, role=role, present=False)


def escalation_form(t: Telling) -> f.Facts:
    """纠纷移送单, to the office that is asked to accept anew."""
    case = t.case
    receiver = case.receiver.committee if case.receiver else None
    limit = find_deadline(case, "receive_limit")
    consents = t.move.get("consents")
    return f.EscalationForm(
        **t.common(),
        receiver=parts.committee_facts(receiver or case.committee),
        summary=case.facts,
        claims=case.claims or "",
        accepted_on=parts.accepted_day(case),
        attempts=tuple(parts.attempt_facts(row) for row in case.sessions),
        ground=say("ground_up", t.move.text("ground")),
        reason=t.move.text("reason"),
        agreed_so_far=t.move.text("agreed_so_far"),
        consents=tuple(
            f.ConsentFacts(
                name=party.name,
                role=say("party_role", party.role),
                agrees=consents is None or party.ref in consents or party.represented_by in consents,
            )
            for party in case.parties
        ),
        materials=tuple(
            f.MaterialFacts(name=CATALOGUE[row.type].title, form="复印件", copies=1)
            for row in case.documents
            if row.superseded_at is None and row.type in CATALOGUE and row.type != "escalation_form"
        ),
        handed_by=t.entry.by_name if t.entry.user_id else "",
        handed_at=parts.in_china(t.move.at),
        receive_by=limit.last_day if limit else None,
    )


def _agreement(t: Telling) -> dict[str, Any]:
    case, agreement = t.case, t.agreement
    last = case.sessions[-1] if case.sessions else None
    return t.common(t.signers()) | {
        "number": agreement.number,
        "summary": t.move.text("summary") or case.facts,
        "disputed": case.claims or "",
        "responsibility": t.move.text("responsibility"),
        "clauses": tuple(parts.clause_facts(clause) for clause in agreement.clauses),
        "agreed_on": t.day,
        "place": last.place if last else "",
        "mediators": tuple(case.mediators or (last.mediators if last else ())),
        "presiding": case.presiding,
        "recorder": last.recorder if last else "",
    }


def agreement_paper(t: Telling) -> f.Facts:
    """人民调解协议书."""
    court = 1 if t.move.get("for_court") else 0
    wanted = t.move.get("copies")
    more = max(0, wanted - len(t.signers()) - 1 - court) if isinstance(wanted, int) else 0
    return f.Agreement(**_agreement(t), court_copies=court, more_copies=more)


def oral_agreement(t: Telling) -> f.Facts:
    """人民调解口头协议登记表."""
    return f.OralAgreement(**_agreement(t))


def termination_notice(t: Telling) -> f.Facts:
    """终止调解告知书: it must tell the routes that remain (PML 26)."""
    case = t.case
    police = find_deadline(case, "traffic_police")
    further = []
    if police is not None and police.stopped_at is None:
        further.append(
            f"各方当事人可以在本次调解终止之日起三日内（最后一日为{write_date_zh(police.last_day)}）"
            "共同书面申请公安机关交通管理部门调解。"
        )
    handed = t.entry.step == "hand_over"
    return f.TerminationNotice(
        **t.common(),
        accepted_on=parts.accepted_day(case),
        sessions=len(case.sessions),
        ground=f"移交有关机关处理：{t.move.text('matter')}"
        if handed
        else say("ground_end", t.move.text("ground")),
        reason=t.move.text("reason"),
        terminated_on=t.day,
        further_notices=tuple(further),
    )


def follow_up_record(t: Telling) -> f.Facts:
    """人民调解回访记录; it bears the agreement's number."""
    case = t.case
    return f.FollowUpRecord(
        **t.common(),
        agreement_number=case.agreement.number if case.agreement else case.case_no,
        visited_at=parts.in_china(t.move.at),
        manner=t.move.text("manner"),
        performance="。".join(
            part for part in (say("performed", t.move.text("performed")), t.move.text("note")) if part
        ),
        satisfaction=say_contentment(t.move),
        hidden_risks=t.move.text("new_signs"),
        visitors=(case.follow_ups[-1].by_name,) if t.entry.user_id else (),
    )


CONTENTS: dict[str, Callable[[Telling], f.Facts]] = {
    "acceptance_notice": acceptance_notice,
    "rights_notice": rights_notice,
    "rejection_notice": rejection_notice,
    "investigation_record": investigation_record,
    "session_record": session_record,
    "escalation_form": escalation_form,
    "joint_minutes": joint_minutes,
    "supervision_order": supervision_order,
    "agreement": agreement_paper,
    "oral_agreement": oral_agreement,
    "termination_notice": termination_notice,
    "follow_up_record": follow_up_record,
    "confirmation_application": confirmation_application,
    "confirmation_undertaking": confirmation_undertaking,
    "mediation_certificate": mediation_certificate,
    "material_list": material_list,
}
