"""Every condition: a case where it holds, and cases where it refuses or warns, with the words it says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import workflows
from tests.workflows.holding import HOLDS
from tests.workflows.makers import assert_plain_words, bare, case
from tests.workflows.refusing import REFUSES
from workflows import PartySeen, Workflow
from workflows.conditions import CONDITIONS


def test_every_condition_is_tried_both_ways() -> None:
    assert set(HOLDS) == set(CONDITIONS)
    assert set(REFUSES) == set(CONDITIONS)


def test_every_condition_says_what_it_is_about() -> None:
    assert [name for name, found in CONDITIONS.items() if not found.about] == []


def test_no_condition_lies_unused(workflow: Workflow) -> None:
    asked = {
        name
        for chart in (workflow.case, *workflow.parts.values())
        for step in chart.steps.values()
        for name in (*step.needs, *step.warns)
    }
    assert set(CONDITIONS) == asked


@pytest.mark.parametrize("name", HOLDS)
def test_it_holds(name: str, workflow: Workflow) -> None:
    for seen, bringing in HOLDS[name]:
        assert CONDITIONS[name].ask(seen, bringing, workflow) == ()


@pytest.mark.parametrize("name", REFUSES)
def test_it_refuses_in_words(name: str, workflow: Workflow) -> None:
    for seen, bringing, code, words in REFUSES[name]:
        reasons = CONDITIONS[name].ask(seen, bringing, workflow)
        assert code in [reason.code for reason in reasons]
        assert words in "".join(reason.zh for reason in reasons)
        for reason in reasons:
            assert_plain_words(reason)


def test_electronic_signing_never_settles_personal_status(workflow: Workflow) -> None:
    switched_on = replace(workflow, rules={**workflow.rules, "electronic_signing": True})
    ask = CONDITIONS["manner_allowed"].ask
    assert ask(case(dispute_type="contract"), bare(manner="electronic"), switched_on) == ()
    [reason] = ask(case(dispute_type="marriage_family"), bare(manner="electronic"), switched_on)
    assert reason.code == "electronic_never"
    assert_plain_words(reason)


def test_a_long_list_of_names_is_cut_with_its_count(workflow: Workflow) -> None:
    crowd = tuple(PartySeen(f"a{no}", f"工人{no}", "applicant") for no in range(42))
    [reason] = CONDITIONS["all_consent"].ask(case(parties=crowd), bare(consents=[]), workflow)
    assert "等42人没有同意" in reason.zh


def test_every_abbreviation_of_a_law_is_explained_in_the_policy() -> None:
    room = Path(workflows.__file__).parent
    head = (room / "policies" / "case.toml").read_text("utf-8").split("[policy]")[0]
    cited = "".join(p.read_text("utf-8") for p in room.glob("policies/*.toml"))
    cited = "".join(line for line in cited.splitlines(keepends=True) if not line.startswith("#"))
    cited += "\n".join(
        r for p in room.glob("conditions/*.py") for r in re.findall(r'source="([^"]*)"', p.read_text())
    )
    used = set(re.findall(r"\b([A-Z]{2,}\d*|[A-Z]\d{2})(?= \d|\(|（)", cited))
    assert {"PML", "CPL", "R75", "DV", "MIN"} <= used
    assert {name for name in used if not re.search(rf"\b{name} [\u4e00-\u9fff]", head)} == set()
