"""The page of the electronic seal: off until a county switches it on, and then one button."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from mediation.database import begin_writing, db
from mediation.sealing import keep_certificate, read_seals
from mediation.services import sealing
from mediation.services.desk import Desk
from tests import makers
from tests.certificates import PASSWORD, make_certificate
from tests.commands.test_committees import POLICY
from tests.pages import Browser


def switch_on(app: Flask, number: str, tmp_path: Path) -> str:
    """The county's policy allows it, and the committee has a certificate."""
    policy = tmp_path / "our.toml"
    policy.write_text(POLICY, "utf-8")
    settings = app.extensions["mediation.settings"]
    found = keep_certificate(settings.instance, make_certificate("某调委会"), PASSWORD)
    with app.app_context():
        begin_writing(db.session)
        case = makers.load_case(number)
        case.policy = str(policy)
        desk = Desk(db.session(), app.extensions["mediation.keys"], app.extensions["mediation.clock"]())
        sealing.register(desk, case.committee, found, "测试")
        db.session.commit()
        db.session.remove()
    return found.fingerprint


def test_where_it_is_off_the_page_says_what_to_do_instead(app: Flask) -> None:
    planted = makers.make_case(app, state="performing")
    page = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/seal")
    assert "请在纸上盖章" in page.words()
    assert not [form for form in page.all("form") if "/seal" in form.get("action", "")]


def test_one_press_seals_the_agreement_and_a_second_does_nothing_more(app: Flask, tmp_path: Path) -> None:
    planted = makers.make_case(app, state="performing")
    fingerprint = switch_on(app, planted.public_number, tmp_path)
    browser = Browser(app).log_in("v111")
    assert f"/cases/{planted.public_number}/seal" in browser.get(f"/cases/{planted.public_number}").text
    page = browser.get(f"/cases/{planted.public_number}/seal")
    fields = page.form_fields("/seal")
    browser.post(f"/cases/{planted.public_number}/seal", fields)
    browser.post(f"/cases/{planted.public_number}/seal", fields)
    sealed = browser.client.get(f"/cases/{planted.public_number}/files/1").data
    [seal] = read_seals(app.extensions["mediation.settings"].instance, sealed, frozenset({fingerprint}))
    assert seal.intact
    browser.get(f"/cases/{planted.public_number}/files/2", 404)
    assert "已经盖过" in browser.get(f"/cases/{planted.public_number}/seal").words()
