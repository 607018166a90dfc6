"""代打印: a village without a printer has papers printed by the office above, which sees these papers and no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mediation.models import Case, Document, PrintJob
from mediation.services import grants, papers
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused


def ask(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `ask_print`: an order in the queue of the office above, and a grant that opens its papers to it.

    Raises Refused where a paper is not there, or was replaced meanwhile.
    """
    printer = case.holder.parent
    if printer is None:
        raise LookupError("the workflow has made sure that there is an office above")
    lines = []
    for line in move.get("papers", ()):
        row = find_paper(case, line["paper"])
        if row is None or row.superseded_at is not None:
            raise _refused(
                change, "paper_gone", "有一份文书改过了，原来那份作废了。请重新勾选。",
                "One of these papers has been replaced; choose again.", "papers",
            )  # fmt: skip
        lines.append([row.number, line["copies"]])
    case.print_jobs.append(
        PrintJob(
            number=len(case.print_jobs) + 1,
            sender=case.holder,
            printer=printer,
            lines=lines,
            asked_by=by.name,
            asked_at=move.at,
            fetcher=move.text("fetcher"),
            fetch_when=move.text("fetch_when"),
            note=move.text("note"),
        )
    )
    grants.give(case, printer, "printer", move.at)


def tell_papers(case: Case, move: Move) -> Mapping[str, Any]:
    """What the history says besides the numbers: the papers by name, with their copies, and who fetches them."""
    named = []
    for line in move.get("papers", ()):
        row = find_paper(case, line["paper"])
        if row is not None:
            named.append(f"{papers.title_of(row)} {line['copies']}份")
    return {"matter": "、".join(named)}


def recall(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `recall_print`: it is no longer wanted."""
    _end(case, _find(case, change, move), move.at, fetched=False)


def mark_printed(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `print_done`: the papers lie there to be fetched."""
    job = _find(case, change, move)
    if job.printed_at is not None:
        raise _done_already(
            change, f"{job.printed_by}已经打印好了，不用再打一次。", "Somebody has printed it."
        )
    if not papers_of(job):
        raise _refused(
            change, "paper_gone", "这些文书都改过了，作废了，不用打印。请等村里重新发来。",
            "All of these papers have been replaced; there is nothing to print.", "order",
        )  # fmt: skip
    job.printed_at, job.printed_by = move.at, by.name


def mark_fetched(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The effect of `print_fetched`: somebody has them; the office that printed sees them no longer."""
    job = _find(case, change, move)
    if job.printed_at is None:
        raise _refused(
            change, "not_printed", "还没有打印，先点“已打印”。", "It has not been printed yet.", "order"
        )
    _end(case, job, move.at, fetched=True)


def call_off(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A case that is archived has nothing more to be printed elsewhere."""
    for job in case.print_jobs:
        if job.ended_at is None:
            _end(case, job, move.at, fetched=False)


def find_paper(case: Case, number: object) -> Document | None:
    """A paper of the case by its number."""
    return next((row for row in case.documents if row.number == number), None)


def papers_of(job: PrintJob) -> list[tuple[Document, int]]:
    """The papers of an order that still count, each with its copies."""
    found = []
    for number, copies in job.lines:
        row = find_paper(job.case, number)
        if row is not None and row.superseded_at is None:
            found.append((row, int(copies)))
    return found


def _end(case: Case, job: PrintJob, at: datetime, *, fetched: bool) -> None:
    job.ended_at, job.fetched = at, fetched
    if not any(row.ended_at is None and row.printer_id == job.printer_id for row in case.print_jobs):
        grants.end(case, "printer", at, job.printer)


def _find(case: Case, change: Change, move: Move) -> PrintJob:
    job = next((row for row in case.print_jobs if row.number == move.get("order")), None)
    if job is None:
        raise _refused(
            change, "order_unknown", "没有找到这次送印，请回到打印页面看一看。",
            "There is no such order; look at the list of orders.", "order",
        )  # fmt: skip
    if job.ended_at is not None:
        said = "已经取走了" if job.fetched else "已经不用打印了"
        raise _done_already(change, f"这次送印{said}，这一步不用再做。", "This order is over.")
    return job


def _done_already(change: Change, zh: str, en: str) -> Refused:
    return _refused(change, "order_over", zh, en, "order")


def _refused(change: Change, code: str, zh: str, en: str, where: str) -> Refused:
    return Refused("not_met", change.step.name, [Reason(code, zh, en, where=where)], change.step.zh)
