"""Every actor × every route × cases in every state: nobody meets a secret that is not theirs, in any byte.

Secrets are planted in each case; every answer (status line, headers, body, the text of PDFs) and every log line is
searched for those that this actor must not see.
"""

from __future__ import annotations

import logging
import re
import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from mediation import access, create_app
from mediation.config import read_settings
from mediation.database import begin_writing, db
from mediation.services import grants
from tests import makers
from tests.conftest import close_app, open_app
from tests.makers import Planted
from tests.pages import Browser, read_pdf

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

#: A paper shows its own parties, as a PDF and as a Word file.
PAPERS = {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: state → who sees what of a case filed in village 111 of the first county.
WHOLE, COURT, DEPARTMENT = "whole", "court", "department"
BY_STATE = {
    "filed": {"v111": WHOLE, "m11": WHOLE, "m1": WHOLE},
    "mediating": {"v111": WHOLE, "m11": WHOLE, "m1": WHOLE},
    "handed_up": {"v111": WHOLE, "t11": WHOLE, "m11": WHOLE, "m1": WHOLE},
    "received": {"v111": WHOLE, "t11": WHOLE, "m11": WHOLE, "m1": WHOLE},  # who handed it up goes on helping
    "referred": {"v111": WHOLE, "m11": WHOLE, "m1": WHOLE, "d1": DEPARTMENT},
    "in_court": {"v111": WHOLE, "m11": WHOLE, "m1": WHOLE, "j1": COURT},
    "closed": {"v111": WHOLE, "m11": WHOLE, "m1": WHOLE},
}
ACTORS = (None, *(person.key for person in makers.PEOPLE))
NOBODYS = "2611-9999-0"


def secrets_kept_from(planted: Planted, sees: str | None) -> list[str]:
    """What this reader must not meet on a page."""
    if sees is None:
        return planted.everything
    if sees == WHOLE:
        return planted.numbers  # masked until asked for
    if sees == COURT:
        return [*planted.numbers, *planted.records, *planted.story, *planted.matters]
    return [*planted.numbers, *planted.records, *planted.story, *planted.names]


@pytest.fixture(scope="module")
def crowd(county_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application for all readers together: nothing in these tests changes a case."""
    instance = tmp_path_factory.mktemp("crowd") / "instance"
    shutil.copytree(county_folder, instance)
    found = open_app(instance)
    yield found
    close_app(found)


@pytest.fixture(scope="module")
def cases(crowd: Flask) -> dict[str, Planted]:
    """A case in each state, each with secrets of its own."""
    return {
        state: makers.make_case(crowd, state=state, serial=serial, mark=f"密{chr(0x5000 + serial)}")
        for serial, state in enumerate(BY_STATE, start=1)
    }


def addresses(rule: Rule, planted: Planted) -> Iterator[str]:
    """The rule's addresses for one case: each paper, a few steps, each party."""
    url = rule.rule.replace("<number>", planted.public_number)
    if "<int:paper>" in url:
        yield from (url.replace("<int:paper>", str(number)) for number in range(1, 5))
    elif ":step>" in url:
        head = re.sub("<int:[a-z_]+>", "1", url.split("<any")[0])
        one_of = url.split("<any")[1]
        yield from (
            head + step
            for step in ("accept", "hold_session", "respond", "court_accept", "supervise", "verify_referral")
            if step in one_of
        )
    else:
        url = re.sub("<int:[a-z_]+>", "1", url)
        yield url.replace("<key>", "k" * 32).replace("<path:filename>", "desk.css")


def seen_in(response: TestResponse) -> str:
    """Every byte of an answer, as text."""
    head = response.status + str(response.headers)
    if response.mimetype == "application/pdf":
        return head + read_pdf(response.data).replace("\n", "")
    if response.data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(response.data)) as workbook:
            return head + "".join(
                workbook.read(name).decode("utf-8", "replace") for name in workbook.namelist()
            )
    return head + response.get_data(as_text=True)


def has_case(rule: Rule) -> bool:
    """Whether a rule is about one case."""
    return "number" in rule.arguments


@pytest.mark.parametrize("actor", ACTORS)
def test_no_answer_holds_a_secret_of_somebody_elses(
    crowd: Flask, cases: dict[str, Planted], actor: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser(crowd)
    token = ""
    if actor:
        browser.log_in(actor)
        token = browser.token()
    for rule in crowd.url_map.iter_rules():
        if has_case(rule):
            for state, planted in cases.items():
                sees = BY_STATE[state].get(actor or "")
                for address in addresses(rule, planted):
                    _try_all_methods(browser, rule, address, token, planted, sees, cases)
        elif rule.endpoint != "login.logout":
            for address in addresses(rule, cases["filed"]):
                _try_all_methods(browser, rule, address, token, None, None, cases, actor)
    for planted in cases.values():
        _search(caplog.text, [*planted.numbers, *planted.records, *planted.story, *planted.names], "the log")


def _try_all_methods(
    browser: Browser, rule: Rule, address: str, token: str, planted: Planted | None, sees: str | None,
    cases: dict[str, Planted], actor: str | None = None,
) -> None:  # fmt: skip
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        if ":position>" in rule.rule and sees == WHOLE and method == "POST":
            continue  # the one page that shows numbers, on being asked
        # No version of the case: whoever may take a step gets its form back and changes nothing.
        form = {"csrf_token": token, "_key": "0123456789abcdef", "phone": "x", "password": "y", "old": "z"}
        response = browser.client.open(address, method=method, data=form if method != "GET" else None)
        where = f"{method} {address} for {actor or sees or 'a stranger'}"
        assert response.status_code < 500, where
        text = seen_in(response)
        response.close()
        if planted is not None and sees is None:
            _check_closed(browser, response, where, rule)
            _search(text.replace(address, ""), planted.everything, where)
        elif planted is not None and response.mimetype not in PAPERS:
            _search(text, secrets_kept_from(planted, sees), where)
        elif planted is not None:
            _check_paper(planted, text, sees or "", where)
        else:
            for state, other in cases.items():
                _search(text, secrets_kept_from(other, BY_STATE[state].get(actor or "")), where)


def _check_closed(browser: Browser, response: TestResponse, where: str, rule: Rule) -> None:
    assert response.status_code in (303, 400, 401, 403, 404), (where, response.status_code)
    if response.status_code == 303:
        assert "/login" in response.headers["Location"], where


def _check_paper(planted: Planted, text: str, sees: str, where: str) -> None:
    # A paper shows its own parties; numbers in full only where the policy says so (court papers).
    if sees == COURT:
        _search(text, planted.records, where)
    assert sees != DEPARTMENT, where


def _search(text: str, secrets: list[str], where: str) -> None:
    for secret in secrets:
        assert secret not in text, f"{where} shows {secret}"


def test_what_may_be_seen_is_seen(crowd: Flask, cases: dict[str, Planted]) -> None:
    for actor in (person.key for person in makers.PEOPLE if person.key != "a1"):
        browser = Browser(crowd).log_in(actor)
        for state, planted in cases.items():
            response = browser.client.get(f"/cases/{planted.public_number}")
            expected = 200 if actor in BY_STATE[state] else 404
            assert response.status_code == expected, (state, actor, response.status_code)


def test_not_yours_and_not_there_are_the_same_answer(crowd: Flask, cases: dict[str, Planted]) -> None:
    browser = Browser(crowd).log_in("v211")
    there = cases["mediating"].public_number
    for path in ("/cases/{}", "/cases/{}/papers/1", "/cases/{}/steps/accept", "/cases/{}/done/" + "k" * 32):
        mine = browser.client.get(path.format(there))
        nobodys = browser.client.get(path.format(NOBODYS))
        assert _bare(mine, there) == _bare(nobodys, NOBODYS), path


def _bare(response: TestResponse, number: str) -> tuple[int, str]:
    text = (
        response.get_data(as_text=True)
        .replace(number, "NUMBER")
        .replace(response.headers["X-Request-ID"], "ID")
    )
    return response.status_code, re.sub(r'name="csrf_token" value="[^"]*"|nonce="[^"]*"', "", text)


def test_a_former_holder_sees_nothing_once_its_grant_has_ended(app: Flask) -> None:
    planted = makers.make_case(app, state="received")
    with app.app_context():
        begin_writing(db.session)
        grants.end(makers.load_case(planted.public_number), "assisting", makers.NOW)
        db.session.commit()
    Browser(app).log_in("v111").get(f"/cases/{planted.public_number}", 404)


def test_a_department_sees_the_case_until_it_has_answered(app: Flask) -> None:
    planted = makers.make_case(app, state="referred")
    browser = Browser(app).log_in("d1")
    browser.get(f"/cases/{planted.public_number}")
    page = browser.get(f"/cases/{planted.public_number}/steps/respond")
    browser.send(page, "/steps/respond", [("note", "已核实。")])
    browser.get(f"/cases/{planted.public_number}", 404)


def test_an_administrator_runs_the_system_and_reads_no_case(crowd: Flask, cases: dict[str, Planted]) -> None:
    browser = Browser(crowd).log_in("a1")
    assert browser.client.get("/cases").status_code == 403
    assert browser.client.get("/todo").status_code == 403
    assert "系统管理员看不到" in browser.get("/todo", 403).words()


def test_a_route_that_nobody_classified_cannot_be_registered(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    app = create_app(read_settings({"MEDIATION_INSTANCE": str(tmp_path_factory.mktemp("closed"))}))
    with pytest.raises(RuntimeError, match="say whom this route opens to"):
        app.add_url_rule("/hole", "hole", lambda: "in")
    app.url_map.add(Rule("/side", endpoint="side"))
    with pytest.raises(RuntimeError, match="/side"):
        access.check_openings(app)


def test_every_route_is_open_to_somebody(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        opening = access.opening_of(app, rule.endpoint)
        assert opening is not None, rule.rule
        assert opening.public or opening.roles, rule.rule
