"""Case files, replayed whole through the one door on both engines."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediation.casefile import FileRefused, bring_in
from mediation.models import Case, Entry, Party
from mediation.services import history
from mediation.services.desk import Desk
from tests.services.county import COUNTY, START, VILLAGE
from tests.services.engines import KEYS


def at(day: int, hour: int = 9) -> str:
    return f"2021-06-{day:02d}T{hour:02d}:00:00+08:00"


def worker(place: int) -> dict[str, Any]:
    return {
        "ref": f"a{place}", "role": "applicant", "kind": "person", "name": f"工友{place}", "birth_date": "1980-02-29",
        "represented_by": "a1", "claim_amount": "100.00",
        "agents": [{"name": "王𬭎", "authority": "special", "relation": "工友"}],
    }  # fmt: skip


PEOPLE = 12
WAGES: dict[str, Any] = {
    "format": "mediation-case/1", "external_id": "wages", "organization": VILLAGE, "source": "party",
    "dispute_type": "wage_arrears", "facts": "拖欠工资。", "claims": "付清工资。", "amount": "1200.00",
    "people": PEOPLE, "filed_at": at(3),
    "parties": [
        {"ref": "a1", "role": "applicant", "kind": "person", "name": "王𬭎", "birth_date": "1975-01-01"},
        *(worker(place) for place in range(2, PEOPLE + 1)),
        {"ref": "r1", "role": "respondent", "kind": "company", "name": "某建筑有限公司",
         "legal_representative": {"name": "张䶮", "title": "经理"}},
    ],
    "events": [
        {"do": "accept", "at": at(3, 10)},
        *({"do": "hold_session", "at": at(day), "mediators": ["李某"], "attended": ["a1", "r1"],
           "outcome": "no_agreement"} for day in (4, 5, 7)),
        {"do": "escalate", "at": at(7, 16), "ground": "attempts_exhausted"},
        {"do": "receive", "at": at(8)},
        {"do": "hold_session", "at": at(9), "mediators": ["赵某"], "attended": ["a1", "r1"], "outcome": "no_agreement"},
        {"do": "escalate", "at": at(9, 11), "ground": "major", "reason": "人数众多"},
        {"do": "receive", "at": at(10)},
        {"do": "hold_session", "at": at(11), "mediators": ["钱某"], "attended": ["a1", "r1"], "outcome": "agreed"},
        {"do": "agree", "at": at(11, 15), "form": "written", "clauses": [
            {"text": "公司付清工资1200元。", "kind": "pay", "obligors": ["r1"],
             "obligees": [f"a{place}" for place in range(1, PEOPLE + 1)], "joint": False, "amount": "1200.00",
             "due": "2021-10-10", "method": "bank_transfer",
             "shares": [{"party": f"a{place}", "amount": "100.00"} for place in range(1, PEOPLE + 1)]}]},
        {"do": "sign", "at": at(11, 16), "parties": ["a1", "r1"], "mediators": ["钱某"], "seal": True},
        {"do": "apply_confirmation", "at": at(15), "court": "新邵县人民法院"},
        {"do": "court_accept", "at": at(16), "number": "（2021）湘0522民特12号"},
        {"do": "court_confirm", "at": at(20), "ruling_number": "（2021）湘0522民特12号"},
        {"do": "perform", "at": "2021-10-09T09:00:00+08:00", "clause": 1, "amount": "1200.00", "paid_by": "r1"},
        {"do": "follow_up", "at": "2021-10-20T09:00:00+08:00", "note": "全部付清"},
        {"do": "close", "at": "2021-10-20T10:00:00+08:00"},
        {"do": "archive", "at": "2021-10-21T10:00:00+08:00"},
    ],
}  # fmt: skip


def test_a_group_goes_from_the_village_to_the_court(session: Session) -> None:
    found = bring_in(Desk(session, KEYS, START), WAGES)
    session.commit()
    case = found.case
    assert (case.state, case.level, case.holder.code) == ("archived", "county", COUNTY)
    assert len(found.codes) == PEOPLE + 1
    assert case.confirmation.state == "confirmed"
    assert {row.name for row in case.agreements[0].signatures if row.kind == "party"} == {
        "王𬭎",
        "某建筑有限公司",
    }
    assert len([row for row in case.documents if row.type == "delivery_address"]) == 2, (
        "a group is served as one"
    )
    session.expire_all()
    assert history.faults_in_chain(case.case_no, case.entries, case.head_hash, case.steps_taken, KEYS) == []
    again = bring_in(Desk(session, KEYS, START), WAGES)
    assert again.already and again.case is case


@pytest.mark.parametrize(
    ("event", "change", "where", "code"),
    [
        (4, {"ground": "whatever"}, "events[4].ground", "not_in_list"),
        (1, {"at": at(2)}, "events[1].at", "before_the_last"),
        (2, {"do": "agree", "form": "oral", "clauses": []}, "events[2]", ""),
        (11, {"parties": ["a1", "a99"]}, "events[11].parties[1]", "party_unknown"),
        (12, {"at": "2021-07-20T09:00:00+08:00"}, "events[12]", "window_closed"),
        (12, {"consents": ["a1"]}, "events[12].consents", "not_joint"),
        (15, {"amount": "1200.01"}, "events[15].amount", "beyond_promise"),
    ],
)
def test_a_file_that_breaks_a_rule_names_the_event_and_leaves_nothing(
    session: Session, event: int, change: dict[str, Any], where: str, code: str
) -> None:
    data = deepcopy(WAGES)
    data["events"][event].update(change)
    with pytest.raises(FileRefused) as caught:
        bring_in(Desk(session, KEYS, START), data)
    session.rollback()
    fault = caught.value.faults[0]
    assert fault.where.startswith(where), fault
    assert not code or code == "not_in_list" or fault.code == code
    assert fault.message.endswith("。")
    for kind in (Case, Party, Entry):
        assert session.scalar(select(func.count()).select_from(kind)) == 0
    assert bring_in(Desk(session, KEYS, START), WAGES).case.case_no.endswith("第0001号"), (
        "no number was used up"
    )
