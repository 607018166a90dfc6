"""What belongs into the bound file: a table that hangs together, and what it finds missing."""

from __future__ import annotations

import re

from workflows.dossier import find_gaps, read_table

WORDS = {"names": "张䶮", "pages": "第2页还没拍", "pages_en": ""}


def test_what_is_called_for_and_not_there_is_missing_with_who_can_supply_it() -> None:
    gaps = find_gaps({"accepted", "agreed_in_writing"}, {"paper:rights_notice", "file:evidence"}, WORDS)
    assert [(gap.code, gap.must) for gap in gaps] == [("register", True), ("agreement", True)]
    assert gaps[0].who == "登记人"


def test_what_is_not_called_for_is_not_missing() -> None:
    assert find_gaps(set(), set(), WORDS) == []


def test_any_of_the_things_that_satisfy_a_row_is_enough() -> None:
    assert find_gaps({"has_agent"}, {"file:authority"}, WORDS) == []
    assert find_gaps({"has_agent"}, {"paper:power_of_attorney"}, WORDS) == []
    assert [gap.code for gap in find_gaps({"has_agent"}, set(), WORDS)] == ["authority"]


def test_every_row_names_papers_that_exist_who_supplies_and_its_source() -> None:
    assert len({row.code for row in read_table()}) == len(read_table())
    for row in read_table():
        assert row.who
        assert row.source
        assert all(re.fullmatch(r"(paper|file|scan):[a-z_]+", one) for one in row.have)
        assert "{" not in row.zh.format(**WORDS)
