"""Where conditions are entered by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from workflows.situation import Situation
from workflows.steps import Move, Reason


class LevelLike(Protocol):
    """A level as the conditions need it."""

    @property
    def code(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def attempts(self) -> int: ...


class Rules(Protocol):
    """The little of a workflow that a condition may look at: numbers, lists, levels."""

    @property
    def rules(self) -> Mapping[str, Any]: ...
    def level(self, code: str) -> LevelLike: ...
    def above(self, code: str) -> LevelLike | None: ...


Check = Callable[[Situation, Move, Rules], Iterable[Reason]]


@dataclass(frozen=True, slots=True)
class Condition:
    """A question about a case and a move; each reason it gives is a refusal."""

    name: str
    check: Check
    asks_the_move: bool  # True where the answer needs the form, so a button cannot know it yet
    about: str

    def ask(self, case: Situation, move: Move, rules: Rules) -> tuple[Reason, ...]:
        """Every reason this condition has against the move; empty where it holds."""
        return tuple(self.check(case, move, rules))


CONDITIONS: dict[str, Condition] = {}


def condition(*, asks_the_move: bool = True) -> Callable[[Check], Check]:
    """Enter a function under its own name."""

    def enter(check: Check) -> Check:
        name: str = check.__name__
        if name in CONDITIONS:
            raise ValueError(f"two conditions are called {name}")
        CONDITIONS[name] = Condition(name, check, asks_the_move, (check.__doc__ or "").strip().split("\n")[0])
        return check

    return enter


def highest(rules: Rules, code: str) -> LevelLike:
    """The topmost level above this one, which decides where the lower ones cannot."""
    level = rules.level(code)
    while (above := rules.above(level.code)) is not None:
        level = above
    return level


def refs_in(value: Any) -> tuple[str, ...]:
    """A list of refs from a move, tolerating None."""
    return tuple(str(ref) for ref in (value or ()))
