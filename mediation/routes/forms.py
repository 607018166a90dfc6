"""What every writing form has in common: read, checked, carried out once, or shown again with all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import redirect, request
from marshmallow import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from mediation.access import asking, desk
from mediation.forms import flatten_errors
from mediation.language import CHOICES
from mediation.submissions import find_earlier
from mediation.views.whose_step import say_reason
from workflows import Refused

View = TypeVar("View", bound=Callable[..., Any])
Fault = tuple[str, str, str]


def faults_of(error: ValidationError) -> list[Fault]:
    """What a schema found, as (where, code, sentence)."""
    return flatten_errors(error.messages)


def faults_of_refusal(refused: Refused) -> list[Fault]:
    """What the workflow refused, each reason beside its field."""
    return [(reason.where, f"refused.{reason.code}", say_reason(reason)) for reason in refused.reasons]


def answered_before() -> Response | None:
    """The answer that this very form got before, if it was sent before."""
    earlier = find_earlier(desk(), asking())
    return redirect(earlier.location, 303) if earlier else None


#: Two transactions met: the other one won, and nothing of this one is kept.
LOST_RACE = (StaleDataError, IntegrityError)


def typed_version() -> int:
    """The version of the case that the person was looking at; 0 where the form does not say."""
    version = request.form.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


#: A form that is sent only to be drawn with what is in it: a draft that is taken up, with its rows.
AGAIN = "_again"


def redraws(view: View) -> View:
    """Mark a view that draws its form again, with all that was typed, where `only_redraw()` says so."""
    view.redraws = True  # type: ignore[attr-defined]
    return view


def only_redraw() -> bool:
    """Whether the form was sent only to be shown larger, or in the other language; nothing may be checked or done."""
    return bool(request.form.get(AGAIN)) or any(field in request.form for field in CHOICES)
