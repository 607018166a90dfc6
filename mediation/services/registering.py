"""Registering at the window: filed, accepted at once where everybody is willing, a danger told upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediation.models import Case, Organisation, Party
from mediation.services import filing, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.tracking import FreshCode
from mediation.words import say

#: What the page asks of a danger → the ground it is flagged with, and how grave it is.
DANGERS: Mapping[str, tuple[str, str]] = {
    "threat": ("crime", "red"),
    "home": ("violence", "red"),
    "crowd": ("escalation", "orange"),
    "police": ("escalation", "orange"),
}
SAME_WITHIN = timedelta(days=90)
MOST_USED_OF = timedelta(days=365)
#: Before a village has registered anything: what villages register most.
USUAL_TYPES = ("neighbourhood", "housing_land", "marriage_family", "injury", "farmland", "wage_arrears")


@dataclass
class Registered:
    """A case that has just been registered."""

    case: Case
    accepted: bool
    told: list[Organisation] = field(default_factory=list)
    codes: list[FreshCode] = field(default_factory=list)


def register(
    desk: Desk, organisation: Organisation, data: Mapping[str, Any], *, by: By, at: datetime, willing: bool,
    dangers: Sequence[str] = (), urgent: bool = False,
) -> Registered:  # fmt: skip
    """File a dispute; accept it where the other side is willing; tell those above of a danger at once.

    data have the shape of a case file.  dangers: keys of DANGERS; urgent without any of them is an escalation.
    Raises Refused, and then nothing may be committed.
    """
    filed = filing.file_case(desk, organisation, data, by=by, at=at)
    case, told = filed.case, []
    if urgent:
        _flag(desk, case, dangers, by, at)
        told = organisation.chain()[1:]
    codes = list(filed.codes)
    if willing:
        facts = {
            "mediators": list(data.get("mediators") or [by.name]),
            "consents": [party.ref for party in case.parties],
        }
        codes += steps.take(desk, case, "accept", by=by, at=at, facts=facts).codes
    return Registered(case, willing, told, codes)


def _flag(desk: Desk, case: Case, dangers: Sequence[str], by: By, at: datetime) -> None:
    grounds: dict[str, list[str]] = {}
    for name in dangers:
        grounds.setdefault(DANGERS[name][0], []).append(name)
    risk = "orange" if dangers and all(DANGERS[name][1] == "orange" for name in dangers) else "red"
    for ground, names in (grounds or {"escalation": []}).items():
        said = "、".join(say("urgent_fact", name) for name in names) or say("danger", ground)
        facts = {"ground": ground, "reason": say("page", "danger_said") + said, "risk": risk}
        steps.take(desk, case, "flag_danger", by=by, at=at, facts=facts)


def find_same(
    session: Session, organisation: Organisation, names: Sequence[str], at: datetime
) -> Case | None:
    """A case of the same people registered here within ninety days, the newest; None where there is none."""
    wanted = {name for name in names if name}
    if len(wanted) < 2:
        return None
    there = (
        select(Party.case_id)
        .join(Case, Case.id == Party.case_id)
        .where(
            Party.name.in_(wanted), Case.filed_with_id == organisation.id, Case.filed_at > at - SAME_WITHIN
        )
        .group_by(Party.case_id)
        .having(func.count(func.distinct(Party.name)) >= 2)
    )
    return session.scalar(select(Case).where(Case.id.in_(there)).order_by(Case.filed_at.desc()).limit(1))


def usual_types(session: Session, organisation: Organisation, at: datetime, most: int) -> list[str]:
    """The types most used here in the last year, filled up with what villages register most."""
    count = func.count()
    used = session.scalars(
        select(Case.dispute_type)
        .where(Case.filed_with_id == organisation.id, Case.filed_at > at - MOST_USED_OF)
        .group_by(Case.dispute_type)
        .order_by(count.desc(), Case.dispute_type)
        .limit(most)
    )
    return list(dict.fromkeys([*used, *USUAL_TYPES]))[:most]
