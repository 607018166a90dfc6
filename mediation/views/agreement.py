"""The agreement and its confirmation as a page shows them: what was promised, what is open, who has signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mediation.access import Audience
from mediation.language import language, word
from mediation.models import Agreement, Case, Clause, User
from mediation.services import obligations, scans
from mediation.services.situations import signers_of
from mediation.services.steps import workflow_of
from mediation.views.formats import show_day, show_moment, show_money


def show_agreement(case: Case, at: datetime) -> dict[str, Any] | None:
    """The current version, or None."""
    row = case.agreement
    if row is None:
        return None
    return {
        "version": row.version,
        "number": row.number,
        "form": word("form", row.form),
        "state": _state(case, "agreement", row.state),
        "agreed": show_moment(row.agreed_at),
        "effective": show_day(row.effective_on),
        "clauses": [_clause(clause, at) for clause in row.clauses],
        "signatures": [
            (seen.name, word("manner", seen.manner), show_moment(seen.signed_at))
            for seen in row.live_signatures
        ],
        "missing": _missing(case, row) if row.form == "written" else [],
        "changes": _changes(row),
    }


def _changes(row: Agreement) -> list[str]:
    """Changes by hand on the signed paper, each with whose initials are missing."""
    table = word("page", "hand_lacking")
    told = [
        change.words
        + (table.format(names="、".join(lacking)) if (lacking := scans.uninitialled(change)) else "")
        for change in row.changes
    ]
    return told + ([row.handwritten] if row.handwritten else [])


def _state(case: Case, part: str, state: str) -> str:
    found = workflow_of(case).parts[part].states[state]
    return found.zh if language() == "zh" else found.en


def _missing(case: Case, row: Agreement) -> list[str]:
    if row.state not in ("drafted", "signed"):
        return []
    live = row.live_signatures
    signed = {seen.party_id for seen in live if seen.kind == "party"}
    names = [party.name for party in signers_of(row, case) if party.id not in signed]
    if not any(seen.kind == "mediator" for seen in live):
        names.append(word("page", "mediator_signature"))
    if not any(seen.kind == "seal" for seen in live):
        names.append(word("page", "committee_seal"))
    return names


def _clause(clause: Clause, at: datetime) -> dict[str, Any]:
    binding = obligations.binds_somebody(clause)
    return {
        "no": clause.no,
        "text": clause.text,
        "kind": word("clause_kind", clause.kind),
        "obligors": "、".join(row.party.name for row in clause.on_side("obligor")),
        "obligees": "、".join(row.party.name for row in clause.on_side("obligee")),
        "amount": show_money(clause.amount),
        "due": show_day(clause.due) or clause.due_text or clause.condition or "",
        "installments": [(row.no, show_money(row.amount), show_day(row.due)) for row in clause.installments],
        "open": show_money(obligations.still_open(clause)) if binding else "",
        "state": word("obligation", obligations.state_of(clause, obligations.civil_day(at)))
        if binding
        else "",
        "vague": not clause.definite,
    }


def show_confirmations(case: Case, user: User, audience: Audience) -> list[dict[str, str]]:
    """The applications; a court sees those made to it."""
    if audience is Audience.department:
        return []
    return [
        {
            "court": row.court,
            "state": _state(case, "confirmation", row.state),
            "filed": show_moment(row.filed_at),
            "court_number": row.court_number,
            "ruling_number": row.ruling_number,
            "ruling_on": show_day(row.ruling_on),
            "reason": row.reason,
        }
        for row in reversed(case.confirmations)
        if audience is Audience.committee or row.court == user.organisation.name
    ]
