"""Drafts of agreements that offices below ask this one to read before anybody signs."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Case, Duty, Organisation, User
from mediation.services import reviews, scans
from mediation.views.formats import show_moment
from mediation.views.step_pages import page_of
from mediation.views.titles import title_for


@dataclass(frozen=True)
class ToRead:
    """One draft that waits: whose, since when, where the paper is and where the opinion is written."""

    number: str
    title: str
    place: str
    said: str
    since: str
    paper_url: str
    write_url: str


def list_to_read(session: Session, user: User) -> list[ToRead]:
    """What the offices below this person's office have sent, the oldest first."""
    query = (
        select(Duty)
        .join(Case, Case.id == Duty.case_id)
        .join(Organisation, Organisation.id == Case.holder_id)
        .where(
            Duty.kind == reviews.ASKED,
            Duty.done_at.is_(None),
            Organisation.parent_id == user.organisation_id,
        )
        .order_by(Duty.id)
    )
    return [_show(row, user) for row in session.scalars(query)]


def _show(row: Duty, user: User) -> ToRead:
    case = row.case
    paper = scans.paper_of(case.agreement) if case.agreement else None
    return ToRead(
        number=case.public_number,
        title=title_for(case, user),
        place=case.holder.name,
        said=row.detail,
        since=show_moment(row.created_at),
        paper_url=url_for("papers.show", number=case.public_number, paper=paper.number) if paper else "",
        write_url=page_of(case, "review_draft"),
    )


@dataclass(frozen=True)
class Review:
    """How an own draft stands: whom one may send it to, whether it is there, what came back."""

    reader: str
    may_ask: bool
    waits: bool
    remark: str
    remark_by: str


def show_review(case: Case, may_ask: bool) -> Review:
    """For the page on which the agreement has just been made."""
    above, remark = case.holder.parent, reviews.remark_of(case)
    return Review(
        reader=above.name if above else "",
        may_ask=may_ask,
        waits=reviews.open_of(case) is not None,
        remark=remark.detail if remark else "",
        remark_by=remark.title if remark else "",
    )
