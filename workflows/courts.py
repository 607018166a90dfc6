"""Which courts may be asked to confirm: a party's domicile, the subject's place, the committee's (CPL 205; CPLI 352);
pay under a labour contract: the committee's alone (LDI 52)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: 湖南省邵阳市新邵县雀塘镇…: the county, the city district, the banner or the county-level city an address lies in.
_COUNTY = re.compile(r"([^省市州盟区县旗\s]{1,10}(?:自治县|县|区|旗|市))")
_NOT_COUNTIES = (
    "自治区",
    "社区",
    "小区",
    "园区",
    "街区",
    "校区",
    "厂区",
    "库区",
    "林区",
    "牧区",
    "新区",
    "开发区",
)


@dataclass(frozen=True, slots=True)
class Court:
    """A court that may be asked, and why."""

    name: str
    zh: str
    en: str
    source: str


def list_courts(
    committee_place: str, addresses: Iterable[str], *, committee_only: bool = False
) -> list[Court]:
    """The competent courts of first instance, the committee's first, each once.

    committee_place: the county the committee lies in. committee_only: a labour agreement about pay (LDI 52).
    """
    ground = ("调委会所在地", "the committee's place")
    found = [Court(f"{committee_place}人民法院", *ground, "LDI 52" if committee_only else "CPL 205")]
    if committee_only:
        return found
    for address in addresses:
        place = county_of(address)
        name = f"{place}人民法院"
        if place and all(court.name != name for court in found):
            found.append(Court(name, "当事人住所地", "a party's domicile", "CPL 205"))
    return found


def county_of(address: str) -> str:
    """The county-level place an address lies in; empty where it names none."""
    head = re.split(r"[乡镇村]|街道|路|街", address, maxsplit=1)[0]
    named = [part for part in _COUNTY.findall(head) if not part.endswith(_NOT_COUNTIES)]
    counties = [part for part in named if not part.endswith("市")] or named[1:]
    return counties[-1] if counties else ""
