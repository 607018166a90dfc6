"""Papers that a party still has to bring: asked for, handed in at the window or from home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from mediation.models import Case, Party, Supplement
from mediation.services import attachments, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.public_states import open_supplements
from mediation.words import say

#: The same words and pictures again within this time are the same press.
PRESSED_TWICE = timedelta(minutes=10)


def hand_in_from_home(
    desk: Desk, case: Case, party: Party, text: str, photos: Sequence[Mapping[str, Any]], at: datetime
) -> None:
    """What a party sends itself: words, photographs that are kept already, or both.

    Raises Refused as any step does.
    """
    by = By.resident(say("page", "handed_in_by").format(role=say("party_role", party.role)))
    waiting = open_supplements(case, party)
    if not waiting and _came_just_now(case, party, text, photos, at):
        return  # the button was pressed twice
    facts = {"party": party.ref, "note": say("page", "handed_in_note").format(count=len(photos))}
    steps.take(desk, case, "hand_in", by=by, at=at, facts=facts)
    for row in waiting:
        row.answer = text or None
    if not waiting:
        case.supplements.append(
            Supplement(
                party=party, item=say("page", "handed_in_unasked"), until=None, asked_at=at, asked_by="",
                handed_in_at=at, taken_by="", answer=text or None,
            )
        )  # fmt: skip
    for number, file in enumerate(photos, start=1):
        title = say("page", "handed_in_photo").format(number=number)
        about: dict[str, Any] = {"kind": "evidence", "title": title, "party": party.ref, "file": file}
        attachments.put(case, about, by.name, at)


def _came_just_now(
    case: Case, party: Party, text: str, photos: Sequence[Mapping[str, Any]], at: datetime
) -> bool:
    known = {row.sha256 for row in case.attachments if row.party is party}
    return all(photo["sha256"] in known for photo in photos) and any(
        row.party in (None, party)
        and row.handed_in_at
        and at - row.handed_in_at < PRESSED_TWICE
        and (row.answer or "") == text
        for row in case.supplements
    )
