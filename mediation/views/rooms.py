"""Where residents can come and talk: the committees of the county and its towns, with their telephones."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mediation.models import Organisation
from mediation.views.applying import towns

MOST = 40


def list_rooms(session: Session) -> list[tuple[str, str]]:
    """(name of the committee, its phone), the county first; empty while nobody has named the offices."""
    codes = [code for code, _ in towns(session)][:MOST]
    top = (Organisation.parent_id.is_(None)) & (Organisation.kind == "division") & Organisation.active
    rows = session.scalars(
        select(Organisation)
        .where(top | Organisation.code.in_(codes))
        .order_by(Organisation.code)
        .options(selectinload(Organisation.committees))
    )
    return [(row.committee.name, row.phone) for row in rows if row.committee is not None]
