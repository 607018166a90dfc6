"""Planted secrets, and two thousand public pages read by a stranger and by the other party: none is met anywhere.

Every case holds names, numbers, addresses, words and files that nobody else has; every byte of every answer is searched
for them: status line, headers, body, papers, file names, errors; and the log at the end.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from mediation.access import opening_of
from mediation.services.public_states import table
from tests import makers
from tests.conftest import close_app, open_app
from tests.makers import WAYS, Planted
from tests.pages import Browser, read_pdf
from tests.residents import Slip, let_in, slip_for

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
SENSITIVE = "marriage_family"
FEWEST = 2_000


@pytest.fixture(scope="module")
def crowd(county_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application of its own: these tests write only visits and wrong tries."""
    instance = tmp_path_factory.mktemp("canaries") / "instance"
    shutil.copytree(county_folder, instance)
    found = open_app(instance)
    yield found
    close_app(found)


@pytest.fixture(scope="module")
def planted(crowd: Flask) -> dict[str, Planted]:
    """A case in each state that the workflow can bring one to."""
    return {
        state: makers.make_case(crowd, state=state, serial=serial, mark=f"秘{chr(0x5200 + serial)}")
        for serial, state in enumerate(WAYS, start=30)
    }


def public_pages(app: Flask, planted: Planted) -> list[str]:
    """Every address that is open to everybody, and every address of a case, as somebody might guess it."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()):
            continue
        opening = opening_of(app, rule.endpoint)
        if opening is None or not (opening.public or "number" in rule.arguments):
            continue
        url = rule.rule.replace("<number>", planted.public_number).replace("<path:filename>", "desk.css")
        for part in ("paper", "position", "file", "companion", "page", "step"):
            url = url.replace(f"<int:{part}>", "1").replace(f"<{part}>", "1")
        if "<any" in url:
            head, _, rest = url.partition("<any(")
            names, _, tail = rest.partition("):")
            url = head + names.split(",")[0].strip() + tail.partition(">")[2]
        found.append(
            url.replace("<key>", "k" * 32).replace("<code>", "ABCDEFGHJK").replace("<", "").replace(">", "")
        )
    return found


def every_byte(response: TestResponse) -> str:
    head = response.status + str(response.headers)
    body = (
        read_pdf(response.data).replace("\n", "")
        if response.mimetype == "application/pdf"
        else response.get_data(as_text=True)
    )
    response.close()
    return head + body


def search(text: str, secrets: list[str], where: str) -> None:
    for secret in secrets:
        assert secret not in text, f"{where} shows {secret}"


def secrets_of(planted: Planted) -> list[str]:
    return [*planted.names, *planted.numbers, *planted.records, *planted.story, *planted.matters]


def test_two_thousand_pages_and_no_secret(
    crowd: Flask, planted: dict[str, Planted], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    everything = [secret for one in planted.values() for secret in secrets_of(one)]
    slips: dict[str, dict[str, Slip]] = {
        state: {ref: slip_for(crowd, one.public_number, ref) for ref in ("a1", "r1")}
        for state, one in planted.items()
    }
    codes = [text for pair in slips.values() for slip in pair.values() for text in (slip.code, slip.token)]
    pages = 0
    for state, one in planted.items():
        readers = {
            "a stranger": Browser(crowd),
            **{ref: let_in(crowd, slips[state][ref]) for ref in ("a1", "r1")},
        }
        for who, browser in readers.items():
            for url in public_pages(crowd, one):
                response = browser.client.get(url)
                assert response.status_code < 500, (url, response.status_code)
                search(every_byte(response), everything, f"{url} for {who} ({state})")
                pages += 1
            for language in ("en",):
                browser.client.set_cookie("language", language)
                for url in ("/track/case", "/track/print", "/track/papers", "/track/rating"):
                    search(
                        every_byte(browser.client.get(url)),
                        everything,
                        f"{url} in {language} for {who} ({state})",
                    )
                    pages += 1
    assert pages >= FEWEST, pages
    search(caplog.text, [*everything, *codes], "the log")


def test_refusals_errors_and_file_names_hold_no_secret(
    crowd: Flask, planted: dict[str, Planted], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one = planted["mediating"]
    everything = [secret for other in planted.values() for secret in secrets_of(other)]
    visitor = let_in(crowd, slip_for(crowd, one.public_number))
    page = visitor.get("/track/papers")
    picture = BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    for name, data in (
        ("坏.jpg", b"not a picture"),
        ("好.png", picture.getvalue()),
        ("x.html", b"<script>1</script>"),
    ):
        fields = {"csrf_token": page.field("csrf_token"), "text": "补充说明", "photo": (BytesIO(data), name)}
        answer = visitor.client.post("/track/papers", data=fields, content_type="multipart/form-data")
        assert answer.status_code in (303, 422), (name, answer.status_code)
        search(every_byte(answer), everything, name)
    for path, form in (
        ("/track", {}),
        ("/track", {"number": "é" * 30, "code": "é"}),
        ("/track/rating", {"score": "9"}),
    ):
        answer = visitor.client.post(path, data={"csrf_token": page.field("csrf_token"), **form})
        assert answer.status_code < 500
        search(every_byte(answer), everything, path)
    search(caplog.text, everything, "the log")
    kept = [str(path) for path in Path(crowd.extensions["mediation.settings"].instance).rglob("*")]
    search(
        "\n".join(kept), [*everything, *(other.public_number for other in planted.values())], "a file name"
    )


def test_the_database_file_holds_no_code_and_no_number(crowd: Flask, planted: dict[str, Planted]) -> None:
    slip = slip_for(crowd, planted["filed"].public_number)
    folder = Path(crowd.extensions["mediation.settings"].instance)
    raw = b"".join(path.read_bytes() for path in folder.glob("mediation.db*"))
    for secret in (slip.code, slip.token, *planted["filed"].numbers):
        assert secret.encode() not in raw, secret


def test_the_other_party_is_shown_the_same_and_only_its_own_name(
    crowd: Flask, planted: dict[str, Planted]
) -> None:
    one = planted["performing"]
    seen = {
        ref: let_in(crowd, slip_for(crowd, one.public_number, ref)).get("/track/case").words()
        for ref in ("a1", "r1")
    }
    assert "申请人：" in seen["a1"] and "被申请人：" in seen["r1"]
    states = {row["zh"]["title"] for row in table()["states"]}
    assert any(title in seen["a1"] for title in states)
    assert SENSITIVE not in seen["a1"]
