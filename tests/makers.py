"""Offices, people and cases for tests: made through the same doors that the system itself uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

import workflows
from mediation.database import begin_writing, db
from mediation.models import Case, Organisation, User
from mediation.services import calendars, filing, organisations, steps, users
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday morning in China
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PASSWORD = "a-good-password-1"
COUNTIES = ("430522", "430523", "430524")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def org_code(county: int, town: int = 0, village: int = 0) -> str:
    """The code of a county, of a town in it, of a village in that; counted from 1."""
    code = COUNTIES[county - 1]
    code += f"{100 + town:03d}" if town else "000"
    return code + (f"{200 + village:03d}" if village else "000")


def make_organisations(desk: Desk) -> None:
    """3 counties × 2 towns × 2 villages, a court and two departments in each county."""
    rows = []
    for county in (1, 2, 3):
        rows.append({"code": org_code(county), "name": f"第{county}县", "level": "county", "parent_code": ""})
        for town in (1, 2):
            here = org_code(county, town)
            rows.append(
                {"code": here, "name": f"{county}{town}镇", "level": "town", "parent_code": org_code(county)}
            )
            for village in (1, 2):
                code = org_code(county, town, village)
                name = f"{county}{town}{village}村"
                rows.append({"code": code, "name": name, "level": "village", "parent_code": here})
    organisations.bring_in(desk, rows, workflows.load("case"))
    for county in (1, 2, 3):
        top = find_org(desk, org_code(county))
        for kind, code, name in (
            ("court", f"court{county}", f"第{county}县人民法院"),
            ("department", f"land{county}", f"第{county}县自然资源局"),
            ("department", f"labour{county}", f"第{county}县人社局"),
        ):
            organisations.add_office(desk, code=code, name=name, kind=kind, level="county", parent=top)


def find_org(desk: Desk, code: str) -> Organisation:
    """An organisation by its code."""
    return desk.session.scalars(select(Organisation).where(Organisation.code == code)).one()


@dataclass(frozen=True)
class Person:
    """A user as a test knows it."""

    key: str
    phone: str
    role: Role
    office: str


PEOPLE = (
    Person("v111", "13900000001", Role.mediator, org_code(1, 1, 1)),
    Person("v112", "13900000002", Role.mediator, org_code(1, 1, 2)),
    Person("v121", "13900000003", Role.mediator, org_code(1, 2, 1)),
    Person("v211", "13900000004", Role.mediator, org_code(2, 1, 1)),
    Person("t11", "13900000005", Role.mediator, org_code(1, 1)),
    Person("t12", "13900000006", Role.mediator, org_code(1, 2)),
    Person("c1", "13900000007", Role.mediator, org_code(1)),
    Person("m11", "13900000008", Role.manager, org_code(1, 1)),
    Person("m1", "13900000009", Role.manager, org_code(1)),
    Person("m2", "13900000010", Role.manager, org_code(2)),
    Person("j1", "13900000011", Role.court, "court1"),
    Person("j2", "13900000012", Role.court, "court2"),
    Person("d1", "13900000013", Role.department, "land1"),
    Person("d2", "13900000014", Role.department, "labour1"),
    Person("a1", "13900000015", Role.admin, org_code(1)),
)


def make_user(desk: Desk, person: Person, name: str = "") -> User:
    """A user with the password of all tests."""
    user, _ = users.add_user(
        desk,
        name=name or f"用户{person.key}",
        phone=person.phone,
        role=person.role,
        organisation=find_org(desk, person.office),
        password=PASSWORD,
    )
    return user


def id_number(serial: int, birth: str = "19800214") -> str:
    """A resident's number with a right check digit."""
    head = f"430522{birth}{serial:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True)) % 11
    return head + "10X98765432"[rest]


@dataclass
class Planted:
    """A case, and the secrets in it that a page may show only to some."""

    public_number: str
    numbers: list[str] = field(default_factory=list)  # identity numbers and phones: on no page unasked
    names: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)  # what was said in mediation
    story: list[str] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)  # what a department was asked

    @property
    def everything(self) -> list[str]:
        """All that may not be met by somebody without the case."""
        return [*self.numbers, *self.names, *self.records, *self.story, *self.matters, self.public_number]


def make_party(serial: int, role: str, mark: str) -> dict[str, Any]:
    """A person with numbers nobody else has."""
    return {
        "role": role,
        "kind": "person",
        "name": f"甲{mark}{chr(0x4E00 + serial * 7)}",
        "id_type": "resident_id",
        "id_number": id_number(serial),
        "phone": f"1381234{serial:04d}",
        "address": f"住址{mark}号{serial}室",
    }


CLAUSE = {
    "text": "被申请人于2026年12月31日前支付申请人3500元。",
    "kind": "pay",
    "amount": "3500.00",
    "due": "2026-12-31",
    "method": "cash",
}

