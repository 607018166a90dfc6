"""What each step does besides moving the case: one table; the functions live with their noun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from mediation.models import Case, Party
from mediation.services import (
    agreements,
    appointments,
    asking,
    attachments,
    confirmations,
    consulting,
    deadlines,
    door_visits,
    duties,
    follow_ups,
    levels,
    parties,
    performance,
    printing,
    referrals,
    responsibility,
    reviews,
    scans,
    sessions,
    succession,
    supervising,
    tracking,
)
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.tracking import FreshCode
from workflows import Change, Move, Reason, Refused

Effect = Callable[[Desk, Case, Change, Move, By], Iterable[FreshCode] | None]


def accept(desk: Desk, case: Case, change: Change, move: Move, by: By) -> list[FreshCode]:
    """The other sides get their codes: they have agreed to take part."""
    _name_mediators(desk, case, move)
    if case.closed_session is None:
        case.closed_session = any(reason.code == "closed_session" for reason in change.warnings)
    if move.text("referral_letter"):
        case.referral_letter = move.text("referral_letter")
    return [_code(desk, case, party, move.at) for party in case.parties if party.role != "applicant"]


def _code(desk: Desk, case: Case, party: Party, at: datetime) -> FreshCode:
    return tracking.issue_code(desk.session, case, party, at, desk.keys)


def assign(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Other mediators take the case; who presides is one of them (R75 25)."""
    before = [*(case.mediators or ()), case.presiding]
    _name_mediators(desk, case, move)
    succession.follow(desk, case, before)


def _name_mediators(desk: Desk, case: Case, move: Move) -> None:
    named = list(move.get("mediators", ()))
    if named:
        case.mediators = named
        case.presiding = move.text("presiding") or named[0]
        responsibility.follow_presiding(desk, case, move.get("responsible"))


def add_party(desk: Desk, case: Case, change: Change, move: Move, by: By) -> list[FreshCode]:
    """Somebody joins, under a ref that nobody of this case ever had."""
    ref = str(move.get("party").get("ref") or "")
    if ref and case.party(ref) is not None:
        reason = Reason(
            "duplicate_ref",
            f"“{ref}”已经是本案另一位当事人的编号，用了会弄混。请换一个编号，或者不填，由系统编。",
            "This ref belongs to somebody else in this case.",
            where="party.ref",
        )
        raise Refused("not_met", "add_party", [reason], change.step.zh)
    party = parties.enter_party(case, move.get("party"), desk.keys)
    return [_code(desk, case, party, move.at)]


def add_parties(desk: Desk, case: Case, change: Change, move: Move, by: By) -> list[FreshCode]:
    """A whole list joins; each member gets a code of its own."""
    joined = parties.enter_list(case, move.facts, desk.keys)
    return [_code(desk, case, party, move.at) for party in joined]


def remove_party(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Somebody leaves; what was recorded of them stays."""
    party = case.party(move.text("party"))
    if party is not None:
        party.left_at = move.at


def update_party(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """What was wrong or missing of a party is put right; the title follows a name that changes."""
    parties.correct_party(case, move.facts, desk.keys)


def end_work(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Mediation ends here: nobody waits to receive the case, and no department is waited for."""
    levels.end_receiving(desk, case, change, move, by)
    referrals.end_all(case, change, move.at)


def close(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Whatever still reminds of work on the case falls silent."""
    referrals.end_all(case, change, move.at)
    for row in case.deadlines:
        if row.kind == "reminder" and row.stopped_at is None and deadlines.is_of_work(row):
            row.stopped_at = move.at


def archive(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A court sees what it decided on for a while yet; a printer has nothing more to print."""
    confirmations.limit_access(desk, case, change, move, by)
    printing.call_off(desk, case, change, move, by)


EFFECTS: dict[str, Effect] = {
    "add_file": attachments.add_file,
    "ask_more": asking.ask_more,
    "hand_in": asking.hand_in,
    "remove_file": attachments.remove_file,
    "note_handwriting": scans.note_handwriting,
    "accept": accept,
    "assign": assign,
    "add_party": add_party,
    "add_parties": add_parties,
    "remove_party": remove_party,
    "update_party": update_party,
    "schedule": appointments.arrange,
    "reschedule": appointments.move_meeting,
    "cancel_schedule": appointments.call_off,
    "tell_in_person": door_visits.tell,
    "hold_session": sessions.record,
    "reject": end_work,
    "hand_over": end_work,
    "escalate": levels.hand_up,
    "receive": levels.receive,
    "return": levels.give_back,
    "take_up": levels.take_up,
    "delegate": levels.delegate,
    "pass_on": levels.pass_on,
    "refer": referrals.send,
    "arrive": referrals.arrive,
    "respond": referrals.answer,
    "attach_answer": attachments.add_file,
    "decline_referral": referrals.decline,
    "withdraw_referral": referrals.withdraw,
    "nudge_referral": referrals.nudge,
    "verify_referral": referrals.check,
    "invite_expert": consulting.invite,
    "expert_replies": consulting.reply,
    "consult": consulting.consult,
    "supervise": supervising.supervise,
    "clear_supervision": supervising.strike_off,
    "agree": agreements.draft,
    "order_parties": parties.put_in_order,
    "ask_review": reviews.ask,
    "review_draft": reviews.answer,
    "sign": agreements.sign,
    "take_effect": agreements.take_effect,
    "terminate": end_work,
    "withdraw": end_work,
    "apply_confirmation": confirmations.file,
    "court_request": confirmations.answer,
    "court_accept": confirmations.answer,
    "court_reject": confirmations.answer,
    "court_confirm": confirmations.answer,
    "court_dismiss": confirmations.answer,
    "withdraw_confirmation": confirmations.answer,
    "court_withdraw": confirmations.answer,
    "court_number": confirmations.answer,
    "court_ruling": confirmations.add_ruling,
    "supplement": confirmations.supplement,
    "complete_party": confirmations.complete_party,
    "end_court_access": confirmations.end_access,
    "archive": archive,
    "perform": performance.perform,
    "waive": performance.waive,
    "default": performance.fall_into_default,
    "follow_up": follow_ups.visit,
    "ask_above": duties.ask_above,
    "confirm_payment": performance.confirm_payment,
    "undo_payment": performance.undo_payment,
    "postpone": performance.postpone,
    "set_off": performance.set_off,
    "flag_danger": duties.flag_danger,
    "report_done": duties.report_done,
    "flag_suspicion": duties.flag_suspicion,
    "clear_suspicion": duties.clear_suspicion,
    "close": close,
    "ask_print": printing.ask,
    "recall_print": printing.recall,
    "print_done": printing.mark_printed,
    "print_fetched": printing.mark_fetched,
}

#: What the history is told of a step besides what was typed.
TOLD_BESIDES: dict[str, Callable[[Case, Move], Mapping[str, Any]]] = {
    "update_party": parties.tell_changes,
    "complete_party": parties.tell_changes,
    "end_court_access": confirmations.tell_courts,
    "archive": confirmations.tell_courts,
    "ask_print": printing.tell_papers,
}
