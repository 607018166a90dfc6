"""One press that takes one step: read, checked, carried out once, and the person sent on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import flash, redirect
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from mediation.access import asking, find_case
from mediation.database import db
from mediation.language import spoken
from mediation.models import Case
from mediation.payloads import STEPS
from mediation.routes.forms import LOST_RACE, Fault, faults_of, faults_of_refusal
from mediation.routes.transactions import writing
from mediation.services import steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.submissions import find_earlier, remember
from mediation.views.history import name_step
from mediation.views.whose_step import say_reason
from mediation.views.widgets import in_own_words
from workflows import Refused

#: More that belongs to the step's transaction, done before it.
First = Callable[[Desk, Case], None]


class NotTaken(Exception):
    """The step was not taken; nothing is kept. The faults go back to the form, with the status of the answer."""

    def __init__(self, faults: list[Fault], status: int) -> None:
        self.faults, self.status = faults, status
        super().__init__(faults)


def press(
    number: str, step: str, data: Mapping[str, Any], page: str, *, said: str = "", first: First | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    """Take a step as the person who asks, once a form; answers with a redirect to `page`.

    data: the form as plain data, checked by the step's own schema; `more` goes with it unchecked, for what a case file
    does not carry.  `said` is told on the next page in place of “done”.  Raises NotTaken.
    """
    try:
        facts = {
            **STEPS[step]().load({k: v for k, v in data.items() if v not in ("", None, [])}),
            **(more or {}),
        }
        with writing() as desk:
            user = asking()
            case = find_case(number, user, desk.now)
            if earlier := find_earlier(desk, user):
                return redirect(earlier.location, 303)
            if first is not None:
                first(desk, case)
            taken = steps.take(desk, case, step, by=By.user(user), at=desk.now, facts=facts)
            done = said or str(spoken("page")["step_done"]).format(step=name_step(case, step))
            warnings = [say_reason(reason) for reason in taken.warnings]
            remember(desk, user, page)
            db.session.commit()
    except ValidationError as error:
        raise _not_taken((in_own_words(step, one) for one in faults_of(error)), 422) from error
    except Refused as refused:
        raise _not_taken(faults_of_refusal(refused), 409) from refused
    except LOST_RACE as lost:
        raise _not_taken([("", "lost_race", str(spoken("page")["changed_meanwhile"]))], 409) from lost
    flash(done, "done")
    for text in warnings:
        flash(text, "warning")
    return redirect(page, 303)


def _not_taken(faults: Iterable[Fault], status: int) -> NotTaken:
    db.session.rollback()
    return NotTaken(list(faults), status)


def tell(refused: NotTaken, page: str) -> Response:
    """Back to a list whose buttons have no form of their own: the reasons stand on top of it."""
    for _, _, sentence in refused.faults:
        flash(sentence, "warning")
    return redirect(page, 303)