#: How each state is reached: (step, facts) in order. {a} and {r} are the two sides' refs.
ACCEPT = ("accept", {"mediators": ["调解员甲"]})
THERE = {"mediators": ["调解员甲"], "attended": ["a1", "r1"], "record": "{record}"}
TALK = ("hold_session", {**THERE, "outcome": "no_agreement"})
AGREED = ("hold_session", {**THERE, "outcome": "agreed"})
UP = ("escalate", {"ground": "major", "reason": "案情复杂，村里办不了。"})
WRITE = ("agree", {"form": "written", "clauses": [{**CLAUSE, "obligors": ["r1"], "obligees": ["a1"]}]})
SIGN = ("sign", {"parties": ["a1", "r1"], "mediators": ["调解员甲"], "seal": True, "manner": "signature"})
APPLY = ("apply_confirmation", {"court": "第1县人民法院"})
REFER = ("refer", {"to": "land1", "matter": "{matter}"})
EFFECT = (ACCEPT, AGREED, WRITE, SIGN)
WAYS: Mapping[str, tuple[tuple[str, Mapping[str, Any]], ...]] = {
    "filed": (),
    "accepted": (ACCEPT,),
    "mediating": (ACCEPT, TALK),
    "paused": (ACCEPT, TALK, ("pause", {"reason": "等鉴定。"})),
    "handed_up": (ACCEPT, TALK, UP),
    "received": (ACCEPT, TALK, UP, ("receive", {})),
    "referred": (ACCEPT, REFER),
    "agreed": (ACCEPT, AGREED, WRITE),
    "performing": EFFECT,
    "in_court": (*EFFECT, APPLY),
    "confirmed": (*EFFECT, APPLY, ("court_accept", {"number": "（2026）民特1号"}),
                  ("court_confirm", {"ruling_number": "（2026）民特1号"})),
    "superseded": (*EFFECT, WRITE),
    "terminated": (ACCEPT, TALK, ("terminate", {"ground": "disagreement"})),
    "withdrawn": (ACCEPT, ("withdraw", {"by": "a1", "reason": "不想调了。"})),
    "closed": (*EFFECT, ("close", {"reason": "当事人另行商定。"})),
    "archived": (*EFFECT, ("close", {"reason": "当事人另行商定。"}), ("archive", {})),
}  # fmt: skip


def make_case(
    app: Flask,
    *,
    state: str = "filed",
    office: str = "",
    serial: int = 1,
    mark: str = "甲乙丙",
    parties: int = 2,
) -> Planted:
    """A case of an office (a village of the first county unless told otherwise), brought to a state step by step."""
    from mediation.case_payloads import CasePayload
    from mediation.payloads import STEPS

    keys = app.extensions["mediation.keys"]
    sides = [make_party(serial * 10, "applicant", mark)]
    sides += [make_party(serial * 10 + place, "respondent", mark) for place in range(1, parties)]
    planted = Planted(
        "",
        numbers=[number for side in sides for number in (side["id_number"], side["phone"], side["address"])],
        names=[side["name"] for side in sides],
        records=[f"会上说的话{mark}{serial}"],
        story=[f"纠纷经过{mark}{serial}"],
        matters=[f"请核实界址{mark}{serial}"],
    )
    data = {"dispute_type": "neighbourhood", "facts": planted.story[0], "parties": sides, "source": "party"}
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), keys, NOW)
        place = find_org(desk, office or org_code(1, 1, 1))
        by = By.case_file("测试")
        filed = filing.file_case(desk, place, CasePayload().load(data), by=by, at=START)
        at = START
        for name, facts in WAYS[state]:
            at += timedelta(hours=1)
            loaded = STEPS[name]().load(_fill(facts, planted))
            steps.take(desk, filed.case, name, by=by, at=at, facts=loaded)
        planted.public_number = filed.case.public_number
        db.session.commit()
        db.session.remove()
    return planted


def _fill(value: Any, planted: Planted) -> Any:
    if isinstance(value, Mapping):
        return {key: _fill(item, planted) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, planted) for item in value]
    if value == "{record}":
        return planted.records[0]
    return planted.matters[0] if value == "{matter}" else value


def make_county(app: Flask) -> None:
    """The offices and people of all tests, with the calendar."""
    keys = app.extensions["mediation.keys"]
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), keys, START - timedelta(days=1))
        calendars.load_rest_days(db.session())
        make_organisations(desk)
        for person in PEOPLE:
            make_user(desk, person)
        db.session.commit()
        db.session.remove()


def find_person(key: str) -> Person:
    """One of the people of all tests."""
    return next(person for person in PEOPLE if person.key == key)


def load_case(public_number: str) -> Case:
    """A case, inside an app context."""
    return db.session.scalars(select(Case).where(Case.public_number == public_number)).one()
