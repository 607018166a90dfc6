"""Agreements: versions, clauses, signatures, and the day of effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation import handwriting
from mediation.models import Agreement, Case, Clause, ClauseParty, Installment, Party, Signature
from mediation.services import deadlines, history, ledger, numbers, obligations, papers
from mediation.services.desk import Desk
from mediation.services.parties import sides
from mediation.services.people import By
from mediation.services.situations import signers_of
from workflows import Change, Move, load


def draft(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A new version; the one before is superseded, and its signatures are void."""
    if case.agreement is not None:
        supersede(case, case.agreement, move)
    day = move.today
    given = move.text("number")
    agreement = Agreement(
        version=len(case.agreements) + 1,
        number=given or numbers.draw_agreement_number(desk.session, case.committee, day.year),
        number_given=bool(given),
        form=move.text("form"),
        state=load(case.policy).parts["agreement"].initial,
        agreed_at=move.at,
        court_choice=move.text("court_choice") or ("yes" if move.get("for_court") else ""),
        copies=move.get("copies"),
        handwritten="",
        clauses=[],
        signatures=[],
    )
    unclear = {reason.where.partition("]")[0] for reason in change.warnings if reason.code == "not_definite"}
    for place, row in enumerate(move.get("clauses", ())):
        clause = write_clause(case, place + 1, row)
        clause.definite = f"clauses[{place}" not in unclear
        agreement.clauses.append(clause)
    case.agreements.append(agreement)


def write_clause(case: Case, no: int, row: Mapping[str, Any]) -> Clause:
    """One clause, with who owes whom."""
    clause = Clause(
        no=no,
        text=row["text"],
        kind=row["kind"],
        joint=row.get("joint"),
        amount=row.get("amount"),
        due=row.get("due"),
        due_text=row.get("due_text"),
        method=row.get("method"),
        condition=row.get("condition"),
        recurring=history.plain(row["recurring"]) if row.get("recurring") else None,
        definite=True,
        payments=[],
        defaults=[],
        lines=[],
    )
    clause.people = [
        *(ClauseParty(party=party, side="obligor") for party in sides(case, row.get("obligors") or ())),
        *(ClauseParty(party=party, side="obligee") for party in sides(case, row.get("obligees") or ())),
        *(
            ClauseParty(party=case.party(share["party"]), side="share", amount=share["amount"])
            for share in row.get("shares") or ()
        ),
    ]
    clause.installments = [
        Installment(no=number + 1, amount=part["amount"], due=part.get("due"))
        for number, part in enumerate(row.get("installments") or ())
    ]
    return clause


def supersede(case: Case, agreement: Agreement, move: Move) -> None:
    """An older version gives way: kept for ever, void from now on (PML 33)."""
    after = load(case.policy).parts["agreement"].move("supersede", agreement.state)
    if after is None:  # abandoned or superseded before
        return
    agreement.state = after
    agreement.superseded_at = move.at
    for signature in agreement.live_signatures:
        signature.voided_at = move.at
    for link in agreement.signing_links:
        link.void_at = link.void_at or move.at
    for row in case.deadlines:
        if row.stopped_at is None and (row.clause is not None or row.name == "confirmation_window"):
            row.stopped_at = move.at
    ledger.supersede(agreement, move.at)
    papers.supersede_agreement(case, agreement, move.at)


def sign(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Record who signed: each party once, those whom a representative with special authority or an elected one
    stands for with it, the mediators, and the seal."""
    agreement = case.agreement
    if agreement is None:
        return
    manner = move.text("manner") or "signature"
    there = {row.party.ref for row in agreement.live_signatures if row.kind == "party" and row.party}
    signing = set(move.get("parties", ()))
    proxies: Mapping[str, str] = move.get("signed_by", {})
    details = {row["party"]: row for row in move.get("details", ())}
    if move.text("handwritten"):
        agreement.handwritten = "\n".join(
            part for part in (agreement.handwritten, move.text("handwritten")) if part
        )
    for party in signers_of(agreement, case):
        if party.ref in there:
            continue
        representative = case.party(party.represented_by) if party.represented_by else None
        if party.ref in signing:
            name = proxies.get(party.ref, party.name)
        elif (
            representative is not None
            and representative.ref in signing
            and _may_sign_for(representative, party)
        ):
            name = representative.name
        else:
            continue
        detail = details.get(party.ref, {})
        agreement.signatures.append(
            Signature(
                kind="party",
                party=party,
                name=name,
                manner=manner,
                signed_at=move.at,
                scribe=detail.get("scribe") or "",
                witness=detail.get("witness") or "",
                identity_checked=bool(detail.get("identity_checked")),
                read_aloud=bool(detail.get("read_aloud")),
                strokes=detail.get("strokes"),
                picture=handwriting.draw_kept(detail.get("strokes")),
                device=detail.get("device") or "",
                paper_sha256=move.text("paper_sha256") or None,
            )
        )
    signed = {row.name for row in agreement.live_signatures if row.kind == "mediator"}
    agreement.signatures += [
        Signature(kind="mediator", name=name, manner="signature", signed_at=move.at)
        for name in dict.fromkeys(move.get("mediators", ()))
        if name not in signed
    ]
    if move.get("seal") and not any(row.kind == "seal" for row in agreement.live_signatures):
        agreement.signatures.append(
            Signature(kind="seal", name=case.committee.name, manner="seal", signed_at=move.at)
        )


def _may_sign_for(representative: Party, party: Party) -> bool:
    # Being elected to speak is not enough: CPL 56, 62 and CPLI 89 want special authority, given by each member.
    return any(agent.name == representative.name and agent.authority == "special" for agent in party.agents)


def take_effect(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The day of the last signature, the mediator's and the seal; an oral one the day it was reached (PML 29, 30)."""
    agreement = case.agreement
    if agreement is None:
        return
    moments = [row.signed_at for row in agreement.live_signatures] or [agreement.agreed_at]
    agreement.effective_on = obligations.civil_day(max(moments))
    ledger.open_lines(case, agreement.clauses, agreement.effective_on)
    deadlines.start_promises(desk.session, load(case.policy), case, agreement.clauses, agreement.effective_on)
