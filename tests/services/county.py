"""A small county to test in: two towns, three villages (two of one name), a court, a department, and people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from marshmallow import Schema
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import workflows
from mediation.case_payloads import CasePayload
from mediation.models import Case, Committee, Deadline, Document, Organisation, User
from mediation.payloads import STEPS
from mediation.services import calendars, organisations, steps
from mediation.services.desk import Desk
from mediation.services.filing import Filed, file_case
from mediation.services.people import By
from mediation.services.steps import Taken
from tests.services.engines import KEYS
from workflows import Refused, Role
from workflows.steps import SHANGHAI

COUNTY, TOWN, OTHER_TOWN = "430522000000", "430522103000", "430522100000"
VILLAGE, SAME_NAME, OTHER_VILLAGE = "430522103201", "430522103202", "430522100201"
COURT, DEPARTMENT = "court-430522", "hrss-430522"
COURT_NAME = "新邵县人民法院"
TABLE = f"""code,name,level,parent_code
{COUNTY},新邵县,county,
{TOWN},雀塘镇,town,{COUNTY}
{OTHER_TOWN},酿溪镇,town,{COUNTY}
{VILLAGE},白水洞村,village,{TOWN}
{SAME_NAME},石桥村,village,{TOWN}
{OTHER_VILLAGE},石桥村,village,{OTHER_TOWN}
"""
START = datetime(2024, 3, 4, 9, 0, tzinfo=SHANGHAI)  # a Monday
_SCHEMAS: dict[str, Schema] = {}


def build(engine: Engine) -> None:
    """Fill an empty schema with the county."""
    with Session(engine, autoflush=False) as session:
        desk = Desk(session, KEYS, START)
        calendars.load_rest_days(session)
        organisations.bring_in(desk, organisations.read_table(TABLE), workflows.load())
        county = session.scalars(select(Organisation).where(Organisation.code == COUNTY)).one()
        county.phone = "0739-3661234"
        for code, name, kind in ((COURT, COURT_NAME, "court"), (DEPARTMENT, "新邵县人社局", "department")):
            organisations.add_office(desk, code=code, name=name, kind=kind, level="county", parent=None)
        for place in session.scalars(select(Organisation).order_by(Organisation.id)).all():
            roles = {"court": [Role.court], "department": [Role.department]}.get(
                place.kind, [Role.mediator, Role.manager]
            )
            for role in roles:
                phone = f"139{len(session.new) + place.id * 10:08d}"
                session.add(
                    User(
                        name=f"{place.name}{role}",
                        phone=phone,
                        phone_hash=KEYS.fingerprint(phone),
                        role=role.value,
                        organisation=place,
                        password_hash="-",
                        must_change_password=False,
                        failed_logins=0,
                        active=True,
                        created_at=START,
                    )
                )
        session.commit()


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose work, commits included, is undone at the end."""
    with engine.connect() as connection:
        outer = connection.begin()
        session = Session(connection, autoflush=False, join_transaction_mode="create_savepoint")
        try:
            yield session
        finally:
            session.close()
            outer.rollback()


def person(ref: str, name: str, **more: Any) -> dict[str, Any]:
    """A grown-up natural person, in the shape of a case file; the ref's letter tells the role."""
    role = {"a": "applicant", "r": "respondent", "t": "third_party"}[ref[0]]
    return {"ref": ref, "role": role, "kind": "person", "name": name, "birth_date": "1980-02-29", **more}


ANNA = person("a1", "古丽·买买提", phone="13900000001", address="雀塘镇白水洞村3组")
ZHANG = person("r1", "张䶮", phone="13900000002", address="雀塘镇石桥村1组")
DISPUTE: dict[str, Any] = {
    "source": "party",
    "dispute_type": "neighbourhood",
    "facts": "两家为排水沟起了争执。",
    "claims": "请求赔偿损失3000元。",
    "parties": [ANNA, ZHANG],
}
PAY: dict[str, Any] = {
    "text": "张䶮付给古丽·买买提3000元。",
    "kind": "pay",
    "obligors": ["r1"],
    "obligees": ["a1"],
    "amount": "3000.00",
    "due": "2024-06-20",
    "method": "cash",
}
SESSION: dict[str, Any] = {
    "mediators": ["王𬭎"],
    "recorder": "李记",
    "place": "村部",
    "attended": ["a1", "r1"],
    "outcome": "no_agreement",
    "record": "双方各说各的。",
}
EVERYBODY: dict[str, Any] = {
    "parties": ["a1", "r1"],
    "mediators": ["王𬭎"],
    "seal": True,
    "manner": "fingerprint",
}


