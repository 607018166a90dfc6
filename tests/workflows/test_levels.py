"""The levels are data: a case climbs all of them, one at a time, whatever they are called."""

from __future__ import annotations

from dataclasses import replace

import pytest

import workflows
from tests.workflows.makers import actor, assert_plain_words, case, move
from workflows import Change, Refused, Role, Situation, Standing, Workflow

HOLDER = actor(Role.mediator, Standing.holder)
RECEIVER = actor(Role.mediator, Standing.receiver)
CHAINS = {
    "case": ["village", "town", "county"],
    "four-levels": ["group", "village", "town", "county"],
    "banner": ["village", "town", "county"],
}


def _after(seen: Situation, change: Change) -> Situation:
    return replace(
        seen,
        state=change.after,
        level=change.level_after,
        previous_state=change.before if change.step.remembers else seen.previous_state,
    )


def _hand_up(workflow: Workflow, seen: Situation) -> Situation:
    given = move("escalate", ground="attempts_exhausted", reason=None)
    change = workflow.take(seen, "escalate", by=HOLDER, move=given)
    assert change.level_after == seen.level, "nobody has received it yet"
    return _after(seen, change)


@pytest.mark.parametrize("name", CHAINS)
def test_a_case_climbs_every_level_and_skips_none(name: str) -> None:
    workflow = workflows.load(name)
    seen, climbed = case(level=workflow.levels[0].code), [workflow.levels[0].code]
    while workflow.above(seen.level):
        seen = replace(seen, attempts=workflow.level(seen.level).attempts)
        seen = _hand_up(workflow, seen)
        seen = _after(seen, workflow.take(seen, "receive", by=RECEIVER, move=move()))
        assert seen.state == "accepted"
        climbed.append(seen.level)
    assert climbed == CHAINS[name]
    with pytest.raises(Refused) as caught:
        workflow.take(seen, "escalate", by=HOLDER, move=move("escalate"))
    assert [reason.code for reason in caught.value.reasons] == ["at_the_top"]


@pytest.mark.parametrize("name", CHAINS)
def test_each_level_is_named_in_its_own_words(name: str) -> None:
    workflow = workflows.load(name)
    for level in workflow.levels[:-1]:
        seen = case(level=level.code, attempts=level.attempts - 1)
        with pytest.raises(Refused) as caught:
            workflow.take(seen, "escalate", by=HOLDER, move=move("escalate", ground="attempts_exhausted"))
        [reason] = caught.value.reasons
        assert reason.zh.startswith(f"{level.short}才调解{level.attempts - 1}次，满{level.attempts}次")


@pytest.mark.parametrize("name", CHAINS)
def test_the_levels_share_thirty_days(name: str) -> None:
    assert sum(level.days for level in workflows.load(name).levels) == 30


@pytest.mark.parametrize("name", CHAINS)
def test_a_case_comes_back_only_as_often_as_the_policy_says_and_then_the_top_decides(name: str) -> None:
    workflow = workflows.load(name)
    allowed, top = workflow.rules["returns_allowed"], workflow.levels[-1]
    waiting = case(state="handed_up", previous_state="accepted", level=workflow.levels[0].code)
    change = workflow.take(replace(waiting, returned=allowed - 1), "return", by=RECEIVER, move=move())
    assert (change.after, change.level_after) == ("accepted", waiting.level)
    with pytest.raises(Refused) as caught:
        workflow.take(replace(waiting, returned=allowed), "return", by=RECEIVER, move=move())
    [reason] = caught.value.reasons
    assert f"请{top.short}决定" in reason.zh
    assert reason.who == f"{top.zh}管理人员"
    assert_plain_words(reason)


def test_an_office_above_takes_a_case_up_to_its_own_level(workflow: Workflow) -> None:
    above = actor(Role.manager, Standing.above, level="county")
    change = workflow.take(case(), "take_up", by=above, move=move())
    assert (change.after, change.level_after) == ("accepted", "county")


def test_a_delegated_case_begins_anew_at_the_level_it_goes_to(workflow: Workflow) -> None:
    above = actor(Role.manager, Standing.above, level="county")
    change = workflow.take(case(level="county"), "delegate", by=above, move=move("delegate", to_level="town"))
    assert (change.after, change.level_after) == ("filed", "town")


def test_asking_for_a_level_that_is_not_there_names_those_that_are(workflow: Workflow) -> None:
    with pytest.raises(KeyError, match="village, town, county"):
        workflow.level("province")
