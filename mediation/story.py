"""The main job told in one run: forty-two unpaid workers, from a village's door to a court's ruling."""

from __future__ import annotations

import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from marshmallow import Schema
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation import demo
from mediation.case_payloads import CasePayload
from mediation.commands.office import prepare_database, shelf, writing
from mediation.commands.papers import copy_out, list_files
from mediation.config import Settings, read_settings
from mediation.database import db
from mediation.demo.inventing import invent_parties
from mediation.demo.relative import resolve
from mediation.models import Case, Deadline, Document, Organisation, User
from mediation.payloads import STEPS
from mediation.services import filing, steps
from mediation.services.people import By
from mediation.words import say
from workflows.steps import SHANGHAI

#: How many days before today the story begins, so that all of it has happened by now.
BEGAN = 95


@dataclass(frozen=True)
class Telling:
    """What the story needs to go on: who plays whom, and what happens."""

    script: Mapping[str, Any]
    cast: Mapping[str, demo.DemoUser]
    day: date


def tell(out: Path, cases: int) -> Iterator[str]:
    """Play the story in a temporary office of its own; a line for each step, the papers in `out`."""
    began = time.monotonic()
    from mediation import create_app

    with tempfile.TemporaryDirectory(prefix="mediation-story-") as folder:
        app = create_app(_own_settings(Path(folder)))
        prepare_database(app)
        with app.app_context():
            try:
                yield from _play(app, out, cases)
            finally:
                db.session.remove()
                db.engine.dispose()
    yield f"用时{time.monotonic() - began:.1f}秒。"


def _own_settings(folder: Path) -> Settings:
    return replace(
        read_settings({}), instance=folder, database_url=f"sqlite:///{folder / 'mediation.db'}", policy="case"
    )


def _play(app: Flask, out: Path, cases: int) -> Iterator[str]:
    script = tomllib.loads((files("mediation.demo") / "story.toml").read_text("utf-8"))
    told = {user.name: user for user in demo.USERS}
    telling = Telling(script, told, datetime.now(SHANGHAI).date() - timedelta(days=BEGAN))
    with writing() as desk:
        places = demo.load_organisations(desk)
    for user in demo.USERS:
        with writing() as desk:
            demo.load_user(desk, user)
    yield f"准备：{places}个机构和调委会，{len(demo.USERS)}个用户。"
    for number in range(1, cases + 1):
        yield from _tell_case(telling, out, number)


def _tell_case(telling: Telling, out: Path, number: int) -> Iterator[str]:
    case_id, line = _file(telling)
    yield f"{number}. {line}"
    for row in resolve(telling.script["steps"], telling.day):
        yield _take(telling, case_id, row)
    papers = list_files(_session(), _case(case_id))
    pages = 0
    for document_id, name in papers:
        pages += copy_out(_session(), shelf(), document_id, out / name)["pages"]
    yield f"   文书：{len(papers)}份、{pages}页 PDF，在 {out}"


def _file(telling: Telling) -> tuple[int, str]:
    head = resolve(telling.script["case"], telling.day)
    people = {
        "applicant": [f"{name} {sex} {born}" for name, sex, born in telling.script["workers"]],
        **head.pop("others"),
    }
    parties = invent_parties(people, 42, "新邵县雀塘镇龙头村")
    for party in parties:
        if party["role"] == "applicant":
            party["claim_amount"] = telling.script["claims"][int(party["ref"][1:]) - 1]
            if party["ref"] not in ("a1", "a2"):
                # Elected to speak, and given special authority to settle and to sign (CPL 56, 62).
                chosen = parties[0]["name"]
                party["represented_by"] = "a1"
                party["agents"] = [{"name": chosen, "authority": "special", "relation": "推选的代表人"}]
    at = datetime.fromisoformat(head.pop("filed"))
    data = cast(dict[str, Any], CasePayload().load({**head, "parties": parties}))
    with writing() as desk:
        by = _by(telling, desk.session, telling.script["filed_by"])
        organisation = by.organisation
        if organisation is None:
            raise LookupError("whoever files works in an organisation")
        case = filing.file_case(desk, organisation, data, by=by, at=at).case
        desk.session.flush()
        case_id = case.id
    return case_id, _line(case_id, at, "登记", _office_of(telling, telling.script["filed_by"]))


