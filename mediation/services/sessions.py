"""Sessions: each one recorded, numbered in its case, with who came."""

from __future__ import annotations

from mediation.models import Attendance, Case, MediationSession
from mediation.services.desk import Desk
from mediation.services.parties import sides
from mediation.services.people import By
from workflows import Change, Move


def record(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Write a session down; its mediators are the case's from now on."""
    mediators = list(move.get("mediators", ()) or case.mediators)
    session = MediationSession(
        number=len(case.sessions) + 1,
        level=case.level,
        organisation_id=case.holder_id,
        held_at=move.at,
        place=move.text("place") or f"{case.committee.name}调解室",
        mediators=mediators,
        presiding=move.text("presiding") or mediators[0],
        recorder=move.text("recorder"),
        invited=[dict(guest) for guest in move.get("invited", ())],
        outcome=move.text("outcome"),
        record=move.text("record"),
        statements=[dict(said) for said in move.get("statements", ())],
        attendance=[Attendance(party=party) for party in sides(case, move.get("attended", ()))],
    )
    case.mediators = mediators
    case.presiding = session.presiding
    case.sessions.append(session)
