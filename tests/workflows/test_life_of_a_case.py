"""Thousands of random steps: whatever is tried, in whatever order, what the law forbids never comes about."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import workflows
from tests.workflows.life import PEOPLE, Life
from tests.workflows.makers import FACTS, PAY, assert_plain_words
from workflows import Actor, Refused, Standing, Step, Workflow
from workflows.steps import SYSTEM

MONEY = [Decimal("0.00"), Decimal("0.01"), Decimal("400.00"), Decimal("1000.00"), Decimal("5e9")]
CHOICES: dict[str, dict[str, list[Any]]] = {
    "hold_session": {"outcome": ["agreed", "no_agreement", "absent"], "attended": [["a1", "r1"], ["a1"], []]},
    "sign": {
        "parties": [["a1"], ["r1"], ["a1", "r1"], ["x9"], []],
        "mediators": [["王𬭎"], []],
        "seal": [True, False],
        "manner": ["fingerprint", "fingerprint", "electronic"],
    },
    "agree": {"form": ["written", "oral"], "clauses": [[PAY], [PAY], []]},
    "escalate": {"ground": ["attempts_exhausted", "request"], "reason": ["要求", ""]},
    "delegate": {"to_level": ["village", "town", "county", "province"]},
    "apply_confirmation": {"consents": [["a1", "r1"], ["a1"]]},
    "perform": {"clause": [1, 1, 2], "amount": MONEY},
    "waive": {"amount": MONEY, "by": ["a1", "r1"]},
}
USUAL = {"reason": "原因", "note": "说明", "matter": "事情"}
ENDS_OF_WORK = {"not_accepted", "referred_out", "withdrawn", "terminated"}
SHUT = ENDS_OF_WORK | {"closed", "archived"}
LATE = {"perform", "waive", "enforce", "report_done", "clear_suspicion", "ask_above"}


def _facts(name: str, data: st.DataObject) -> dict[str, Any]:
    chosen = {
        field: data.draw(st.sampled_from(values), field) for field, values in CHOICES.get(name, {}).items()
    }
    return {**USUAL, **FACTS.get(name, {}), **chosen}


class RandomLife(RuleBasedStateMachine):
    """A case to which everybody does what they please."""

    policy = "case"

    def __init__(self) -> None:
        super().__init__()
        self.workflow: Workflow = workflows.load(self.policy)
        self.life = Life(self.workflow)

    def try_step(self, name: str, by: Actor, facts: dict[str, Any]) -> None:
        """Take a step, or be refused in words with nothing changed."""
        before, done = self.life.seen, len(self.life.history)
        try:
            self.life.take(name, by, facts)
        except Refused as refused:
            assert refused.reasons
            for reason in refused.reasons:
                assert_plain_words(reason)
            assert self.life.seen == before
            assert len(self.life.history) == done

    def offers(self) -> list[tuple[Actor, Step]]:
        """Every button that somebody sees and may press."""
        bringing = workflows.Move(self.life.at)
        return [
            (by, option.step)
            for by in (*PEOPLE, SYSTEM)
            for option in self.workflow.options(self.life.case, by, bringing)
            if option.offered
        ]

    @rule(data=st.data())
    def somebody_presses_a_button_that_is_offered(self, data: st.DataObject) -> None:
        if offers := self.offers():
            by, step = data.draw(st.sampled_from(offers), label="button")
            self.try_step(step.name, by, _facts(step.name, data))

    @rule(data=st.data())
    def the_work_goes_on(self, data: st.DataObject) -> None:
        ahead = [
            (by, step)
            for by, step in self.offers()
            if step.target not in SHUT and (step.target or step.drives or step.name in LATE)
        ]
        if ahead:
            by, step = data.draw(st.sampled_from(ahead), label="step")
            self.try_step(step.name, by, {**USUAL, **FACTS.get(step.name, {})})

    @rule(data=st.data())
    def somebody_tries_anything_at_all(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(self.workflow.case.steps)), label="step")
        self.try_step(name, data.draw(st.sampled_from(PEOPLE), label="by"), _facts(name, data))

    @rule(days=st.sampled_from([0, 1, 3, 40]))
    def days_go_by(self, days: int) -> None:
        self.life.at += timedelta(days=days)

    @invariant()
    def the_state_and_the_level_are_the_policys(self) -> None:
        assert self.life.case.state in self.workflow.case.states
        assert self.workflow.level(self.life.case.level)
        for part, chart in self.workflow.parts.items():
            assert self.life.case.part_state(part) in {"", *chart.states}

    @invariant()
    def every_change_starts_where_the_one_before_ended(self) -> None:
        for one, other in zip(self.life.history, self.life.history[1:], strict=False):
            assert (one.after, one.level_after) == (other.before, other.level_before)

    @invariant()
    def nobody_jumps_a_level(self) -> None:
        codes = [level.code for level in self.workflow.levels]
        for change in self.life.history[-2:]:
            moved = codes.index(change.level_after) - codes.index(change.level_before)
            name = change.step.name
            assert moved == (1 if name == "receive" else 0) or name in ("take_up", "delegate", "pass_on")

    @invariant()
    def an_end_is_an_end(self) -> None:
        for change in self.life.history:
            assert not self.workflow.case.states[change.before].final

    @invariant()
    def an_agreement_in_effect_lacks_no_signature(self) -> None:
        agreement = self.life.case.agreement
        if agreement and agreement.state == "effective" and agreement.form == "written":
            assert agreement.unsigned == ()
            assert agreement.mediator_signed
            assert agreement.sealed
        if self.life.case.state == "performing":
            assert agreement is not None
            assert agreement.state == "effective"

    @invariant()
    def nobody_pays_more_than_was_promised(self) -> None:
        assert all(owed.open is not None and owed.open >= 0 for owed in self.life.case.obligations)

    @invariant()
    def no_application_to_the_court_outside_its_window_or_without_the_agreement(self) -> None:
        for change in self.life.history[-1:]:
            if change.step.name == "apply_confirmation":
                last_day, agreement = self.life.case.confirmation_last_day, self.life.case.agreement
                assert last_day is not None
                assert self.life.days[-1] <= last_day
                assert agreement is not None
                assert (agreement.state, agreement.form) == ("effective", "written")

    def teardown(self) -> None:
        """Whatever happened, the case can still be brought to its end."""
        for _ in range(7):
            state = self.life.case.state
            if self.workflow.case.states[state].final:
                return
            running = self.life.case.part_state("confirmation") in ("filed", "supplement_asked", "accepted")
            name = {"filed": "withdraw", "closed": "archive"}.get(state, "terminate")
            if state in ENDS_OF_WORK | {"performing"}:
                owing = "report_done" if self.life.case.open_reports else "close"
                name = "withdraw_confirmation" if running else owing
            self.life.take(name, PEOPLE[0], {**USUAL, **FACTS.get(name, {})})
        raise AssertionError(f"no end from {self.life.case.state}")


class RandomLifeOnFourLevels(RandomLife):
    """The same with a villagers' group below the village."""

    policy = "four-levels"


