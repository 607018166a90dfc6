"""Which of the offered steps a page names first: a habit of the office, no rule; the rules stand in the policy."""

from __future__ import annotations

from collections.abc import Sequence

from mediation.models import Case
from mediation.services import obligations, steps, supervising

#: For each state the steps in the order in which they usually come.
USUALLY_NEXT = {
    "filed": ("accept", "respond"),
    "accepted": ("schedule", "hold_session", "respond"),
    "mediating": ("hold_session", "respond"),
    "paused": ("resume", "respond"),
    "handed_up": ("receive", "respond"),
    "agreed": ("sign", "respond"),
    "performing": (
        "court_accept", "court_confirm", "respond", "perform", "apply_confirmation", "follow_up", "close",
    ),
    "not_accepted": ("close",),
    "referred_out": ("close",),
    "withdrawn": ("close",),
    "terminated": ("close",),
    "closed": ("archive",),
}  # fmt: skip


def usual_next(one: Case) -> Sequence[str]:
    """The steps that usually come next, the likeliest first; whether they are offered is the workflow's to say."""
    return (*_asked_from_above(one), *_usual(one))


def _asked_from_above(one: Case) -> Sequence[str]:
    """An account that is owed comes before anything else, and so does looking at one that was given."""
    if supervising.owes_account(one):
        return ("reply_supervision",)
    return ("clear_supervision",) if supervising.waits_for_strike_off(one) else ()


def _usual(one: Case) -> Sequence[str]:
    usual: Sequence[str] = USUALLY_NEXT.get(one.state, ())
    if one.state == "mediating" and one.sessions and one.sessions[-1].outcome == "agreed":
        return ("agree", *usual)
    if one.state == "performing" and _all_is_done(one):
        return tuple(name for name in usual if name != "perform")
    if one.state == "accepted" and one.appointment is not None:
        return ("hold_session", *usual)
    level = steps.workflow_of(one).level(one.level)
    here = [row for row in one.sessions if row.organisation_id == one.holder_id]
    if one.state == "mediating" and len(here) >= level.attempts:
        return ("escalate", "terminate", *usual)
    return usual


def _all_is_done(one: Case) -> bool:
    clauses = one.agreement.clauses if one.agreement else []
    return all(obligations.is_done(clause) for clause in clauses if obligations.binds_somebody(clause))
