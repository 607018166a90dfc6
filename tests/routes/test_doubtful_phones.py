"""A telephone number that cannot be right is asked about once and keeps nobody from registering."""

from __future__ import annotations

import pytest
from flask import Flask

from mediation.casefile_export import write_case
from mediation.database import db
from mediation.models import Party
from mediation.services import outbox
from tests import makers
from tests.pages import Browser, Page


def typed(phone: str, **more: str) -> list[tuple[str, str]]:
    """A registration in which the applicant's number is this."""
    fields = {
        "dispute_type": "neighbourhood",
        "parties-0-name": "王建国",
        "parties-0-phone": phone,
        "parties-1-name": "李志刚",
        "facts": "两家为排水沟起了争执。",
        "willing": "yes",
        "danger": "no",
        **more,
    }
    return list(fields.items())


def doubts(page: Page) -> str:
    """What the page asks before it goes on."""
    return " ".join("".join(s.itertext()) for s in page.all("section") if "doubt" in (s.get("class") or ""))


def number_of(page: Page) -> str:
    """The number of the case that was registered."""
    return page.response.headers["Location"].split("/")[2]


@pytest.mark.parametrize("phone", ["1391122000", "139112200011", "5551234"])
def test_a_number_of_a_wrong_length_is_asked_about_and_kept(app: Flask, phone: str) -> None:
    village = Browser(app).log_in("v111")
    asked = village.send(village.get("/cases/new"), "/cases/new", typed(phone), 200)
    assert "申请人" in doubts(asked)
    assert asked.field("parties-0-phone") == phone
    sure = next(b.get("value", "") for b in asked.all("button") if b.get("name") == "_sure")
    done = village.send(asked, "/cases/new", [("_sure", sure)])
    number = number_of(done)
    page = village.get(f"/cases/{number}")
    assert "电话（待核对）" in page.words()
    assert phone not in page.text
    with app.app_context():
        row = db.session.query(Party).filter(Party.name == "王建国").one()
        assert (row.phone, row.phone_unsure) == (None, phone)
        assert write_case(row.case)["parties"][0]["phone_unsure"] == phone
        assert phone not in str([entry.facts for entry in row.case.entries])
        desk = makers.Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        for notice in db.session.query(outbox.Notice).all():
            assert outbox.phones_of(notice, desk) == ()


def test_another_wrong_number_is_asked_about_again(app: Flask) -> None:
    village = Browser(app).log_in("v111")
    asked = village.send(village.get("/cases/new"), "/cases/new", typed("1391122000"), 200)
    sure = next(b.get("value", "") for b in asked.all("button") if b.get("name") == "_sure")
    again = village.send(asked, "/cases/new", [("_sure", sure), ("parties-0-phone", "139112")], 200)
    assert "6位" in doubts(again)


def test_a_right_number_asks_nothing_and_text_is_no_number(app: Flask) -> None:
    village = Browser(app).log_in("v111")
    village.send(village.get("/cases/new"), "/cases/new", typed("139 1122 0001"))
    page = village.send(village.get("/cases/new"), "/cases/new", typed("他儿子有电话"), 422)
    assert "电话号码只能有数字" in page.words()


def test_the_right_number_takes_the_place_of_the_doubtful_one(app: Flask) -> None:
    village = Browser(app).log_in("v111")
    asked = village.send(village.get("/cases/new"), "/cases/new", typed("1391122000"), 200)
    sure = next(b.get("value", "") for b in asked.all("button") if b.get("name") == "_sure")
    number = number_of(village.send(asked, "/cases/new", [("_sure", sure)]))
    form = village.get(f"/cases/{number}/steps/update_party")
    wanted = [("party", "a1"), ("kind", "person"), ("phone", "13911220001")]
    village.send(form, "/steps/update_party", wanted)
    page = village.get(f"/cases/{number}")
    assert "待核对" not in page.words()
    assert "139****0001" in page.words()


def test_a_list_of_people_follows_the_registration(app: Flask) -> None:
    village = Browser(app).log_in("v111")
    done = village.follow(village.send(village.get("/cases/new"), "/cases/new", typed("", many="1")))
    assert "现在导入名单" in done.words()
    link = next(a.get("href", "") for a in done.all("a") if a.get("href", "").endswith("/claimants"))
    village.get(link)
    plain = village.follow(
        village.send(village.get("/cases/new"), "/cases/new", typed("", **{"parties-0-name": "赵六"}))
    )
    assert "现在导入名单" not in plain.words()
