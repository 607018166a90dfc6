"""Electronic seals of a case's agreement: whose certificate, and the sealed copy put on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mediation.models import Agreement, Attachment, Case, Committee, CommitteeCertificate
from mediation.sealing import CertificateRead
from mediation.services import scans
from mediation.services.desk import Desk
from workflows import Reason, load


def register(desk: Desk, committee: Committee, found: CertificateRead, by_name: str) -> CommitteeCertificate:
    """A committee's new certificate; the one before is retired, and kept to check old seals by."""
    rows = certificates_of(desk, committee)
    same = next((row for row in rows if row.fingerprint == found.fingerprint), None)
    for row in rows:
        row.retired_at = row.retired_at or desk.now
    if same is not None:
        same.retired_at = None
        return same
    row = CommitteeCertificate(
        committee=committee,
        fingerprint=found.fingerprint,
        subject=found.subject,
        issuer=found.issuer,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        file=f"{found.fingerprint}.p12",
        added_at=desk.now,
        added_by=by_name,
    )
    desk.session.add(row)
    return row


def certificates_of(desk: Desk, committee: Committee) -> list[CommitteeCertificate]:
    """All that a committee ever registered, oldest first."""
    query = select(CommitteeCertificate).where(CommitteeCertificate.committee_id == committee.id)
    return list(desk.session.scalars(query.order_by(CommitteeCertificate.id)))


def current_certificate(desk: Desk, committee: Committee) -> CommitteeCertificate | None:
    """The one to seal with today; None where there is none, or where it has run out or is not valid yet."""
    rows = [row for row in certificates_of(desk, committee) if row.retired_at is None]
    return next((row for row in rows if row.valid_from <= desk.now <= row.valid_until), None)


def sealed_copy(agreement: Agreement) -> Attachment | None:
    """The copy of this version that bears the electronic seal."""
    paper = scans.paper_of(agreement)
    rows = agreement.case.attachments
    return next((row for row in rows if row.kind == "electronic" and row.document is paper), None)


def why_not(desk: Desk, case: Case) -> Reason | None:
    """What stands in the way of an electronic seal; None where nothing does (ESL 3, 13–14)."""
    rules, agreement = load(case.policy).rules, case.agreement
    if not rules.get("electronic_signing"):
        return Reason(
            "electronic_off",
            "这里没有开通电子签章。请在纸上盖章，再把签好的协议拍照上传。",
            "Electronic seals are switched off here; seal on paper.",
            who="县级管理人员",
            source="PML 29；ESL 13–14",
        )
    if case.dispute_type in rules.get("electronic_never", ()):
        return Reason(
            "electronic_never",
            "婚姻、收养、继承这类文书，法律不让用电子签章。请在纸上盖章。",
            "Documents about personal status are sealed on paper.",
            who="调解员",
            source="ESL 3",
        )
    if agreement is None or agreement.form != "written" or agreement.effective_on is None:
        return Reason(
            "not_in_effect",
            "书面协议还没有签齐，没有生效，不能盖电子印章。请先把字签齐。",
            "There is no written agreement in effect.",
            who="各方当事人、调解员",
            source="PML 29",
        )
    if sealed_copy(agreement) is not None:
        return Reason("sealed", "这份协议已经盖过电子印章，不用再盖。", "It bears a seal already.")
    if current_certificate(desk, case.committee) is None:
        return Reason(
            "no_certificate",
            f"{case.committee.name}没有能用的证书（没登记，或已过期）。请系统管理员登记证书。",
            "The committee has no certificate that is valid today.",
            who="系统管理员",
        )
    return None


def sealed_facts(agreement: Agreement, file: Mapping[str, Any]) -> dict[str, Any]:
    """What the step `add_file` is told for a sealed copy.  Raises LookupError where there is no paper."""
    paper = scans.paper_of(agreement)
    if paper is None:
        raise LookupError("this agreement has no paper that could be sealed")
    return {"kind": "electronic", "title": "协议书（电子印章）", "file": dict(file), "document": paper.number}
