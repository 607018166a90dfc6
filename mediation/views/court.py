"""What a court's liaison sees: the queue by deadline with its tiles, and one application beside the twelve checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from mediation.access import Audience, visible_cases
from mediation.language import language, word
from mediation.models import Case, Confirmation, Deadline, Document, User
from mediation.packages.pieces import list_lacking
from mediation.services import papers
from mediation.services.attachments import FOR_COURT
from mediation.services.obligations import civil_day
from mediation.services.readiness import findings_of
from mediation.services.steps import workflow_of
from mediation.views.case import COURT_DEADLINES, may_open
from mediation.views.court_done import last_day_of_reading
from mediation.views.formats import days_left, show_day, show_moment, show_money
from mediation.views.history import tell_history
from workflows.readiness import read_law

#: A paper that is not there → the reason to send it back with.
LACKING = {
    "司法确认申请书": "missing_application",
    "人民调解协议书": "missing_agreement",
    "身份证明": "missing_identity",
    "送达地址确认书": "missing_address",
    "承诺书": "missing_undertaking",
    "调解组织主持调解的证明": "missing_certificate",
}
OPEN = ("filed", "supplement_asked", "accepted")
SOON = 5
TILES = ("waiting", "back", "soon", "unexported")


@dataclass(frozen=True)
class Waiting:
    """One application in the queue."""

    number: str
    version: int
    parties: str
    committee: str
    town: str
    state: str
    state_word: str
    filed: str
    amount: str
    court_number: str
    deadline: str
    card: str
    last_day: date | None
    exported: bool
    tiles: frozenset[str]


def list_queue(session: Session, user: User, at: datetime, states: Sequence[str] = OPEN) -> list[Waiting]:
    """The applications filed with this person's court, the nearest date first, those without one last."""
    nearest = (
        select(func.min(Deadline.last_day))
        .where(
            Deadline.case_id == Case.id,
            Deadline.stopped_at.is_(None),
            Deadline.name.in_(sorted(COURT_DEADLINES)),
        )
        .correlate(Case)
        .scalar_subquery()
    )
    query = (
        select(Case, Confirmation, nearest)
        .join(Confirmation, Confirmation.case_id == Case.id)
        .where(
            visible_cases(user, at),
            Confirmation.court == user.organisation.name,
            Confirmation.state.in_(states),
        )
        .order_by(nearest.is_(None), nearest, Confirmation.filed_at, Case.id)
        .options(selectinload(Case.all_parties))
        .limit(1000)
    )
    return [_waiting(case, row, day, civil_day(at)) for case, row, day in session.execute(query).all()]


def _waiting(case: Case, row: Confirmation, day: date | None, today: date) -> Waiting:
    words, card = days_left(day, today) if day else ("", "")
    sums = [clause.amount for clause in row.agreement.clauses if clause.amount is not None]
    chain = case.holder.chain()
    return Waiting(
        number=case.public_number,
        version=case.version,
        parties=name_sides(case),
        committee=case.holder.name,
        town=(chain[1] if len(chain) > 2 else case.holder).name,
        state=row.state,
        state_word=say_state(case, row),
        filed=show_day(civil_day(row.filed_at)),
        amount=show_money(sum(sums)) if sums else "",  # type: ignore[arg-type]
        court_number=row.court_number,
        deadline=words,
        card=card,
        last_day=day,
        exported=row.exported_at is not None,
        tiles=_tiles(row, day, today),
    )


def _tiles(row: Confirmation, day: date | None, today: date) -> frozenset[str]:
    found = set()
    if row.state == "filed":
        found.add("waiting")
    if row.state == "supplement_asked" and row.supplemented_at is not None:
        found.add("back")
    if day is not None and (day - today).days <= SOON:
        found.add("soon")
    if row.state == "accepted" and row.exported_at is None:
        found.add("unexported")
    return frozenset(found)


def name_sides(case: Case) -> str:
    """王建国、李志刚等3人: who applies, cut with its count."""
    names = [party.name for party in case.parties if party.role != "third_party"]
    return "、".join(names[:3]) + (
        word("page", "and_others").format(count=len(names)) if len(names) > 3 else ""
    )


