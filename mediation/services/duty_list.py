"""The duty list (职责清单): which department answers for what, so that nobody is sent from door to door.

It also knows what a department is called for short, so that whoever writes 人社局 reaches the one that is registered
as 新邵县人力资源和社会保障局.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mediation.models import Organisation, User
from mediation.models.organisation import OrganisationKind

#: What a county's name may end with; in speech it is left out: 新邵人社局.
_ENDS = ("自治县", "自治旗", "林区", "县", "市", "区", "旗")


@dataclass(frozen=True)
class DutyRow:
    """A department: its names, bodies that answer for the same, and for what."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    matters: tuple[str, ...]


@cache
def _rows() -> Sequence[DutyRow]:
    table = tomllib.loads((files("mediation") / "duties.toml").read_text("utf-8"))
    return [
        DutyRow(tuple(row["names"]), tuple(row.get("units", ())), tuple(row["matters"]))
        for row in table["departments"]
    ]


def duties_of(name: str) -> tuple[str, ...]:
    """What a department of this name answers for; empty where the list does not know it."""
    return next((row.matters for row in _rows() if name.endswith(row.names + row.units)), ())


def departments_near(session: Session, place: Organisation) -> list[Organisation]:
    """The departments that work with the system in the county of a place, in the order of their names."""
    top = place.chain()[-1]
    rows = session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.department, Organisation.active)
        .order_by(Organisation.name)
    )
    return [row for row in rows if row.parent is None or row.chain()[-1] is top]


def find_registered(session: Session, place: Organisation, typed: str) -> list[Organisation]:
    """The registered departments that somebody at a place may mean by what was typed.

    A whole name, or a code, means one: of the county's departments, or else whichever office bears it. A short name,
    with or without the county's, means every department of the county that bears one of its names on the duty list:
    empty where none works with the system, several where one has to ask.
    """
    typed = "".join(typed.split())
    if not typed:
        return []
    near = departments_near(session, place)
    whole = [row for row in near if typed in (row.name, row.code)] or _bear(session, typed)
    if whole:
        return whole[:1]
    county = place.chain()[-1].name
    meant = _names_of(_without(county, typed))
    return [row for row in near if _without(county, row.name) in meant]


def _bear(session: Session, typed: str) -> list[Organisation]:
    query = select(Organisation).where(
        or_(Organisation.code == typed, Organisation.name == typed), Organisation.active
    )
    return list(session.scalars(query.order_by(Organisation.id).limit(1)))


def _names_of(short: str) -> Collection[str]:
    return {short, *next((row.names for row in _rows() if short in row.names), ())}


def _without(county: str, name: str) -> str:
    """A department's name without the county's before it."""
    end = next((end for end in _ENDS if county.endswith(end)), "")
    for head in (county, county.removesuffix(end), end):
        if head and name.startswith(head) and len(name) > len(head) + 1:
            return name.removeprefix(head)
    return name


def others_near(session: Session, place: Organisation) -> list[str]:
    """What the departments of the duty list that do not work with the system are called in the county of a place."""
    county = place.chain()[-1].name
    known = {_without(county, row.name) for row in departments_near(session, place)}
    return [county + row.names[0] for row in _rows() if not known & set(row.names)]


def whom_it_reaches(session: Session, place: Organisation, typed: str) -> tuple[str, bool]:
    """What the department is called that is meant at a place by what was typed, and whether somebody reads it there."""
    found = find_registered(session, place, typed)[:1]
    return found[0].name if found else typed, bool(with_readers(session, [one.id for one in found]))


def with_readers(session: Session, departments: Collection[int]) -> set[int]:
    """Those of these offices, by id, in which somebody can log in and read what is asked."""
    if not departments:
        return set()
    query = select(User.organisation_id).where(User.organisation_id.in_(departments), User.active).distinct()
    return set(session.scalars(query))
