"""The parties stand on the papers in the order that the mediator gives them."""

from __future__ import annotations

import json

from tests.services.county import ANNA, PAY, ZHANG, Office, paper, person


def test_the_papers_name_them_in_the_new_order(office: Office) -> None:
    case = office.agreed(parties=[ANNA, ZHANG, person("r2", "李志刚")])
    office.take(case, "order_parties", parties=["a1", "r2", "r1"])
    assert [party.ref for party in case.parties] == ["a1", "r2", "r1"]
    office.session.flush()
    office.session.expire_all()
    assert [party.ref for party in case.parties] == ["a1", "r2", "r1"]
    office.take(case, "agree", form="written", clauses=[PAY])
    printed = json.loads(paper(case, "agreement").facts)["parties"]
    assert [row["name"] for row in printed] == ["古丽·买买提", "李志刚", "张䶮"]


def test_nobody_is_left_out_and_nobody_named_twice(office: Office) -> None:
    case = office.agreed()
    for wrong in (["a1"], ["a1", "a1"], ["a1", "r1", "x9"]):
        assert office.refuse(case, "order_parties", parties=wrong).codes == ["order_not_whole"]


def test_what_is_signed_keeps_its_order(office: Office) -> None:
    case = office.agreed()
    office.take(case, "sign", parties=["a1"])
    assert office.refuse(case, "order_parties", parties=["r1", "a1"]).codes == ["signed_already"]
