"""An agreement sealed: rendered, sealed and kept with no transaction open, then put on record through the one door."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from mediation.config import Settings
from mediation.models import Case, Document
from mediation.rendering import fetch_paper, shelf_of
from mediation.sealing import SealError, seal_pdf
from mediation.services import scans, sealing
from mediation.services.desk import Desk
from mediation.uploads import keep
from workflows import Refused


def make_sealed(desk: Desk, settings: Settings, case: Case) -> dict[str, Any]:
    """The sealed copy of a case's agreement on the shelf, and the facts of the step `add_file` that records it.

    Ends the session's transaction.  Raises Refused with what stands in the way, SealError, DocumentError.
    """
    if (reason := sealing.why_not(desk, case)) is not None:
        raise Refused("not_met", "add_file", [reason])
    agreement, certificate = case.agreement, sealing.current_certificate(desk, case.committee)
    assert agreement is not None  # nothing stands in the way
    assert certificate is not None
    paper, fingerprint = scans.paper_of(agreement), certificate.fingerprint
    if paper is None:
        raise SealError("这份协议没有文书，盖不了电子印章。请重新写一次协议。")
    words = {
        "name": case.committee.name,
        "reason": "人民调解协议书盖章",
        "place": case.committee.organisation.name,
    }
    pdf = _render(desk.session, settings, paper)
    kept = keep(settings, io.BytesIO(seal_pdf(settings.instance, fingerprint, pdf, **words)))
    return sealing.sealed_facts(agreement, {**asdict(kept), "name": "协议书-电子印章.pdf"})


def _render(session: Session, settings: Settings, paper: Document) -> bytes:
    return fetch_paper(session, shelf_of(settings), paper.id).path.read_bytes()