def say_state(case: Case, row: Confirmation) -> str:
    """Where an application is, in words; one that came back after its supplement says so."""
    if row.state == "supplement_asked" and row.supplemented_at is not None:
        return word("page", "court_back")
    found = workflow_of(case).parts["confirmation"].states[row.state]
    return found.zh if language() == "zh" else found.en


def for_review(row: Waiting) -> bool:
    """Whether the court has something to decide on it now."""
    return bool(row.tiles & {"waiting", "back"})


@dataclass(frozen=True)
class Check:
    """One of the twelve, with what the system found."""

    code: str
    text: str
    found: list[tuple[str, str, bool]] = field(default_factory=list)  # sentence, article, must


def list_checks(case: Case, at: datetime) -> list[Check]:
    """The twelve checks in the order in which a court reads."""
    law, said = read_law(), language()
    found = findings_of(case, at)
    return [
        Check(
            row.code,
            row.zh if said == "zh" else row.en,
            [
                (one.zh if said == "zh" else one.en, law.cite(one.article), one.severity == "must")
                for one in found
                if one.check == row.code
            ],
        )
        for row in law.checks
    ]


@dataclass(frozen=True)
class Tab:
    """A paper to look at: ours, or a scan that was handed in."""

    title: str
    url: str
    is_picture: bool = False


def list_tabs(case: Case) -> list[Tab]:
    """What a court is shown, in filing order."""
    tabs = [
        Tab(papers.title_with_which(row), url_for("papers.show", number=case.public_number, paper=row.number))
        for row in sorted(case.documents, key=_filing_order)
        if may_open(row, Audience.court)
    ]
    return tabs + [
        Tab(
            row.title,
            url_for("files.show", number=case.public_number, file=row.number),
            row.media_type.startswith("image/"),
        )
        for row in case.attachments
        if row.kind in FOR_COURT
    ]


FILING_ORDER = (
    "confirmation_application", "agreement", "representative_identity", "delivery_address", "confirmation_undertaking",
    "mediation_certificate", "power_of_attorney", "material_list",
)  # fmt: skip


def _filing_order(row: Document) -> tuple[int, int]:
    place = FILING_ORDER.index(row.type) if row.type in FILING_ORDER else len(FILING_ORDER)
    return place, row.number


def show_review(case: Case, user: User, at: datetime) -> dict[str, Any] | None:
    """Everything the review page is told; None where nothing was filed with this court."""
    rows = [row for row in case.confirmations if row.court == user.organisation.name]
    if not rows:
        return None
    row = rows[-1]
    window = [one for one in case.deadlines if one.name == "confirmation_window"]
    due = [one for one in case.deadlines if one.name in COURT_DEADLINES and one.stopped_at is None]
    words, card = days_left(due[-1].last_day, civil_day(at)) if due else ("", "")
    return {
        "number": case.public_number,
        "version": case.version,
        "case_no": case.case_no,
        "state": row.state,
        "state_word": say_state(case, row),
        "deadline": words,
        "card": card,
        "tabs": list_tabs(case),
        "lacking": list_lacking(case),
        "lacking_codes": [LACKING.get(title, "other") for title in list_lacking(case)],
        "checks": list_checks(case, at),
        "deciding": row.state in ("filed", "supplement_asked"),
        "ruling": row.state == "accepted",
        "returns": [word("return_reason", one.code) for one in row.open_returns],
        "facts": [
            (word("page", "court_filed"), show_moment(row.filed_at)),
            (word("page", "agreement_number"), row.agreement.number),
            (word("page", "effective"), show_day(row.agreement.effective_on)),
            (word("page", "court_window"), show_day(window[-1].last_day) if window else ""),
            (word("page", "court_committee"), f"{case.committee.name} {case.holder.phone}"),
            (word("page", "court_case_number"), row.court_number),
            (word("page", "court_ruling_number"), row.ruling_number),
            (word("page", "court_reads"), last_day_of_reading(row, case.policy)),
        ],
        "parties": [
            (word("party_role", party.role), party.name, word("party_kind", party.kind))
            for party in case.parties
        ],
        "history": tell_history(case, Audience.court),
    }
