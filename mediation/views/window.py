"""The thirty days of judicial confirmation: how many are left, which courts may be asked, what remains after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mediation.language import language, spoken
from mediation.models import Case
from mediation.services.obligations import civil_day
from mediation.services.situations import LABOUR, courts_of
from mediation.views.formats import DeadlineSeen, show_deadline
from mediation.views.step_pages import page_of
from workflows.readiness import read_law

#: What is open without or after confirmation; a new agreement has its own days and never gives the old ones back.
REMAINING = ("urge", "sue", "payment_order", "notary", "new_agreement")


@dataclass(frozen=True)
class WindowSeen:
    """The window of one agreement."""

    number: str
    title: str
    deadline: DeadlineSeen | None
    over: bool
    stopped: bool
    courts: list[tuple[str, str, str]]
    review: DeadlineSeen | None
    remaining: list[str]
    apply_url: str


def show_window(case: Case, at: datetime) -> WindowSeen | None:
    """The window of the agreement in effect; None where none is."""
    if case.agreement is None or case.agreement.effective_on is None:
        return None
    rows = {row.name: row for row in case.deadlines}
    row, review = rows.get("confirmation_window"), rows.get("arbitration_review")
    over = row is not None and row.last_day < civil_day(at)
    words, law, zh = spoken("after_window"), read_law(), language() == "zh"
    labour = ["arbitration"] if case.dispute_type in LABOUR else []
    return WindowSeen(
        number=case.public_number,
        title=case.title,
        deadline=show_deadline(row, at) if row else None,
        over=over,
        stopped=row is not None and row.stopped_at is not None,
        courts=[
            (court.name, *((court.zh, law.cite(court.source)) if zh else (court.en, court.source)))
            for court in courts_of(case)
        ],
        review=show_deadline(review, at) if review and review.last_day >= civil_day(at) else None,
        remaining=[str(words[code]) for code in (*labour, *REMAINING)],
        apply_url=page_of(case, "apply_confirmation") if row and not over and row.stopped_at is None else "",
    )
