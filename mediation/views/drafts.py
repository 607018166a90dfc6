"""Drafts as their author reads them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import select

from mediation.access import visible_cases
from mediation.language import word
from mediation.models import Case, User
from mediation.services import drafts
from mediation.services.desk import Desk
from mediation.views.formats import show_moment


@dataclass(frozen=True)
class DraftRow:
    """One draft in the list."""

    slot: str
    title: str
    at: str
    device: str
    onward: str  # empty where the case has left these hands


def list_drafts(desk: Desk, user: User) -> list[DraftRow]:
    """A person's drafts; of a case that is no longer theirs only that there is one, to be thrown away."""
    rows = drafts.list_mine(desk, user)
    wanted = {row.case_id for row in rows if row.case_id is not None}
    query = select(Case.id).where(Case.id.in_(wanted), visible_cases(user, desk.now))
    visible = set(desk.session.scalars(query)) if wanted else set()
    found = []
    for row in rows:
        mine = row.case_id is None or row.case_id in visible
        title = row.title or word("page", "draft_untitled")
        found.append(
            DraftRow(
                row.slot,
                title if mine else word("page", "draft_of_others"),
                show_moment(row.updated_at),
                row.device,
                _onward(row.address, row.slot) if mine and row.address else "",
            )
        )
    return found


def _onward(address: str, slot: str) -> str:
    page = address.partition("?")[0]
    return f"{page}?draft={quote(slot)}"