class Office:
    """Files cases and takes steps, as the routes and the case files do: schema first, then the one door."""

    def __init__(self, session: Session, at: datetime = START) -> None:
        """`at` is the office's clock; every step moves it on by an hour."""
        self.session, self.now = session, at

    @property
    def desk(self) -> Desk:
        """What a service needs at hand."""
        return Desk(self.session, KEYS, max(self.now, START).astimezone(UTC))  # no older than the system

    def place(self, code: str) -> Organisation:
        """An organisation of the county."""
        return self.session.scalars(select(Organisation).where(Organisation.code == code)).one()

    def committee(self, code: str) -> Committee:
        """Its committee."""
        found = self.place(code).committee
        assert found is not None
        return found

    def somebody(self, code: str, role: str = "mediator") -> By:
        """The person of a role in an organisation."""
        wanted = select(User).where(User.organisation_id == self.place(code).id, User.role == role)
        return By.user(self.session.scalars(wanted).one())

    def go_to(self, day: date | str) -> None:
        """Set the clock to nine o'clock of a day."""
        self.now = datetime.combine(
            date.fromisoformat(day) if isinstance(day, str) else day, time(9), SHANGHAI
        )

    def file_in_full(self, code: str = VILLAGE, **fields: Any) -> Filed:
        """File the usual dispute, with some of it replaced; with the codes to hand out."""
        data = _schema("file", CasePayload).load({**DISPUTE, **fields})
        return file_case(self.desk, self.place(code), data, by=By.case_file("案卷导入"), at=self.now)

    def file(self, code: str = VILLAGE, **fields: Any) -> Case:
        """The same, for the case alone."""
        return self.file_in_full(code, **fields).case

    def take(self, case: Case, name: str, /, who: By | None = None, **facts: Any) -> Taken:
        """Take a step an hour later; without `who`, as whoever the policy puts in charge."""
        self.now += timedelta(hours=1)
        loaded = _schema(name, STEPS[name]).load(facts)
        by = who or By.case_file("案卷导入")
        return steps.take(self.desk, case, name, by=by, at=self.now, facts=loaded)

    def keep(self, case: Case, name: str, facts: dict[str, Any], who: By | None = None) -> Taken:
        """Take a step that brings a file: its facts come from a page of its own, not from a schema."""
        self.now += timedelta(hours=1)
        by = who or By.case_file("案卷导入")
        return steps.take(self.desk, case, name, by=by, at=self.now, facts=facts)

    def refuse(self, case: Case, name: str, who: By | None = None, **facts: Any) -> Refusal:
        """Try a step that must be refused; what it said."""
        try:
            self.take(case, name, who, **facts)
        except Refused as refused:
            return Refusal(refused)
        raise AssertionError(f"{name} went through, the case is {case.state}")

    def run(self, case: Case, *names: str) -> Case:
        """Take several steps in the usual manner."""
        for name in names:
            self.take(case, name, **USUAL.get(name, {}))
        return case

    def mediating(self, code: str = VILLAGE, **fields: Any) -> Case:
        """A case with one session behind it."""
        return self.run(self.file(code, **fields), "accept", "hold_session")

    def agreed(self, code: str = VILLAGE, clauses: list[dict[str, Any]] | None = None, **fields: Any) -> Case:
        """A case with a written agreement that nobody has signed."""
        case = self.mediating(code, **fields)
        self.take(case, "agree", form="written", clauses=clauses or [PAY])
        return case

    def performing(
        self, code: str = VILLAGE, clauses: list[dict[str, Any]] | None = None, **fields: Any
    ) -> Case:
        """A case with an agreement in effect."""
        return self.run(self.agreed(code, clauses, **fields), "sign")

    def applied(self, **fields: Any) -> Case:
        """A case whose agreement is with the court."""
        return self.run(self.performing(**fields), "apply_confirmation")


USUAL: dict[str, dict[str, Any]] = {
    "hold_session": SESSION,
    "agree": {"form": "written", "clauses": [PAY]},
    "sign": EVERYBODY,
    "escalate": {"ground": "request", "reason": "当事人要求到上面谈"},
    "return": {"reason": "先在村里再谈一次"},
    "take_up": {"reason": "涉及面广"},
    "pause": {"reason": "等伤情鉴定"},
    "terminate": {"ground": "disagreement"},
    "apply_confirmation": {"court": COURT_NAME},
    "court_reject": {"reason": "不属于受案范围"},
    "court_dismiss": {"reason": "内容不明确"},
    "reject": {"reason": "不属于民间纠纷"},
    "close": {"reason": "办完了"},
    "reopen": {"reason": "对方又反悔"},
    "perform": {"clause": 1},
    "follow_up": {"note": "已经付清"},
    "schedule": {"meet_at": "2024-12-30T09:00:00+08:00", "place": "村部", "attending": ["a1", "r1"]},
    "reschedule": {"meet_at": "2024-12-31T15:00:00+08:00", "place": "田间", "attending": ["a1", "r1"]},
    "cancel_schedule": {"reason": "对方来不了"},
    "complete_party": {"party": "r1", "address": "石桥村2组"},
    "update_party": {"party": "r1", "kind": "person", "occupation": "务农"},
    "ask_above": {"reason": "退回过一次了"},
}


class Refusal:
    """What a refused step said."""

    def __init__(self, refused: Refused) -> None:
        """Every sentence must say something, in Chinese and in English."""
        self.kind, self.reasons = refused.kind, refused.reasons
        self.codes = [reason.code for reason in refused.reasons]
        self.words = "".join(reason.in_words() for reason in refused.reasons)
        self.where = [reason.where for reason in refused.reasons]
        assert refused.reasons
        assert all(reason.zh.endswith("。") and reason.en for reason in refused.reasons)


def warned(taken: Taken) -> list[str]:
    """The codes of what a step warned of."""
    return [reason.code for reason in taken.warnings]


def deadline(case: Case, name: str) -> Deadline:
    """The newest deadline of a name."""
    return [row for row in case.deadlines if row.name == name][-1]


def runs(case: Case, name: str) -> bool:
    """Whether a deadline of this name is running."""
    return any(row.name == name and row.stopped_at is None for row in case.deadlines)


def paper(case: Case, kind: str) -> Document:
    """The newest paper of a type."""
    return [row for row in case.documents if row.type == kind][-1]


def papers(case: Case) -> list[str]:
    """The types of the papers issued, in order."""
    return [row.type for row in case.documents]


def _schema(name: str, kind: type[Schema]) -> Schema:
    if name not in _SCHEMAS:
        _SCHEMAS[name] = kind()
    return _SCHEMAS[name]
