"""The page after registering or accepting: the number, what holds now, what one does next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from mediation.language import spoken
from mediation.models import Case, User
from mediation.services import steps
from mediation.services.obligations import civil_day
from mediation.services.people import By
from mediation.services.steps import workflow_of
from mediation.views.case import list_buttons, name_level
from mediation.views.closing import count_copies_of
from mediation.views.formats import show_day

#: Papers to hand over at once, with the words of their button.
TO_HAND_OVER = (("acceptance_notice", "print_acceptance"), ("rights_notice", "print_rights"))
#: Steps that usually follow, with the words of their button.
USUAL = (("schedule", "arrange_time"), ("hold_session", "record_now"))

_HEADINGS = {"filed": "filed_title", "accepted": "accepted_title"}


def show_done(case: Case, user: User, at: datetime) -> dict[str, Any]:
    """What the done page is told."""
    page = spoken("page")
    open_reports = [row for row in case.duties if row.kind == "report" and row.done_at is None]
    return {
        "number": case.public_number,
        "case_no": case.case_no,
        "title": case.title,
        "heading": str(page[_HEADINGS.get(case.state, "codes_title")]),
        "said": _said(case, at),
        "willing": case.state != "filed",
        "danger": bool(open_reports),
        "told": _told(case) if open_reports else [],
        "papers": _papers(case),
        **offer_printer(case, user, at),
        "steps": [
            (button.url, str(page[words]))
            for name, words in USUAL
            for button in list_buttons(case, user, at)
            if button.name == name and not button.reasons
        ],
    }


def offer_printer(case: Case, user: User, at: datetime, papers: Iterable[int] = ()) -> dict[str, str]:
    """The link for an office without a printer: where it leads, and its words; empty where nobody prints for it.

    papers: those that are ticked there; left out: all of them.
    """
    above = case.holder.parent
    there = any(row.superseded_at is None for row in case.documents)
    offered = {o.step.name for o in steps.options(case, by=By.user(user), at=at) if o.offered}
    if above is None or not there or "ask_print" not in offered:
        return {"print_url": "", "print_words": ""}
    return {
        "print_url": url_for("printing.choose", number=case.public_number, paper=list(papers)),
        "print_words": str(spoken("printing")["no_printer_send"]).format(printer=above.name),
    }


def show_ended(case: Case, user: User, at: datetime) -> dict[str, Any]:
    """What the page after an end is told: what is to be printed, in how many copies."""
    page = spoken("stepform")
    papers = (
        _to_print(case, "termination_notice", str(page["print_end"])) if case.state == "terminated" else []
    )
    heading = str(page[f"{case.state}_done"])
    return {"heading": heading, "papers": papers, **offer_printer(case, user, at)}


def _said(case: Case, at: datetime) -> str:
    page = spoken("page")
    if case.state == "filed":
        return str(page["filed_only"])
    limits = [row for row in case.deadlines if row.name == "level_limit" and row.stopped_at is None]
    if case.state != "accepted" or not limits:
        return ""
    limit = limits[-1].last_day
    said = str(page["filed_accepted"]).format(level=name_level(case), day=show_day(limit))
    first = _first_meeting(case, limit)
    if first < civil_day(at) or case.appointment is not None or case.sessions:
        return f"{page['accepted_now']}{said}"
    by = str(page["arrange_by"]).format(month=first.month, number=first.day, day=show_day(first))
    return by if first == limit else f"{by}{said}"


def _first_meeting(case: Case, limit: date) -> date:
    """By when the first session is to be arranged: some days after accepting, and never after the level's own limit."""
    moves = (row.at for row in reversed(case.entries) if row.after == "accepted" != row.before)
    accepted = next(moves, case.filed_at)
    days = int(workflow_of(case).rules.get("first_meeting_days", 3))
    return min(civil_day(accepted) + timedelta(days=days), limit)


def _told(case: Case) -> list[tuple[str, str]]:
    return [(one.name, one.phone or "") for one in case.holder.chain()[1:]]


def _papers(case: Case) -> list[tuple[str, str]]:
    page = spoken("page")
    return [paper for kind, words in TO_HAND_OVER for paper in _to_print(case, kind, str(page[words]))]


def _to_print(case: Case, kind: str, words: str) -> list[tuple[str, str]]:
    """Where the newest paper of a kind is, and its button with the copies; none where it does not count."""
    row = next((one for one in reversed(case.documents) if one.type == kind), None)
    if row is None or row.superseded_at is not None:
        return []
    url = url_for("papers.show", number=case.public_number, paper=row.number)
    return [(url, words.format(count=count_copies_of(row)))]
