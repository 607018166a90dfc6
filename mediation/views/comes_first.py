"""Which step has to come before another one, told by where the case is."""

from __future__ import annotations

#: What belongs to keeping an agreement that is in effect.
KEEPING = (
    "perform", "waive", "confirm_payment", "undo_payment", "postpone", "set_off", "default", "enforce", "notarize",
)  # fmt: skip
ANY = "*"

#: (step, where the case is) → a sentence of [first] that says what has to come before, and the step that does it;
#: where none does, "".  The nearest wins: both named, then the step anywhere, then anything of the holder's there.
FIRST = {
    ("apply_confirmation", "agreed"): ("sign_before_court", "sign"),
    ("apply_confirmation", "mediating"): ("agree_before_court", "agree"),
    ("apply_confirmation", "accepted"): ("agree_before_court", "hold_session"),
    ("sign", "mediating"): ("agree_before_sign", "agree"),
    ("sign", "accepted"): ("agree_before_sign", "hold_session"),
    ("note_handwriting", "mediating"): ("agree_before_sign", "agree"),
    ("note_handwriting", "accepted"): ("agree_before_sign", "hold_session"),
    ("follow_up", "agreed"): ("sign_before_visit", "sign"),
    ("follow_up", "mediating"): ("settle_before_visit", "agree"),
    ("follow_up", "accepted"): ("settle_before_visit", "hold_session"),
    ("close", "agreed"): ("sign_before_close", "sign"),
    ("close", "mediating"): ("settle_before_close", "agree"),
    ("close", "accepted"): ("settle_before_close", "hold_session"),
    ("agree", "accepted"): ("talk_before_agree", "hold_session"),
    **{(step, "agreed"): ("sign_before_perform", "sign") for step in KEEPING},
    **{(step, "mediating"): ("agree_before_perform", "agree") for step in KEEPING},
    **{(step, "accepted"): ("agree_before_perform", "hold_session") for step in KEEPING},
    ("flag_danger", "closed"): ("danger_when_closed", "reopen"),
    ("flag_danger", "archived"): ("danger_when_archived", ""),
    ("flag_suspicion", "closed"): ("suspicion_when_closed", "reopen"),
    ("flag_suspicion", "archived"): ("suspicion_when_archived", ""),
    ("archive", "archived"): ("", ""),
    ("archive", ANY): ("close_before_archive", "close"),
    ("reopen", "archived"): ("", ""),
    ("reopen", ANY): ("not_closed_yet", ""),
    ("resume", ANY): ("not_paused", ""),
    (ANY, "filed"): ("accept_before_talk", "accept"),
    (ANY, "paused"): ("resume_before", "resume"),
    (ANY, "handed_up"): ("waits_above", ""),
}  # fmt: skip


def find_first(step: str, state: str, *, holders: bool) -> tuple[str, str]:
    """The sentence's key and the step that comes first; both empty where nothing is known.

    holders: whether it is a step of whoever holds the case, and they ask.
    """
    found = FIRST.get((step, state)) or FIRST.get((step, ANY))
    if found is None and holders:
        found = FIRST.get((ANY, state))
    return found or ("", "")
