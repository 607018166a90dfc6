"""How the checker reads: rows as plain tuples, a batch of cases at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mediation.keys import KeyRing
from mediation.models import Case


@dataclass(frozen=True)
class Violation:
    """A promise that does not hold: which, about what, and what was found."""

    promise: str
    about: str
    found: str

    def __str__(self) -> str:
        return f"{self.promise} {self.about}：{self.found}"


@dataclass
class Reader:
    """What the checker is given: an open session, the keys, and where the papers lie."""

    session: Session
    keys: KeyRing
    papers: Path
    _names: dict[int, str] = field(default_factory=dict)

    def rows(self, query: Select[*tuple[Any, ...]]) -> list[Any]:
        """The rows of a query, as plain tuples."""
        return list(self.session.execute(query).all())

    def by_case(
        self, columns: Iterable[Any], of: Iterable[int], case_id: InstrumentedAttribute[int], *order: Any
    ) -> Iterator[tuple[int, list[Any]]]:
        """The rows of each case of a batch; a case without rows does not appear."""
        query = select(case_id.label("case"), *columns).where(_among(case_id, of)).order_by(case_id, *order)
        for case, rows in groupby(self.rows(query), lambda row: row[0]):
            yield case, list(rows)

    def name(self, case_id: int) -> str:
        """The case's number, to speak of it."""
        if case_id not in self._names:
            near = select(Case.id, Case.case_no).where(Case.id.between(case_id, case_id + 500))
            self._names = dict(self.rows(near))
        return self._names.get(case_id, f"#{case_id}")

    def let_go(self) -> None:
        """End the reading transaction; a writer may be waiting."""
        self.session.rollback()
        self.session.expunge_all()


def _among(column: InstrumentedAttribute[int], of: Iterable[int]) -> ColumnElement[bool]:
    return column.in_(list(of))