def _take(telling: Telling, case_id: int, row: dict[str, Any]) -> str:
    at, name, who = datetime.fromisoformat(row.pop("at")), row.pop("do"), row.pop("by")
    with writing() as desk:
        by = _by(telling, desk.session, who)
        facts = cast(dict[str, Any], _schema(name).load(_spread(row, telling)))
        steps.take(desk, _case(case_id), name, by=by, at=at, facts=facts)
    case = _case(case_id)
    words = steps.workflow_of(case).case.steps[name].zh
    if row.get("outcome"):
        words += f"（第{len(case.sessions)}次，{say('outcome', row['outcome'])}）"
    return _line(case_id, at, words, _office_of(telling, who))


def _spread(row: dict[str, Any], telling: Telling) -> dict[str, Any]:
    """Lists of forty-two are told as one word."""
    all_of_them = [f"a{place}" for place in range(1, len(telling.script["workers"]) + 1)]
    shares = [
        {"party": ref, "amount": amount}
        for ref, amount in zip(all_of_them, telling.script["claims"], strict=True)
    ]

    def spread(value: Any) -> Any:
        if value == "@shares":
            return shares
        if isinstance(value, dict):
            return {key: spread(item) for key, item in value.items()}
        if isinstance(value, list):
            return [
                each for item in value for each in (all_of_them if item == "@workers" else [spread(item)])
            ]
        return value

    return cast(dict[str, Any], spread(row))


def _schema(name: str) -> Schema:
    return STEPS[name]()


def _by(telling: Telling, session: Session, name: str) -> By:
    phone = telling.cast[name].phone
    keys = current_app.extensions["mediation.keys"]
    return By.user(session.scalars(select(User).where(User.phone_hash == keys.fingerprint(phone))).one())


def _office_of(telling: Telling, name: str) -> str:
    code = telling.cast[name].organisation
    place = _session().scalars(select(Organisation.name).where(Organisation.code == code)).one()
    return f"{name}（{place}）"


def _session() -> Session:
    return cast(Session, db.session())


def _case(case_id: int) -> Case:
    return _session().get_one(Case, case_id)


def _line(case_id: int, at: datetime, words: str, who: str) -> str:
    """What was done by whom, where the case is now, what was issued, and what must not be missed."""
    case, session = _case(case_id), _session()
    entry = case.entries[-1]
    titles = _titles(session, case_id, {row.number for row in case.entries if row.at == entry.at})
    deadline = session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id, Deadline.stopped_at.is_(None), Deadline.last_day >= at.date())
        .order_by(Deadline.last_day)
        .limit(1)
    ).first()
    workflow = steps.workflow_of(case)
    parts = [
        f"{at:%Y-%m-%d %H:%M}  {who}{words}",
        f"{case.case_no}  {workflow.level(case.level).zh}  {workflow.case.states[case.state].zh}",
    ]
    if titles:
        parts.append("出具：" + "、".join(titles))
    if deadline is not None:
        parts.append(f"下一个期限：{deadline.last_day} {deadline.title}")
    session.rollback()
    return "   " + " ｜ ".join(parts)


def _titles(session: Session, case_id: int, entries: set[int]) -> list[str]:
    from documents import find_kind

    rows = session.scalars(
        select(Document.type)
        .where(Document.case_id == case_id, Document.entry_number.in_(entries))
        .order_by(Document.number)
    ).all()
    counts = {kind: rows.count(kind) for kind in dict.fromkeys(rows)}
    return [find_kind(kind).title + (f"×{count}" if count > 1 else "") for kind, count in counts.items()]
