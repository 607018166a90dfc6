"""Who is asking, which doors are open to them, and which cases they may see: closed unless opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized
from werkzeug.wrappers import Response

import workflows
from mediation.assets import is_static
from mediation.clock import now
from mediation.database import db
from mediation.keys import KeyRing
from mediation.models import Case, Grant, PrintJob, User
from mediation.services import users
from mediation.services.desk import Desk
from workflows import Role

View = TypeVar("View", bound=Callable[..., Any])

STAFF = frozenset({Role.mediator, Role.manager, Role.court, Role.department, Role.admin})
WITH_CASES = STAFF - {Role.admin}
COMMITTEE = frozenset({Role.mediator, Role.manager})

#: Which grants of its organisation let a role see a case. An administrator keeps the system running and sees none.
GRANTS_OF: dict[Role, frozenset[str]] = {
    Role.mediator: frozenset({"holder", "receiver", "assisting", "alerted", "reader", "department"}),
    Role.manager: frozenset({"holder", "receiver", "assisting", "alerted", "reader", "above", "department"}),
    Role.court: frozenset({"court"}),
    Role.department: frozenset({"department"}),
    Role.admin: frozenset(),
}


class Audience(StrEnum):
    """How much of a visible case somebody sees."""

    committee = "committee"  # all of it, numbers masked
    court = "court"  # what an application for confirmation shows; never what was said in mediation (CPLI 107)
    department = "department"  # the question put to it, and whom to call


@dataclass(frozen=True)
class Opening:
    """To whom a route is open: everybody, or the logged-in people of these roles."""

    roles: frozenset[Role] = frozenset()
    public: bool = False


def opens_to(*roles: Role) -> Callable[[View], View]:
    """Open a view to the logged-in people of these roles; what they see of a case is still `find_case`'s business."""
    return _mark(Opening(frozenset(roles)))


def opens_to_all(view: View) -> View:
    """Open a view to everybody, logged in or not."""
    return _mark(Opening(public=True))(view)


def takes_files(view: View) -> View:
    """Let a view receive files, which are larger than any form; the limits of `uploads` hold for each of them."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def _mark(opening: Opening) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.opening = opening  # type: ignore[attr-defined]
        return view

    return mark


@dataclass(frozen=True)
class Who:
    """The person who is logged in, as the frame of every page names them."""

    id: int
    name: str
    organisation: str
    role: Role
    #: Whether their office has none above it.
    at_top: bool = False
    #: Whether it is of the lowest level.
    at_bottom: bool = False


#: What somebody with a first password may open before choosing an own one.
BEFORE_PASSWORD = frozenset({"login.password", "login.password_set", "login.logout"})


class GuardedFlask(Flask):
    """A Flask that takes no route of which nobody has said to whom it is open."""

    def add_url_rule(  # type: ignore[override]
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """Register a route; raises RuntimeError for one without a classification."""
        if is_static(endpoint) and view_func is not None:
            view_func = _open_files(view_func)  # style sheets and icons, the same for everybody
        if view_func is not None and not isinstance(getattr(view_func, "opening", None), Opening):
            raise RuntimeError(f"{rule}: say whom this route opens to (mediation.access.opens_to)")
        super().add_url_rule(rule, endpoint, view_func, **options)


def _open_files(view: Any) -> Any:
    # Flask hands a blueprint's files out through a bound method, which carries no mark of its own.
    def files(**values: Any) -> Any:
        return view(**values)

    return opens_to_all(files)


def check_openings(app: Flask) -> None:
    """Raise RuntimeError where a route slipped in without saying to whom it is open."""
    closed = [rule.rule for rule in app.url_map.iter_rules() if opening_of(app, rule.endpoint) is None]
    if closed:
        raise RuntimeError(f"routes without a classification: {', '.join(closed)}")


def opening_of(app: Flask, endpoint: str | None) -> Opening | None:
    """To whom an endpoint is open; None where nobody has said."""
    found = getattr(app.view_functions.get(endpoint or ""), "opening", None)
    return found if isinstance(found, Opening) else None


def desk() -> Desk:
    """What a service needs at hand, for reading; writing goes through `routes.transactions.writing`."""
    keys: KeyRing = current_app.extensions["mediation.keys"]
    return Desk(db.session(), keys, now())


def identify() -> Response | None:
    """Before every request: who is asking, and is this door open to them?"""
    g.user = g.who = g.login_id = g.seen_at = None
    if request.endpoint is None:  # no such address; the answer is the same for everybody
        return None
    opening = opening_of(current_app, request.endpoint)
    if opening is None:
        raise NotFound
    if is_static(request.endpoint):
        return None
    token = session.get("token")
    if isinstance(token, str):
        login = users.find_session(desk(), token)
        if login is not None:
            g.login_id, g.seen_at = login.id, login.seen_at
            _welcome(login.user)
    if opening.public:
        return None
    if g.user is None:
        raise Unauthorized
    if Role(g.user.role) not in opening.roles:
        g.denied = f"{request.method} {request.endpoint}"
        raise Forbidden
    if g.user.must_change_password and request.endpoint not in BEFORE_PASSWORD:
        return redirect(url_for("login.password"), 303)
    return None


def _welcome(user: User) -> None:
    g.user = user
    # Plain words, so that the frame of a page needs no row: after a rollback a row would ask the database again.
    office = user.organisation
    lowest = workflows.load(current_app.extensions["mediation.settings"].policy).levels[0].code
    at_top, at_bottom = office.parent_id is None, office.level == lowest
    g.who = Who(user.id, user.name, office.name, Role(user.role), at_top, at_bottom)


def asking() -> User:
    """The person who is logged in; raises Unauthorized where nobody is."""
    user = g.get("user")
    if not isinstance(user, User):
        raise Unauthorized
    return user


def visible_cases(user: User, at: datetime) -> ColumnElement[bool]:
    """The one rule for lists and single cases: a live grant to the person's office, of a kind the role may use."""
    return exists(
        select(Grant.id).where(
            Grant.case_id == Case.id,
            Grant.organisation_id == user.organisation_id,
            Grant.kind.in_(sorted(GRANTS_OF[Role(user.role)])),
            Grant.starts_at <= at,
            or_(Grant.ends_at.is_(None), Grant.ends_at > at),
        )
    )


