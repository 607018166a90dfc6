"""`mediation demo`, `story` and `serve`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

import workflows
from mediation import demo
from tests.offices import VILLAGE, Office, open_office


@pytest.fixture(scope="module")
def demo_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The demo county, loaded once."""
    office = open_office(tmp_path_factory.mktemp("demo") / "instance")
    office.run("init")
    office.run("demo")
    return office


def test_the_demo_has_a_case_in_every_state_and_is_sound(demo_office: Office) -> None:
    states = {state for (state,) in demo_office.ask("SELECT DISTINCT state FROM cases")}
    assert states == set(workflows.load("case").case.states)
    answers = {state for (state,) in demo_office.ask("SELECT DISTINCT state FROM confirmations")}
    assert answers == set(workflows.load("case").parts["confirmation"].states) - {"ready"}
    demo_office.run("verify")
    demo_office.close()


def test_the_demo_can_be_loaded_again(demo_office: Office) -> None:
    before = demo_office.count_rows()
    result = demo_office.run("demo")
    assert demo_office.count_rows() == before
    assert demo.PASSWORD in result.stdout
    for role in ("mediator", "manager", "court", "department", "admin"):
        assert demo_office.ask("SELECT count(*) FROM users WHERE role = :role", role=role) != [(0,)]
    demo_office.close()


def test_the_demo_has_the_real_divisions(demo_office: Office) -> None:
    levels = dict(
        demo_office.ask("SELECT level, count(*) FROM organisations WHERE kind = 'division' GROUP BY level")
    )
    assert levels == {"county": 1, "town": 15, "village": 417}
    demo_office.close()


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 2, 29)])
def test_the_demo_tells_its_days_from_any_day(day: date) -> None:
    for case in demo.write_cases(day):
        moments = [case["filed_at"], *(event["at"] for event in case["events"])]
        assert moments == sorted(moments)
        assert moments[-1][:10] < day.isoformat()


def test_the_story_is_told_and_its_papers_name_everybody(office: Office, tmp_path: Path) -> None:
    before = office.count_rows()
    result = office.run("story", "--out", tmp_path / "out")
    for words in (
        "登记",
        "上交",
        "接收",
        "写协议",
        "签字盖章",
        "申请司法确认",
        "法院裁定确认有效",
        "回访",
        "结案",
    ):
        assert words in result.stdout
    assert office.count_rows() == before, "the story is none of the office's business"
    names = [path.name for path in (tmp_path / "out").glob("*.pdf")]
    assert sum("escalation_form" in name for name in names) == 2
    assert sum("session_record" in name for name in names) == 7
    [agreement] = (tmp_path / "out").glob("*-agreement.pdf")
    text = (
        "".join(page.extract_text() for page in PdfReader(agreement).pages).replace("\n", "").replace(" ", "")
    )
    for told in ("罗建平", "张䶮", "胡𬭎", "孙㛃", "阿不来提·阿不都热西提", "肖长发", "849,300.00"):
        assert told in text


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("args", [[], ["--workers", "2"]])
def test_it_serves_and_stops_when_told(office: Office, args: list[str], tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "MEDIATION_INSTANCE": str(office.instance)}
    command = [sys.executable, "-c", "from mediation.commands import main; main()", "serve", *args]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            assert ask(f"http://127.0.0.1:{port}/healthz", server) == 200
            if not args:
                second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
                assert second.returncode == 1
                assert f"端口{port}" in second.stderr
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)  # a process that is still starting on a busy machine is given half a minute first
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def test_the_worker_renders_what_was_just_issued_and_stops_when_told(office: Office, tmp_path: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    case = next(demo.write_cases(date.today()))
    office.import_cases(
        {**case, "organization": VILLAGE, "filed_at": now, "events": [{"do": "accept", "at": now}]}
    )
    environment = {**os.environ, "MEDIATION_INSTANCE": str(office.instance)}
    command = [sys.executable, "-c", "from mediation.commands import main; main()", "worker"]
    with (tmp_path / "log").open("wb") as log:
        worker = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(lambda: office.ask("SELECT count(*) FROM documents WHERE sha256 IS NULL") == [(0,)])
        finally:
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(40) == 0
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def wait_for(done: Callable[[], bool]) -> None:
    """Until something has happened, half a minute at most."""
    until = time.monotonic() + 30
    while not done():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def ask(address: str, server: subprocess.Popen[bytes]) -> int:
    """The status of a page, as soon as the server answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.URLError:
            pass
    raise AssertionError("the server does not answer")
