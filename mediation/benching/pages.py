"""The ten busiest pages with fifty thousand cases: how heavy, how many queries, how long beside a bare Flask page."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from mediation import create_app, demo
from mediation.benching import Row, Run
from mediation.clock import tell_time
from mediation.commands.office import prepare_database, writing
from mediation.config import Settings
from mediation.database import db, learn_sizes
from mediation.models import Case, CaseTerm, Deadline, Duty, Grant, Notice, Organisation, Party
from mediation.services.searching import terms_of_name

CASES, QUICK_CASES, AT_ONCE = 50_000, 500, 2_000
VILLAGE, MANAGER = "13900000001", "13900000006"
FAMILIES = "王李张刘陈杨黄赵吴周"
GIVEN = ("建国", "秀英", "志刚", "春兰", "小妹", "大江", "桂芳", "有田", "福生", "玉梅")
#: What is measured: title, who asks (by phone, or nobody), address; {n} is a case of the village.
PAGES = (
    ("登录 /login", "", "/login"),
    ("待办 /todo 村", VILLAGE, "/todo"),
    ("待办 /todo 县", MANAGER, "/todo"),
    ("快速登记 /cases/new", VILLAGE, "/cases/new"),
    ("登记完成 /cases/…/done", VILLAGE, "/cases/{n}/done"),
    ("案件 /cases/…", VILLAGE, "/cases/{n}"),
    ("案件列表 村", VILLAGE, "/cases"),
    ("案件列表 县，全部", MANAGER, "/cases"),
    ("按姓名找 县", MANAGER, "/cases?q=建国"),
    ("按拼音找 县", MANAGER, "/cases?q=wjg"),
    ("按电话后4位找 县", MANAGER, "/cases?q=0010"),
)


def measure(run: Run) -> list[Row]:
    """Page weight, queries and server time of each page, and a bare Flask page measured in the same rounds."""
    with tempfile.TemporaryDirectory(prefix="mediation-bench-") as folder:
        app = _county(Path(folder), QUICK_CASES if run.quick else CASES)
        try:
            return _measure_pages(app, 3 if run.quick else max(5, run.rounds))
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def _measure_pages(app: Flask, rounds: int) -> list[Row]:
    bare = _bare()
    rows: list[Row] = []
    for title, phone, path in PAGES:
        client = _client(app, phone)
        address = path.format(n=_number_of(app, phone)) if "{n}" in path else path
        client.get(address)  # templates are compiled once
        with _counting(app) as queries:
            answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        mine, theirs = [], []
        for _ in range(rounds):
            mine.append(_seconds(lambda: client.get(address)))  # noqa: B023 - called at once
            theirs.append(_seconds(lambda: bare.get("/")))
        ours, rival = statistics.median(mine), statistics.median(theirs)
        rows += [
            Row(f"{title}：服务器用时", ours * 1000, "ms", rival / ours, "旁边的一张空白 Flask 页为 1"),
            Row(f"{title}：查询", float(len(queries)), "次"),
            Row(f"{title}：页面", len(answer.data) / 1024, "KiB", None, "未压缩，不含样式表"),
        ]
    return rows


def _bare() -> Any:
    app = Flask("bare")
    app.add_url_rule("/", "hello", lambda: "<!doctype html><title>bare</title><p>你好")
    return app.test_client()


def _seconds(do: Callable[[], Any]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _client(app: Flask, phone: str) -> Any:
    client = app.test_client()
    if phone:
        form = client.get("/login").get_data(as_text=True)
        token = form.split('name="csrf_token" value="')[1].split('"')[0]
        client.post("/login", data={"csrf_token": token, "phone": phone, "password": demo.PASSWORD})
    return client


def _number_of(app: Flask, phone: str) -> str:
    with app.app_context():
        query = select(Case.public_number).join(Organisation, Organisation.id == Case.holder_id)
        number = db.session.scalar(
            query.where(Organisation.code == demo.VILLAGE, Case.state == "accepted").limit(1)
        )
        db.session.remove()
    if number is None:
        raise LookupError("the demo village has no accepted case")
    return number


def _county(folder: Path, count: int) -> Flask:
    """The demo county, and as many cases more as are wanted, written straight into the tables: only read here."""
    settings = Settings(instance=folder, database_url=f"sqlite:///{folder / 'mediation.db'}")
    app = create_app(replace(settings))
    prepare_database(app)
    with app.app_context():
        with writing() as desk:
            demo.load_organisations(desk)
        for user in demo.USERS:
            with writing() as desk:
                demo.load_user(desk, user)
        for data in demo.write_cases(tell_time().date()):
            with writing() as desk:
                demo.load_case(desk, data)
            db.session.expunge_all()
        with writing() as desk:
            _fill(desk.session, count)
        learn_sizes(db.engine)
    return app


def _fill(session: Session, count: int) -> None:
    model = session.scalars(select(Case).where(Case.state == "accepted").limit(1)).one()
    villages = list(
        session.scalars(
            select(Organisation).where(Organisation.level == "village", Organisation.kind == "division")
        )
    )
    plain = {c.key: getattr(model, c.key) for c in Case.__table__.columns if c.key != "id"}
    first = (session.scalar(select(Case.id).order_by(Case.id.desc()).limit(1)) or 0) + 1
    for start in range(0, count, AT_ONCE):
        made: dict[Any, list[dict[str, Any]]] = {
            kind: [] for kind in (Case, Party, Grant, Deadline, CaseTerm, Duty, Notice)
        }
        for number in range(start, min(start + AT_ONCE, count)):
            _one(made, plain, model, villages[number % len(villages)], first + number, number)
        for kind, rows in made.items():
            session.execute(insert(kind), rows)


def _one(
    made: dict[Any, list[dict[str, Any]]], plain: dict[str, Any], model: Case, place: Organisation, case_id: int,
    number: int,
) -> None:  # fmt: skip
    names = [
        FAMILIES[number % 10] + GIVEN[number // 10 % 10],
        FAMILIES[number // 7 % 10] + GIVEN[number // 3 % 10],
    ]
    at = model.filed_at - timedelta(hours=number % 8000)
    public = f"25{number // 10_000:02d}-{number % 10_000:04d}-0"
    ended = number % 10 != 0  # one in ten is still worked on
    made[Case].append({
        **plain, "id": case_id, "case_no": f"B{number}", "public_number": public, "external_id": None, "filed_at": at,
        "filed_with_id": place.id, "holder_id": place.id, "state": "archived" if ended else "accepted",
        "title": f"{names[0]}与{names[1]}邻里纠纷",
    })  # fmt: skip
    for spot, (ref, role, name) in enumerate(
        zip(("a1", "r1"), ("applicant", "respondent"), names, strict=True), 1
    ):
        made[Party].append(
            {"case_id": case_id, "ref": ref, "position": spot, "role": role, "kind": "person", "name": name}
        )
        made[CaseTerm] += [{"case_id": case_id, "kind": "name", "term": term} for term in terms_of_name(name)]
    made[CaseTerm].append({"case_id": case_id, "kind": "number", "term": public.replace("-", "")})
    chain = place.chain()
    for kind, office in (("holder", place), *(("above", above) for above in chain[1:])):
        made[Grant].append({"case_id": case_id, "organisation_id": office.id, "kind": kind, "starts_at": at})
    # What was done and told long ago only grows, and no page may read through it.
    made[Duty] += [
        {"case_id": case_id, "kind": kind, "title": kind, "created_at": at, "done_at": at}
        for kind in ("tell", "callback", "review")
    ]
    made[Notice] += [
        {
            "case_id": case_id, "template": "N26", "text": names[0], "state": "past", "created_at": at,
            "organisation_id": office.id,
        }
        for office in chain[:2]
    ]  # fmt: skip
    row = model.deadlines[-1]
    made[Deadline].append({
        **{c.key: getattr(row, c.key) for c in Deadline.__table__.columns if c.key != "id"},
        "case_id": case_id, "last_day": row.last_day + timedelta(days=number % 40 - 10),
        "stopped_at": at if ended else None,
    })  # fmt: skip
