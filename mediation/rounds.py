"""The rounds of the worker: notices go out, reminders are queued, what nobody needs any more is forgotten."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from flask import Flask

from mediation.clock import now
from mediation.config import Settings
from mediation.database import begin_writing, db, learn_sizes, write_gate
from mediation.gateways import Gateway, NotSent, gateway_of
from mediation.rendering import gate_of
from mediation.services import applying, court_access, guessing, outbox, promises_ahead, reminders, visits
from mediation.services.desk import Desk

log = logging.getLogger(__name__)
SEND_EVERY, REMIND_EVERY, LEARN_EVERY = timedelta(seconds=20), timedelta(minutes=10), timedelta(days=1)


class Rounds:
    """When each round was last made by this process."""

    def __init__(self) -> None:
        """None was made yet."""
        self._sent: datetime | None = None
        self._reminded: datetime | None = None
        self._learned: datetime | None = None

    def make(self, app: Flask) -> None:
        """Make the rounds that are due; a round that fails is made again the next time."""
        with app.app_context():
            at = now()
            try:
                if self._reminded is None or at - self._reminded >= REMIND_EVERY:
                    self._reminded = at
                    queue_reminders(app)
                if self._sent is None or at - self._sent >= SEND_EVERY:
                    self._sent = at
                    send_due(app)
                if self._learned is None or at - self._learned >= LEARN_EVERY:
                    self._learned = at
                    learn(app)
            except Exception as error:
                db.session.rollback()
                # Kind only: what stands in a notice is nobody's business in a log.
                log.error("the rounds were not made: %s", type(error).__name__)


def queue_reminders(app: Flask) -> int:
    """Reminders, cards and silences of today; returns how many were new."""
    settings: Settings = app.extensions["mediation.settings"]
    with app.app_context(), write_gate(gate_of(settings)):
        desk = _desk(app)
        count = reminders.remind(desk)
        applying.forget_old(desk)
        guessing.forget_old(desk)
        visits.forget_devices(desk)
        db.session.commit()
        promises_ahead.lay_out_more(_desk(app))
        db.session.commit()
        # In a transaction of its own: a race lost over a case must not keep the reminders back.
        court_access.end_due(_desk(app))
        db.session.commit()
    return count


def learn(app: Flask) -> None:
    """Let the database learn how large its tables have become."""
    settings: Settings = app.extensions["mediation.settings"]
    with app.app_context(), write_gate(gate_of(settings)):
        learn_sizes(db.engine)


def send_due(app: Flask, gateway: Gateway | None = None) -> int:
    """Send what is due; returns how many notices went out. Nothing is locked while a gateway takes its time."""
    settings: Settings = app.extensions["mediation.settings"]
    way = gateway or gateway_of(settings)
    with app.app_context(), write_gate(gate_of(settings)):
        letters = outbox.take_due(_desk(app), gateway=way is not None)
        db.session.commit()
    sent = 0
    for letter in letters:
        problem = _send(way, letter)
        with app.app_context(), write_gate(gate_of(settings)):
            desk = _desk(app)
            if problem:
                outbox.was_not_sent(desk, letter.notice_id, problem)
            else:
                outbox.was_sent(desk, letter.notice_id)
            db.session.commit()
        sent += not problem
    return sent


def _send(way: Gateway | None, letter: outbox.Letter) -> str:
    if way is None:
        return "no gateway"
    try:
        for phone in letter.phones:
            way.send(phone, letter.text)
    except NotSent as error:
        return str(error)
    return ""


def _desk(app: Flask) -> Desk:
    settings: Settings = app.extensions["mediation.settings"]
    begin_writing(db.session)
    return Desk(db.session(), app.extensions["mediation.keys"], now(), policy=settings.policy)
