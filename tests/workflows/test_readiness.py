"""Before a package leaves for the court: every planted fault is found, nothing is found where nothing is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.workflows.agreements import CLEAN, MONEY, agreement
from tests.workflows.planted import PLANTED
from workflows import readiness
from workflows.readiness.reading import read_yearly_rates, value_of


@pytest.mark.parametrize("name", CLEAN)
def test_an_agreement_that_is_in_order_gives_no_alarm(name: str) -> None:
    assert readiness.check(CLEAN[name]()) == []


@pytest.mark.parametrize("name", PLANTED)
def test_the_one_fault_is_found_with_its_field_and_nothing_else_is(name: str) -> None:
    picture, code, where = PLANTED[name]
    assert [(found.code, found.where) for found in readiness.check(picture)] == [(code, where)]


def test_there_are_sixty_faults_and_twenty_agreements_in_order() -> None:
    assert len(PLANTED) >= 60
    assert len(CLEAN) >= 20


def test_every_ground_of_the_law_has_a_planted_fault() -> None:
    planted = {readiness.check(picture)[0].ground for picture, _, _ in PLANTED.values()}
    assert planted | {"other"} == set(readiness.read_law().grounds)


def test_a_finding_says_what_is_wrong_who_mends_it_and_by_which_article() -> None:
    for picture, _, _ in PLANTED.values():
        for found in readiness.check(picture):
            assert found.zh.endswith("。")
            assert found.en.endswith(".")
            assert found.article
            assert found.who
            assert "{" not in found.zh + found.en + found.who
            assert found.severity in ("must", "doubt")


def test_the_table_has_twelve_checks_the_eleven_grounds_of_the_code_and_no_loose_ends() -> None:
    law = readiness.read_law()
    assert len(law.checks) == 12
    statutory = [row for row in law.grounds.values() if row.article.startswith(("CPLI 355", "CPLI 358"))]
    assert len(statutory) == 11
    assert {row.check for row in law.grounds.values()} == {row.code for row in law.checks}
    assert {row.ground for row in law.sentences.values()} <= set(law.grounds)


def test_an_agreement_with_nothing_left_to_do_is_pointed_at() -> None:
    done = readiness.check(agreement(replace(MONEY, done=True)))
    assert [(found.code, found.severity) for found in done] == [("already_performed", "doubt")]


def test_findings_come_in_the_order_in_which_a_court_reads() -> None:
    picture = agreement(replace(MONEY, due=None, text="尽快付3000元。"), court="")
    checks = [found.check for found in readiness.check(replace(picture, today=date(2026, 1, 1)))]
    assert checks == ["window", "court", "definite", "definite"]


@pytest.mark.parametrize(
    ("capitals", "worth"),
    [
        ("叁仟元整", "3000"),
        ("壹拾贰万叁仟肆佰伍拾陆元柒角捌分", "123456.78"),
        ("拾元", "10"),
        ("贰亿零伍拾万圆整", "200500000"),
        ("伍角", "0.5"),
        ("零元整", None),
        ("正角", None),
    ],
)
def test_sums_in_capitals_are_read(capitals: str, worth: str | None) -> None:
    assert value_of(capitals) == (Decimal(worth) if worth else None)


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("按年利率6%计息", [6]),
        ("月息2分", [24]),
        ("月息8厘", [9.6]),
        ("年息一成、年息1分", [10]),
        ("每日万分之五的违约金", []),
        ("每年6%的物业费", []),
    ],
)
def test_rates_of_interest_are_read_by_the_year(text: str, rates: list[float]) -> None:
    assert read_yearly_rates(text) == rates