def granted(user: User, at: datetime, kinds: frozenset[str] | None = None) -> Select[int]:
    """The numbers of the cases that live grants to the person's office open; only by grants of these kinds, if said."""
    wanted = GRANTS_OF[Role(user.role)]
    return select(Grant.case_id).where(
        Grant.organisation_id == user.organisation_id,
        Grant.kind.in_(sorted(wanted if kinds is None else wanted & kinds)),
        Grant.starts_at <= at,
        or_(Grant.ends_at.is_(None), Grant.ends_at > at),
    )


def cases_in_sight(user: User, at: datetime) -> ColumnElement[bool]:
    """The same rule for lists: the office's grants are read once, and not once a case."""
    return Case.id.in_(granted(user, at))


def find_case(public_number: str, user: User, at: datetime) -> Case:
    """A case by its number, if this person may see it; NotFound says nothing of whether it exists."""
    found = db.session.scalar(
        select(Case).where(Case.public_number == public_number, visible_cases(user, at))
    )
    if found is None:
        g.denied = f"case {public_number[:20]}"
        raise NotFound
    return found


def to_print(user: User, at: datetime) -> ColumnElement[bool]:
    """Orders whose papers this person's office prints now: sent to it, not over, under a live grant to print."""
    org = user.organisation_id
    granted_here = exists(
        select(Grant.id).where(
            Grant.case_id == PrintJob.case_id,
            Grant.organisation_id == org,
            Grant.kind == "printer",
            Grant.starts_at <= at,
            or_(Grant.ends_at.is_(None), Grant.ends_at > at),
        )
    )
    return and_(PrintJob.printer_id == org, PrintJob.ended_at.is_(None), granted_here)


def find_print_job(number: int, user: User, at: datetime) -> PrintJob:
    """An order that this person's office prints; it opens the papers named in it and nothing else of the case."""
    found = db.session.scalar(select(PrintJob).where(PrintJob.id == number, to_print(user, at)))
    if found is None:
        g.denied = f"print order {number}"
        raise NotFound
    return found


def audience_of(case: Case, user: User, at: datetime) -> Audience:
    """How much of this case the person sees: the most that a live grant gives."""
    kinds = {
        row.kind
        for row in case.grants
        if row.organisation_id == user.organisation_id
        and row.kind in GRANTS_OF[Role(user.role)]
        and row.starts_at <= at
        and (row.ends_at is None or row.ends_at > at)
    }
    if kinds & {"holder", "receiver", "assisting", "above", "alerted", "reader"}:
        return Audience.committee
    return Audience.court if "court" in kinds else Audience.department
