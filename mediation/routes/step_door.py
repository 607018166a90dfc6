"""What every page that takes a step has in common: may it be taken now, take it once, say why not and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

import workflows
from mediation.access import asking, audience_of, find_case
from mediation.clock import now
from mediation.database import db
from mediation.forms import Moment, fault
from mediation.language import spoken
from mediation.models import Case, User
from mediation.payloads import STEPS
from mediation.routes.filing import codes_by_name
from mediation.routes.forms import LOST_RACE, Fault, faults_of, faults_of_refusal, typed_version
from mediation.routes.transactions import writing
from mediation.services import drafts, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.situations import see
from mediation.submissions import find_earlier, form_key, remember
from mediation.views.conflict import Meanwhile, tell_meanwhile
from mediation.views.history import name_step
from mediation.views.titles import title_for
from mediation.views.way_out import list_ways, way_to_effect
from mediation.views.whose_step import say_reason, say_reasons
from mediation.views.widgets import Surroundings, Widget, in_own_words
from workflows import Reason, Refused, Step

SCHEMAS: dict[str, Schema] = {name: kind() for name, kind in STEPS.items()}
AT = Moment(from_page=True)
Answer = Response | str | tuple[str, int]


class Stale(Exception):
    """Somebody changed the case after this form was opened."""


@dataclass
class Here:
    """A person before the page of a step: the case, and what keeps the step from being taken, if anything does."""

    case: Case
    user: User
    at: datetime
    row: Step
    reasons: list[Reason]

    @property
    def head(self) -> dict[str, Any]:
        """What every such page says about the case, and where its back link leads."""
        return head_of(self.case)

    def refuse(self) -> tuple[str, int]:
        """The page that says what is missing, and leads to where it can be supplied."""
        return not_now(self.case, self.row, self.user, self.reasons)


@dataclass
class Outcome:
    """What sending a step's form came to: an answer, or what is wrong with it."""

    answer: Response | None = None
    faults: list[Fault] = field(default_factory=list)
    status: int = 200
    conflict: bool = False


def give_desk_words() -> dict[str, Any]:
    """The words of the mediator's own pages, as `d`; for a blueprint's context."""
    return {"d": spoken("desk")}


def stand_before(number: str, step: str) -> Here:
    """Find the case and ask the workflow; raises NotFound where the case is not this person's to see."""
    user, at = asking(), now()
    case = find_case(number, user, at)
    row = step_of(case, step)
    return Here(case, user, at, row, why_not(case, row, user, at))


def step_of(case: Case, step: str) -> Step:
    """The step's row in the case's own policy; raises NotFound where that has no such step."""
    row = steps.workflow_of(case).case.steps.get(step)
    if row is None:
        raise NotFound
    return row


def why_not(case: Case, row: Step, user: User, at: datetime) -> list[Reason]:
    """Empty where the step is offered; otherwise what the engine says when one takes it all the same."""
    option = next((o for o in steps.options(case, by=By.user(user), at=at) if o.step.name == row.name), None)
    if option is not None:
        return list(option.missing)
    refused = refusal_of(case, row, user, at, {})
    return list(refused.reasons) if refused else []


def refusal_of(case: Case, row: Step, user: User, at: datetime, facts: Mapping[str, Any]) -> Refused | None:
    """What the engine says to this step with these facts; nothing is taken."""
    move = workflows.Move(at, facts)
    try:
        steps.workflow_of(case).take(
            see(case, move.today), row.name, by=By.user(user).actor(case, row, at), move=move
        )
    except Refused as refused:
        return refused
    return None


def not_now(case: Case, row: Step, user: User, reasons: list[Reason]) -> tuple[str, int]:
    """The page of a step that cannot be taken: 409 where it is theirs but not yet, 403 where it is somebody else's."""
    theirs = is_theirs(case, row, user)
    first, ways = list_ways(case, row, reasons, user, now())
    page = render_template(
        "cases/not_now.html",
        case=head_of(case),
        title=name_step(case, row.name),
        theirs=theirs,
        first=first if theirs else "",
        reasons=say_reasons(case, row, reasons, user, now()),
        ways=ways,
    )
    return page, 409 if theirs else 403


def not_written_yet(case: Case, user: User, title: str) -> tuple[str, int]:
    """The page of what hangs on an agreement, where there is none in effect: what comes first, and the way there."""
    first, ways = way_to_effect(case, user, now())
    page = render_template(
        "cases/not_now.html",
        case=head_of(case), title=title, theirs=True, first=first, reasons=[], ways=ways,
    )  # fmt: skip
    return page, 409


def is_theirs(case: Case, row: Step, user: User) -> bool:
    """Whether this person may take the step; a form shows names and clauses, and is not shown to anybody else."""
    return By.user(user).actor(case, row, now()).may_take(row)


def head_of(case: Case) -> dict[str, Any]:
    """The line that says which case a page is about."""
    return {"number": case.public_number, "title": title_for(case, asking()), "version": case.version}


def since(
    case: Case, user: User, step: str = "", mine: Sequence[Widget] = (), around: Surroundings | None = None
) -> list[Meanwhile]:
    """What was done to the case after the form was opened: each change moves the version by one.

    step, mine, around: the form's step and its fields as they were typed, to be set beside what the other one said.
    """
    audience, versions = audience_of(case, user, now()), case.version - typed_version()
    return tell_meanwhile(case, audience, versions, step=step, mine=mine, around=around)


