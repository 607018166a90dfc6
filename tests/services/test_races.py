"""Eight processes at once: no number twice, no gap, one winner, nothing half done."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediation.database import Base
from mediation.models import Case
from mediation.services import grants, history, obligations
from tests.services import county, racing
from tests.services.conftest import ENGINES
from tests.services.county import SESSION, USUAL, VILLAGE, Office
from tests.services.engines import KEYS, fresh_url, open_engine

RUNNERS = 8


@dataclass
class Track:
    """A database that several processes can open, and the gate before it."""

    url: str
    gate: str
    engine: Engine


@pytest.fixture(scope="module", params=ENGINES)
def track(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    """The county in a database of its own."""
    folder: Path = tmp_path_factory.mktemp("race")
    with fresh_url(request.param, folder) as url:
        engine = open_engine(url)
        Base.metadata.create_all(engine)
        county.build(engine)
        yield Track(url, str(folder / "gate") if request.param == "sqlite" else "", engine)
        engine.dispose()


@pytest.fixture(scope="module")
def runners() -> Iterator[Pool]:
    """Eight processes that wait for each other at the line."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.racing"])
    with context.Pool(RUNNERS, racing.wait_for_all, (context.Barrier(RUNNERS),)) as pool:
        yield pool
        pool.close()
        pool.join()


def test_filing_at_once_leaves_no_gap_and_gives_no_number_twice(track: Track, runners: Pool) -> None:
    each = 25
    found = runners.starmap(racing.file_cases, [(track.url, track.gate, each)] * RUNNERS, chunksize=1)
    numbers = [number for part in found for number in part]
    assert len(numbers) == RUNNERS * each == 200
    assert sorted(case_no for case_no, _ in numbers) == [
        f"〔2024〕白水洞村人调字第{serial:04d}号" for serial in range(1, 201)
    ]
    assert sorted(int(public.split("-")[1]) for _, public in numbers) == list(range(1, 201))
    with Session(track.engine) as session:
        assert set(session.scalars(select(Case.case_no))) == {case_no for case_no, _ in numbers}


@pytest.mark.parametrize("name", ["accept", "hold_session", "escalate", "agree", "sign", "perform", "close"])
def test_of_eight_who_press_the_same_button_one_wins(track: Track, runners: Pool, name: str) -> None:
    before = {"accept": "file", "hold_session": "mediating", "escalate": "mediating", "agree": "mediating",
              "sign": "agreed", "perform": "performing", "close": "performing"}[name]  # fmt: skip
    facts = {**USUAL.get(name, {}), **(SESSION if name == "hold_session" else {})}
    with Session(track.engine, autoflush=False) as session:
        case = getattr(Office(session), before)(VILLAGE)
        session.commit()
        key, version, steps = case.id, case.version, case.steps_taken
    asked = [(track.url, track.gate, key, version, name, facts)] * RUNNERS
    said = runners.starmap(racing.take_step, asked, chunksize=1)
    assert said.count("won") == 1, said
    assert set(said) <= {"won", "Refused", "StaleDataError", "seen too long ago"}
    with Session(track.engine) as session:
        found = session.get_one(Case, key)
        assert found.entries[steps].step == name
        assert len([entry for entry in found.entries if entry.step == name]) == (
            2 if name == "hold_session" else 1
        )
        assert (
            history.faults_in_chain(found.case_no, found.entries, found.head_hash, found.steps_taken, KEYS)
            == []
        )
        assert sum(row.kind == "holder" for row in grants.live(found)) == 1
        for agreement in found.agreements:
            for clause in agreement.clauses:
                assert obligations.paid(clause) <= (clause.amount or 0)
