"""Many different agreements into a streamed ZIP, on two processes: papers a second, and whether memory grows."""

from __future__ import annotations

import io
import multiprocessing
import os
import resource
import time
import zipfile
from collections import deque
from collections.abc import Iterator
from typing import Any

import documents
from mediation.benching import Row, Run
from mediation.benching.samples import make_agreement

WORKERS = 2
IN_FLIGHT = 4 * WORKERS


class Sink(io.RawIOBase):
    """A pipe that counts and forgets: what is written can never be read or sought again."""

    def __init__(self) -> None:
        """Nothing written yet."""
        self.size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Take the bytes."""
        self.size += len(data)
        return len(data)


def measure(run: Run) -> list[Row]:
    """The whole way: facts, paper, ZIP."""
    sink, workers, parents = Sink(), [], []
    started = time.perf_counter()
    cpu = os.times()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for number, (pdf, peak) in enumerate(_stream(run.count)):
            archive.writestr(f"{number:05d}.pdf", pdf)
            workers.append(peak)
            parents.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    wall = time.perf_counter() - started
    after = os.times()
    spent = after.children_user + after.children_system - cpu.children_user - cpu.children_system
    early = max(1, run.count // 5)
    return [
        Row("papers a second", run.count / wall, "1/s"),
        Row("papers a CPU second", run.count / spent if spent else None, "1/s"),
        Row("papers in all", run.count, ""),
        Row("ZIP", sink.size / 1024**2, "MiB"),
        Row("peak memory of a worker", max(workers) / 1024, "MiB"),
        Row("peak memory of the parent", parents[-1] / 1024, "MiB"),
        Row(
            "worker memory: all against the first fifth",
            max(workers) / max(workers[:early]), "×", note="1 is flat",
        ),
        Row("parent memory: all against the first fifth", parents[-1] / parents[early - 1], "×", note="1 is flat"),
    ]  # fmt: skip


def _stream(count: int) -> Iterator[tuple[bytes, int]]:
    """Papers in order, never more under way than a few."""
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        waiting: deque[Any] = deque()
        for number in range(count):
            waiting.append(pool.apply_async(make_one, (number,)))
            if len(waiting) >= IN_FLIGHT:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()
        pool.close()
        pool.join()


def make_one(number: int) -> tuple[bytes, int]:
    """One paper, and the most memory that this worker has held so far, in KiB."""
    made = documents.render("agreement", make_agreement(number))
    return made.pdf, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
