"""Which courts may be asked: by domicile, by the committee's place, and for pay by the committee's alone."""

from __future__ import annotations

import pytest

from workflows.courts import county_of, list_courts


@pytest.mark.parametrize(
    ("address", "county"),
    [
        ("湖南省邵阳市新邵县雀塘镇白水洞村3组", "新邵县"), ("广西桂林市临桂区万福路36号", "临桂区"),
        ("湖南省长沙市浏阳市永安镇", "浏阳市"), ("内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇", "鄂温克族自治旗"),
        ("新邵县酿溪镇", "新邵县"), ("雀塘镇石桥村1组", ""), ("长沙市某某小区5栋", ""),
    ],
)  # fmt: skip
def test_the_county_of_an_address_is_found(address: str, county: str) -> None:
    assert county_of(address) == county


def test_rule_33_the_committees_court_comes_first_and_each_party_adds_its_own_once() -> None:
    addresses = ["湖南省邵阳市隆回县桃洪镇", "隆回县六都寨镇", "新邵县雀塘镇"]
    assert [court.name for court in list_courts("新邵县", addresses)] == ["新邵县人民法院", "隆回县人民法院"]


def test_rule_33_pay_under_a_labour_contract_goes_to_the_committees_court_alone() -> None:
    [court] = list_courts("新邵县", ["隆回县桃洪镇"], committee_only=True)
    assert (court.name, court.source) == ("新邵县人民法院", "LDI 52")
