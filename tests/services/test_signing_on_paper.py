"""Signed on paper: a scan for each page, and what was changed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from mediation.models import Agreement, Case
from mediation.services import scans
from mediation.services.readiness import findings_of
from tests.services.county import PAY, Office, paper, warned
from workflows import Refused


@pytest.fixture
def case(office: Office) -> Case:
    """A case whose agreement has been printed: three pages."""
    found = office.agreed()
    paper(found, "agreement").pages = 3
    return found


def agreement_of(case: Case) -> Agreement:
    assert case.agreement is not None
    return case.agreement


def file(mark: str, pages: int = 1) -> dict[str, Any]:
    return {
        "sha256": mark * 64,
        "size": 9,
        "media_type": "application/pdf",
        "pages": pages,
        "name": f"{mark}.pdf",
    }


def scan(office: Office, case: Case, mark: str, page: int | None = None, pages: int = 1) -> None:
    facts = scans.scan_facts(agreement_of(case), file(mark, pages), page)
    office.keep(case, "add_file", facts)


def test_there_is_a_slot_for_each_page_and_the_open_ones_are_told(office: Office, case: Case) -> None:
    agreement = agreement_of(case)
    assert [(slot.page, slot.scan) for slot in scans.slots_of(agreement)] == [(1, None), (2, None), (3, None)]
    scan(office, case, "a", page=2)
    assert scans.missing_slots(agreement) == [1, 3]
    scan(office, case, "b", page=1)
    scan(office, case, "c", page=3)
    assert scans.missing_slots(agreement) == []


def test_one_file_of_all_pages_fills_all_slots_and_a_page_taken_again_replaces_one(
    office: Office, case: Case
) -> None:
    agreement = agreement_of(case)
    scan(office, case, "a", pages=3)
    assert scans.missing_slots(agreement) == []
    scan(office, case, "b", page=2)
    kept = [slot.scan.sha256[0] for slot in scans.slots_of(agreement) if slot.scan]
    assert kept == ["a", "b", "a"]


@pytest.mark.parametrize(
    ("page", "pages", "code"), [(None, 2, "page_count"), (4, 1, "no_such_page"), (1, 3, "one_page_only")]
)
def test_a_scan_of_the_wrong_number_of_pages_is_refused_with_the_count(
    office: Office, case: Case, page: int | None, pages: int, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        scan(office, case, "a", page=page, pages=pages)
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert "3页" in refused.value.reasons[0].zh or "这一格" in refused.value.reasons[0].zh


def test_scans_belong_to_the_version_that_was_signed(office: Office, case: Case) -> None:
    scan(office, case, "a", pages=3)
    old = agreement_of(case)
    office.run(case, "agree")
    paper(case, "agreement").pages = 2
    assert scans.missing_slots(agreement_of(case)) == [1, 2]
    assert [row.sha256[0] for row in scans.scans_of(old)] == ["a"]


def test_pages_nobody_scanned_are_found_once_scanning_has_begun(office: Office, case: Case) -> None:
    assert "scan_pages" not in [row.code for row in findings_of(case, office.now)]
    scan(office, case, "a", page=1)
    found = next(row for row in findings_of(case, office.now) if row.code == "scan_pages")
    assert "第2、3页" in found.zh


def test_a_change_by_hand_is_kept_with_initials_and_the_paper_counts(office: Office, case: Case) -> None:
    agreement = agreement_of(case)
    assert not scans.differs_from_paper(agreement)
    taken = office.take(case, "note_handwriting", words="3000元改为3500元", page=1, clause=1, initials=["a1"])
    assert warned(taken) == ["initials_missing"]
    assert scans.differs_from_paper(agreement)
    change = agreement.changes[0]
    assert (change.number, change.page, change.clause_no, change.initials) == (1, 1, 1, ["a1"])
    assert scans.uninitialled(change) == ["张䶮"]
    assert "change_uninitialled" in [row.code for row in findings_of(case, office.now)]


def test_a_change_that_all_initialled_is_no_fault(office: Office, case: Case) -> None:
    office.take(case, "note_handwriting", words="更正门牌号", initials=["r1", "a1"])
    assert "change_uninitialled" not in [row.code for row in findings_of(case, office.now)]


def test_on_an_oral_agreement_nothing_is_changed_by_hand(office: Office) -> None:
    case = office.mediating()
    office.take(case, "agree", form="oral", clauses=[PAY])
    refused = office.refuse(case, "note_handwriting", words="改了", initials=["a1"])
    assert refused.codes == ["no_paper"]
