"""A county with levels of its own works its cases under them, by one setting."""

from pathlib import Path

from mediation import create_app
from mediation.config import read_settings
from tests.offices import Office

FOUR_LEVELS = """code,name,level,parent_code
430522,新邵县,county,
430522101,严塘镇,town,430522
430522101202,大源村,village,430522101
430522101901,第三村民小组,group,430522101202
"""
PARTIES = [
    {"ref": "a1", "role": "applicant", "kind": "person", "name": "张䶮"},
    {"ref": "r1", "role": "respondent", "kind": "person", "name": "古丽·买买提"},
]


def test_a_case_climbs_from_the_group_to_the_county(tmp_path: Path) -> None:
    environment = {"MEDIATION_INSTANCE": str(tmp_path / "instance"), "MEDIATION_POLICY": "four-levels"}
    office = Office(tmp_path / "instance", create_app(read_settings(environment)))
    office.run("init")
    office.run("organizations", "import", "-", stdin=FOUR_LEVELS)
    climb = [
        {"do": "escalate", "at": "2026-03-0{}T09:00:00+08:00", "ground": "request", "reason": "各方要求"},
        {"do": "receive", "at": "2026-03-0{}T10:00:00+08:00"},
    ]
    events = [{"do": "accept", "at": "2026-03-01T10:00:00+08:00"}]
    events += [{**event, "at": event["at"].format(day)} for day in (2, 3, 4) for event in climb]
    case = {
        "format": "mediation-case/1",
        "organization": "430522101901",
        "dispute_type": "neighbourhood",
        "facts": "屋檐滴水",
        "filed_at": "2026-03-01T09:00:00+08:00",
        "parties": PARTIES,
        "events": events,
    }
    told = office.import_cases(case)[0]
    assert (told["level"], told["state"], told["errors"]) == ("county", "accepted", [])
    levels = office.ask("SELECT level FROM entries WHERE step = 'receive' ORDER BY number")
    assert [level for (level,) in levels] == ["village", "town", "county"]
    office.run("verify")
    office.close()


def test_a_level_the_policy_does_not_have_is_refused(tmp_path: Path) -> None:
    office = Office(
        tmp_path / "instance", create_app(read_settings({"MEDIATION_INSTANCE": str(tmp_path / "instance")}))
    )
    office.run("init")
    told = office.run("organizations", "import", "-", stdin=FOUR_LEVELS, expect=1)
    assert "group" in told.output + told.stderr
    office.close()
