"""A long list in pages: nothing is cut off without a word, and the count is the whole count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")
PAGE = 30


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of rows, and how many there are in all."""

    rows: list[Row]
    page: int
    pages: int
    total: int


def find_page(total: int, page: int, size: int = PAGE) -> tuple[int, int]:
    """The page that is shown where this one is asked for, the nearest there is; and how many there are."""
    pages = max(1, -(-total // size))
    return min(max(page, 1), pages), pages


def page_of_rows(
    session: Session, query: Select[*tuple[Any, ...]], page: int, show: Callable[..., Row], size: int = PAGE
) -> Paged[Row]:
    """The page's rows, each made by `show` from what the query gives; a page that is not there is the nearest one."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page, pages = find_page(total, page, size)
    rows = session.execute(query.limit(size).offset((page - 1) * size))
    return Paged([show(*row) for row in rows], page, pages, total)
