"""A case's rows give the check the same picture that a person would draw of them."""

from __future__ import annotations

from typing import Any

from mediation.models import Case
from mediation.services.readiness import findings_of
from tests.services.county import ANNA, COURT_NAME, PAY, SESSION, ZHANG, Office
from workflows.readiness import Finding

KNOWN: list[dict[str, Any]] = [
    {**ANNA, "id_type": "resident_id", "id_number": "430522198002290024", "gender": "female"},
    {**ZHANG, "id_type": "resident_id", "id_number": "430522198002290016", "gender": "male"},
]


def agreed(office: Office, clauses: list[dict[str, Any]] | None = None, **fields: Any) -> Case:
    """A case in which the second session brought an agreement, signed by all."""
    case = office.mediating(**{"parties": KNOWN} | fields)
    office.take(case, "hold_session", **SESSION | {"outcome": "agreed"})
    office.take(case, "agree", form="written", clauses=clauses or [PAY])
    return office.run(case, "sign")


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    """What the court would turn away; what is merely not scanned is left out."""
    return [(row.code, row.where) for row in found if row.severity == "must"]


def test_a_case_that_is_in_order_is_ready_before_and_after_it_is_filed(office: Office) -> None:
    case = agreed(office)
    assert codes(findings_of(case, office.now)) == []
    office.take(case, "apply_confirmation", court=COURT_NAME)
    assert codes(findings_of(case, office.now)) == []


def test_what_the_case_lacks_is_found_with_the_field(office: Office) -> None:
    bare = [{**ANNA, "phone": None}, {key: value for key, value in ZHANG.items() if key != "birth_date"}]
    case = agreed(office, parties=[{k: v for k, v in party.items() if v is not None} for party in bare])
    assert codes(findings_of(case, office.now)) == [
        ("identity_number", "parties[0].id_number"),
        ("phone", "parties[0].phone"),
        ("identity_number", "parties[1].id_number"),
        ("birth_date", "parties[1].birth_date"),
    ]


def test_signatures_are_missed_by_name_and_the_agreement_is_not_stopped(office: Office) -> None:
    case = office.agreed(parties=KNOWN)
    found = findings_of(case, office.now)
    assert ("party_unsigned", "parties[0].signature") in codes(found)
    assert ("seal_missing", "agreement.seal") in codes(found)
    office.run(case, "sign")
    assert case.agreement is not None
    assert case.agreement.state == "effective"


def test_after_the_thirty_days_it_is_late_but_what_was_filed_in_time_is_not(office: Office) -> None:
    case = agreed(office)
    office.go_to("2024-05-01")
    assert codes(findings_of(case, office.now)) == [("window_closed", "agreement.effective_on")]


def test_a_filing_keeps_its_day(office: Office) -> None:
    case = agreed(office)
    office.take(case, "apply_confirmation", court=COURT_NAME)
    office.go_to("2024-05-01")
    assert codes(findings_of(case, office.now)) == []


def test_a_vague_promise_is_found_in_the_clause_that_makes_it(office: Office) -> None:
    vague = {"text": "张䶮尽快清走砂石。", "kind": "do", "obligors": ["r1"]}
    found = findings_of(agreed(office, clauses=[PAY, vague]), office.now)
    assert codes(found) == [("vague_date", "clauses[1].text"), ("due_missing", "clauses[1].due")]


def test_papers_that_were_not_scanned_are_a_question_and_no_fault(office: Office) -> None:
    case = agreed(office)
    assert [(row.code, row.where) for row in findings_of(case, office.now)] == [
        ("identity_copy", "parties[0].identity"),
        ("identity_copy", "parties[1].identity"),
    ]
    file = {"sha256": "a" * 64, "size": 9, "media_type": "image/png", "pages": 1, "name": "证件.png"}
    for ref in ("a1", "r1"):
        office.keep(case, "add_file", {"kind": "identity", "title": "身份证", "file": file, "party": ref})
    assert findings_of(case, office.now) == []


def test_without_an_agreement_there_is_nothing_to_check(office: Office) -> None:
    assert findings_of(office.mediating(), office.now) == []
