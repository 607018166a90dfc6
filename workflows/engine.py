"""The engine: it reads a policy's table, says what may be done, and says what a step changes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from transitions import Machine

from workflows import refusals
from workflows.conditions import CONDITIONS, Condition
from workflows.situation import Situation
from workflows.steps import SYSTEM, Actor, Change, Move, Option, PartChange, Reason, Refused, Step

logging.getLogger("transitions").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class State:
    """A place in the life of a case or of one of its parts."""

    name: str
    zh: str
    en: str
    initial: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the mediation chain, with what is expected of it."""

    code: str
    zh: str
    short: str
    en: str
    attempts: int
    days: int


class _Token:
    """What travels through the shared machine: a state, and where a step back would lead."""

    __slots__ = ("previous", "state")

    def __init__(self, state: str, previous: str) -> None:
        self.state = state
        self.previous = previous


def _leads_to(target: str, token: _Token) -> bool:
    return token.previous == target


class Chart:
    """One table of states and steps, on one shared `transitions` machine that no row is ever attached to."""

    def __init__(self, name: str, states: tuple[State, ...], steps: tuple[Step, ...]) -> None:
        self.name = name
        self.states = {state.name: state for state in states}
        self.state_names = tuple(state.name for state in states)  # a name that is there twice stays visible
        self.rows = steps
        self.steps = {step.name: step for step in steps}
        self.initial = next((state.name for state in states if state.initial), "")
        self._machine = Machine(
            model=None,
            initial=None,
            states=list(self.states),
            transitions=[row for step in steps for row in self._rows(step)],
            auto_transitions=False,
        )

    def _rows(self, step: Step) -> Iterator[dict[str, Any]]:
        for source in step.sources:
            if step.target != "back":
                yield {"trigger": step.name, "source": source, "dest": step.target or source}
                continue
            for target in self.remembered_before(source):
                yield {
                    "trigger": step.name,
                    "source": source,
                    "dest": target,
                    "conditions": partial(_leads_to, target),
                }

    def remembered_before(self, state: str) -> tuple[str, ...]:
        """The states a step back from `state` may lead to."""
        return tuple(
            dict.fromkeys(
                source
                for step in self.steps.values()
                if step.remembers and step.target == state
                for source in step.sources
            )
        )

    def move(self, step: str, state: str, previous: str = "") -> str | None:
        """The state after `step` from `state`, or None where the table has no such move."""
        if state not in self.states or step not in self._machine.events:
            return None
        if state not in self.steps[step].sources:
            return None
        token = _Token(state, previous)
        moved = self._machine.events[step].trigger(token, token)
        return token.state if moved else None

    def steps_after(self, name: str) -> tuple[Step, ...]:
        """What the system does of itself after a step."""
        return tuple(step for step in self.steps.values() if name in step.after)


