"""A whistle before it is blown: each 吹哨单 as it will be printed, and what the parties will be told after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import documents
from documents import Line
from mediation.models import Case
from mediation.services import notices, public_states
from mediation.words import say


@dataclass(frozen=True)
class Order:
    """One paper that would be issued, in lines and as the facts it is printed from."""

    department: str
    lines: tuple[Line, ...]
    kind: str
    frozen: str


@dataclass(frozen=True)
class Preview:
    """All orders of one whistle, and the words for the parties."""

    orders: list[Order]
    notices: list[str]
    hearers: str


def is_complete(row: Mapping[str, Any]) -> bool:
    """Whether a row of the form says whom and what for."""
    return all(str(row.get(name) or "").strip() for name in ("to", "matter"))


def show_preview(
    case: Case, departments: Sequence[str], papers: Sequence[tuple[str, str]], at: datetime
) -> Preview:
    """papers: the orders that a rehearsal issued, one a department, in the same order."""
    orders = [
        Order(name, documents.read_lines(kind, frozen), kind, frozen)
        for name, (kind, frozen) in zip(departments, papers, strict=True)
    ]
    return Preview(
        orders,
        list(dict.fromkeys(_tell_parties(case, name, at) for name in departments)),
        "、".join(party.name for party in notices.hearing(case, case.parties)),
    )


def _tell_parties(case: Case, department: str, at: datetime) -> str:
    template = "N20" if public_states.is_sensitive(case, at) else "N23"
    return notices.fill(
        str(notices.templates()["texts"][template]),
        case,
        template,
        O=department,
        reached=str(notices.templates()["came"]["handler_phone"]).format(
            F=say("board", "who_will_come"), G=say("board", "their_phone")
        ),
    )
