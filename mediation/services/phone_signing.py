"""Signing on one's own phone: a mediator shows a QR, the party opens it, reads the very text, and signs; once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

import workflows
from mediation.handwriting import Stroke, write_strokes
from mediation.models import Case, Document, Party, SigningLink, User
from mediation.services import guessing, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.situations import signers_of
from mediation.services.steps import Taken
from mediation.services.tracking import hash_token
from mediation.services.visits import TurnedAway


class Standing(StrEnum):
    """How far the signing has come, as the mediator's page says it."""

    waiting = "waiting"  # nobody has scanned the code yet
    opened = "opened"  # somebody reads
    signed = "signed"
    over = "over"  # its time is up, or another took its place


class LinkOver(Exception):
    """The link lets nobody sign any more: used, too old, or of a text that has changed."""


@dataclass(frozen=True)
class Shown:
    """A fresh link: its row, and what the QR carries, to be shown this once."""

    link: SigningLink
    token: str


def issue(desk: Desk, case: Case, party: Party, document: Document, user: User, signed_by: str = "") -> Shown:
    """A link for one party and one text; the party's earlier ones are void.

    The caller has seen who the party is, and that the step may be taken now.
    """
    agreement = case.agreement
    if agreement is None or document.agreement is not agreement:
        raise LookupError("a link is for the paper of the agreement that stands")
    for row in agreement.signing_links:
        if row.party_id == party.id and row.used_at is None:
            row.void_at = row.void_at or desk.now
    token = secrets.token_urlsafe(24)
    link = SigningLink(
        agreement=agreement, party=party, document=document, user=user, signed_by=signed_by,
        token_hash=hash_token(token),
        issued_at=desk.now, expires_at=desk.now + timedelta(minutes=minutes_of(case)),
    )  # fmt: skip
    agreement.signing_links.append(link)
    desk.session.flush()
    return Shown(link, token)


def minutes_of(case: Case) -> int:
    """How long a code lets somebody sign, as the case's policy says."""
    return int(workflows.load(case.policy).rules.get("phone_signing_minutes", 10))


def open_link(desk: Desk, token: str, visitor: str, address: str) -> tuple[str, SigningLink]:
    """Let a phone in that scanned the code; returns what its cookie shall carry, and the link.

    The first phone keeps the link; it may scan again (`visitor` is what it brings).  Raises TurnedAway; the caller
    commits in every case, since wrong tries are counted.
    """
    # Nobody guesses a long token, so only its sender's own tries are counted.
    scopes = guessing.sender_scopes(desk, address)[:1]
    if guessing.is_shut(desk, scopes):
        raise TurnedAway(waits=True)
    row = desk.session.scalar(select(SigningLink).where(SigningLink.token_hash == hash_token(token[:200])))
    mine = row is not None and bool(visitor) and row.visitor_hash == hash_token(visitor[:200])
    if row is None or not _is_live(row, desk) or (row.visitor_hash is not None and not mine):
        guessing.count_wrong(desk, scopes)
        raise TurnedAway(waits=False)
    if mine:
        return visitor, row
    key = secrets.token_urlsafe(32)
    row.visitor_hash, row.opened_at = hash_token(key), desk.now
    return key, row


def find_open(desk: Desk, visitor: str) -> SigningLink | None:
    """The link that this phone has opened and may still sign by."""
    if not visitor:
        return None
    row = desk.session.scalar(
        select(SigningLink).where(SigningLink.visitor_hash == hash_token(visitor[:200]))
    )
    return row if row is not None and _is_live(row, desk) else None


def _is_live(row: SigningLink, desk: Desk) -> bool:
    case = row.agreement.case
    return (
        row.used_at is None
        and row.void_at is None
        and desk.now < row.expires_at
        and row.user.active
        and case.agreement is row.agreement
        and row.document.superseded_at is None
        and any(party.id == row.party_id for party in signers_of(row.agreement, case))
        and all(signature.party_id != row.party_id for signature in row.agreement.live_signatures)
    )


def standing_of(desk: Desk, row: SigningLink) -> Standing:
    """What the mediator's page says of it now."""
    if row.used_at is not None:
        return Standing.signed
    if not _is_live(row, desk):
        return Standing.over
    return Standing.opened if row.opened_at else Standing.waiting


def sign(
    desk: Desk, visitor: str, strokes: list[Stroke], *, read_aloud: bool, device: str, sha256: str
) -> Taken:
    """Put the party's name under the text that was shown: the step `sign`, taken for the mediator who watches.

    sha256: of the very PDF.  Raises LinkOver, and Refused as any step does; StaleDataError where two press at once.
    """
    row = find_open(desk, visitor)
    if row is None:
        raise LinkOver
    used = desk.session.execute(
        update(SigningLink)
        .where(SigningLink.id == row.id, SigningLink.used_at.is_(None), SigningLink.void_at.is_(None))
        .values(used_at=desk.now)
        .execution_options(synchronize_session=False)
    )
    if getattr(used, "rowcount", 1) != 1:
        raise LinkOver
    facts = facts_of(
        row.party.ref, row.user.name, strokes, read_aloud=read_aloud, device=device, sha256=sha256,
        signed_by=row.signed_by,
    )  # fmt: skip
    case, by = row.agreement.case, By.user(row.user)
    return steps.take(desk, case, "sign", by=by, at=desk.now, facts=facts)


def facts_of(
    ref: str,
    witness: str,
    strokes: list[Stroke],
    *,
    read_aloud: bool,
    device: str,
    sha256: str,
    signed_by: str = "",
) -> Mapping[str, Any]:
    """What the step `sign` is told of a signature on a screen, whosever the screen is."""
    detail: dict[str, Any] = {
        "party": ref, "identity_checked": True, "read_aloud": read_aloud, "witness": witness,
        "strokes": write_strokes(strokes),
    }  # fmt: skip
    if device and device.isprintable():
        detail["device"] = device[:200]
    facts = {"parties": [ref], "manner": "electronic", "paper_sha256": sha256, "details": [detail]}
    return {**facts, "signed_by": {ref: signed_by}} if signed_by else facts
