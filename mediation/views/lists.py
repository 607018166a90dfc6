"""Lists of cases: what waits for me, and what I may look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased, lazyload, selectinload

from mediation.access import GRANTS_OF, cases_in_sight, granted
from mediation.keys import KeyRing
from mediation.language import word
from mediation.models import (
    Agreement,
    Attachment,
    Case,
    Clause,
    ClauseParty,
    Confirmation,
    Deadline,
    Document,
    Duty,
    Grant,
    MediationSession,
    Referral,
    Signature,
    User,
)
from mediation.services import parties, reviews, searching, steps
from mediation.services.deadlines import ASKED_FOR
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.responsibility import OPEN_WORK
from mediation.views.case import COURT_DEADLINES, name_level, name_state
from mediation.views.formats import OVER, days_left
from mediation.views.next_steps import usual_next
from mediation.views.overview import say_counter
from mediation.views.paging import find_page
from mediation.views.titles import title_for
from mediation.words import say
from workflows import Role

PAGE = 20
#: What the next step of a case depends on, in one query a kind. The parties are among what is loaded: whoever leads
#: to a party finds it there, and does not load it, with its helpers, once more; the same holds of the agreement.
LOADED = (
    selectinload(Case.all_parties),
    selectinload(Case.sessions).lazyload(MediationSession.attendance),
    selectinload(Case.agreements).options(
        selectinload(Agreement.signatures).lazyload(Signature.party),
        selectinload(Agreement.clauses).selectinload(Clause.people).lazyload(ClauseParty.party),
    ),
    selectinload(Case.confirmations).options(
        lazyload(Confirmation.agreement), lazyload(Confirmation.returns)
    ),
    selectinload(Case.deadlines),
    selectinload(Case.documents).defer(Document.facts),
    selectinload(Case.referrals),
    selectinload(Case.duties),
    selectinload(Case.grants).lazyload(Grant.organisation),
    selectinload(Case.appointments),
    selectinload(Case.invitations),
    selectinload(Case.all_attachments).lazyload(Attachment.party),
)


@dataclass(frozen=True)
class Row:
    """A case in a list: enough to find it, no numbers of anybody."""

    number: str
    title: str
    state: str
    level: str
    kind: str
    holder: str
    deadline: str
    card: str
    risk: str = ""
    session: str = ""
    mediators: str = ""
    #: The kind of dispute at the end of the title, where it stands there.
    title_end: str = ""

    @property
    def names(self) -> str:
        """The title without that: who the parties are, for a table that has a column for the kind."""
        return self.title.removesuffix(self.title_end)


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    rows: list[Row]
    page: int
    pages: int
    total: int


#: The grants under which an office has something to do.
ACTED_ON = frozenset({"holder", "receiver", "court", "department", "alerted", "reader"})


#: A case within the lists below. Made once: telling SQLAlchemy about a table anew takes longer than asking it.
_ONE = aliased(Case)


def is_mine(user: User, at: datetime) -> ColumnElement[bool]:
    """Cases that wait for this person: held, handed up, in their court, asked of them, in danger below."""
    # One short list for each kind of grant. What an office only looks on at is most of what a county sees, and what it
    # once held is archived: neither is asked anything.
    one, org = _ONE, user.organisation_id
    filed = select(Confirmation.case_id).where(
        Confirmation.court == user.organisation.name,
        Confirmation.state.in_(("filed", "supplement_asked", "accepted")),
    )
    asked = select(Referral.case_id).where(Referral.department_id == org, Referral.answered_at.is_(None))
    waits = {
        "holder": and_(one.holder_id == org, one.state != "archived"),
        "receiver": one.state == "handed_up",
        "court": one.id.in_(filed),
        "department": one.id.in_(asked),
        "alerted": one.state.not_in(("closed", "archived")),
        "reader": one.id.in_(select(Duty.case_id).where(Duty.kind == reviews.ASKED, Duty.done_at.is_(None))),
    }
    lists = [
        select(one.id).where(one.id.in_(granted(user, at, frozenset({kind}))), waits[kind])
        for kind in sorted(ACTED_ON & GRANTS_OF[Role(user.role)])
    ]
    return Case.id.in_(union_all(*lists))


def own_dates(user: User) -> ColumnElement[bool]:
    """The deadlines that are a person's business: a department's are those of its own questions, a court's those of
    its own procedure."""
    if user.role == Role.department:
        asked = select(Referral.deadline_id).where(Referral.department_id == user.organisation_id)
        return Deadline.id.in_(asked)
    return Deadline.name.in_(sorted(COURT_DEADLINES)) if user.role == Role.court else true()


#: What has to be done even after its day: anything but a chance that closes for good.
_WAITED_FOR = or_(Deadline.kind != "window", Deadline.name.in_(sorted(ASKED_FOR)))


def still_counts(at: datetime) -> ColumnElement[bool]:
    """A deadline that somebody has to meet: neither a chance that has closed for good, nor what passed in a case that
    is over."""
    return or_(Deadline.last_day >= civil_day(at), and_(Case.state.not_in(OVER), _WAITED_FOR))


#: Shortcuts through the states.
SHOWN = ("open", "late", "over")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the cases; all of it stands in the address."""

    words: str = ""
    state: str = ""
    #: One of SHOWN.
    show: str = ""
    kind: str = ""
    mine: bool = False

    def query(self, **other: str | None) -> dict[str, str]:
        """The address's fields, with some of them replaced; None leaves one out."""
        said = {
            "q": self.words, "state": self.state, "show": self.show, "kind": self.kind,
            "mine": "1" if self.mine else "",
        }  # fmt: skip
        return {name: value for name, value in {**said, **other}.items() if value}


