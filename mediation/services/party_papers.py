"""Papers about the parties and what they brought: application, register, powers, evidence, proof of performance."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from documents import facts as f
from mediation.models import Attachment, Clause, Party, Payment
from mediation.services import obligations
from mediation.services import paper_parts as parts
from mediation.services.telling import Telling
from mediation.words import say

#: What an agent with special authority may do, spelled out; “全权代理” alone covers none of it (CPL 62; CPLI 89).
SPECIAL_POWERS = (
    "代为承认、变更、放弃请求",
    "进行和解、调解",
    "签署调解协议书和有关文书",
    "提交和收集证据",
    "代收文书",
)
GENERAL_POWERS = ("参加调解、陈述意见", "提交和收集证据", "代收文书")
EVIDENCE = frozenset({"evidence", "property", "photo"})


def application_form(t: Telling) -> Iterator[f.Facts]:
    """人民调解申请书: where a party came on its own (R75 23)."""
    if t.case.source != "party":
        return
    claims = tuple(line.strip() for line in (t.case.claims or "").splitlines() if line.strip())
    yield f.ApplicationForm(
        **t.common(),
        summary=t.case.facts,
        claims=claims or ("请求依法调解上述纠纷",),
        applied_on=parts.filed_day(t.case),
    )


def acceptance_register(t: Telling) -> Iterator[f.Facts]:
    """人民调解受理登记表: every committee that takes a case on registers it (R75 23; PML 27)."""
    yield f.AcceptanceRegister(
        **t.common(),
        source=say("source", t.case.source),
        proactive=t.case.source == "proactive",
        summary=t.case.facts,
        accepted_on=t.day,
        registrar=t.entry.by_name if t.entry.user_id else "",
    )


def powers_of_attorney(t: Telling) -> Iterator[f.Facts]:
    """授权委托书: one for all who gave the same agents the same powers."""
    together: dict[tuple[tuple[str, str], ...], list[Party]] = {}
    for party in t.case.parties:
        agents = tuple((agent.name, agent.authority or "general") for agent in party.agents)
        if agents:
            together.setdefault(agents, []).append(party)
    for principals in together.values():
        yield _power(t, principals)


def _power(t: Telling, principals: list[Party]) -> f.Facts:
    agents = tuple(
        f.AgentFacts(
            name=agent.name,
            authority=say("authority", agent.authority),
            relation=agent.relation or "",
            phone=agent.phone or "",
            powers=SPECIAL_POWERS if agent.authority == "special" else GENERAL_POWERS,
        )
        for agent in principals[0].agents
    )
    return f.PowerOfAttorney(
        **t.common(principals),
        agents=agents,
        matter=t.case.title,
        before=t.case.committee.name,
        term="自签署之日起至本案调解、司法确认办理终结止",
    )


def representative_identities(t: Telling) -> Iterator[f.Facts]:
    """法定代表人身份证明书: one a unit whose head is known."""
    for party in t.case.parties:
        if party.kind != "person" and party.legal_representative:
            yield f.RepresentativeIdentity(
                **t.common([party]),
                representative=party.legal_representative,
                title=party.legal_representative_title or "",
                phone=party.phone or "",
                address=party.address or "",
            )


def evidence_list(t: Telling) -> Iterator[f.Facts]:
    """人民调解证据材料: what was handed in, by whom, when, and what it proves."""
    rows = [row for row in t.case.attachments if row.kind in EVIDENCE]
    if rows:
        yield f.EvidenceList(**t.common(), items=tuple(_item(row) for row in rows))


def _item(row: Attachment) -> f.MaterialFacts:
    form = "" if row.original is None else "原件" if row.original else "复印件"
    return f.MaterialFacts(
        name=row.title or say("file_kind", row.kind),
        form=form,
        copies=1,
        pages=row.pages,
        provider=row.party.name if row.party else "",
        source=row.origin,
        purpose=row.proves,
        received_on=obligations.civil_day(row.added_at),
    )


def performance_certificate(t: Telling) -> Iterator[f.Facts]:
    """履行完毕证明: once all that was promised is done."""
    agreement = t.case.agreement
    if agreement is None:
        return
    binding = [clause for clause in agreement.clauses if obligations.binds_somebody(clause)]
    done = [(clause, payment) for clause in binding for payment in _counting(clause)]
    if not binding or not done or not all(obligations.is_done(clause) for clause in binding):
        return
    sums = [payment.amount for _, payment in done if payment.amount is not None]
    yield f.PerformanceCertificate(
        **t.common(t.signers()),
        agreement_number=agreement.number,
        agreed_on=obligations.civil_day(agreement.agreed_at),
        payments=tuple(_payment(clause, payment) for clause, payment in done),
        performed_on=obligations.civil_day(max(payment.at for _, payment in done)),
        total=sum(sums, Decimal(0)) if sums else None,
        mediators=tuple(t.case.mediators or ()),
    )


def _counting(clause: Clause) -> list[Payment]:
    kept = [row for row in clause.payments if row.voided_at is None and row.kind != "claimed"]
    return sorted(kept, key=lambda row: row.at)


def _payment(clause: Clause, row: Payment) -> f.PaymentFacts:
    what = {"waived": "放弃", "set_off": "抵销"}.get(row.kind, "") + clause.text
    payer = row.paid_by.name if row.paid_by else row.payer_name
    payees = "、".join(one.party.name for one in clause.on_side("obligee"))
    return f.PaymentFacts(
        clause_no=clause.no,
        what=what[:200],
        amount=row.amount,
        on=obligations.civil_day(row.at),
        payer=payer or "、".join(one.party.name for one in clause.on_side("obligor")),
        receiver=row.confirmed_by.name if row.confirmed_by else payees,
        method=say("method", clause.method),
    )


#: Papers of which a step may issue none, one or several, as the case has it.
AS_THE_CASE_HAS_IT = {
    "application_form": application_form,
    "acceptance_register": acceptance_register,
    "power_of_attorney": powers_of_attorney,
    "representative_identity": representative_identities,
    "evidence_list": evidence_list,
    "performance_certificate": performance_certificate,
}
