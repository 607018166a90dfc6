"""A party's data are put right until somebody has signed; the history says what changed, and no personal number."""

from __future__ import annotations

import json
from datetime import date

from mediation.casefile import bring_in
from mediation.casefile_export import write_case
from tests.makers import id_number
from tests.services.county import ANNA, Office, person

NUMBER = id_number(17, "19620307")


def test_a_number_tells_the_birth_date_and_the_sex(office: Office) -> None:
    case = office.mediating(
        parties=[ANNA, {"ref": "r1", "role": "respondent", "kind": "person", "name": "李志刚"}]
    )
    office.take(case, "update_party", party="r1", kind="person", id_number=NUMBER, address="石泉村3组")
    party = case.parties[1]
    assert (party.id_number, party.birth_date, party.gender) == (NUMBER, date(1962, 3, 7), "male")
    assert party.id_number_hash
    assert party.phone is None
    facts = case.entries[-1].facts
    assert {"field": "id_number", "hidden": True} in facts["changes"]
    assert {"field": "birth_date", "before": None, "after": "1962-03-07"} in [
        {**change, "before": change.get("before")} for change in facts["changes"] if "after" in change
    ]
    said = json.dumps(facts, ensure_ascii=False)
    assert NUMBER not in said
    assert "石泉村3组" not in said


def test_the_title_follows_a_name_and_a_title_of_ones_own_stays(office: Office) -> None:
    case = office.file()
    office.take(case, "update_party", party="r1", kind="person", name="张龑")
    assert case.title == "古丽·买买提与张龑邻里纠纷"
    named = office.file(title="水沟纠纷")
    office.take(named, "update_party", party="r1", kind="person", name="张龑")
    assert named.title == "水沟纠纷"


def test_agents_and_guardians_are_replaced_and_keep_the_phone_nobody_saw(office: Office) -> None:
    agent = {"name": "方某", "authority": "special", "phone": "13900000009"}
    case = office.mediating(parties=[ANNA, {**person("r1", "张䶮"), "agents": [agent]}])
    office.take(
        case, "update_party", party="r1", kind="person",
        agents=[{"name": "方某", "authority": "general"}, {"name": "林某", "authority": "special"}],
    )  # fmt: skip
    found = [(row.name, row.authority, row.phone) for row in case.parties[1].agents]
    assert found == [("方某", "general", "13900000009"), ("林某", "special", None)]
    assert {"field": "agents", "before": "方某", "after": "方某、林某"} in case.entries[-1].facts["changes"]


def test_a_child_whose_age_shows_now_needs_a_guardian(office: Office) -> None:
    case = office.mediating()
    child = {"party": "r1", "kind": "person", "birth_date": "2015-01-01"}
    assert office.refuse(case, "update_party", **child).codes == ["guardian_missing"]
    office.take(case, "update_party", **child, guardians=[{"name": "大张", "relation": "父亲"}])
    assert case.parties[1].guardians[0].name == "大张"


def test_nothing_is_changed_under_a_signature(office: Office) -> None:
    case = office.agreed()
    office.take(case, "update_party", party="r1", kind="person", occupation="务农")
    office.take(case, "sign", parties=["a1"])
    refused = office.refuse(case, "update_party", party="r1", kind="person", occupation="木工")
    assert refused.codes == ["signed_already"]


def test_a_corrected_case_goes_out_and_comes_in_again(office: Office) -> None:
    case = office.mediating()
    office.take(case, "update_party", party="r1", kind="person", id_number=NUMBER, birth_date="1962-03-07")
    office.session.flush()
    file = write_case(case)
    again = bring_in(office.desk, file).case
    office.session.flush()
    assert write_case(again) == file
