"""The address that a QR opens: nothing without its token, nothing to keep, nothing to find; and planted secrets."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import begin_writing, db
from mediation.models import User
from mediation.services import phone_signing, scans
from mediation.services.desk import Desk
from tests import makers
from tests.makers import Planted
from tests.pages import Browser, read_pdf
from tests.services.test_phone_signing import POLICY

pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
WRITTEN = "[[[0.1,0.1],[0.5,0.2]]]"
PAGES = ("/s", "/s/paper", "/s/paper.pdf", "/s/done")


@pytest.fixture
def planted(app: Flask, tmp_path: Path) -> Planted:
    """An agreement that waits for signatures, in a county that has switched signing on a screen on."""
    found = makers.make_case(app, state="agreed")
    policy = tmp_path / "our.toml"
    policy.write_text(POLICY, "utf-8")
    with app.app_context():
        begin_writing(db.session)
        makers.load_case(found.public_number).policy = str(policy)
        db.session.commit()
    return found


def show(app: Flask, planted: Planted) -> str:
    """What the QR of the respondent holds."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], app.extensions["mediation.clock"]())
        case = makers.load_case(planted.public_number)
        user = db.session.scalars(
            select(User).where(User.organisation_id == case.holder_id, User.role == "mediator")
        ).one()
        party, paper = case.party("r1"), scans.paper_of(case.agreement)
        assert party is not None and paper is not None
        token = phone_signing.issue(desk, case, party, paper, user).token
        db.session.commit()
    return token


def scan(browser: Browser, token: str, status: int = 303) -> str:
    fields = [("csrf_token", browser.get("/s").field("csrf_token")), ("token", token)]
    return browser.post("/s", fields, status).text


def test_without_its_token_the_address_shows_nothing_of_any_case(
    app: Flask, planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = show(app, planted)
    stranger = Browser(app)
    seen = [stranger.client.get(path) for path in PAGES]
    seen.append(stranger.client.get(f"/s?token={token}"))  # an address is no place for it
    texts = [
        scan(stranger, wrong, 410) for wrong in ("", "x", token[:-1], token.swapcase(), planted.public_number)
    ]
    assert len({text.split("<main")[1].split("</main>")[0] for text in texts}) == 1, (
        "every wrong token is told the same"
    )
    for answer in seen:
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "script-src 'nonce-" in answer.headers["Content-Security-Policy"]
    everything = (
        "".join(str(a.headers) + a.get_data(as_text=True) for a in seen) + "".join(texts) + caplog.text
    )
    for secret in (*planted.everything, planted.public_number):
        assert secret not in everything.replace(f"/s?token={token}", ""), secret


def test_the_phone_that_has_opened_it_sees_this_paper_and_no_more(
    app: Flask, planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    other = makers.make_case(app, state="agreed", serial=7, mark="丁戊己")
    token, phone = show(app, planted), Browser(app)
    scan(phone, token)
    page = phone.get("/s/paper")
    assert planted.names[0] in page.text and planted.names[1] in page.text
    original = phone.client.get("/s/paper.pdf")
    assert original.mimetype == "application/pdf"
    text = page.text + read_pdf(original.data) + phone.client.get("/s/done").get_data(as_text=True)
    numbers = [number for number in planted.numbers if number.isascii()]  # addresses stand on the paper
    for secret in (*numbers, *planted.records, *other.everything):
        assert secret not in text, secret
    for path in (
        f"/cases/{planted.public_number}",
        f"/cases/{planted.public_number}/papers/1",
        "/track/case",
    ):
        assert phone.client.get(path).status_code == 303, "it opens no other door"
    assert token not in caplog.text


def test_the_database_holds_no_token(app: Flask, planted: Planted) -> None:
    browser = Browser(app).log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}/sign/2/phone")
    browser.follow(browser.send(page, "/phone", [("identity", "1")]))
    token = show(app, planted)
    folder = Path(app.extensions["mediation.settings"].instance)
    raw = b"".join(path.read_bytes() for path in folder.glob("mediation.db*"))
    assert token.encode() not in raw


def test_the_name_is_taken_once_and_the_visit_is_over(app: Flask, planted: Planted) -> None:
    phone = Browser(app)
    scan(phone, show(app, planted))
    page = phone.get("/s/paper")
    phone.send(page, "/s/paper", [("strokes", WRITTEN)], 422)
    phone.send(page, "/s/paper", [("strokes", "[]"), ("to_end", "1")], 422)
    fields = [("strokes", WRITTEN), ("to_end", "1")]
    phone.send(page, "/s/paper", fields)
    assert "请调解员重新出示二维码" in phone.send(page, "/s/paper", fields, 410).words()
    phone.get("/s/paper", 410)
    with app.app_context():
        agreement = makers.load_case(planted.public_number).agreement
        assert agreement is not None
        assert [row.name for row in agreement.live_signatures] == [planted.names[1]]


def test_larger_words_lose_nothing_that_was_written(app: Flask, planted: Planted) -> None:
    phone = Browser(app)
    scan(phone, show(app, planted))
    page = phone.get("/s/paper")
    page = phone.send(page, "/s/paper", [("strokes", WRITTEN), ("_size", "large")], 200)
    assert page.field("strokes") == WRITTEN


def test_many_guesses_from_one_address_are_told_to_wait(app: Flask, planted: Planted) -> None:
    stranger = Browser(app)
    for _ in range(60):
        scan(stranger, "x" * 32, 410)
    assert "15分钟" in scan(stranger, show(app, planted), 429)


def test_the_mediator_shows_a_code_only_after_looking_at_who_is_there(app: Flask, planted: Planted) -> None:
    browser = Browser(app).log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}/sign/2/phone")
    assert "请先核对身份" in browser.send(page, "/phone", [], 422).words()
    page = browser.follow(browser.send(page, "/phone", [("identity", "1")]))
    assert len([e for e in page.root.iter() if len(e.get("d", "")) > 2000]) == 1
    state = page.response.request.path + "/state"
    assert browser.client.get(state).get_json() == {"state": "waiting"}
    stranger = Browser(app).log_in("v211")
    assert stranger.client.get(state).status_code == 404
    colleague = Browser(app).log_in("m11")
    assert colleague.client.get(page.response.request.path).status_code == 303, (
        "only who showed it sees the code again"
    )