@dataclass(frozen=True)
class Workflow:
    """A policy, ready to be asked: the case's chart, its parts' charts, levels and rules."""

    name: str
    zh: str
    en: str
    case: Chart
    parts: Mapping[str, Chart]
    levels: tuple[Level, ...]
    rules: Mapping[str, Any]
    limits: tuple[Mapping[str, Any], ...] = field(default=())

    def level(self, code: str) -> Level:
        """A level by its code; raises KeyError where the policy has no such level."""
        for level in self.levels:
            if level.code == code:
                return level
        raise KeyError(f"no level {code!r}; the levels are {', '.join(lv.code for lv in self.levels)}")

    def above(self, code: str) -> Level | None:
        """The next level up, or None at the top."""
        codes = [level.code for level in self.levels]
        place = codes.index(code) + 1
        return self.levels[place] if place < len(codes) else None

    def options(self, case: Situation, by: Actor, move: Move) -> list[Option]:
        """Every step this actor has from here, offered or refused with its reasons, in the policy's order.

        Conditions about what a form brings are not asked: the form is not filled in yet.
        """
        found = []
        for step in self.case.steps.values():
            if step.after or not by.may_take(step) or case.state not in step.sources:
                continue
            if self._part_refuses(step, case):
                continue
            missing = self._missing(step, case, move, of_case_only=True)
            found.append(Option(step, missing))
        return found

    def take(self, case: Situation, name: str, *, by: Actor, move: Move) -> Change:
        """The change that a step makes, or `Refused` with every reason; nothing is changed here."""
        step = self.case.steps.get(name)
        if step is None:
            raise Refused("unknown", name, [refusals.unknown(name)])
        self._check_actor(step, by)
        after = self.case.move(name, case.state, case.previous_state)
        if after is None:
            raise Refused(
                "not_now", name, [refusals.not_from_here(step, case.state, self.case.states)], step.zh
            )
        part = self._drive_part(step, case)
        missing = self._missing(step, case, move)
        if missing:
            raise Refused("not_met", name, missing, step.zh)
        return Change(
            step=step,
            before=case.state,
            after=after,
            level_before=case.level,
            level_after=self._level_after(step, case, by, move),
            part=part,
            warnings=self._ask(step.warns, case, move),
        )

    def take_of_itself(self, name: str, case: Situation, move: Move) -> Change | None:
        """What follows a step without anybody pressing: a change, or None where its time has not come."""
        for step in self.case.steps_after(name):
            if self.case.move(step.name, case.state, case.previous_state) is None:
                continue
            if not self._missing(step, case, move):
                return self.take(case, step.name, by=SYSTEM, move=move)
        return None

    def part_follows(self, part: str, name: str, case: Situation, move: Move) -> PartChange | None:
        """The same for a part of the case."""
        chart = self.parts[part]
        state = case.part_state(part)
        for step in chart.steps_after(name):
            after = chart.move(step.name, state)
            if after is not None and not self._missing(step, case, move):
                return PartChange(part, step.name, state, after)
        return None

    def _check_actor(self, step: Step, by: Actor) -> None:
        if by.may_take(step):
            return
        raise Refused("not_yours", step.name, [refusals.not_yours(step)], step.zh)

    def _part_refuses(self, step: Step, case: Situation) -> bool:
        if not step.drives or step.creates:
            return False
        part, name, optional = step.drives_part
        return not optional and self.parts[part].move(name, case.part_state(part)) is None

    def _drive_part(self, step: Step, case: Situation) -> PartChange | None:
        if not step.drives:
            return None
        part, name, optional = step.drives_part
        chart = self.parts[part]
        state = chart.initial if step.creates else case.part_state(part)
        after = chart.move(name, state)
        if after is not None:
            return PartChange(part, name, state, after)
        if optional:
            return None
        raise Refused(
            "not_now", step.name, [refusals.part_elsewhere(step, part, chart.states.get(state))], step.zh
        )

    def _missing(
        self, step: Step, case: Situation, move: Move, *, of_case_only: bool = False
    ) -> tuple[Reason, ...]:
        names = tuple(name for name in step.needs if not (of_case_only and CONDITIONS[name].asks_the_move))
        return self._ask(names, case, move)

    def _ask(self, names: tuple[str, ...], case: Situation, move: Move) -> tuple[Reason, ...]:
        return tuple(reason for name in names for reason in self._condition(name).ask(case, move, self))

    @staticmethod
    def _condition(name: str) -> Condition:
        return CONDITIONS[name]

    def _level_after(self, step: Step, case: Situation, by: Actor, move: Move) -> str:
        codes = [level.code for level in self.levels]
        code = case.level
        if step.level_of == "actor":
            code = by.level or case.level
        elif step.level_of == "to":
            code = str(move.get("to_level", case.level))
        place = codes.index(code) + step.level if code in codes else -1
        if not 0 <= place < len(codes):
            raise Refused("not_met", step.name, [refusals.no_such_level(code)], step.zh)
        return codes[place]
