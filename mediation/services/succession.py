"""One mediator takes over from another: whatever still speaks of who left speaks of who came (换届交接)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from mediation.models import Case, Notice
from mediation.services.desk import Desk

#: Notices that have not reached anybody: still to be sent, or to be read out on the telephone.
UNTOLD = ("waiting", "to_call")


def those_after(case: Case, leaves: str, comes: str) -> tuple[list[str], str]:
    """The case's mediators and who presides, once somebody has come for somebody who leaves."""
    names = [comes if name == leaves else name for name in case.mediators or ()] or [comes]
    presiding = comes if case.presiding in (leaves, "") else case.presiding
    return list(dict.fromkeys([presiding, *names])), presiding


def follow(desk: Desk, case: Case, before: Sequence[str]) -> None:
    """Meetings ahead and notices that nobody has heard yet name the mediators of now.

    before: who mediated until now.  What was issued, told or written down stays as it was.
    """
    left = [name for name in before if name and name not in (case.mediators or ())]
    if not left:
        return
    for meeting in case.appointments:
        if meeting.ended_at is None and set(meeting.mediators or ()) & set(left):
            meeting.mediators = list(case.mediators)
    query = select(Notice).where(Notice.case_id == case.id, Notice.state.in_(UNTOLD))
    for row in desk.session.scalars(query):
        for name in left:
            row.text = row.text.replace(f"调解员{name}", f"调解员{case.presiding}")
