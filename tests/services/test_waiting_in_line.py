"""Who waits in line to write holds up nobody who writes."""

from __future__ import annotations

import threading

from flask import Flask
from sqlalchemy import select

from mediation.database import db
from mediation.models import Counter, Organisation
from mediation.routes.transactions import writing


def test_a_writer_is_not_kept_from_its_commit_by_one_who_has_read_and_waits(app: Flask) -> None:
    has_read, errors = threading.Event(), []

    def read_and_wait() -> None:
        with app.test_request_context():
            try:
                db.session.scalars(select(Organisation)).first()
                has_read.set()
                with writing() as desk:
                    desk.session.add(Counter(scope="second", value=1))
                    db.session.commit()
            except Exception as error:
                errors.append(error)

    waiting = threading.Thread(target=read_and_wait)
    with app.test_request_context(), writing() as desk:
        waiting.start()
        has_read.wait(60)
        desk.session.add(Counter(scope="first", value=1))
        db.session.commit()  # on a rollback journal this waits for every reader to let go
    waiting.join()
    assert not errors
    with app.app_context():
        assert set(db.session.scalars(select(Counter.scope))) >= {"first", "second"}