UNHURRIED = settings(
    max_examples=150,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestLifeOfACase = RandomLife.TestCase
TestLifeOfACase.settings = UNHURRIED
TestLifeOnFourLevels = RandomLifeOnFourLevels.TestCase
TestLifeOnFourLevels.settings = settings(UNHURRIED, max_examples=50)


LAWFUL = (
    RandomLife.the_state_and_the_level_are_the_policys,
    RandomLife.every_change_starts_where_the_one_before_ended,
    RandomLife.nobody_jumps_a_level,
    RandomLife.an_end_is_an_end,
    RandomLife.an_agreement_in_effect_lacks_no_signature,
    RandomLife.nobody_pays_more_than_was_promised,
    RandomLife.no_application_to_the_court_outside_its_window_or_without_the_agreement,
)


def _weight(step: Step) -> int:
    """What moves the case or a part of it is likelier than what leaves it where it is."""
    if step.name in ("take_up", "delegate", "pause"):
        return 1
    if step.name == "withdraw_confirmation":
        return 4
    if step.name in (
        "supplement",
        "ask_above",
        "court_withdraw",
        "court_number",
        "complete_party",
        "review_draft",
    ):  # there is seldom an occasion
        return 30
    if (step.standing is Standing.court and step.drives) or step.name in ("apply_confirmation", "enforce"):
        return 20
    return 9 if step.drives else 4 if step.target or step.name in LATE else 1


def test_long_lives_take_every_step_there_is_and_stay_lawful() -> None:
    dice, taken, tried = Random(2010), Counter[str](), 0
    for _ in range(600):
        machine = RandomLife()
        for _ in range(60):
            offers, shut = machine.offers(), machine.life.case.state in SHUT
            offers = [
                offer for offer in offers if shut or offer[1].target not in SHUT or dice.random() < 0.05
            ]
            if offers:
                [(by, step)] = dice.choices(offers, [_weight(step) for _, step in offers])
                chosen = {field: dice.choice(values) for field, values in CHOICES.get(step.name, {}).items()}
                machine.try_step(step.name, by, {**USUAL, **FACTS.get(step.name, {}), **chosen})
                tried += 1
            for is_lawful in LAWFUL:
                is_lawful(machine)
            machine.life.at += timedelta(days=dice.choice([0, 0, 0, 1, 3]))
        machine.life.at += timedelta(days=31)  # and the daily round is made
        for by, step in machine.offers():
            if by is SYSTEM:
                machine.try_step(step.name, by, {})
        machine.teardown()
        taken.update(change.step.name for change in machine.life.history)
    assert tried > 8_000
    assert set(taken) == set(machine.workflow.case.steps)


@pytest.mark.parametrize("form", ["written", "oral"])
def test_the_straight_way_from_the_village_door_to_the_archive(form: str, workflow: Workflow) -> None:
    life = Life(workflow)
    way = [
        "accept",
        "hold_session",
        "agree",
        *(["sign"] if form == "written" else []),
        "perform",
        "close",
        "archive",
    ]
    for name in way:
        given = (
            {"form": form} if name == "agree" else {"amount": Decimal("1000.00")} if name == "perform" else {}
        )
        life.take(name, PEOPLE[0], {**FACTS.get(name, {}), **given})
    assert life.case.state == "archived"
    assert [change.step.name for change in life.history if change.step.after] == ["take_effect"]
