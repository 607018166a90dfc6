"""Drafts are kept for their author alone, for thirty days, and never overwrite each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from mediation.database import begin_writing, db
from mediation.models import Draft, User
from mediation.services import drafts
from mediation.services.desk import Desk
from tests import makers


def someone(app: Flask, key: str) -> User:
    """One of the people of all tests, inside an app context."""
    phone = app.extensions["mediation.keys"].fingerprint(makers.find_person(key).phone)
    return db.session.scalars(select(User).where(User.phone_hash == phone)).one()


def open_desk(app: Flask, later: timedelta = timedelta()) -> Desk:
    """A desk with a writing transaction."""
    begin_writing(db.session)
    return Desk(db.session(), app.extensions["mediation.keys"], makers.NOW + later)


def test_what_was_kept_comes_back_to_its_author_only(app: Flask) -> None:
    with app.app_context():
        desk, mine, other = open_desk(app), someone(app, "v111"), someone(app, "v112")
        drafts.keep(desk, mine, "agreement", {"clauses": [{"text": "三天内付清"}]})
        assert drafts.fetch(desk, mine, "agreement") == {"clauses": [{"text": "三天内付清"}]}
        assert drafts.fetch(desk, other, "agreement") is None
        assert drafts.list_mine(desk, other) == []
        drafts.discard(desk, other, "agreement")
        assert drafts.fetch(desk, mine, "agreement") is not None
        drafts.discard(desk, mine, "agreement")
        assert drafts.fetch(desk, mine, "agreement") is None


def test_a_draft_of_a_case_and_one_of_another_are_two(app: Flask) -> None:
    numbers = [makers.make_case(app, serial=serial).public_number for serial in (1, 2)]
    with app.app_context():
        desk, mine = open_desk(app), someone(app, "v111")
        cases = [makers.load_case(number) for number in numbers]
        for place, case in enumerate(cases):
            drafts.keep(desk, mine, "agreement", place, case=case)
        assert [drafts.fetch(desk, mine, "agreement", case) for case in cases] == [0, 1]


def test_two_slots_of_one_form_are_two_drafts_and_the_newest_is_found(app: Flask) -> None:
    with app.app_context():
        mine = someone(app, "v111")
        drafts.keep(open_desk(app), mine, "case", "first", slot="s1")
        later = open_desk(app, timedelta(minutes=1)) if not db.session.rollback() else None
        assert later is not None
        mine = someone(app, "v111")
        drafts.keep(later, mine, "case", "first", slot="s1")
        later = Desk(later.session, later.keys, later.now + timedelta(minutes=1))
        drafts.keep(later, mine, "case", "second", slot="s2")
        newest = drafts.newest_of(later, mine, "case")
        assert newest is not None and drafts.read(newest) == "second"
        assert len(drafts.list_mine(later, mine)) == 2


def test_an_older_device_is_told_what_is_newer(app: Flask) -> None:
    with app.app_context():
        desk, mine = open_desk(app), someone(app, "v111")
        first = drafts.keep(desk, mine, "case", "phone", slot="s1", device="手机").version
        drafts.keep(desk, mine, "case", "desk", slot="s1", device="电脑", seen=first)
        with pytest.raises(drafts.DraftMoved) as moved:
            drafts.keep(desk, mine, "case", "phone again", slot="s1", device="手机", seen=first)
        assert (drafts.read(moved.value.newer), moved.value.newer.device) == ("desk", "电脑")


def test_a_draft_is_over_after_thirty_days(app: Flask) -> None:
    with app.app_context():
        mine = someone(app, "v111")
        drafts.keep(open_desk(app), mine, "case", "text", slot="s1")
        db.session.commit()
        nearly = open_desk(app, timedelta(days=29, hours=23))
        mine = someone(app, "v111")
        assert drafts.find(nearly, mine, "s1") is not None
        late = Desk(nearly.session, nearly.keys, nearly.now + timedelta(hours=2))
        assert drafts.find(late, mine, "s1") is None
        drafts.keep(late, mine, "case", "new", slot="s2")
        slots = db.session.scalars(select(Draft.slot)).all()
        assert list(slots) == ["s2"], "the old one is deleted, not only hidden"


def test_the_oldest_makes_room(app: Flask) -> None:
    with app.app_context():
        desk, mine = open_desk(app), someone(app, "v111")
        for number in range(drafts.MOST + 3):
            desk = Desk(desk.session, desk.keys, desk.now + timedelta(seconds=1))
            drafts.keep(desk, mine, "case", number, slot=f"s{number}")
        kept = [row.slot for row in drafts.list_mine(desk, mine)]
        assert len(kept) == drafts.MOST
        assert kept[0] == f"s{drafts.MOST + 2}"
        assert "s0" not in kept


def test_nothing_of_a_draft_lies_readable_in_the_database(app: Flask) -> None:
    number = makers.id_number(7)
    with app.app_context():
        drafts.keep(open_desk(app), someone(app, "v111"), "case", number, slot="s1", title="王建国")
        db.session.commit()
        row = db.session.execute(text("SELECT text, title FROM drafts")).one()
        assert number not in row.text
        assert "王建国" not in row.title


def test_more_than_a_form_can_send_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(drafts.DraftTooLong):
        drafts.keep(open_desk(app), someone(app, "v111"), "case", "字" * (drafts.LONGEST + 1))
