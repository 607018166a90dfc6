"""Numbers: no gap after a rollback, a run for each committee and year, a word of its own for each committee."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from mediation.models import Committee
from mediation.services import numbers
from tests.services.county import OTHER_VILLAGE, SAME_NAME, START, VILLAGE, Office
from workflows import Refused


def serial(number: str) -> int:
    return int(number.rstrip("号")[-4:])


def test_a_rollback_gives_its_number_back(office: Office) -> None:
    first = office.file()
    office.session.commit()
    lost = office.file()
    assert (serial(first.case_no), serial(lost.case_no)) == (1, 2)
    office.session.rollback()
    assert serial(office.file().case_no) == 2


def test_a_refused_filing_leaves_no_gap(office: Office) -> None:
    office.file()
    office.session.commit()
    child = {"ref": "a2", "role": "applicant", "kind": "person", "name": "小明", "birth_date": "2015-01-01"}
    with pytest.raises(Refused):
        office.file(parties=[child])
    office.session.rollback()
    again = office.file()
    assert serial(again.case_no) == 2
    assert again.public_number.split("-")[1] == "0002"


def test_each_committee_and_year_counts_for_itself(office: Office) -> None:
    here, there = office.file(VILLAGE), office.file(OTHER_VILLAGE)
    office.now = START.replace(year=2025)
    later = office.file(VILLAGE)
    assert [serial(case.case_no) for case in (here, there, later)] == [1, 1, 1]
    assert later.case_no.startswith("〔2025〕")
    assert len({case.public_number for case in (here, there, later)}) == 3


def test_the_year_is_that_of_the_calendar_in_china(office: Office) -> None:
    office.now = START.replace(month=12, day=31, hour=23, minute=59)
    assert office.file().case_no.startswith("〔2024〕")
    office.now = START.replace(year=2025, month=1, day=1, hour=0, minute=0)  # still 31 December in UTC
    assert office.file().case_no.startswith("〔2025〕")


def test_villages_of_one_name_never_share_a_word(office: Office) -> None:
    words = list(office.session.scalars(select(Committee.number_word)))
    assert len(words) == len(set(words))
    assert office.committee(SAME_NAME).number_word == "石桥村"
    assert office.committee(OTHER_VILLAGE).number_word == "酿溪镇石桥村"
    cases = [office.file(code) for code in (SAME_NAME, OTHER_VILLAGE)]
    assert cases[0].case_no != cases[1].case_no


def test_a_word_is_found_even_where_every_name_is_taken(office: Office) -> None:
    place = office.place(OTHER_VILLAGE)
    taken = {"石桥村", "酿溪镇石桥村", "新邵县酿溪镇石桥村"}
    assert numbers.choose_number_word(taken, place) == f"新邵县酿溪镇石桥村{OTHER_VILLAGE}"


def test_agreements_count_in_a_run_of_their_own_and_keep_a_number_given_by_hand(office: Office) -> None:
    case = office.agreed()
    assert case.agreement.number == "〔2024〕白水洞村人调协字第0001号"
    office.take(case, "agree", form="written", number="芙联合人调协字【2017】001号", clauses=[_clause()])
    assert (case.agreement.number, case.agreement.number_given) == ("芙联合人调协字【2017】001号", True)
    office.take(case, "agree", form="written", clauses=[_clause()])
    assert serial(case.agreement.number) == 2, "a given number draws none"


def _clause() -> dict[str, object]:
    return {"text": "今后互不往来。", "kind": "refrain"}
