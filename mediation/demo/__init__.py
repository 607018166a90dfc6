"""The demo county: the real divisions of 新邵县, and invented offices, users and cases in every state."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from sqlalchemy import select

import workflows
from mediation.casefile import FORMAT, bring_in
from mediation.demo.inventing import invent_parties
from mediation.demo.relative import resolve
from mediation.models import Organisation
from mediation.services import organisations, users
from mediation.services.desk import Desk
from workflows import Role

#: Known to everybody who can read this; the demo command says so.
PASSWORD = "xinshao-demo"
COUNTY, TOWN, VILLAGE = "430522000000", "430522102000", "430522102207"
COURT, DEPARTMENT = "court-430522", "department-430522-1"
OFFICES = (
    (COURT, "新邵县人民法院", "court"),
    (DEPARTMENT, "新邵县人力资源和社会保障局", "department"),
)


@dataclass(frozen=True)
class DemoUser:
    """A login of the demo."""

    name: str
    phone: str
    role: Role
    organisation: str


USERS = (
    DemoUser("罗春华", "13900000001", Role.mediator, VILLAGE),
    DemoUser("刘国安", "13900000002", Role.manager, VILLAGE),
    DemoUser("曾令军", "13900000003", Role.mediator, TOWN),
    DemoUser("肖丽萍", "13900000004", Role.manager, TOWN),
    DemoUser("欧阳红", "13900000005", Role.mediator, COUNTY),
    DemoUser("张䶮", "13900000006", Role.manager, COUNTY),
    DemoUser("周正", "13900000007", Role.court, COURT),
    DemoUser("何劳", "13900000008", Role.department, DEPARTMENT),
    DemoUser("管理员", "13900000009", Role.admin, COUNTY),
)


#: Invented numbers, so that pages and papers of the demo say whom to call.
PHONES = {COUNTY: "0739-5550100", TOWN: "0739-5550110", VILLAGE: "0739-5550111"}


def read_divisions() -> str:
    """The county, its 15 towns and 417 villages, as the National Bureau of Statistics numbers them (2023)."""
    return (files(__package__) / "xinshao.csv").read_text("utf-8")


def load_organisations(desk: Desk) -> int:
    """Divisions with their committees, the court and the department; returns how many divisions are new."""
    new, _ = organisations.bring_in(
        desk, organisations.read_table(read_divisions()), workflows.load(desk.policy)
    )
    county = find_organisation(desk, COUNTY)
    for code, name, kind in OFFICES:
        organisations.add_office(desk, code=code, name=name, kind=kind, level=county.level, parent=county)
    for code, phone in PHONES.items():
        place = find_organisation(desk, code)
        place.phone = place.phone or phone
    return new


def load_user(desk: Desk, user: DemoUser) -> bool:
    """One login of the demo; False where it is there already."""
    if users.find_user(desk, user.phone) is not None:
        return False
    place = find_organisation(desk, user.organisation)
    users.add_user(
        desk, name=user.name, phone=user.phone, role=user.role, organisation=place, password=PASSWORD
    )
    return True


def find_organisation(desk: Desk, code: str) -> Organisation:
    """An organisation of the demo by its code; raises LookupError where it has not been loaded."""
    found = desk.session.scalar(select(Organisation).where(Organisation.code == code))
    if found is None:
        raise LookupError(f"there is no organisation {code}; load the organisations first")
    return found


def write_cases(day: date) -> Iterator[dict[str, Any]]:
    """The invented cases as case files, their dates told from a day."""
    rows = [
        row
        for name in ("cases", "agreements")
        for row in tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))["cases"]
    ]
    for serial, row in enumerate(rows, start=1):
        row = resolve(row, day)
        yield {
            "format": FORMAT,
            "external_id": f"demo-{row.pop('id')}",
            "filed_at": row.pop("filed"),
            "parties": invent_parties(row.pop("people"), serial, "新邵县雀塘镇龙头村"),
            **row,
        }


def load_case(desk: Desk, data: dict[str, Any]) -> bool:
    """One invented case through the door; False where it is in already.  Raises FileRefused."""
    return not bring_in(desk, data).already
