"""The worker's rounds: reminders are queued once, notices go out or are read out, and a call is ticked off."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import NoResultFound

from mediation import rounds
from mediation.config import read_settings
from mediation.database import db
from mediation.gateways import HttpGateway, LogGateway, MailGateway, NotSent, gateway_of
from mediation.models import Duty, Notice
from tests import makers
from tests.conftest import Clock
from tests.pages import Browser
from tests.residents import let_in, slip_for
from tests.routes.test_track import take


def texts(app: Flask, template: str) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Notice.text).where(Notice.template == template)))


def test_the_database_learns_once_a_day_how_large_its_tables_are(app: Flask, clock: Clock) -> None:
    def learned() -> int:
        with app.app_context():
            known = db.session.execute(
                text("SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_deadlines_of_case'")
            )
            return int(known.scalar_one().split()[0])

    made = rounds.Rounds()
    made.make(app)
    with pytest.raises(NoResultFound):  # an empty table has nothing to be learned
        learned()
    makers.make_case(app, state="mediating")
    clock.forward(hours=23)
    made.make(app)
    with pytest.raises(NoResultFound):
        learned()
    clock.forward(hours=2)
    made.make(app)
    assert learned() > 0


def test_a_reminder_is_queued_once_however_often_the_round_is_made(app: Flask, clock: Clock) -> None:
    makers.make_case(app, state="performing")  # in effect on 2 November; due on 31 December
    clock.at = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
    assert rounds.Rounds().make(app) is None
    first = texts(app, "N12")
    assert len(first) == 2 and "12月2日" in first[0]
    rounds.queue_reminders(app)
    assert texts(app, "N12") == first
    clock.at = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)
    rounds.queue_reminders(app)
    assert len(texts(app, "N16")) == 1 and "12月31日" in texts(app, "N16")[0]
    clock.at = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)
    rounds.queue_reminders(app)
    [late] = texts(app, "N17")
    assert "依法起诉" in late and "申请执行" not in late


def test_the_closing_window_is_told_at_fifteen_seven_three_and_one_days_once_each(
    app: Flask, clock: Clock
) -> None:
    makers.make_case(app, state="performing")  # the last day is 2 December
    for day, left in ((17, 15), (25, 7), (29, 3)):
        clock.at = datetime(2026, 11, day - 1, 2, 0, tzinfo=UTC)
        rounds.queue_reminders(app)
        before = len(texts(app, "N12"))
        clock.at = datetime(2026, 11, day, 2, 0, tzinfo=UTC)
        for _ in range(2):
            rounds.queue_reminders(app)
        told = texts(app, "N12")[before:]
        assert len(told) == 2 and all(f"还剩{left}天，最晚12月2日" in text for text in told)
    clock.at = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)  # nobody made a round on the first
    rounds.queue_reminders(app)
    clock.at = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
    rounds.queue_reminders(app)
    assert len(texts(app, "N12")) == 8 and "今天是最后一天，最晚12月2日" in texts(app, "N12")[-1]
    office = texts(app, "N26")
    assert len(office) == 4 and "请问问双方要不要申请" in office[0]
    assert all(len(text) <= 70 for text in [*office, *texts(app, "N12")])


def test_nobody_is_told_of_a_window_once_the_application_is_made(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="performing").public_number
    take(app, number, "apply_confirmation", court="望江县人民法院")
    clock.at = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
    rounds.queue_reminders(app)
    assert not texts(app, "N12") and not texts(app, "N26")


def test_the_day_before_a_meeting_those_asked_are_reminded(app: Flask, clock: Clock) -> None:
    number = makers.make_case(app, state="accepted").public_number
    meet = clock.at + timedelta(days=2)
    take(app, number, "schedule", meet_at=meet, place="111村调解室", attending=["a1", "r1"])
    rounds.queue_reminders(app)
    assert not texts(app, "N08")
    clock.forward(days=1)
    rounds.queue_reminders(app)
    rounds.queue_reminders(app)
    assert len(texts(app, "N08")) == 2 and "明天上午10:00在111村调解室" in texts(app, "N08")[0]


def test_ten_silent_days_become_a_duty_once_and_again_after_the_next_silence(
    app: Flask, clock: Clock
) -> None:
    number = makers.make_case(app, state="mediating").public_number
    for _ in range(2):
        rounds.queue_reminders(app)
    with app.app_context():
        [duty] = db.session.scalars(select(Duty).where(Duty.kind == "stale")).all()
        assert "天没有新进展" in duty.title
    take(app, number, "hold_session", mediators=["调解员甲"], attended=["a1", "r1"], outcome="no_agreement")
    clock.forward(days=11)
    rounds.queue_reminders(app)
    with app.app_context():
        assert len(db.session.scalars(select(Duty).where(Duty.kind == "stale")).all()) == 2


def test_without_a_gateway_the_mediator_reads_the_words_out(app: Flask) -> None:
    number = makers.make_case(app, state="filed").public_number
    take(app, number, "accept", mediators=["调解员甲"])
    assert rounds.send_due(app) == 0
    mediator = Browser(app).log_in("v111")
    page = mediator.get("/calls")
    assert "已受理，调解员调解员甲会联系您" in page.words() and "tel:13812340010" in page.text
    assert "已受理" not in Browser(app).log_in("v211").get("/calls").words()
    address = next(f.get("action", "") for f in page.all("form") if f.get("action", "").startswith("/calls/"))
    Browser(app).log_in("v211").post(address, [("csrf_token", "x")], 400)
    stranger = Browser(app).log_in("v211")
    stranger.post(address, [("csrf_token", stranger.token())], 404)
    mediator.send(page, address)
    with app.app_context():
        told = db.session.scalars(select(Notice).where(Notice.state == "told")).all()
        assert [row.told_by for row in told] == ["用户v111"]


def test_a_duty_to_a_party_is_ticked_off_by_the_office_that_holds_the_case(app: Flask) -> None:
    makers.make_case(app, state="mediating")
    rounds.queue_reminders(app)
    mediator = Browser(app).log_in("v111")
    page = mediator.get("/calls")
    mediator.send(page, "/duties/")
    with app.app_context():
        [duty] = db.session.scalars(select(Duty).where(Duty.kind == "stale")).all()
        assert duty.done_at is not None and duty.done_by == "用户v111"


@contextmanager
def listening(status: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    got: list[dict[str, Any]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append({**json.loads(body), "token": self.headers.get("Authorization")})
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/send", got
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_gateway_is_handed_number_and_text(app: Flask) -> None:
    number = makers.make_case(app, state="filed").public_number
    take(app, number, "accept", mediators=["调解员甲"])
    with listening(200) as (url, got):
        assert rounds.send_due(app, HttpGateway(url, "secret")) == 2
        assert rounds.send_due(app, HttpGateway(url, "secret")) == 0
    assert (
        got[0]["phone"] == "13812340010" and number in got[0]["text"] and got[0]["token"] == "Bearer secret"
    )


def test_a_gateway_that_fails_is_asked_again_and_nothing_is_said_in_the_log(
    app: Flask, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    take(app, makers.make_case(app, state="filed").public_number, "accept", mediators=["调解员甲"])
    with listening(500) as (url, got):
        assert rounds.send_due(app, HttpGateway(url, "")) == 0
        assert rounds.send_due(app, HttpGateway(url, "")) == 0
        clock.forward(minutes=2)
        rounds.send_due(app, HttpGateway(url, ""))
    assert len(got) == 4
    assert "13812340010" not in caplog.text and "已受理" not in caplog.text


class Post:
    """A mail server that keeps what it is given."""

    sent: ClassVar[list[Any]] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.host, self.port = host, port

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *args: object) -> None:
        """Nothing to close."""

    def starttls(self) -> None:
        """Pretend."""

    def login(self, name: str, password: str) -> None:
        self.sent.append((name, password))

    def send_message(self, mail: Any) -> None:
        self.sent.append(mail)


def test_a_mail_goes_to_the_number_at_the_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediation.gateways.smtplib.SMTP", Post)
    Post.sent.clear()
    MailGateway("smtp://box:p%40ss@mail.example:587", "调解 <a@example.cn>", "{phone}@sms.example").send(
        "13800000000", "您好"
    )
    login, mail = Post.sent
    assert login == ("box", "p@ss")
    assert mail["To"] == "13800000000@sms.example" and mail.get_content().strip() == "您好"


def test_settings_choose_the_way_out(tmp_path: Any) -> None:
    base = {"MEDIATION_INSTANCE": str(tmp_path)}
    assert gateway_of(read_settings(base)) is None
    assert isinstance(gateway_of(read_settings({**base, "MEDIATION_NOTICES": "log"})), LogGateway)
    assert isinstance(
        gateway_of(read_settings({**base, "MEDIATION_SMS_URL": "http://127.0.0.1:9/x"})), HttpGateway
    )
    mail = {"MEDIATION_SMTP_URL": "smtp://h", "MEDIATION_MAIL_TO": "{phone}@x"}
    assert isinstance(gateway_of(read_settings({**base, **mail})), MailGateway)
    with pytest.raises(NotSent):
        HttpGateway("http://127.0.0.1:9/nobody-listens", "").send("1", "x")


def test_a_bad_rating_waits_among_the_calls(app: Flask) -> None:
    number = makers.make_case(app, state="closed").public_number
    visitor = let_in(app, slip_for(app, number))
    visitor.send(visitor.get("/track/rating"), "/track/rating", [("score", "1")])
    assert "对办理不满意" in Browser(app).log_in("v111").get("/calls").words()