def check(
    step: str, data: Mapping[str, Any], typed_at: str, at: datetime
) -> tuple[dict[str, Any], datetime | None]:
    """The step's facts, and the moment it happened where somebody typed one; raises ValidationError with all faults."""
    errors: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    moment = None
    try:
        facts = SCHEMAS[step].load(data)
    except ValidationError as error:
        errors |= dict(error.messages_dict)
    if typed_at.strip():
        try:
            moment = AT.deserialize(typed_at.strip())
            if moment > at:
                raise fault("in_future", str(spoken("page")["at_in_future"]))
        except ValidationError as error:
            errors["at"] = (
                error.messages.get("_schema") if isinstance(error.messages, dict) else error.messages
            )
    if errors:
        raise ValidationError(errors)
    return facts, moment


def carry_out(
    number: str,
    moves: Sequence[tuple[str, dict[str, Any]]],
    moment: datetime | None = None,
    *,
    leads_to: Callable[[Case], str] | None = None,
    said: str | None = "",
    drops: str = "",
    own_steps: bool = False,
) -> Response:
    """Take the steps, all or none, and go on to `leads_to`, or to the case; pressed twice they are taken once.

    moves: each step with its facts; usually one.

    said: what the next page says was done; left empty, the step; None where that page says it itself.  drops: the
    form whose draft is no longer needed.  own_steps: the same form has put files on record meanwhile, and that is no
    change to warn of.  Raises Refused, Stale, and LOST_RACE errors; nothing is kept then.
    """
    with writing() as desk:
        user = asking()
        case = find_case(number, user, desk.now)
        if earlier := find_earlier(desk, user):
            return redirect(earlier.location, 303)
        if typed_version() != case.version and not _only_quiet_since(case, user, own_steps):
            raise Stale
        try:
            by, at = By.user(user), _within_its_minute(case, moment) if moment else desk.now
            taken = [steps.take(desk, case, name, by=by, at=at, facts=facts) for name, facts in moves]
            page = leads_to(case) if leads_to else url_for("cases.show", number=case.public_number)
            page = _finish(desk, case, user, taken, page, drops)
        except LOST_RACE:
            db.session.rollback()
            if earlier := find_earlier(desk, user):
                return redirect(earlier.location, 303)
            raise
        done = str(spoken("page")["step_done"]).format(step=name_step(case, moves[-1][0]))
        if said is not None:
            flash(said or done, "done")
        for reason in (reason for one in taken for reason in one.warnings):
            flash(say_reason(reason), "warning")
        return redirect(page, 303)


def _within_its_minute(case: Case, moment: datetime) -> datetime:
    """People tell the time to the minute: in the minute of the last entry they mean the moment after it."""
    last = case.entries[-1].at
    return max(moment, last) if last.replace(second=0, microsecond=0) == moment else moment


#: What is done with copies of papers changes nothing of what any form shows: nobody need look again for it.
QUIET = frozenset({"ask_print", "recall_print", "print_done", "print_fetched"})


def _only_quiet_since(case: Case, user: User, own_steps: bool) -> bool:
    behind = case.version - typed_version()
    return 0 < behind <= len(case.entries) and all(
        row.step in QUIET or (own_steps and row.user_id == user.id and row.step == "add_file")
        for row in case.entries[-behind:]
    )


def _finish(desk: Desk, case: Case, user: User, taken: list[steps.Taken], page: str, drops: str) -> str:
    codes = codes_by_name(case.all_parties, [code for one in taken for code in one.codes])
    if codes and user.role in ("mediator", "manager"):
        page = url_for("filing.done", number=case.public_number, key=form_key())
    if not _still_visible(case, user, desk.now):
        page = url_for("todo.show")
    if drops:
        drafts.discard(desk, user, drops, case)
    remember(desk, user, page, codes or None)
    db.session.commit()
    return page


def _still_visible(case: Case, user: User, at: datetime) -> bool:
    # A department that has answered its last question has nothing more to see.
    g.denied = None
    return bool(audience_of(case, user, at)) and any(
        row.organisation_id == user.organisation_id and row.ends_at is None for row in case.grants
    )


def try_step(
    number: str,
    step: str,
    data: Mapping[str, Any],
    *,
    typed_at: str = "",
    leads_to: Callable[[Case], str] | None = None,
    said: str | None = "",
    drops: str = "",
    own_steps: bool = False,
) -> Outcome:
    """Check what a form says and take the step; what is wrong comes back, to be shown with all that was typed."""
    try:
        facts, moment = check(step, data, typed_at, now())
        answer = carry_out(
            number, [(step, facts)], moment, leads_to=leads_to, said=said, drops=drops, own_steps=own_steps
        )
        return Outcome(answer)
    except ValidationError as error:
        found = Outcome(None, [in_own_words(step, one) for one in faults_of(error)], 422)
    except Refused as refused:
        found = Outcome(None, faults_of_refusal(refused), 409)
    except (Stale, *LOST_RACE):
        found = Outcome(None, [], 409, conflict=True)
    db.session.rollback()
    return found
