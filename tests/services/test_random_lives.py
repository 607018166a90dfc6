"""Whole cases, driven through the real door by people who press whatever they see: what must hold, holds."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import Engine, func, literal, select, union_all
from sqlalchemy.orm import Session

import workflows
from mediation.database import Base
from mediation.models import Case, User
from mediation.payloads import STEPS
from mediation.services import grants, history, obligations, steps
from mediation.services.people import By
from mediation.services.situations import see
from tests.services.county import (
    ANNA,
    COURT_NAME,
    DEPARTMENT,
    OTHER_VILLAGE,
    PAY,
    SAME_NAME,
    TOWN,
    USUAL,
    VILLAGE,
    ZHANG,
    Office,
    person,
    transaction,
)
from tests.services.engines import KEYS
from workflows import Refused

GROUP = [
    {**ANNA, "represented_by": "a2", "agents": [{"name": "王代表", "authority": "special"}]},
    person("a2", "王代表"),
    {**person("a3", "小强", birth_date="2008-05-01"), "guardians": [{"name": "大强", "relation": "父亲"}]},
    ZHANG,
    person("t1", "村委会", kind="organization"),
]
DISPUTES: list[dict[str, Any]] = [
    {},
    {"dispute_type": "medical"},
    {"dispute_type": "wage_arrears", "source": "court"},
    {"dispute_type": "traffic", "parties": GROUP},
    {"dispute_type": "marriage_family", "parties": GROUP},
]
ORAL = {"text": "互相赔礼。", "kind": "apologize", "obligors": ["r1"], "obligees": ["a1"]}
TITLE = {"text": "后山归张䶮。", "kind": "ownership"}
LATER_MONEY = {"text": "张䶮分期付给古丽。", "kind": "pay", "obligors": ["r1"], "obligees": ["a1"], "amount": "100.00",
               "installments": [{"amount": "40.00", "due": "2024-06-01"}, {"amount": "60.00"}]}  # fmt: skip
WORDS = {"reason": "有缘故", "note": "看过了", "matter": "请来看看"}
#: Each field of a step's form, with what people put there; some of it right, some not.
CHOICES: dict[str, list[Any]] = {
    "outcome": ["agreed", "no_agreement", "adjourned", "absent", "whatever"],
    "attended": [["a1", "r1"], ["a1"], [], ["x9"]],
    "mediators": [["王𬭎"], ["王𬭎", "李记"], []],
    "presiding": ["王𬭎", "谁也不是"],
    "form": ["written", "written", "oral"],
    "clauses": [[PAY], [PAY, ORAL], [LATER_MONEY], [ORAL], [TITLE, PAY], []],
    "parties": [["a1"], ["r1"], ["a1", "r1"], ["a1", "a2", "a3", "r1", "t1"], ["a2", "r1"], []],
    "seal": [True, False],
    "manner": ["signature", "fingerprint", "electronic"],
    "to": [TOWN, VILLAGE, SAME_NAME, OTHER_VILLAGE, DEPARTMENT, "999"],
    "until": ["2024-12-31", "2023-01-01"],
    "party": [person("r2", "李志刚"), "r1", "a1", "t1", person("a9", "小红", birth_date="2019-01-01")],
    "court": [COURT_NAME, "别处的法院", ""],
    "clause": [1, 1, 2, 7],
    "amount": ["0.01", "40.00", "2999.99", "3000.00", "0.00"],
    "by": ["a1", "r1"],
    "consents": [["a1", "a2", "a3", "r1", "t1"], ["a1"]],
    "exclusions": [[], ["crime"]],
    "signed_by": [{}, {"a1": "路人"}],
    "paid_by": ["r1", "x9"],
    "check": ["done", "done", "not_done"],
    "expert": ["罗工"],
    "answer": ["accepted", "declined"],
    "organisations": [["自然资源局"], []],
    "record": ["各说各的。"],
    "payment": [1, 1, 2],
    "how": ["phone", "receipt", "claimed", "code"],
    "confirmed_by": ["a1", "a1", "r1"],
    "reasons": [["missing_identity", "unsigned"], ["other"]],
    "checks": [["joint"]],
}
#: How often a button is pressed that is there, so that lives are long and see the court.
WEIGHTS = {
    "supplement": 3.0, "court_number": 0.5, "court_withdraw": 0.1, "court_request": 0.7, "court_reject": 0.3,
    "court_dismiss": 0.5, "withdraw_confirmation": 0.2,
    "terminate": 0.1, "withdraw": 0.1, "hand_over": 0.1, "reject": 0.1, "archive": 0.2, "close": 0.4,
    "flag_danger": 0.05, "report_done": 0.2, "follow_up": 0.3, "take_up": 0.15, "flag_suspicion": 0.1,
    "agree": 2.0, "sign": 4.0, "hold_session": 2.0, "accept": 3.0, "perform": 0.5,
    "apply_confirmation": 3.0, "waive": 0.3, "court_accept": 2.0, "supervise": 0.2,
    # Whatever leaves the case where it is would otherwise fill the whole life.
    "refer": 0.3, "arrive": 0.3, "respond": 0.4, "decline_referral": 0.2, "withdraw_referral": 0.1,
    "nudge_referral": 0.1, "verify_referral": 0.4, "invite_expert": 0.15, "expert_replies": 0.3, "consult": 0.15,
    "pass_on": 0.1, "reply_supervision": 0.3, "delegate": 0.3, "schedule": 0.3, "reschedule": 0.2,
    "cancel_schedule": 0.2, "update_party": 0.2, "assign": 0.3, "extend": 0.3, "investigate": 0.3, "notarize": 0.3,
    "call_again": 0.05, "reopen": 0.5, "ask_above": 3.0, "confirm_payment": 2.0, "court_confirm": 2.0,
}  # fmt: skip
TABLES = sorted(Base.metadata.tables)
MOVES_UP = {"receive": 1}
MOVES_ANYWHERE = {"take_up", "delegate", "pass_on"}


def counts(session: Session) -> list[int]:
    """How many rows each table has."""
    asked = [
        select(literal(place), func.count()).select_from(Base.metadata.tables[name])
        for place, name in enumerate(TABLES)
    ]
    return [count for _, count in sorted(tuple(row) for row in session.execute(union_all(*asked)))]


class Life:
    """One case and everybody around it."""

    def __init__(self, session: Session, dice: Random, seen: Counter[str]) -> None:
        """File something somewhere; `seen` is what other lives have come to already."""
        self.seen = seen
        self.dice, self.office = dice, Office(session)
        people = [By.user(user) for user in session.scalars(select(User).order_by(User.id))]
        self.people = [*people, By.case_file("案卷导入")]
        fields = dice.choice(DISPUTES)
        begin = dice.choice([self.office.file, self.office.file, self.office.performing, self.office.applied])
        # Half of them begin late, so that what comes after the agreement is lived too.
        late = begin != self.office.file
        self.case = begin() if late else begin(dice.choice([VILLAGE, VILLAGE, SAME_NAME, TOWN]), **fields)
        session.commit()
        self.tried: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()

    def facts_for(self, name: str) -> dict[str, Any]:
        """What somebody writes into the form of a step: the usual, with some of it changed."""
        facts = {**USUAL.get(name, {}), **WORDS}
        for field in STEPS[name]().fields:
            if field in CHOICES and (field not in facts or self.dice.random() < 0.15):
                facts[field] = self.dice.choice(CHOICES[field])
        if self.dice.random() < 0.8:
            facts.pop("consents", None)
        if name == "flag_danger":
            facts["ground"] = "violence"
        return {key: value for key, value in facts.items() if key in STEPS[name]().fields}

    def choose(self) -> tuple[By, str]:
        """Mostly a button that somebody sees, sometimes anything by anybody."""
        if self.dice.random() < 0.15:
            return self.dice.choice(self.people), self.dice.choice(sorted(STEPS))
        # Somebody of the office that holds the case is always there; the others happen to look in.
        holders = [
            by
            for by in self.people
            if by.organisation is not None and by.organisation.id == self.case.holder_id
        ]
        offers = [
            (by, option.step.name)
            for by in [*self.dice.sample(self.people, 6), *holders[:1]]
            for option in steps.options(self.case, by=by, at=self.office.now)
            if option.offered and option.step.name in STEPS
        ]
        if not offers:
            return self.people[-1], self.dice.choice(sorted(STEPS))
        # What was seen often is the less likely to come again, however many steps there are.
        weights = [
            WEIGHTS.get(name, 1.0) / (1 + self.taken[name]) / (1 + self.seen[name]) for _, name in offers
        ]
        return self.dice.choices(offers, weights)[0]

    def press(self) -> None:
        """One press of a button, as a route carries it out: all of it, or nothing."""
        session, case = self.office.session, self.case
        by, name = self.choose()
        before = (case.version, case.level, case.state, case.steps_taken)
        rows = counts(session)
        self.office.now += timedelta(hours=self.dice.choice([0, 1, 2, 5, 60]))
        self.tried[name] += 1
        try:
            taken = self.office.take(case, name, who=by, **self.facts_for(name))
            session.commit()
        except (Refused, ValidationError) as refused:
            if session.new or session.dirty:  # refused by an effect, half-way through
                session.rollback()
            assert (case.version, case.level, case.state, case.steps_taken) == before, refused
            assert counts(session) == rows, name
            return
        self.taken.update(change.step.name for change in taken.changes)
        assert case.steps_taken == before[3] + len(taken.changes)
        assert case.version > before[0]
        self.check_level(name, before[1])
        self.check()

    def check_level(self, name: str, before: str) -> None:
        """A level changes by one where a case is received, and otherwise only by an order from above."""
        levels = [level.code for level in workflows.load().levels]
        moved = levels.index(self.case.level) - levels.index(before)
        assert moved == MOVES_UP.get(name, 0) or name in MOVES_ANYWHERE, name
        assert self.case.level == self.case.holder.level

    def check(self) -> None:
        """What holds at every moment."""
        case = self.case
        held = [row for row in grants.live(case) if row.kind == "holder"]
        assert [row.organisation_id for row in held] == [case.holder_id]
        waiting = [row.organisation_id for row in grants.live(case) if row.kind == "receiver"]
        assert waiting == ([case.receiver_id] if case.state == "handed_up" else []), case.state
        assert (
            history.faults_in_chain(case.case_no, case.entries, case.head_hash, case.steps_taken, KEYS) == []
        )
        assert case.entries[-1].after == case.state
        assert [row.state for row in case.agreements[:-1]] == [
            "abandoned" if row.state == "abandoned" else "superseded" for row in case.agreements[:-1]
        ]
        for agreement in case.agreements:
            for clause in agreement.clauses:
                promised = obligations.promised(clause)
                if promised is not None:
                    done = obligations.paid(clause) + obligations.waived(clause)
                    assert 0 <= done <= promised
        self.check_effect()

    def check_effect(self) -> None:
        """In effect means: everybody signed, the mediator and the seal too, or it was reached by word of mouth."""
        seen = see(self.case, self.office.now.date()).agreement
        agreement = self.case.agreement
        if seen is None or seen.state != "effective":
            assert self.case.state != "performing"
            return
        assert agreement is not None and agreement.effective_on is not None
        if seen.form == "written":
            assert seen.unsigned == () and seen.mediator_signed and seen.sealed
        else:
            assert agreement.effective_on == agreement.agreed_at.astimezone(workflows.steps.SHANGHAI).date()


def test_random_lives_stay_lawful(engine: Engine) -> None:
    lives, presses = (60, 60) if engine.dialect.name == "sqlite" else (6, 50)
    tried: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for seed in range(lives):
        with transaction(engine) as session:
            session.expire_on_commit = False  # read back once, at the end of each life
            life = Life(session, Random(seed), taken)
            for _ in range(presses):
                life.press()
            session.expire_all()
            found = session.get_one(Case, life.case.id)
            assert found is life.case
            life.check()
            tried.update(life.tried)
            taken.update(life.taken)
    if engine.dialect.name == "sqlite":
        assert sum(taken.values()) > 500
        assert set(tried) == set(STEPS)
        assert len(taken) > 0.8 * len(STEPS), sorted(set(STEPS) - set(taken))
