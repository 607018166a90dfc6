"""The duty list (职责清单): which department answers for what, so that nobody is sent from door to door."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation.models import Organisation
from mediation.models.organisation import OrganisationKind


@cache
def _rows() -> Sequence[tuple[tuple[str, ...], tuple[str, ...]]]:
    table = tomllib.loads((files("mediation") / "duties.toml").read_text("utf-8"))
    return [(tuple(row["names"]), tuple(row["matters"])) for row in table["departments"]]


def duties_of(name: str) -> tuple[str, ...]:
    """What a department of this name answers for; empty where the list does not know it."""
    return next((matters for names, matters in _rows() if name.endswith(names)), ())


def departments_near(session: Session, place: Organisation) -> list[Organisation]:
    """The departments that work with the system in the county of a place, in the order of their names."""
    top = place.chain()[-1]
    rows = session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.department, Organisation.active)
        .order_by(Organisation.name)
    )
    return [row for row in rows if row.parent is None or row.chain()[-1] is top]
