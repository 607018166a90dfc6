"""`mediation bench`: it runs, tells ratios beside rivals, and says what is not installed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mediation.benching import SECTIONS, Row, papers, rivals
from mediation.benching.bulk import Sink
from mediation.benching.samples import make_agreement
from mediation.commands.benchmarks import write_row
from tests.offices import Office


def test_a_smoke_run_tells_figures_and_writes_them_down(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    told = office.run(
        "bench", "--quick", "--section", "kept", "--section", "bulk", "--count", "6", "--out", out
    )
    assert "papers a second" in told.output
    report = json.loads(out.read_text("utf-8"))
    assert report["format"] == "mediation-bench/1"
    assert report["run"]["quick"] is True
    kept = {row["what"]: row for row in report["sections"]["kept"]}
    assert kept["rendered anew"]["ratio"] > 1
    assert {row["what"] for row in report["sections"]["bulk"]} >= {"papers in all", "peak memory of a worker"}


def test_a_batch_for_a_court_is_measured_with_its_papers_rendered_and_before(office: Office) -> None:
    told = office.run("bench", "--quick", "--section", "court").output
    for row in (
        "papers to be rendered: wall",
        "papers on the shelf: cases a second",
        "peak memory",
        "1 is flat",
    ):
        assert row in told


def test_a_rival_that_is_not_there_is_said_and_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    facts = [make_agreement(1)]
    assert rivals.time_chromium(facts) is None
    assert rivals.time_libreoffice(facts) is None
    monkeypatch.setattr(
        papers, "RIVALS", {"ours": lambda _: rivals.Took(1, 1, 1, 1), "other": lambda _: None}
    )
    rows = papers.measure(papers.Run(quick=True, count=1, rounds=1))
    assert Row("other", None, "ms", note="not installed") in rows
    assert "not installed" in write_row(rows[-1])


def test_all_rivals_print_the_same_words() -> None:
    page = rivals.write_page(make_agreement(5))
    assert not re.search("slot-[a-z]", page)
    assert "〔2026〕雀塘镇人调字第0005号" in page
    assert page.count("<style>") == 1


def test_no_two_agreements_are_alike() -> None:
    assert len({make_agreement(number) for number in range(50)}) == 50


def test_every_section_has_its_module() -> None:
    from importlib import import_module

    assert all(callable(import_module(module).measure) for module in SECTIONS.values())


def test_the_stream_cannot_be_sought() -> None:
    sink = Sink()
    assert not sink.seekable()
    assert sink.write(b"abc") == sink.size == 3
