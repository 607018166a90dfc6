"""The seeded county of the browser tests: one county, two towns, four villages, and one person of each role.

The clock stands at 10 o'clock on 26 November 2026 in China and moves only when a test moves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

import workflows
from mediation.case_payloads import CasePayload
from mediation.database import begin_writing, db
from mediation.payloads import STEPS
from mediation.services import calendars, filing, organisations, steps, users
from mediation.services.desk import Desk
from mediation.services.people import By
from tests.conftest import Clock
from tests.makers import PASSWORD, find_org
from workflows import Role

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
PHONE, TABLET, PC = (360, 640), (768, 1024), (1366, 768)
COUNTY, TOWN, OTHER_TOWN = "340803000000", "340803101000", "340803102000"
VILLAGE, NEXT_VILLAGE = "340803101201", "340803101202"
DIVISIONS = (
    (COUNTY, "望江县", "county", ""),
    (TOWN, "十里铺乡", "town", COUNTY),
    (OTHER_TOWN, "石门镇", "town", COUNTY),
    (VILLAGE, "石泉村", "village", TOWN),
    (NEXT_VILLAGE, "柳塘村", "village", TOWN),
    ("340803102201", "大湾村", "village", OTHER_TOWN),
    ("340803102202", "杨树村", "village", OTHER_TOWN),
)
COURT, LABOUR = "court-340803", "labour-340803"
#: key → name, phone, role, office.
PEOPLE: Mapping[str, tuple[str, str, Role, str]] = {
    "v1": ("王秀英", "13800000001", Role.mediator, VILLAGE),
    "v2": ("李长顺", "13800000002", Role.mediator, NEXT_VILLAGE),
    "t1": ("周建华", "13800000003", Role.mediator, TOWN),
    "c1": ("欧阳明", "13800000004", Role.mediator, COUNTY),
    "j1": ("陈法平", "13800000005", Role.court, COURT),
    "m1": ("张䶮", "13800000006", Role.manager, COUNTY),
    "a1": ("管小安", "13800000007", Role.admin, COUNTY),
    "d1": ("何劳", "13800000008", Role.department, LABOUR),
}
THERE = {"mediators": ["王秀英"], "attended": ["a1", "r1"], "place": "石泉村调解室", "record": "各说各的理。"}
TALK = ("hold_session", {**THERE, "outcome": "no_agreement"})
AGREED = ("hold_session", {**THERE, "outcome": "agreed"})
ACCEPT = ("accept", {"mediators": ["王秀英"]})


def seed(app: Flask) -> None:
    """Offices, people and the calendar."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], NOW - timedelta(days=60))
        calendars.load_rest_days(db.session())
        rows = [dict(zip(("code", "name", "level", "parent_code"), row, strict=True)) for row in DIVISIONS]
        organisations.bring_in(desk, rows, workflows.load("case"))
        top = find_org(desk, COUNTY)
        top.phone = "0556-5551234"
        find_org(desk, TOWN).phone = "0556-5550001"
        for code, name, kind in (
            (COURT, "望江县人民法院", "court"), (LABOUR, "望江县人力资源和社会保障局", "department"),
        ):  # fmt: skip
            organisations.add_office(desk, code=code, name=name, kind=kind, level="county", parent=top)
        for name, phone, role, office in PEOPLE.values():
            users.add_user(
                desk,
                name=name,
                phone=phone,
                role=role,
                organisation=find_org(desk, office),
                password=PASSWORD,
            )
        db.session.commit()
        db.session.remove()


@dataclass
class County:
    """The served county, and doors for a test to put things into it."""

    app: Flask
    clock: Clock
    address: str
    chromium: Any
    contexts: list[Any] = field(default_factory=list)

    def open(
        self, who: str = "", size: tuple[int, int] = PHONE, path: str = "", scripts: bool = True, **more: Any
    ) -> Any:
        """A page in a browser of its own, logged in as somebody of PEOPLE; at `path`, where one is given.

        `more` goes to playwright's new_context; `cookies` is a mapping of our own (size="large", language="en").
        """
        cookies = dict(more.pop("cookies", {}))
        if who:
            cookies["mediation"] = self._log_in(who)
        context = self.chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", java_script_enabled=scripts,
            has_touch=size == PHONE, **more,
        )  # fmt: skip
        self.contexts.append(context)
        context.set_default_timeout(15_000)
        rows = [{"name": name, "value": value, "url": self.address} for name, value in cookies.items()]
        if rows:
            context.add_cookies(rows)
        page = context.new_page()
        if path:
            page.goto(f"{self.address}{path}")
        return page

    def _log_in(self, who: str) -> str:
        client = self.app.test_client()
        form = client.get("/login").get_data(as_text=True)
        token = form.split('name="csrf_token" value="')[1].split('"')[0]
        client.post("/login", data={"csrf_token": token, "phone": PEOPLE[who][1], "password": PASSWORD})
        cookie = client.get_cookie("mediation")
        assert cookie is not None
        return cookie.value

    def file_case(
        self,
        *taken: tuple[str, Mapping[str, Any]],
        names: tuple[str, ...] = ("王建国", "李志刚"),
        days_ago: float = 5,
        office: str = VILLAGE,
        every: timedelta = timedelta(hours=1),
        **more: Any,
    ) -> str:
        """A case through the door, brought on step by step; returns its public number."""
        roles = ["applicant", *["respondent"] * (len(names) - 1)]
        sides = [
            {"role": role, "kind": "person", "name": name, "phone": f"139112200{place:02d}"}
            for place, (role, name) in enumerate(zip(roles, names, strict=True), start=10)
        ]
        data = {
            "source": "party", "dispute_type": "neighbourhood", "facts": "因宅基地界线发生争执。",
            "parties": sides, **more,
        }  # fmt: skip
        with self.app.app_context():
            begin_writing(db.session)
            at = self.clock() - timedelta(days=days_ago)
            desk = Desk(db.session(), self.app.extensions["mediation.keys"], self.clock())
            by = By.case_file("测试")
            filed = filing.file_case(desk, find_org(desk, office), CasePayload().load(data), by=by, at=at)
            for name, facts in taken:
                at += every
                steps.take(desk, filed.case, name, by=by, at=at, facts=STEPS[name]().load(dict(facts)))
            number = str(filed.case.public_number)
            db.session.commit()
            db.session.remove()
        return number

    def ask(self, sql: str, **values: Any) -> list[Any]:
        """Rows of a query."""
        from sqlalchemy import text

        with self.app.app_context():
            found = list(db.session.execute(text(sql), values).all())
            db.session.rollback()
        return found

    def close(self) -> None:
        """Shut the browsers that were opened."""
        for context in self.contexts:
            context.close()
