"""代打印: the office above prints these papers, sees nothing else, and only until somebody has fetched them."""

from __future__ import annotations

import pytest

from mediation.models import Case, PrintJob
from mediation.services import grants, history, printing
from mediation.services.people import By
from tests.services.county import TOWN, VILLAGE, Office
from tests.services.engines import KEYS
from workflows import Refused


def order(office: Office, case: Case, **facts: object) -> PrintJob:
    """Two copies of the first paper, sent to the town."""
    told = {"papers": [{"paper": 1, "copies": 2}], "fetcher": "王𬭎", "fetch_when": "明天上午", **facts}
    office.keep(case, "ask_print", told)
    return case.print_jobs[-1]


def at_the_printer(office: Office) -> By:
    """A mediator of the town, who looks on at no case of its villages."""
    return office.somebody(TOWN, "mediator")


def live(case: Case) -> list[str]:
    """What the town is to the case."""
    return sorted(row.kind for row in grants.live(case) if row.organisation.code == TOWN)


def test_an_order_tells_the_papers_the_copies_and_who_fetches_them(office: Office) -> None:
    case = office.run(office.file(), "accept")
    job = order(office, case, note="双面打印")
    assert (job.sender.code, job.printer.code) == (VILLAGE, TOWN)
    assert (job.lines, job.fetcher, job.fetch_when, job.note) == ([[1, 2]], "王𬭎", "明天上午", "双面打印")
    entry = case.entries[-1]
    assert entry.step == "ask_print"
    assert entry.facts["matter"].endswith(" 2份")
    assert history.faults_in_chain(case.case_no, case.entries, case.head_hash, case.steps_taken, KEYS) == []


def test_the_town_may_print_until_it_was_fetched(office: Office) -> None:
    case = office.run(office.file(), "accept")
    assert live(case) == ["above"]
    job = order(office, case)
    assert live(case) == ["above", "printer"]
    printer = at_the_printer(office)
    office.keep(case, "print_done", {"order": job.number}, who=printer)
    assert job.printed_by == printer.name
    assert live(case) == ["above", "printer"]
    office.keep(case, "print_fetched", {"order": job.number}, who=printer)
    assert (job.fetched, live(case)) == (True, ["above"])


def test_another_order_that_waits_keeps_the_printer_there(office: Office) -> None:
    case = office.run(office.file(), "accept")
    first, second = order(office, case), order(office, case, papers=[{"paper": 2, "copies": 1}])
    office.keep(case, "recall_print", {"order": first.number})
    assert live(case) == ["above", "printer"]
    office.keep(case, "recall_print", {"order": second.number})
    assert live(case) == ["above"]


def test_nobody_prints_twice_or_fetches_what_was_not_printed(office: Office) -> None:
    case = office.run(office.file(), "accept")
    job, printer = order(office, case), at_the_printer(office)
    with pytest.raises(Refused, match="还没有打印"):
        office.keep(case, "print_fetched", {"order": job.number}, who=printer)
    office.keep(case, "print_done", {"order": job.number}, who=printer)
    with pytest.raises(Refused, match="已经打印好了"):
        office.keep(case, "print_done", {"order": job.number}, who=printer)


def test_what_was_recalled_is_not_printed(office: Office) -> None:
    case = office.run(office.file(), "accept")
    job = order(office, case)
    order(office, case)
    office.keep(case, "recall_print", {"order": job.number})
    with pytest.raises(Refused, match="不用打印了"):
        office.keep(case, "print_done", {"order": job.number}, who=at_the_printer(office))


def test_a_town_that_was_not_asked_marks_nothing(office: Office) -> None:
    case = office.run(office.file(), "accept")
    with pytest.raises(Refused, match="代打印"):
        office.keep(case, "print_done", {"order": 1}, who=at_the_printer(office))


def test_a_paper_that_was_replaced_is_not_printed(office: Office) -> None:
    case = office.agreed()
    paper = next(row for row in case.documents if row.type == "agreement")
    job = order(office, case, papers=[{"paper": paper.number, "copies": 3}])
    assert [(row.number, copies) for row, copies in printing.papers_of(job)] == [(paper.number, 3)]
    office.run(case, "agree")
    assert printing.papers_of(job) == []
    with pytest.raises(Refused, match="作废"):
        office.keep(case, "print_done", {"order": job.number}, who=at_the_printer(office))
    with pytest.raises(Refused, match="请重新勾选"):
        order(office, case, papers=[{"paper": paper.number, "copies": 3}])


def test_an_office_with_none_above_prints_itself(office: Office) -> None:
    case = office.run(office.file("430522000000"), "accept")
    with pytest.raises(Refused, match="在本单位打印"):
        order(office, case)
