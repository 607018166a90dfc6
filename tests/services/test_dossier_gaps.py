"""The bound file says what it still lacks, before the case is closed."""

from __future__ import annotations

from typing import Any

from mediation.models import Case
from mediation.services import scans
from mediation.services.dossier import dossier_gaps, sheets_of
from tests.services.county import Office, paper


def must(case: Case) -> list[str]:
    return [gap.code for gap in dossier_gaps(case) if gap.must]


def file(mark: str, pages: int = 1, media_type: str = "image/jpeg") -> dict[str, Any]:
    return {"sha256": mark * 64, "size": 9, "media_type": media_type, "pages": pages, "name": f"{mark}.jpg"}


def test_what_is_lacking_grows_with_the_case_and_goes_as_it_is_supplied(office: Office) -> None:
    case = office.performing()
    assert must(case) == ["identity", "agreement_signed", "follow_up"]
    for mark, ref in (("a", "a1"), ("b", "r1")):
        office.keep(
            case, "add_file", {"kind": "identity", "title": "身份证", "file": file(mark), "party": ref}
        )
    paper(case, "agreement").pages = 2
    assert next(gap.zh for gap in dossier_gaps(case) if gap.code == "agreement_signed") == (
        "签好的协议书（第1、2页还没拍）"
    )
    assert case.agreement is not None
    office.keep(case, "add_file", scans.scan_facts(case.agreement, file("c", pages=2)))
    office.run(case, "follow_up")
    assert must(case) == []


def test_a_case_that_failed_needs_its_notice_and_no_agreement(office: Office) -> None:
    case = office.run(office.mediating(), "terminate")
    assert must(case) == ["identity"]


def test_whose_identity_is_not_proved_is_named(office: Office) -> None:
    case = office.mediating()
    office.keep(case, "add_file", {"kind": "identity", "title": "身份证", "file": file("a"), "party": "a1"})
    gap = next(gap for gap in dossier_gaps(case) if gap.code == "identity")
    assert gap.zh == "当事人身份证明（张䶮）"
    assert gap.who == "张䶮"


def test_papers_scans_and_files_are_all_bound_and_what_was_replaced_says_so(office: Office) -> None:
    case = office.performing()
    paper(case, "agreement").pages = 1
    assert case.agreement is not None
    office.keep(case, "add_file", scans.scan_facts(case.agreement, file("c")))
    office.keep(
        case, "add_file", {"kind": "evidence", "title": "录音", "file": file("d", media_type="audio/mp4")}
    )
    office.keep(case, "add_file", {"kind": "receipt", "title": "收条", "file": file("e"), "party": "a1"})
    office.run(case, "agree")
    told = [(sheet.title, sheet.kind, sheet.note) for sheet in sheets_of(case)]
    assert ("人民调解协议书（第1份）", "agreement", "已作废") in told
    assert ("人民调解协议书（第2份）", "agreement", "") in told
    assert ("收条（古丽·买买提）", "receipt", "") in told
    assert not [title for title, _, _ in told if "录音" in title]
