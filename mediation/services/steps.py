"""The door: the only way a case changes.  It asks the workflow, does what the step does, writes the entry, issues the
papers as facts, sets the deadlines and queues the notices; its caller commits all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import workflows
from mediation.models import Case
from mediation.services import appointments, deadlines, history, levels, notices, papers, reviews, searching
from mediation.services.desk import Desk
from mediation.services.dossier import dossier_gaps
from mediation.services.effects import EFFECTS, TOLD_BESIDES
from mediation.services.people import By
from mediation.services.situations import see
from mediation.services.tracking import FreshCode
from workflows import Change, Move, Option, Reason, Refused, Situation, Workflow
from workflows.steps import SYSTEM, PartChange

#: After these a case may be looked for under other names.
CHANGE_PARTIES = frozenset({"add_party", "update_party"})
#: The conditions that ask what the bound file lacks.
ABOUT_WHOLE_FILE = frozenset({"dossier_whole_or_reason", "file_in_order_or_reason"})


@dataclass
class Taken:
    """What a step came to: the changes it made, its own first, and codes to hand out."""

    changes: list[Change] = field(default_factory=list)
    codes: list[FreshCode] = field(default_factory=list)

    @property
    def warnings(self) -> list[Reason]:
        """All that the person should know, though nothing was refused."""
        return [reason for change in self.changes for reason in change.warnings]


def workflow_of(case: Case) -> Workflow:
    """The policy a case is worked under."""
    return workflows.load(case.policy)


def options(case: Case, *, by: By, at: datetime) -> list[Option]:
    """The buttons this person has on this case now; a refused one carries its reasons."""
    move = Move(at, {})
    return workflow_of(case).options(see(case, move.today), by.actor(case, None, at), move)


def take(desk: Desk, case: Case, name: str, *, by: By, at: datetime, facts: Mapping[str, Any]) -> Taken:
    """Take one step in the life of a case, with all that belongs to it.

    Raises Refused with every reason, DocumentError where a paper cannot be made complete, StaleDataError where
    somebody else changed the case meanwhile; in each case nothing may be committed.
    """
    workflow = workflow_of(case)
    move = Move(at, facts)
    _refuse_what_comes_before_the_last(workflow, case, name, at)
    actor = by.actor(case, workflow.case.steps.get(name), at)
    asked = Move(at, levels.tell_level(desk, facts)) if facts.get("to") else move
    if by.stands_in:
        actor = replace(actor, level=str(asked.get("to_level", actor.level)))
    change = workflow.take(_picture(workflow, case, move.today, name, by), name, by=actor, move=asked)
    taken = Taken()
    _carry_out(desk, workflow, case, change, move, by, taken)
    _let_follow(desk, workflow, case, name, move, taken)
    if name in CHANGE_PARTIES:
        searching.index_case(case, desk.keys)
    desk.settle()  # a lost race shows here, as StaleDataError, and not after the answer
    return taken


def _picture(workflow: Workflow, case: Case, on: date, name: str, by: By) -> Situation:
    """The case on one day; with what its file lacks, where that is asked: it takes the whole history to tell.

    A case file tells of a volume that was bound long ago, on paper; whether that was whole nobody can see here.
    """
    seen, row = see(case, on), workflow.case.steps.get(name)
    if row is None or ABOUT_WHOLE_FILE.isdisjoint(row.needs) or by.stands_in:
        return seen
    return replace(seen, lacks=tuple((gap.zh, gap.en) for gap in dossier_gaps(case) if gap.must))


def _refuse_what_comes_before_the_last(workflow: Workflow, case: Case, name: str, at: datetime) -> None:
    last = case.entries[-1]
    if at >= last.at or name not in workflow.case.steps:
        return
    reason = Reason(
        "before_the_last",
        f"填的时间早于上一条记录（{last.at.astimezone(workflows.steps.SHANGHAI):%Y-%m-%d %H:%M}），"
        "请核对日期和时间。",
        "This is dated before the last entry.",
        where="at",
    )
    raise Refused("not_met", name, [reason], workflow.case.steps[name].zh)


def _carry_out(
    desk: Desk, workflow: Workflow, case: Case, change: Change, move: Move, by: By, taken: Taken
) -> None:
    facts = move.facts
    if change.step.name in TOLD_BESIDES:  # asked before the effect: it compares with what was there
        facts = {**facts, **TOLD_BESIDES[change.step.name](case, move)}
    effect = EFFECTS.get(change.step.name)
    if effect is not None:
        taken.codes += effect(desk, case, change, move, by) or ()
    if change.part is not None:
        _set_part(case, change.part)
    if change.step.remembers:
        case.previous_state = change.before
    case.state = change.after
    case.level = change.level_after
    deadlines.follow(desk.session, workflow, case, change, move)
    appointments.follow(case, change, move.at)
    reviews.follow(case, change, move, by)
    entry = history.write(case, change, facts, by=by, at=move.at, recorded_at=desk.now, keys=desk.keys)
    for kind in change.step.issues:
        papers.issue(desk, case, kind, entry, move)
    notices.queue(desk, case, change, move)
    taken.changes.append(change)


def _let_follow(desk: Desk, workflow: Workflow, case: Case, name: str, move: Move, taken: Taken) -> None:
    """What the system does of itself once a person's step is done, in the same transaction."""
    part = taken.changes[0].part
    if part is not None:
        followed = workflow.part_follows(part.part, part.step, see(case, move.today), move)
        if followed is not None:
            _set_part(case, followed)
    change = workflow.take_of_itself(name, see(case, move.today), move)
    if change is not None:
        system = By("系统", SYSTEM.role)
        _carry_out(desk, workflow, case, change, Move(move.at), system, taken)


def _set_part(case: Case, change: PartChange) -> None:
    row = case.agreement if change.part == "agreement" else case.confirmation
    if row is not None:
        row.state = change.after
