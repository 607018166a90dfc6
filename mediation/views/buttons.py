"""A step of the workflow as a page offers it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Button:
    """A step as a button: offered, or greyed with why."""

    name: str
    text: str
    url: str
    reasons: list[str]
