"""Where a step is taken: on a page of its own where it has one, otherwise on the form that any step has."""

from __future__ import annotations

from typing import Any

from flask import url_for

from mediation.models import Case
from mediation.payloads import STEPS

#: step → endpoint of its own page, which takes the case's number.
PAGES = {
    "agree": "agreement.parties",
    "refer": "whistles.ask",
    "arrive": "whistles.of_case",
    "respond": "whistles.of_case",
    "attach_answer": "whistles.of_case",
    "decline_referral": "whistles.of_case",
    "withdraw_referral": "whistles.of_case",
    "nudge_referral": "whistles.of_case",
    "verify_referral": "whistles.of_case",
    "add_parties": "claimants.show",
    "order_parties": "agreement.show_order",
    "sign": "signing.show",
    "close": "closing.close",
    "follow_up": "closing.visit",
    "call_again": "closing.visit",
    "escalate": "handing.escalate",
    "receive": "handing.handed",
    "return": "handing.handed",
    "ask_above": "handing.handed",
    "supervise": "supervision.show",
    "reply_supervision": "supervision.show",
    "clear_supervision": "supervision.show",
    "hold_session": "sessions.new",
    "schedule": "meetings.show",
    "reschedule": "meetings.show",
    "cancel_schedule": "meetings.show",
    "add_file": "files.list_all",
    "remove_file": "files.list_all",
    "ask_print": "printing.choose",
    "set_off": "ledger.set_off",
}
#: Of these the page is told beside what the button stood.
PLACED = frozenset({"set_off"})


#: Steps of which one page serves several: its endpoint is told the step as well.
SHARED = {"terminate": "ending.show", "withdraw": "ending.show"}


def has_page(step: str) -> bool:
    """Whether people take this step at a page at all; some only go along with something else."""
    return step in PAGES or step in SHARED or step in STEPS


def page_of(case: Case, step: str, **place: Any) -> str:
    """The address at which this step of this case is taken.

    place: by number, beside which clause, line or payment the button stands; the form that any step has begins with it.
    """
    if step in PAGES:
        return url_for(PAGES[step], number=case.public_number, **(place if step in PLACED else {}))
    if step in SHARED:
        return url_for(SHARED[step], number=case.public_number, step=step)
    return url_for("steps.show", number=case.public_number, step=step, **place)
