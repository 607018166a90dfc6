"""各部门回复情况: how each department answered this month or this year, every number leading to its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from mediation.access import visible_cases
from mediation.language import spoken
from mediation.models import User
from mediation.services.obligations import civil_day
from mediation.services.whistle_counts import COUNTED, PERIODS, Counts, count_by_department

Cell = str | tuple[str, str]


@dataclass(frozen=True)
class Bulletin:
    """The table of one period, and where the other ones are."""

    since: str
    caption: str
    heads: list[str]
    rows: list[list[Cell]]
    #: (period, its word, address)
    periods: list[tuple[str, str, str]]


def show_bulletin(session: Session, user: User, at: datetime, since: str) -> Bulletin:
    """Only what concerns cases that this person may see is counted."""
    words = spoken("board")
    found = count_by_department(session, [visible_cases(user, at)], since, civil_day(at))
    whole = Counts("", {name: sum(one.counts[name] for one in found) for name in COUNTED})
    return Bulletin(
        since,
        str(words["bulletin_caption"]).format(period=words[f"since_{since}"]),
        [str(words["bulletin_department"]), *(str(words[f"bulletin_{name}"]) for name in COUNTED)],
        [_row(one, since, one.department) for one in found]
        + ([_row(whole, since, str(words["bulletin_total"]))] if len(found) > 1 else []),
        [
            (one, str(words[f"since_{one}"]), url_for("whistles.board", since=one) + "#bulletin")
            for one in PERIODS
        ],
    )


def _row(one: Counts, since: str, head: str) -> list[Cell]:
    where: dict[str, Any] = {"since": since}
    if one.department:
        where["department"] = one.department
    return [
        head,
        *(
            (str(one.counts[name]), url_for("whistles.board", show=name, **where))
            if one.counts[name]
            else "0"
            for name in COUNTED
        ),
    ]
