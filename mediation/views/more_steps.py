"""更多 on the case page: what is usually looked for first, the rest under plain headings, and nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mediation.language import spoken
from mediation.models import Case
from mediation.views.buttons import Button
from mediation.views.next_steps import usual_next
from mediation.views.overview import short_word

#: What stands open in 更多 wherever it can be done, in this order, after what the state makes likely.
USUAL = ("escalate", "refer", "pause", "withdraw", "update_party", "flag_danger")
#: Up to so many stand there without a second fold.
FEW = 7
#: The headings of [more_group], in their order, and the steps under each.
GROUPS = {
    "meeting": (
        "accept", "schedule", "reschedule", "cancel_schedule", "tell_in_person", "hold_session", "investigate",
        "invite_expert", "expert_replies", "consult", "assign", "extend", "pause", "resume",
    ),
    "people": ("update_party", "add_party", "add_parties", "remove_party", "order_parties", "complete_party"),
    "paper": (
        "add_file", "remove_file", "ask_more", "hand_in", "ask_print", "recall_print", "print_done", "print_fetched",
    ),
    "agreement": ("agree", "ask_review", "review_draft", "sign", "note_handwriting", "notarize"),
    "keeping": (
        "perform", "confirm_payment", "undo_payment", "postpone", "set_off", "waive", "default", "enforce", "follow_up",
        "call_again",
    ),
    "court": (
        "apply_confirmation", "supplement", "withdraw_confirmation", "court_accept", "court_request", "court_reject",
        "court_confirm", "court_dismiss", "court_number", "court_withdraw", "court_ruling",
    ),
    "offices": (
        "refer", "arrive", "respond", "attach_answer", "decline_referral", "withdraw_referral", "nudge_referral",
        "verify_referral", "escalate", "receive", "return", "ask_above", "take_up", "delegate", "pass_on", "hand_over",
    ),
    "watch": (
        "flag_danger", "report_done", "flag_suspicion", "clear_suspicion", "supervise", "reply_supervision",
        "clear_supervision",
    ),
    "ending": ("reject", "withdraw", "terminate", "close", "archive", "reopen"),
}  # fmt: skip


@dataclass(frozen=True)
class MoreSteps:
    """The buttons of 更多: `usual` stands open, `groups` (heading, buttons) are folded, `refused` by themselves."""

    usual: list[Button]
    groups: list[tuple[str, list[Button]]]
    #: How many the groups hold.
    folded: int
    refused: list[Button]


def sort_more(case: Case, offered: Sequence[Button], refused: Sequence[Button]) -> MoreSteps:
    """Every button once. offered: what can be done besides what comes next."""
    if len(offered) <= FEW:
        return MoreSteps([_short(case, one) for one in offered], [], 0, list(refused))
    order = (*usual_next(case), *USUAL)
    usual = sorted((one for one in offered if one.name in order), key=lambda one: order.index(one.name))
    rest = [one for one in offered if one.name not in order]
    return MoreSteps([_short(case, one) for one in usual], _under_headings(rest), len(rest), list(refused))


def _short(case: Case, button: Button) -> Button:
    """A usual one says what it is in two or three words."""
    said = str(spoken("more_verb").get(button.name, ""))
    return replace(button, text=said or short_word(case, button.name, button.text))


def _under_headings(buttons: Sequence[Button]) -> list[tuple[str, list[Button]]]:
    heads, place = spoken("more_group"), {name: head for head, names in GROUPS.items() for name in names}
    found: dict[str, list[Button]] = {head: [] for head in (*GROUPS, "other")}
    for one in buttons:
        # A step that a county's own policy adds is nowhere above, and is reached all the same.
        found[place.get(one.name, "other")].append(one)
    return [(str(heads[head]), rows) for head, rows in found.items() if rows]
