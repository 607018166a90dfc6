"""代打印 as pages: what the office above is to print, and how far what we sent to it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

import documents
from mediation.access import cases_in_sight, to_print
from mediation.language import spoken
from mediation.models import Case, Document, PrintJob, User
from mediation.services import printing
from mediation.services.obligations import civil_day
from mediation.services.papers import title_of, title_with_which
from mediation.views.closing import count_copies_of
from mediation.views.formats import show_day, show_moment
from mediation.views.paging import Paged, page_of_rows
from mediation.views.titles import title_for

#: How long an order that is over is still told of.
REMEMBERED = timedelta(days=14)
HALVES = ((0, "afternoon"), (1, "morning"), (1, "afternoon"), (2, "morning"))


@dataclass(frozen=True)
class Line:
    """One paper of an order."""

    title: str
    copies: int
    void: bool


@dataclass(frozen=True)
class JobSeen:
    """An order as its printer or its sender reads it; the parties' names are only for the sender."""

    id: int
    number: str
    order: int
    title: str
    lines: list[Line]
    copies: int
    sender: str
    printer: str
    asked: str
    fetch: str
    note: str
    status: str  # waiting, printed, fetched, recalled, void
    words: str
    since: str


@dataclass(frozen=True)
class Queue:
    """What an office has to do with printing: for others, and what others do for it; each list has pages of its own."""

    waiting: Paged[JobSeen]
    ready: Paged[JobSeen]
    sent: Paged[JobSeen]


#: The lists of a queue, by the name under which an address asks for their pages.
LISTS = ("waiting", "ready", "sent")


def show_queue(session: Session, user: User, at: datetime, pages: Mapping[str, int]) -> Queue:
    """What waits here, the oldest first; what lies ready; what this office sent up.  pages: for each of LISTS."""
    here = _loaded().where(to_print(user, at)).order_by(PrintJob.asked_at, PrintJob.id)
    sent = (
        _loaded()
        .join(Case, Case.id == PrintJob.case_id)
        .where(PrintJob.sender_id == user.organisation_id, cases_in_sight(user, at))
        .where((PrintJob.ended_at.is_(None)) | (PrintJob.ended_at > at - REMEMBERED))
        .order_by(PrintJob.ended_at.is_not(None), PrintJob.asked_at.desc(), PrintJob.id.desc())
    )
    queries = (here.where(PrintJob.printed_at.is_(None)), here.where(PrintJob.printed_at.is_not(None)))
    # The parties' names are only for whoever sent it.
    waiting, ready = (
        page_of_rows(session, query, pages[name], lambda job: _seen(job, ""))
        for name, query in zip(LISTS, queries, strict=False)
    )
    return Queue(
        waiting,
        ready,
        page_of_rows(session, sent, pages["sent"], lambda job: _seen(job, title_for(job.case, user))),
    )


def _loaded() -> Any:
    return select(PrintJob).options(
        joinedload(PrintJob.sender),
        joinedload(PrintJob.printer),
        joinedload(PrintJob.case).selectinload(Case.documents).defer(Document.facts),
    )


def list_orders(case: Case) -> list[JobSeen]:
    """What was sent to be printed of a case, the newest first."""
    return [_seen(job, "") for job in reversed(case.print_jobs)]


def _seen(job: PrintJob, title: str) -> JobSeen:
    still = {row.number for row, _ in printing.papers_of(job)}
    lines = [
        Line(title_of(row), int(copies), number not in still)
        for number, copies in job.lines
        if (row := printing.find_paper(job.case, number)) is not None
    ]
    status = _status(job, bool(still))
    return JobSeen(
        id=job.id,
        number=job.case.public_number,
        order=job.number,
        title=title,
        lines=lines,
        copies=sum(line.copies for line in lines if not line.void),
        sender=job.sender.name,
        printer=job.printer.name,
        asked=f"{show_moment(job.asked_at)} {job.asked_by}",
        fetch=" ".join(part for part in (job.fetch_when, job.fetcher) if part),
        note=job.note,
        status=status,
        words=str(spoken("printing")[f"status_{status}"]),
        since=show_moment(job.ended_at or job.printed_at),
    )


def _status(job: PrintJob, counts: bool) -> str:
    if job.ended_at is not None:
        return "fetched" if job.fetched else "recalled"
    if job.printed_at is not None:
        return "printed"
    return "waiting" if counts else "void"


@dataclass(frozen=True)
class PaperToChoose:
    """A paper that can be sent, with how many copies are wanted."""

    number: int
    title: str
    issued: str
    copies: str
    chosen: bool
    url: str


def list_to_choose(case: Case, wanted: set[int], typed: Mapping[str, str] | None) -> list[PaperToChoose]:
    """Every paper that counts, in the order of the bound file.

    wanted: the numbers that are ticked; none at all: the whole set, but for what the printer has already.
    typed: what the form says, when it comes again.
    """
    sent = {number for job in case.print_jobs if job.ended_at is None for number, _ in job.lines}
    rows = [row for row in case.documents if row.superseded_at is None]
    rows.sort(key=lambda row: (documents.find_kind(row.type).order, row.number))
    return [
        PaperToChoose(
            row.number,
            title_with_which(row),
            show_moment(row.issued_at),
            typed.get(f"copies-{row.number}", "") if typed is not None else str(count_copies_of(row)),
            row.number in wanted or (typed is None and not wanted and row.number not in sent),
            url_for("papers.show", number=case.public_number, paper=row.number),
        )
        for row in rows
    ]


def fetch_times(at: datetime) -> list[tuple[str, str]]:
    """The next half days, as they are written down and as they are shown."""
    page, today = spoken("printing"), civil_day(at)
    found = []
    for ahead, half in HALVES:
        day = show_day(today + timedelta(days=ahead))
        # Written down without “tomorrow”: it is read on another day.
        kept = str(page["half_day"]).format(day=day, half=page[half])
        found.append((kept, str(page["half_day_near"]).format(kept=kept, near=page[f"in_{ahead}"])))
    return [*found, ("", str(page["not_known_yet"]))]
