"""What each process of a race does: its own engine, the write gate where there is one, the real door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from mediation.database import begin_writing, write_gate
from mediation.models import Case
from tests.services.county import VILLAGE, Office
from tests.services.engines import open_engine
from workflows import Refused

_start: list[Barrier] = []


def wait_for_all(barrier: Barrier) -> None:
    """Set the line at which the processes of a pool wait for each other."""
    _start.append(barrier)


@contextmanager
def _writing(url: str, gate: str) -> Iterator[Session]:
    engine = open_engine(url)
    with Session(engine, autoflush=False) as session, write_gate(Path(gate) if gate else None):
        begin_writing(session)
        yield session
    engine.dispose()


def file_cases(url: str, gate: str, count: int) -> list[tuple[str, str]]:
    """File so many cases, each in its own transaction; every third one is given up half-way."""
    engine = open_engine(url)
    _start[0].wait(60)
    numbers = []
    for turn in range(count):
        with Session(engine, autoflush=False) as session, write_gate(Path(gate) if gate else None):
            begin_writing(session)
            case = Office(session).file(VILLAGE)
            if turn % 3 == 2:
                session.rollback()
                begin_writing(session)
                case = Office(session).file(VILLAGE)
            numbers.append((case.case_no, case.public_number))
            session.commit()
    engine.dispose()
    return numbers


def take_step(url: str, gate: str, case_id: int, version: int, name: str, facts: dict[str, Any]) -> str:
    """Take a step of a case that was seen at this version, as a route does; say how it went."""
    _start[0].wait(60)
    with _writing(url, gate) as session:
        case = session.get_one(Case, case_id)
        if case.version != version:
            return "seen too long ago"
        office = Office(session, case.entries[-1].at)
        try:
            office.take(case, name, **facts)
            session.commit()
        except (Refused, StaleDataError) as lost:
            session.rollback()
            return type(lost).__name__
        return "won"
