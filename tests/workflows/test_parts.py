"""The agreement and the application to the court: each has a life of its own inside the case."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from typing import Any

import pytest

from tests.workflows.makers import AGREEMENT, EFFECTIVE, actor, actor_for, bare, case, move
from workflows import AgreementSeen, Change, ConfirmationSeen, Refused, Role, Situation, Standing, Workflow

HOLDER = actor(Role.mediator, Standing.holder)
COURT = actor(Role.court, Standing.court)


def _sign(workflow: Workflow, agreement: AgreementSeen, **ink: Any) -> AgreementSeen:
    """The agreement after somebody signed and after what the system does of itself."""
    seen = case(state="agreed", agreement=agreement)
    change = workflow.take(seen, "sign", by=HOLDER, move=bare(manner="fingerprint", **ink))
    assert change.part is not None
    signed = tuple(dict.fromkeys((*agreement.signed, *ink.get("parties", ()))))
    agreement = replace(
        agreement,
        state=change.part.after,
        signed=signed,
        mediator_signed=agreement.mediator_signed or bool(ink.get("mediators")),
        sealed=agreement.sealed or bool(ink.get("seal")),
    )
    followed = workflow.part_follows("agreement", "sign", replace(seen, agreement=agreement), bare())
    return replace(agreement, state=followed.after) if followed else agreement


def _effect(workflow: Workflow, agreement: AgreementSeen, after: str = "sign") -> Change | None:
    return workflow.take_of_itself(after, case(state="agreed", agreement=agreement), bare())


INK: tuple[dict[str, Any], ...] = (
    {"parties": ["a1"]},
    {"parties": ["r1"]},
    {"mediators": ["王𬭎"]},
    {"seal": True},
)


@pytest.mark.parametrize("order", list(permutations(INK)))
def test_the_agreement_takes_effect_with_the_last_signature_in_whatever_order(
    order: tuple[dict[str, Any], ...], workflow: Workflow
) -> None:
    agreement = AGREEMENT
    for ink in order[:-1]:
        agreement = _sign(workflow, agreement, **ink)
        assert _effect(workflow, agreement) is None
        assert agreement.state == ("drafted" if agreement.unsigned else "signed")
    change = _effect(workflow, _sign(workflow, agreement, **order[-1]))
    assert change is not None
    assert (change.before, change.after) == ("agreed", "performing")
    assert change.part is not None
    assert (change.part.step, change.part.after) == ("take_effect", "effective")
    assert "confirmation_window" in change.step.starts


def test_no_agreement_takes_effect_while_anything_is_missing(workflow: Workflow) -> None:
    for signed, mediator, seal in product([(), ("a1",), ("r1",), ("a1", "r1")], [False, True], [False, True]):
        agreement = replace(AGREEMENT, signed=signed, mediator_signed=mediator, sealed=seal)
        whole = len(signed) == 2 and mediator and seal
        assert (_effect(workflow, agreement) is not None) == whole


def test_nobody_can_put_an_agreement_into_effect_by_hand(workflow: Workflow) -> None:
    with pytest.raises(Refused) as caught:
        workflow.take(case(state="agreed", agreement=AGREEMENT), "take_effect", by=HOLDER, move=bare())
    assert caught.value.kind == "not_yours"
    assert "由系统办" in caught.value.reasons[0].zh


def test_an_oral_agreement_takes_effect_at_once(workflow: Workflow) -> None:
    oral = replace(AGREEMENT, form="oral")
    change = _effect(workflow, oral, after="agree")
    assert change is not None
    assert change.after == "performing"
    assert _effect(workflow, AGREEMENT, after="agree") is None


def test_a_later_agreement_supersedes_each_earlier_one_that_lives(workflow: Workflow) -> None:
    chart = workflow.parts["agreement"]
    for state in ("drafted", "signed", "effective"):
        assert chart.move("supersede", state) == "superseded"
    for state in ("superseded", "abandoned"):
        assert chart.move("supersede", state) is None


def test_ending_the_case_abandons_an_agreement_that_was_never_signed(workflow: Workflow) -> None:
    for name in ("terminate", "withdraw"):
        by = actor_for(workflow.case.steps[name])
        change = workflow.take(case(state="agreed", agreement=AGREEMENT), name, by=by, move=move(name))
        assert change.part is not None
        assert change.part.after == "abandoned"
        without = workflow.take(case(state="mediating"), name, by=by, move=move(name))
        assert without.part is None


def test_what_is_superseded_or_abandoned_stays_so(workflow: Workflow) -> None:
    chart = workflow.parts["agreement"]
    for state in ("superseded", "abandoned"):
        assert chart.states[state].final
        assert [name for name in chart.steps if chart.move(name, state)] == []


def _in_court(state: str) -> Situation:
    confirmation = ConfirmationSeen(state) if state else None
    return case(state="performing", agreement=EFFECTIVE, confirmation=confirmation)


def _answer(workflow: Workflow, state: str, name: str) -> str:
    by = COURT if name.startswith("court") else HOLDER
    change = workflow.take(_in_court(state), name, by=by, move=move(name))
    assert change.after == "performing"
    assert change.part is not None
    return change.part.after


def test_the_court_may_ask_for_more_as_often_as_it_likes(workflow: Workflow) -> None:
    state = _answer(workflow, "", "apply_confirmation")
    for name in ("court_request", "court_accept", "court_request", "court_accept", "court_request"):
        state = _answer(workflow, state, name)
    assert state == "supplement_asked"
    assert _answer(workflow, _answer(workflow, state, "court_accept"), "court_confirm") == "confirmed"


def test_the_court_confirms_only_what_it_has_accepted(workflow: Workflow) -> None:
    for state in ("", "filed", "supplement_asked", "confirmed", "refused", "withdrawn"):
        with pytest.raises(Refused) as caught:
            _answer(workflow, state, "court_confirm")
        assert caught.value.kind == "not_now"
        assert "司法确认申请" in caught.value.reasons[0].zh


def test_a_new_application_follows_a_refusal_or_a_withdrawal_but_no_ruling(workflow: Workflow) -> None:
    for state in ("refused", "withdrawn"):
        assert _answer(workflow, state, "apply_confirmation") == "filed"
    for state in ("filed", "supplement_asked", "accepted", "confirmed"):
        with pytest.raises(Refused) as caught:
            _answer(workflow, state, "apply_confirmation")
        assert [reason.code for reason in caught.value.reasons] == ["already_applied"]


def test_a_withdrawn_or_rejected_application_gives_the_window_back(workflow: Workflow) -> None:
    for name in ("withdraw_confirmation", "court_reject"):
        assert workflow.case.steps[name].reopens == ("confirmation_window",)


def test_the_answers_of_a_court_come_from_the_court_alone(workflow: Workflow) -> None:
    for name, step in workflow.case.steps.items():
        if name.startswith("court_"):
            assert [str(role) for role in step.who] == ["court"]
            assert step.standing is Standing.court


def test_an_agreement_before_the_court_is_neither_replaced_nor_filed_away(workflow: Workflow) -> None:
    for state, name in product(("filed", "supplement_asked", "accepted"), ("agree", "close")):
        with pytest.raises(Refused) as caught:
            workflow.take(_in_court(state), name, by=HOLDER, move=move(name))
        assert "confirmation_running" in [reason.code for reason in caught.value.reasons]
