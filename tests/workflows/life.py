"""Carries out what the engine says, on a picture of a case: the smallest thing that can live a case's life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.workflows.makers import APPLICANT, BYSTANDER, CLAUSE, OWED, RESPONDENT, actor
from workflows import (
    Actor,
    AgreementSeen,
    Change,
    ConfirmationSeen,
    Move,
    Role,
    Situation,
    Standing,
    Workflow,
)
from workflows.steps import SHANGHAI, PartChange

WINDOW = timedelta(days=30)
PEOPLE = (
    actor(Role.mediator, Standing.holder),
    actor(Role.manager, Standing.receiver),
    actor(Role.manager, Standing.above, level="county"),
    actor(Role.court, Standing.court),
    actor(Role.department, Standing.department),
    actor(Role.mediator, Standing.printer),
)


class Life:
    """A case, the clock, and the history of what was done to it."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.at = datetime(2024, 5, 20, 9, 0, tzinfo=SHANGHAI)
        self.history: list[Change] = []
        self.days: list[date] = []  # of each change in the history
        self.answered_on: date | None = None  # when the court answered the application
        self.seen = Situation(
            state=workflow.case.initial,
            level=workflow.levels[0].code,
            parties=(APPLICANT, RESPONDENT, BYSTANDER),
            mediators=("王𬭎",),
            rights_told=True,
        )

    @property
    def case(self) -> Situation:
        """The case as it is now: who would receive it follows from its level."""
        answered = self.answered_on is not None and self.today - self.answered_on > timedelta(days=30)
        return replace(
            self.seen,
            receiver="上级" if self.workflow.above(self.seen.level) else "",
            courts_done=("新邵县人民法院",) if answered else (),
        )

    def take(self, name: str, by: Actor, facts: dict[str, Any]) -> Change:
        """Take a step and all that follows of itself; raises Refused, and then nothing has changed."""
        if name in ("schedule", "reschedule"):
            facts = {**facts, "meet_at": self.at + timedelta(days=1)}
        bringing = Move(self.at, facts)
        change = self.workflow.take(self.case, name, by=by, move=bringing)
        self._apply(change, bringing)
        if name == "sign":
            self._apply_part(self.workflow.part_follows("agreement", name, self.case, bringing))
        followed = self.workflow.take_of_itself(name, self.case, bringing)
        if followed:
            self._apply(followed, bringing)
        return change

    def _apply(self, change: Change, bringing: Move) -> None:
        step = change.step
        self.history.append(change)
        self.days.append(self.today)
        moved: dict[str, Any] = {"state": change.after, "level": change.level_after}
        if step.remembers:
            moved["previous_state"] = change.before
        if step.attempt:
            moved |= {"attempts": self.seen.attempts + 1, "last_outcome": bringing.text("outcome")}
        if step.name in ("receive", "take_up", "delegate"):
            moved["attempts"] = 0
        if step.name == "return":
            moved["returned"] = self.seen.returned + 1
        self.seen = replace(
            self.seen, **moved, **self._flags(step.name), **self._helpers(step.name, bringing)
        )
        if step.creates == "agreement":
            self._write_agreement(bringing)
        if step.name == "sign":
            self._put_ink(bringing)
        if step.name == "end_court_access":
            self.answered_on = None
        if step.name in ("perform", "waive"):
            self._pay(bringing.get("amount"))
        self._apply_part(change.part)

    def _flags(self, name: str) -> dict[str, Any]:
        flags: dict[str, dict[str, Any]] = {
            "flag_danger": {"open_reports": ("危险",)},
            "report_done": {"open_reports": ()},
            "flag_suspicion": {"suspicion": "疑似虚假调解", "open_reports": ("疑似虚假调解",)},
            "clear_suspicion": {"suspicion": ""},
            "add_file": {"files": (1,)},
            "remove_file": {"files": ()},
            "tell_in_person": {"tellings": ()},
            "ask_review": {"review_open": True},
            "review_draft": {"review_open": False},
            "agree": {"review_open": False},
            "sign": {"review_open": False},
            "schedule": {"meeting_at": self.at + timedelta(days=1), "tellings": ("r1",)},
            "reschedule": {"meeting_at": self.at + timedelta(days=1)},
            "cancel_schedule": {"meeting_at": None},
            "hold_session": {"meeting_at": None},
        }
        return flags.get(name, {})

    def _helpers(self, name: str, bringing: Move) -> dict[str, Any]:
        """One question, one expert and one supervision are open at most: enough for their rules."""
        if name in ("terminate", "withdraw", "reject", "hand_over", "close"):
            return {"open_referrals": 0, "awaited_arrivals": 0}
        if name == "verify_referral" and bringing.text("check") == "not_done":
            return {"open_referrals": 1, "unchecked_answers": 0}
        changes: dict[str, dict[str, Any]] = {
            "refer": {"open_referrals": 1, "awaited_arrivals": 1},
            "arrive": {"awaited_arrivals": 0},
            "respond": {"open_referrals": 0, "awaited_arrivals": 0, "unchecked_answers": 1},
            "decline_referral": {"awaited_arrivals": 1},
            "withdraw_referral": {"open_referrals": 0, "awaited_arrivals": 0},
            "verify_referral": {"unchecked_answers": 0},
            "invite_expert": {"open_invitations": 1},
            "expert_replies": {"open_invitations": 0},
            "supervise": {"open_supervision": True, "answered_supervision": False},
            "reply_supervision": {"open_supervision": False, "answered_supervision": True},
            "clear_supervision": {"answered_supervision": False},
        }
        return changes.get(name, {})

    def _apply_part(self, part: PartChange | None) -> None:
        if part is None:
            return
        if part.part == "confirmation":
            self.seen = replace(self.seen, confirmation=ConfirmationSeen(part.after))
            over = self.workflow.parts["confirmation"].states[part.after].final
            self.answered_on = self.today if over else None
            return
        assert self.seen.agreement is not None
        agreement = replace(self.seen.agreement, state=part.after)
        if part.after == "effective":
            agreement = replace(agreement, effective_on=self.today)
            self.seen = replace(self.seen, confirmation_last_day=self.today + WINDOW, obligations=(OWED,))
        self.seen = replace(self.seen, agreement=agreement)

    def _write_agreement(self, bringing: Move) -> None:
        version = self.seen.agreement.version + 1 if self.seen.agreement else 1
        agreement = AgreementSeen(
            "drafted", bringing.text("form"), version, self.today, (CLAUSE,), ("a1", "r1")
        )
        self.seen = replace(
            self.seen, agreement=agreement, confirmation=None, obligations=(), confirmation_last_day=None
        )

    def _put_ink(self, bringing: Move) -> None:
        assert self.seen.agreement is not None
        agreement = self.seen.agreement
        self.seen = replace(
            self.seen,
            agreement=replace(
                agreement,
                signed=tuple(dict.fromkeys((*agreement.signed, *bringing.get("parties", ())))),
                mediator_signed=agreement.mediator_signed or bool(bringing.get("mediators")),
                sealed=agreement.sealed or bool(bringing.get("seal")),
            ),
        )

    def _pay(self, amount: Decimal | None) -> None:
        [owed] = self.seen.obligations
        assert owed.open is not None
        left = owed.open - (amount or owed.open)
        self.seen = replace(self.seen, obligations=(replace(owed, open=left, done=left == 0),))

    @property
    def today(self) -> date:
        """The civil date of the case's clock."""
        return self.at.date()
