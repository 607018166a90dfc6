"""换届交接: a case goes from one colleague to another, and the parties hear whom they have now."""

from __future__ import annotations

import re
from typing import Any

from mediation.models import Case, User
from mediation.services import notices, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.succession import those_after

TOLD = "N30"
#: What the history says of every case that changed hands so.
REASON = "换届交接，原由{giver}办理，交给{taker}。"
SAID = re.compile(r"换届交接，原由(.+)办理，交给(.+)。")


def take_over(desk: Desk, case: Case, giver: User, taker: User, by: By) -> None:
    """Hand one case over with all that was promised; where the parties knew who presided, they are told who does now.

    Raises as `steps.take` does.
    """
    mediators, presiding = those_after(case, giver.name, taker.name)
    facts: dict[str, Any] = {
        "mediators": mediators, "presiding": presiding, "reason": REASON.format(giver=giver.name, taker=taker.name),
    }  # fmt: skip
    if presiding == taker.name or case.responsible_id == giver.id:
        facts["responsible"] = taker.id
    known = case.state != "filed" and case.presiding == giver.name
    steps.take(desk, case, "assign", by=by, at=desk.now, facts=facts)
    if known:
        for party in notices.hearing(case, case.parties):
            notices.put(desk, case, party, TOLD, desk.now)


def read_reason(reason: str) -> tuple[str, str] | None:
    """Who handed a case over to whom, as the history says; None where it was no hand-over."""
    found = SAID.fullmatch(reason)
    return (found[1], found[2]) if found else None
