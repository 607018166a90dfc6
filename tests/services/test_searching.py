"""What a case is found by."""

from __future__ import annotations

import pytest

from mediation.services.searching import plain, terms_of_name


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王建国", "王"),
        ("王建国", "建国"),
        ("王建国", "wjg"),
        ("王建国", "jg"),
        ("单田芳", "stf"),
        ("曾国强", "zgq"),
        ("解晓东", "xxd"),
        ("仇大娘", "qdn"),
        ("欧阳小明", "oyxm"),
        ("买买提·艾力", "买买提艾力"),
        ("买买提·艾力", "艾力"),
        ("安徽恒达建材有限公司", "恒达"),
        ("安徽恒达建材有限公司", "hdjc"),
        ("John Smith", "john"),
        ("张䶮", "张䶮"),
        ("𬭎㛃", "𬭎"),
    ],
)
def test_a_name_is_found_by_what_people_type(name: str, typed: str) -> None:
    assert any(term.startswith(plain(typed)) for term in terms_of_name(name)), sorted(terms_of_name(name))


def test_a_long_name_does_not_fill_the_index() -> None:
    assert len(terms_of_name("重庆市万州区单解乐曾朴盖查任宁股份有限公司" * 4)) <= 30
