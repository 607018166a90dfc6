"""Ruled lines where facts would stand, and what is made of nothing but such lines."""

from collections.abc import Callable
from typing import Any

from . import facts as f


class Gap(str):
    """A ruled line where a fact would stand, as HTML; it equals nothing but itself, as what is unknown does."""

    lines: tuple["Gap", ...] = ()

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __html__(self) -> str:
        """What templates print; no text of anybody is ever in it."""
        return str(self)


def rule(width: int) -> Gap:
    """A line of ``width`` mm."""
    return Gap(f'<span class="blank" style="width: {width}mm"></span>')


def leave(width: int = 40, lines: int = 1) -> Any:
    """A gap of ``width`` mm; where paragraphs are printed, so many lines over the full width instead."""
    gap = rule(width)
    gap.lines = (rule(142),) * lines if lines > 1 else (gap,)
    return gap


def make_party(role: str, **told: Any) -> f.PartyFacts:
    """A party of whom nothing but the role is known."""
    return f.PartyFacts(name=leave(30), role=role, **told)


def make_rows(row: Callable[..., Any], count: int = 10, **told: Any) -> tuple[Any, ...]:
    """Empty rows of a table."""
    return tuple(row(**told) for _ in range(count))


def leave_clauses(count: int) -> dict[str, Any]:
    """Numbered clauses with two lines each, under three lines of facts."""
    clauses: tuple[f.ClauseFacts, ...] = tuple(
        f.ClauseFacts(no=no, text=leave(130, 3)) for no in range(1, count + 1)
    )
    return {"summary": leave(lines=6), "clauses": clauses, "mediators": (leave(),) * 2}
