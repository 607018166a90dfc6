"""A resident's own application: kept between pages under a random key, filed once with the place's committee."""

from __future__ import annotations

import json
import secrets
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from mediation.models import Application, Organisation
from mediation.services import filing
from mediation.services.desk import Desk
from mediation.services.notices import tell_filed
from mediation.services.people import By
from mediation.services.tracking import hash_token
from mediation.words import say

#: An application that was never sent is forgotten after so long; the code on a receipt, sooner.
KEPT = timedelta(days=7)
CODE_SHOWN = timedelta(days=3)


def begin(desk: Desk, answers: dict[str, Any]) -> str:
    """A new application; returns the key for the applicant's cookie."""
    token = secrets.token_urlsafe(32)
    desk.session.add(
        Application(
            token_hash=hash_token(token), answers=json.dumps(answers, ensure_ascii=False),
            started_at=desk.now, changed_at=desk.now, case_id=None, code=None,
        )
    )  # fmt: skip
    return token


def find(desk: Desk, token: str, *, for_change: bool = False) -> Application | None:
    """The application of a cookie, while it is kept."""
    query = select(Application).where(Application.token_hash == hash_token(token[:200]))
    row = desk.session.scalar(query.with_for_update() if for_change else query)
    return None if row is None or desk.now - row.changed_at > 5 * KEPT else row


def answers_of(row: Application) -> dict[str, Any]:
    """What was answered so far."""
    found: dict[str, Any] = json.loads(row.answers)
    return found


def keep(desk: Desk, row: Application, answers: dict[str, Any]) -> None:
    """Keep what was answered; an application that became a case is changed no more."""
    if row.case_id is None:
        row.answers, row.changed_at = json.dumps(answers, ensure_ascii=False), desk.now


def forget(desk: Desk, row: Application) -> None:
    """The applicant clears the page: nothing that was not sent is kept, and the receipt shows no code."""
    row.code = None
    if row.case_id is None:
        desk.session.delete(row)


def forget_old(desk: Desk) -> None:
    """Nothing that was never sent outlives its week, and no code its three days."""
    old = select(Application).where(Application.case_id.is_(None), Application.changed_at < desk.now - KEPT)
    for row in desk.session.scalars(old):
        desk.session.delete(row)
    desk.session.execute(
        update(Application)
        .where(Application.code.is_not(None), Application.changed_at < desk.now - CODE_SHOWN)
        .values(code=None)
    )


def find_place(desk: Desk, code: str) -> Organisation | None:
    """The office with a committee that an application goes to."""
    row = desk.session.scalar(select(Organisation).where(Organisation.code == code, Organisation.active))
    return row if row is not None and row.kind == "division" and row.committee is not None else None


def send(desk: Desk, row: Application, place: Organisation, data: dict[str, Any]) -> None:
    """File it with the committee, exactly once: the row that knows its case is not filed again.

    `data` has the shape of a case file.  Raises Refused as any filing does.
    """
    if row.case_id is not None:
        return
    filed = filing.file_case(desk, place, data, by=By.resident(say("page", "apply_by")), at=desk.now)
    desk.session.flush()
    [fresh] = filed.codes[:1]
    row.case, row.case_id, row.code, row.changed_at = filed.case, filed.case.id, fresh.code, desk.now
    row.answers = "{}"  # the case has it all; a copy would only be one more place to guard
    tell_filed(desk, filed.case, fresh)


def day_of_answer(row: Application) -> date | None:
    """By when somebody decides and calls."""
    if row.case is None:
        return None
    days = [found.last_day for found in row.case.deadlines if found.name == "acceptance_decision"]
    return days[-1] if days else None
