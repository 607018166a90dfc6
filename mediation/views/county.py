"""县级终调: what was handed up, the most urgent first; who may be asked to help; what is at the court; who is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import url_for
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from mediation.access import visible_cases
from mediation.language import language, word
from mediation.models import Case, Confirmation, Deadline, MediationSession, User
from mediation.services import consulting, steps
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.responsibility import ACTIVE, OPEN_WORK
from mediation.services.steps import workflow_of
from mediation.views.case import name_state
from mediation.views.dispatch import by_urgency
from mediation.views.formats import days_left, show_day, show_moment
from mediation.views.history import name_step
from mediation.views.lists import LOADED
from mediation.views.paging import Paged, page_of_rows
from mediation.views.step_pages import page_of
from mediation.views.supervision import held_below, name_stage

VERBS = ("receive", "consult", "hold_session", "invite_expert", "return", "delegate", "refer", "terminate")


@dataclass(frozen=True)
class DeskCase:
    """A case at the top: what was tried below, whom one may ask, what to do."""

    number: str
    title: str
    about: str
    risk: str
    deadline: str
    card: str
    url: str
    tried: list[str]
    agreed: str
    waiting: list[str]
    suggested: tuple[str, str, str] | None
    joint: list[tuple[str, str]]
    none_left: bool
    verbs: list[tuple[str, str]]
    may_answer: bool


@dataclass(frozen=True)
class LateCase:
    """A case below that is over its time."""

    number: str
    title: str
    town: str
    holder: str
    responsible: str
    deadline: str
    urged: int
    answer: str
    url: str
    verbs: list[tuple[str, str]]
    may_urge: bool
    thread: str


def list_desk(session: Session, user: User, at: datetime, page: int) -> Paged[DeskCase]:
    """Cases handed up to this office or held by it after that, the most urgent first."""
    nearest = _nearest()
    here = user.organisation_id
    query = (
        select(Case, nearest.label("nearest"))
        .where(
            visible_cases(user, at),
            or_(
                and_(Case.receiver_id == here, Case.state == "handed_up"),
                and_(Case.holder_id == here, Case.state.in_(ACTIVE)),
            ),
        )
        .order_by(by_urgency(), nearest.is_(None), nearest, Case.id)
        .options(*LOADED, selectinload(Case.entries))
    )
    return page_of_rows(session, query, page, lambda case, day: _desk_case(session, case, day, user, at))


def _nearest() -> Any:
    return (
        select(func.min(Deadline.last_day))
        .where(Deadline.case_id == Case.id, Deadline.stopped_at.is_(None), Deadline.kind == "limit")
        .correlate(Case)
        .scalar_subquery()
    )


def _desk_case(session: Session, case: Case, day: Any, user: User, at: datetime) -> DeskCase:
    words, card = days_left(day, civil_day(at)) if day else ("", "")
    offered = [o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered]
    if "receive" in offered:
        offered.remove("receive")
        offered = ["receive", *(name for name in offered if name != "delegate")]  # first it is taken on
    asks = "invite_expert" in offered
    suggestion = next(iter(consulting.suggest(session, case)), None) if asks else None
    agreed = [row.facts.get("agreed_so_far") for row in case.entries if row.step == "escalate"]
    return DeskCase(
        number=case.public_number,
        title=case.title,
        about=" · ".join(
            (word("dispute_type", case.dispute_type), name_state(case, case.state), case.filed_with.name)
        ),
        risk=case.risk,
        deadline=words,
        card=card,
        url=url_for("cases.show", number=case.public_number),
        tried=_tried(case),
        agreed=next((str(text) for text in reversed(agreed) if text), ""),
        waiting=[row.name for row in case.invitations if row.answered_at is None],
        suggested=(suggestion.name, suggestion.field, suggestion.unit) if suggestion else None,
        joint=_joint(case),
        none_left=asks and suggestion is None,
        verbs=[(page_of(case, name), name_step(case, name)) for name in VERBS if name in offered],
        may_answer="expert_replies" in offered,
    )  # fmt: skip


def _joint(case: Case) -> list[tuple[str, str]]:
    """Each joint session in a line, with the address of its minutes."""
    papers = [row.number for row in case.documents if row.type == "joint_minutes"]
    # Sessions held before there were minutes have none: the papers belong to the last ones.
    numbers = [0] * (len(case.joint_sessions) - len(papers)) + papers
    return [
        (
            f"{show_moment(row.held_at)} {'、'.join(row.organisations)}：{row.decision or row.record}",
            url_for("papers.show", number=case.public_number, paper=number) if number else "",
        )
        for row, number in zip(case.joint_sessions, numbers, strict=True)
    ]


def _tried(case: Case) -> list[str]:
    """What each level tried: how often, and how each time ended."""
    levels = {row.code: row for row in workflow_of(case).levels}
    said = []
    for code, group in groupby(case.sessions, key=_level_of):
        rows = list(group)
        level = levels.get(code)
        name = (level.short if language() == "zh" else level.en) if level else code
        outcomes = "、".join(word("outcome", row.outcome) for row in rows)
        said.append(word("board", "tried").format(level=name, count=len(rows), outcomes=outcomes))
    return said


def _level_of(row: MediationSession) -> str:
    return row.level


def list_court_queue(session: Session, user: User, at: datetime) -> list[tuple[str, str, str, str]]:
    """Applications that wait at the court: address, title, court, state."""
    query = (
        select(Case, Confirmation)
        .join(Confirmation, Confirmation.case_id == Case.id)
        .where(visible_cases(user, at), Confirmation.state.in_(("filed", "supplement_asked", "accepted")))
        .order_by(Confirmation.id)
    )
    return [
        (
            url_for("cases.show", number=case.public_number),
            f"{case.public_number} {case.title}",
            row.court,
            name_state(case, row.state, "confirmation"),
        )
        for case, row in session.execute(query)
    ]


def list_late(session: Session, user: User, at: datetime, page: int) -> Paged[LateCase]:
    """Cases of the offices below that are over their time; the longest overdue first."""
    today = civil_day(at)
    nearest = _nearest()
    query = (
        select(Case, nearest)
        .where(visible_cases(user, at), held_below(user), Case.state.in_(OPEN_WORK), nearest < today)
        .order_by(nearest, Case.id)
        .options(*LOADED, selectinload(Case.entries), selectinload(Case.responsible))
    )
    return page_of_rows(session, query, page, lambda case, day: _late(case, day, user, at))


def by_town(rows: list[LateCase]) -> list[tuple[str, list[LateCase]]]:
    """The same under the name of each town."""
    ordered = sorted(rows, key=lambda row: row.town)
    return [(town, list(group)) for town, group in groupby(ordered, key=lambda row: row.town)]


def _late(case: Case, day: Any, user: User, at: datetime) -> LateCase:
    offered = [o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered]
    chain = case.holder.chain()
    answers = [row for row in case.entries if row.step == "reply_supervision"]
    return LateCase(
        number=case.public_number,
        title=case.title,
        town=(chain[-2] if len(chain) > 1 else chain[0]).name,
        holder=case.holder.name,
        responsible=case.responsible.name if case.responsible else case.presiding,
        deadline=days_left(day, civil_day(at))[0],
        urged=sum(1 for row in case.entries if row.step == "supervise"),
        answer=f"{show_day(civil_day(answers[-1].at))} {answers[-1].facts.get('note', '')}" if answers else "",
        url=url_for("cases.show", number=case.public_number),
        verbs=[(page_of(case, name), name_step(case, name)) for name in ("supervise", "take_up", "delegate")
               if name in offered],
        may_urge="supervise" in offered,
        thread=url_for("supervision.show", number=case.public_number) if name_stage(case) else "",
    )  # fmt: skip
