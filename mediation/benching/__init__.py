"""Benchmarks as ratios, each beside its rival in one run; a section is a module with `measure(run)`, listed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

#: Name of a section → the module that measures it; add yours here.
SECTIONS = {
    "papers": "mediation.benching.papers",
    "bulk": "mediation.benching.bulk",
    "kept": "mediation.benching.kept",
    "pages": "mediation.benching.pages",
    "court": "mediation.benching.court",
}


@dataclass(frozen=True)
class Run:
    """What a section is asked for."""

    quick: bool  # a smoke run: the figures mean little
    count: int  # how many different papers the bulk is made of
    rounds: int  # how often each rival takes its turn


@dataclass(frozen=True)
class Row:
    """One figure; `ratio` says how many times better ours is than this rival, above 1 is better for us."""

    what: str
    value: float | None  # None: not installed, or not to be measured here
    unit: str
    ratio: float | None = None
    note: str = ""


def measure(name: str, run: Run) -> list[Row]:
    """The figures of one section; raises KeyError for an unknown one."""
    section: Callable[[Run], list[Row]] = import_module(SECTIONS[name]).measure
    return section(run)