def list_cases(session: Session, user: User, at: datetime, page: int, keys: KeyRing, wanted: Wanted) -> Page:
    """A page of the cases this person may see, newest first."""
    query = _query(user, at, keys, wanted)
    total = session.scalar(query.with_only_columns(func.count(Case.id)).order_by(None)) or 0
    page, pages = find_page(total, page, PAGE)
    rows = _rows(session, query.limit(PAGE).offset((page - 1) * PAGE), user, at)
    return Page(rows, page, pages, total)


def list_all(
    session: Session, user: User, at: datetime, keys: KeyRing, wanted: Wanted, most: int
) -> list[Row]:
    """The same without pages, for a table to take away; the newest `most` of them."""
    return _rows(session, _query(user, at, keys, wanted).limit(most), user, at)


def _query(user: User, at: datetime, keys: KeyRing, wanted: Wanted) -> Select[Case]:
    query = select(Case).where(cases_in_sight(user, at))
    if wanted.state:
        query = query.where(Case.state == wanted.state)
    if wanted.kind:
        query = query.where(Case.dispute_type == wanted.kind)
    if wanted.mine:
        query = query.where(Case.responsible_id == user.id)
    if wanted.show in ("open", "over"):
        working = Case.state.in_(OPEN_WORK)
        query = query.where(working if wanted.show == "open" else ~working)
    if wanted.show == "late":
        late = select(Deadline.case_id).where(
            Deadline.stopped_at.is_(None), Deadline.last_day < civil_day(at), own_dates(user), _WAITED_FOR
        )
        query = query.where(Case.id.in_(late), Case.state.not_in(OVER))
    if wanted.words:
        # Whoever is not shown the parties cannot ask for them either.
        query = query.where(searching.matching(wanted.words, keys, names=user.role != Role.department))
    return query.order_by(Case.filed_at.desc(), Case.id.desc())


def _rows(session: Session, query: Select[Case], user: User, at: datetime) -> list[Row]:
    found = list(session.scalars(query.options(selectinload(Case.sessions))))
    days = _nearest_days(session, [one.id for one in found], user, at)
    return [_row(one, days.get(one.id), user, at) for one in found]


def _nearest_days(session: Session, cases: list[int], user: User, at: datetime) -> dict[int, date]:
    query = (
        select(Deadline.case_id, func.min(Deadline.last_day))
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.case_id.in_(cases),
            Deadline.stopped_at.is_(None),
            own_dates(user),
            still_counts(at),
        )
        .group_by(Deadline.case_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _row(one: Case, day: object, user: User, at: datetime) -> Row:
    words, card = days_left(day, civil_day(at)) if isinstance(day, date) else ("", "")
    title, end = title_for(one, user), parties.kind_in_title(say("dispute_type", one.dispute_type))
    return Row(
        number=one.public_number,
        title=title,
        title_end=end if title.endswith(end) else "",
        state=name_state(one, one.state),
        level=name_level(one),
        kind=word("dispute_type", one.dispute_type),
        holder=one.holder.name,
        deadline=words,
        card=card,
        risk=one.risk,
        session=say_counter(one) if one.state in ("accepted", "mediating", "paused") else "",
        mediators="、".join(one.mediators or ()),
    )


def next_step(one: Case, user: User, at: datetime) -> str:
    """The step that usually comes next, among those offered; empty where nothing is."""
    offered = [option.step.name for option in steps.options(one, by=By.user(user), at=at) if option.offered]
    usual = usual_next(one)
    return next((name for name in usual if name in offered), "")
