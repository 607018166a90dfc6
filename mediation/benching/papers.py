"""One paper after another: our warm render beside WeasyPrint plainly used, Chromium's print and LibreOffice."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from mediation.benching import Row, Run, rivals
from mediation.benching.rivals import Took
from mediation.benching.samples import make_agreement

RIVALS: dict[str, Callable[[Sequence[str]], Took | None]] = {
    "ours": rivals.time_ours,
    "WeasyPrint, plainly used": rivals.time_plain,
    "headless Chromium, warm": rivals.time_chromium,
    "LibreOffice, docx to pdf": rivals.time_libreoffice,
}


def measure(run: Run) -> list[Row]:
    """Medians of medians: the rivals take turns, so that a busy minute hits all of them."""
    papers = [make_agreement(number) for number in range(3 if run.quick else 12)]
    found: dict[str, list[Took]] = {name: [] for name in RIVALS}
    for _ in range(run.rounds):
        for name, rival in RIVALS.items():
            if (took := rival(papers)) is not None:
                found[name].append(took)
    rows: list[Row] = []
    ours = found["ours"]
    for name, told in found.items():
        rows += _rows(name, told, ours)
    return rows


def _rows(name: str, told: list[Took], ours: list[Took]) -> list[Row]:
    if not told:
        return [Row(name, None, "ms", note="not installed")]
    wall, our_wall = _middle(told, "wall"), _middle(ours, "wall")
    rows = [Row(f"{name}: wall a paper", wall * 1000, "ms", wall / our_wall)]
    if cpu := _middle(told, "cpu"):
        rows.append(Row(f"{name}: CPU a paper", cpu * 1000, "ms", cpu / _middle(ours, "cpu")))
    if peak := _middle(told, "peak"):
        rows.append(Row(f"{name}: peak memory", peak / 1024, "MiB", peak / _middle(ours, "peak")))
    size = _middle(told, "size")
    return [*rows, Row(f"{name}: size", size / 1024, "KiB", size / _middle(ours, "size"))]


def _middle(told: list[Took], field: str) -> float:
    return float(statistics.median(getattr(one, field) for one in told))
