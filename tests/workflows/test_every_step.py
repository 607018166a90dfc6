"""Every step, in every state, for every role and office: it is offered and works, or refused with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import workflows
from tests.workflows.makers import actor_for, assert_plain_words, bare, case, everybody, move, ready_for
from workflows import Actor, Move, Refused, Situation, Step, Workflow
from workflows.conditions import CONDITIONS

STEPS = tuple(workflows.load().case.steps)


def _offered(workflow: Workflow, seen: Situation, by: Actor, bringing: Move, name: str) -> bool | None:
    """True offered, False refused with reasons, None not shown at all."""
    return next((o.offered for o in workflow.options(seen, by, bringing) if o.step.name == name), None)


def _refusal(workflow: Workflow, seen: Situation, by: Actor, bringing: Move, name: str) -> Refused:
    with pytest.raises(Refused) as caught:
        workflow.take(seen, name, by=by, move=bringing)
    refused = caught.value
    assert refused.reasons, refused
    for reason in refused.reasons:
        assert_plain_words(reason)
    return refused


def _ways(step: Step, seen: Situation) -> set[str]:
    return {"": {seen.state}, "back": {seen.previous_state}}.get(step.target, {step.target})


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_offered_and_works_or_is_refused_with_a_reason(name: str, workflow: Workflow) -> None:
    step = workflow.case.steps[name]
    bringing = move(name)
    for state in workflow.case.states:
        seen = ready_for(step, state, workflow)
        for by in everybody():
            offered = _offered(workflow, seen, by, bringing, name)
            if by.may_take(step) and state in step.sources:
                assert offered is (None if step.after else True), (state, by)
                change = workflow.take(seen, name, by=by, move=bringing)
                assert change.before == state
                assert change.after in _ways(step, seen)
                assert change.after in workflow.case.states
                continue
            assert offered is None, (state, by)
            refused = _refusal(workflow, seen, by, bringing, name)
            assert refused.kind == ("not_now" if by.may_take(step) else "not_yours"), (state, by)
            assert refused.title == step.zh


@pytest.mark.parametrize("name", STEPS)
def test_whoever_may_not_take_a_step_is_told_who_may(name: str, workflow: Workflow) -> None:
    step = workflow.case.steps[name]
    for by in everybody():
        if not by.may_take(step):
            refused = _refusal(workflow, ready_for(step, step.sources[0], workflow), by, move(name), name)
            assert refused.kind == "not_yours"
            assert "由" in refused.reasons[0].zh


@pytest.mark.parametrize("name", STEPS)
def test_a_form_left_empty_is_refused_by_its_fields_and_by_nothing_else(
    name: str, workflow: Workflow
) -> None:
    step = workflow.case.steps[name]
    seen = ready_for(step, step.sources[0], workflow)
    try:
        workflow.take(seen, name, by=actor_for(step), move=bare())
    except Refused as refused:
        assert refused.kind == "not_met"
        assert all(reason.where for reason in refused.reasons), refused.reasons
        for reason in refused.reasons:
            assert_plain_words(reason)
    else:
        # only steps that ask for nothing of this go through
        assert not {"reason_given", "note_given", "matter_given"} & set(step.needs)


@pytest.mark.parametrize("name", STEPS)
def test_an_offer_and_the_step_itself_say_the_same(name: str, workflow: Workflow) -> None:
    step = workflow.case.steps[name]
    by, bringing = actor_for(step), move(name)
    troubles: tuple[dict[str, Any], ...] = (
        {"parties": ()},
        {"rights_told": False},
        {"receiver": ""},
        {"suspicion": "虚假调解"},
        {"level": "county"},
        {"returned": 1},
        {"open_reports": ("疑似家庭暴力",)},
        {"open_referrals": 0},
        {"agreement": None, "confirmation": None},
    )
    for trouble in troubles:
        seen = replace(ready_for(step, step.sources[0], workflow), **trouble)
        option = next((o for o in workflow.options(seen, by, bringing) if o.step.name == name), None)
        if option is None:
            assert step.after or step.drives, "only a step on a part that is not there may be hidden"
        elif option.missing:
            refused = _refusal(workflow, seen, by, bringing, name)
            assert refused.kind == "not_met"
            assert set(option.missing) <= set(refused.reasons)


def test_a_step_that_is_not_in_the_policy_is_unknown(workflow: Workflow) -> None:
    refused = _refusal(workflow, case(), actor_for(workflow.case.steps["agree"]), move(), "vote")
    assert refused.kind == "unknown"
    assert "“vote”" in refused.reasons[0].zh


def test_a_refusal_tells_every_reason_at_once(workflow: Workflow) -> None:
    step = workflow.case.steps["hold_session"]
    seen = case(rights_told=False, mediators=())
    refused = _refusal(workflow, seen, actor_for(step), bare(), "hold_session")
    assert [reason.code for reason in refused.reasons] == [
        "rights_not_told",
        "no_mediator",
        "outcome_missing",
        "attendance_missing",
    ]


def test_a_button_does_not_ask_for_the_form_before_it_is_filled_in(workflow: Workflow) -> None:
    by = actor_for(workflow.case.steps["agree"])
    for option in workflow.options(case(), by, bare()):
        for reason in option.missing:
            asked = [n for n in option.step.needs if reason in CONDITIONS[n].ask(case(), bare(), workflow)]
            assert any(not CONDITIONS[n].asks_the_move for n in asked), (option.step.name, reason)


def test_a_case_that_forgot_where_it_was_is_not_sent_back_by_guess(workflow: Workflow) -> None:
    step = workflow.case.steps["resume"]
    seen = case(state="paused", previous_state="")
    refused = _refusal(workflow, seen, actor_for(step), move(), "resume")
    assert [reason.code for reason in refused.reasons] == ["way_back_unknown"]


def test_a_level_the_policy_does_not_have_is_refused(workflow: Workflow) -> None:
    step = workflow.case.steps["delegate"]
    refused = _refusal(workflow, case(), actor_for(step), move("delegate", to_level="province"), "delegate")
    assert [reason.code for reason in refused.reasons] == ["no_such_level"]
    top = case(state="handed_up", level="county")
    refused = _refusal(workflow, top, actor_for(workflow.case.steps["receive"]), move(), "receive")
    assert [reason.code for reason in refused.reasons] == ["no_such_level"]


def test_who_is_to_help_is_named_once(workflow: Workflow) -> None:
    refused = _refusal(workflow, case(parties=()), actor_for(workflow.case.steps["agree"]), bare(), "agree")
    for reason in refused.reasons:
        said = reason.in_words("zh")
        assert said.count(reason.who) == 1 if reason.who else said == reason.zh
        assert reason.in_words("en") == reason.en
