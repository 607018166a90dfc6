"""What masking promises: the documented look of each kind, one star a character, and never a name in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.masking import (
    mask_address,
    mask_company,
    mask_id_number,
    mask_name,
    mask_phone,
    split_characters,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王明", "王*"),
        ("王小明", "王*明"),
        ("欧阳小明", "欧**明"),
        ("买买提·艾力", "买****力"),
        ("John Smith", "J*** S****"),
        ("O'Brien", "O******"),
        ("王", "*"),
        ("A B", "***"),
        ("", ""),
        ("张䶮", "张*"),
        ("𠮷𩽾𬭳", "𠮷*𬭳"),
        ("葛\U000e0100城", "葛\U000e0100*"),  # a variation selector belongs to its character
        ("Jose\u0301 A\u0301lvarez", "J*** A\u0301******"),  # combining accents
        (" 王小明\u3000", "王*明"),
    ],
)
def test_a_name_keeps_its_ends(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("安徽宏达建材有限公司", "安徽**建材有限公司"),
        ("宏达建材有限公司", "宏*建材有限公司"),
        ("安徽建材有限公司", "安徽**有限公司"),
        ("新邵县雀塘镇宏达砖厂", "新邵县雀塘镇***厂"),
        ("湖南𠮷祥商贸有限公司", "湖南**商贸有限公司"),
        (
            "内蒙古自治区呼和浩特市宏达乳业（集团）股份有限公司",
            "内蒙古自治区呼和浩特市****（集团）股份有限公司",
        ),
        ("石泉村村民委员会", "石**村民委员会"),
        ("社会服务中心", "社***中心"),
        ("宏公司", "*公司"),
        ("宏达", "宏*"),
        ("Acme Ltd", "A*** L**"),
    ],
)
def test_a_unit_keeps_its_place_and_trade(name: str, masked: str) -> None:
    assert mask_company(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("340803199001011234", "340803********1234"),
        ("91350100M000100Y43", "913501********0Y43"),
        ("E12345678", "E1*****78"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_a_number_of_identity_keeps_six_and_four(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("13812345678", "138****5678"), ("0556-5551234", "055*****1234"), ("95588", "*****")],
)
def test_a_telephone_number_keeps_three_and_four(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@given(
    st.text(
        alphabet="王小明欧阳买提·艾力𠮷䶮有限公司安徽建材厂村AbC é\u0301\U000e0100", min_size=1, max_size=20
    )
)
def test_nothing_is_ever_shown_in_full(name: str) -> None:
    length = len(split_characters(name.strip()))
    for masked in (mask_name(name), mask_company(name)):
        assert len(split_characters(masked)) == length
        assert not length or "*" in masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("新邵县雀塘镇龙头村3组12号", "新邵县雀塘镇龙头村*****"),
        ("石泉村", "石泉村"),
        ("大坪路社区12栋3单元", "大坪路社区******"),
        ("新邵县酿溪镇大坪路88号", "新邵县酿溪镇******"),
        ("邵阳市大祥区城南路1号", "邵阳市********"),
        ("3组12号", "*****"),
        ("", ""),
    ],
)
def test_an_address_keeps_its_village_and_hides_the_house(address: str, masked: str) -> None:
    assert mask_address(address) == masked
