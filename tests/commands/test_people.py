"""`mediation organizations import` and `mediation users add`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offices import COUNTY, DIVISIONS, VILLAGE, Office


def test_a_table_can_be_read_again_and_changes_nothing(office: Office) -> None:
    before = office.count_rows()
    result = office.run("organizations", "import", "-", stdin=DIVISIONS)
    assert "新增0个" in result.stdout
    assert office.count_rows() == before


def test_a_table_in_gbk_is_understood(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes("code,name,level,parent_code\n430522103,陈家坊镇,town,430522\n".encode("gbk"))
    office.run("organizations", "import", file)
    assert office.ask("SELECT name FROM organisations WHERE code = '430522103000'") == [("陈家坊镇",)]


def test_every_organisation_gets_its_committee(office: Office) -> None:
    names = {name for (name,) in office.ask("SELECT name FROM committees")}
    assert "新邵县严塘镇大源村人民调解委员会" in names
    assert len(names) == 6


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("code,name,level\n430522,新邵县,county\n", "parent_code"),
        ("code,name,level,parent_code\n43x,某镇,town,430522\n", "第2行"),
        ("code,name,level,parent_code\n430522104,潭溪镇,planet,430522\n", "planet"),
        ("code,name,level,parent_code\n430523101,某镇,town,430523\n", "430523"),
        ("", "code"),
    ],
)
def test_a_faulty_table_is_refused_whole(office: Office, table: str, words: str) -> None:
    before = office.count_rows()
    result = office.run("organizations", "import", "-", stdin=table, expect=1)
    assert words in result.stderr
    assert "一行也没有导入" in result.stderr
    assert office.count_rows() == before


def add(office: Office, expect: int = 0, **values: str) -> str:
    chosen = {"name": "林一", "phone": "13900000321", "role": "mediator", "organization": VILLAGE} | values
    return office.run(
        "users", "add", *(f"--{key}={value}" for key, value in chosen.items()), expect=expect
    ).output


def test_a_new_user_gets_a_first_password(office: Office) -> None:
    assert "初始密码：" in add(office)
    assert office.ask("SELECT name, role, must_change_password FROM users") == [("林一", "mediator", 1)]


def test_a_phone_number_logs_in_one_person(office: Office) -> None:
    add(office)
    assert "已经有用户" in add(office, expect=1, name="林二", phone="+86 139-0000-0321")


def test_a_court_is_founded_with_its_first_user(office: Office) -> None:
    add(office, role="court", organization="新邵县人民法院")
    add(office, role="court", organization="新邵县人民法院", phone="13900000322")
    rows = office.ask("SELECT o.name, o.kind, p.code FROM organisations o JOIN organisations p ON p.id = o.parent_id "
                      "WHERE o.kind = 'court'")  # fmt: skip
    assert rows == [("新邵县人民法院", "court", COUNTY)]


@pytest.mark.parametrize(
    ("values", "words", "code"),
    [
        ({"phone": "139"}, "位", 1),
        ({"role": "king"}, "只能是", 2),
        ({"organization": "999999"}, "没有代码", 1),
        ({"organization": "没有的村"}, "没有代码", 1),
        ({"role": "court"}, "不是法院", 1),
        ({"name": "甄\u200b某"}, "看不见", 1),
    ],
)
def test_what_is_wrong_with_a_user_is_said(
    office: Office, values: dict[str, str], words: str, code: int
) -> None:
    assert words in add(office, expect=code, **values)
    assert office.ask("SELECT count(*) FROM users") == [(0,)]
