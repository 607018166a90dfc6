"""A paper that has been rendered before, read from its shelf and checked, beside the render it saves."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import documents
from mediation.benching import Row, Run
from mediation.benching.samples import make_agreement
from mediation.rendering import is_whole, write_whole


def measure(run: Run) -> list[Row]:
    """Medians over several papers."""
    renders, reads = [], []
    documents.render("agreement", make_agreement(0))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, 4 if run.quick else 21):
            frozen = make_agreement(number)
            started = time.perf_counter()
            made = documents.render("agreement", frozen)
            renders.append(time.perf_counter() - started)
            place = Path(folder) / f"{made.sha256}.pdf"
            write_whole(place, made.pdf)
            started = time.perf_counter()
            assert is_whole(place, made.sha256)
            reads.append(time.perf_counter() - started)
    render, read = statistics.median(renders), statistics.median(reads)
    return [
        Row("kept paper, read and checked", read * 1000, "ms"),
        Row("rendered anew", render * 1000, "ms", render / read),
    ]
