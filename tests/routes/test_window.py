"""At the window: a new code, slips for the minutes in which it is known, a companion by consent, the plain card."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import db
from mediation.models import AccessRecord, Companion, Notice
from mediation.services import outbox
from mediation.services.desk import Desk
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser, Page, read_pdf
from tests.residents import Slip, ask, let_in, slip_for

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
CHILD = [
    ("name", "王小丽"),
    ("relation", "女儿"),
    ("phone", "13911112222"),
    ("until", "2027-06-30"),
    ("signed", "1"),
]


def slip_on(page: Page) -> Slip:
    number = next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "number")
    code = next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "code")
    return Slip(number, code.replace(" ", ""), "")


def at_the_window(app: Flask, state: str = "mediating") -> tuple[Browser, str, makers.Planted]:
    planted = makers.make_case(app, state=state)
    return Browser(app).log_in("v111"), f"/cases/{planted.public_number}", planted


def test_a_lost_code_is_replaced_at_the_window_and_the_old_one_is_void(app: Flask) -> None:
    clerk, case, planted = at_the_window(app)
    old = slip_for(app, planted.public_number)
    page = clerk.follow(clerk.send(clerk.get(f"{case}/window"), "/window/1/code"))
    fresh = slip_on(page)
    assert "您随时可以去法院起诉" in page.words() and "下一步" in page.words() and "<svg" in page.text
    ask(Browser(app), old.number, old.code)
    assert "您的事项" in let_in(app, fresh).get("/track/case").words()
    with app.app_context():
        records = db.session.scalars(select(AccessRecord).where(AccessRecord.action == "reissue")).all()
        assert [row.what for row in records] == ["party 1"]


def test_a_slip_is_there_for_some_minutes_and_for_whoever_pressed(app: Flask, clock: Clock) -> None:
    clerk, case, _ = at_the_window(app)
    address = clerk.send(clerk.get(f"{case}/window"), "/window/1/code").response.headers["Location"]
    code = slip_on(clerk.get(address)).code
    assert code[:4] not in Browser(app).log_in("m11").get(address).words()
    clock.forward(minutes=16)
    assert code[:4] not in clerk.get(address).words()


def test_filing_leads_to_slips(app: Flask) -> None:
    clerk, case, _ = at_the_window(app, "filed")
    page = clerk.get(f"{case}/steps/accept")
    done = clerk.follow(clerk.send(page, "/steps/accept", [("consents[]", "a1"), ("consents[]", "r1")]))
    link = next(a.get("href", "") for a in done.all("a") if "/slips/" in a.get("href", ""))
    assert "甲甲乙丙" in clerk.get(link).words()


def test_a_companion_sees_one_side_until_the_day_or_until_it_is_withdrawn(app: Flask, clock: Clock) -> None:
    clerk, case, planted = at_the_window(app)
    page = clerk.get(f"{case}/window")
    unsigned = [pair for pair in CHILD if pair[0] != "signed"]
    assert "请先让当事人签字同意" in clerk.send(page, "/window/1/companion", unsigned, 422).words()
    slip = slip_on(clerk.follow(clerk.send(page, "/window/1/companion", CHILD)))
    seen = let_in(app, slip).get("/track/case")
    assert "王*丽" in seen.words() and "/track/papers" not in seen.text and "/track/rating" not in seen.text
    for secret in (*planted.names, *planted.numbers, *planted.story, *planted.records):
        assert secret not in seen.text
    let_in(app, slip).get("/track/rating", 303)
    party = let_in(app, slip_for(app, planted.public_number))
    party.send(party.get("/track/case"), "/track/companions/")
    ask(Browser(app), slip.number, slip.code)


def test_a_consent_ends_by_itself_and_an_open_page_with_it(app: Flask, clock: Clock) -> None:
    clerk, case, _ = at_the_window(app)
    changes = [(k, "2026-11-24" if k == "until" else v) for k, v in CHILD]
    slip = slip_on(clerk.follow(clerk.send(clerk.get(f"{case}/window"), "/window/1/companion", changes)))
    clock.at = clock.at.replace(hour=15, minute=50)  # ten to midnight in China
    clock.forward(days=1)
    open_page = let_in(app, slip)
    open_page.get("/track/case")
    clock.forward(minutes=20)
    open_page.get("/track/case", 303)


def test_a_companion_has_the_messages_only_where_that_was_agreed(app: Flask) -> None:
    clerk, case, planted = at_the_window(app)
    clerk.send(clerk.get(f"{case}/window"), "/window/1/companion", [*CHILD, ("may[]", "messages")])
    with app.app_context():
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        row = makers.load_case(planted.public_number)
        notice = Notice(case=row, party=row.parties[0], code=None)
        assert outbox.phones_of(notice, desk) == ("13812340010", "13911112222")
        db.session.scalars(select(Companion)).one().may = ["see"]
        assert outbox.phones_of(notice, desk) == ("13812340010",)


def test_the_plain_card_tells_what_the_agreement_tells(app: Flask) -> None:
    clerk, case, planted = at_the_window(app, "agreed")
    card = read_pdf(clerk.client.get(f"{case}/cards/2").data).replace("\n", "")
    assert "3,500.00" in card and "您要付的钱" in card and "2026年12月31日" in card
    assert "您会收到的钱" in read_pdf(clerk.client.get(f"{case}/cards/1").data).replace("\n", "")
    assert not [number for number in planted.numbers if number in card]
    other, nothing, _ = at_the_window(app)
    assert other.client.get(f"{nothing}/cards/1").status_code == 404


def test_the_other_side_is_invited_once_and_without_a_word_of_what_about(app: Flask) -> None:
    clerk, case, planted = at_the_window(app, "filed")
    for _ in range(2):
        clerk.send(clerk.get(f"{case}/window"), "/window/2/invite")
    with app.app_context():
        [row] = db.session.scalars(select(Notice)).all()
        assert (
            row.template == "N05" and "是否参加由您决定" in row.text and planted.public_number not in row.text
        )
