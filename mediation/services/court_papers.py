"""What the papers for the court are told."""

from __future__ import annotations

from datetime import date

import workflows
from documents import facts as f
from mediation.models import Agreement, Party
from mediation.services import paper_parts as parts
from mediation.services.telling import Telling, find_deadline


def _effective_day(agreement: Agreement) -> date:
    if agreement.effective_on is None:
        raise LookupError("an application is issued only for an agreement in effect")
    return agreement.effective_on


def _court(t: Telling) -> str:
    return t.case.confirmation.court if t.case.confirmation else ""


def confirmation_application(t: Telling) -> f.Facts:
    """司法确认申请书: every party of the agreement applies, together."""
    agreement = t.agreement
    window = find_deadline(t.case, "confirmation_window")
    return f.ConfirmationApplication(
        **t.common(t.signers()),
        court=_court(t),
        agreement_number=agreement.number,
        agreed_on=agreement.agreed_at.astimezone(workflows.steps.SHANGHAI).date(),
        effective_on=_effective_day(agreement),
        last_day=window.last_day if window else None,
        summary=t.case.facts,
        clauses=tuple(parts.clause_facts(clause) for clause in agreement.clauses),
        mediators=tuple(t.case.mediators or ()),
        attachments=_materials(t),
        applied_on=t.day,
    )


def confirmation_undertaking(t: Telling) -> f.Facts:
    """承诺书."""
    agreement = t.agreement
    return f.ConfirmationUndertaking(
        **t.common(t.signers()),
        court=_court(t),
        agreement_number=agreement.number,
        agreed_on=agreement.agreed_at.astimezone(workflows.steps.SHANGHAI).date(),
        undertaken_on=t.day,
    )


def mediation_certificate(t: Telling) -> f.Facts:
    """调解组织主持调解的证明 (CPLI 354)."""
    agreement = t.agreement
    return f.MediationCertificate(
        **t.common(t.signers()),
        court=_court(t),
        agreement_number=agreement.number,
        agreed_on=agreement.agreed_at.astimezone(workflows.steps.SHANGHAI).date(),
        effective_on=agreement.effective_on,
        accepted_on=parts.accepted_day(t.case),
        sessions=len(t.case.sessions),
        mediators=tuple(t.case.mediators or ()),
        presiding=t.case.presiding,
        contact_phone=t.case.holder.phone,
    )


def delivery_address(t: Telling, party: Party) -> f.Facts:
    """送达地址确认书 of one party."""
    return f.DeliveryAddress(
        **t.common([party]),
        cause="申请司法确认调解协议",
        addressee=party.name,
        address=party.address or "",
        phone=party.phone or "",
    )


def material_list(t: Telling) -> f.Facts:
    """材料清单."""
    return f.MaterialList(
        **t.common(t.signers()),
        items=_materials(t),
        recipient=_court(t),
        purpose="申请司法确认",
        submitted_on=t.day,
    )


def _materials(t: Telling) -> tuple[f.MaterialFacts, ...]:
    people = [party for party in t.signers() if party.kind == "person"]
    units = [party for party in t.signers() if party.kind != "person"]
    agents = [party for party in t.signers() if party.agents]
    rows = [
        ("司法确认申请书", "原件", 1),
        ("人民调解协议书", "原件", 1),
        ("调解组织主持调解的证明", "原件", 1),
        ("自然人当事人身份证明", "复印件", len(people)),
        ("单位当事人证照及法定代表人（负责人）身份证明书", "复印件", len(units)),
        ("授权委托书及代理人身份证明", "原件", len(agents)),
        ("承诺书", "原件", 1),
        ("送达地址确认书", "原件", len(t.signers())),
        ("与调解协议有关的财产权利证明", "复印件", None),
    ]
    return tuple(
        f.MaterialFacts(name=name, form=form, copies=copies)
        for name, form, copies in rows
        if copies is None or copies
    )
