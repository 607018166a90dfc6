"""Work that nobody has to wait for: papers just issued are rendered, packages for a court are made."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from documents import DocumentError
from mediation.clock import now
from mediation.database import db
from mediation.exporting import make_waiting_export
from mediation.models import Document
from mediation.rendering import Shelf, fetch_paper, shelf_of
from mediation.rounds import Rounds
from mediation.services.papers import PaperChanged

log = logging.getLogger(__name__)

#: Papers issued longer ago are rendered when somebody asks: a thousand old cases brought in at once must not keep the
#: machine from its work.
FRESH = timedelta(hours=1)
PAUSE_SECONDS = 2.0
BATCH = 8


def render_fresh_papers(app: Flask, given_up: set[int]) -> int:
    """Render some papers that were just issued, the newest first; returns how many were made.

    A paper that cannot be rendered is logged, noted in `given_up` and left: whoever opens it is told why.
    """
    with app.app_context():
        shelf: Shelf = shelf_of(app.extensions["mediation.settings"])
        wanted = db.session.scalars(
            select(Document.id)
            .where(
                Document.sha256.is_(None),
                Document.issued_at > now() - FRESH,
                Document.id.not_in(sorted(given_up)),
            )
            .order_by(Document.id.desc())
            .limit(BATCH)
        ).all()
        db.session.rollback()
        made = 0
        for document_id in wanted:
            if _render(shelf, document_id):
                made += 1
            else:
                given_up.add(document_id)
        return made


def _render(shelf: Shelf, document_id: int) -> bool:
    try:
        fetch_paper(db.session(), shelf, document_id)
    except (DocumentError, PaperChanged):
        log.exception("paper %s could not be rendered", document_id)
        return False
    return True


class Renderer(threading.Thread):
    """A quiet thread beside the embedded server; `mediation worker` runs the same as a process of its own."""

    def __init__(self, app: Flask) -> None:
        """Ready to start; it ends with the process, or when told to."""
        super().__init__(name="renderer", daemon=True)
        self._app = app
        self._told_to_stop = threading.Event()
        self._given_up: set[int] = set()
        self._rounds = Rounds()

    def run(self) -> None:
        """Render what is fresh, pack what a court waits for, make the rounds that are due, then rest a little."""
        while not self._told_to_stop.is_set():
            self._rounds.make(self._app)
            try:
                made = render_fresh_papers(self._app, self._given_up) + make_waiting_export(self._app)
            except Exception:
                # The database may be away for a while; the papers are still there when it is back.
                log.exception("no papers were rendered this time")
                made = 0
            if not made:
                self._told_to_stop.wait(PAUSE_SECONDS)

    def stop(self) -> None:
        """End after the paper in hand."""
        self._told_to_stop.set()
