"""Makes cases that are ready for a step, and the move that the step asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from workflows import (
    Actor,
    AgreementSeen,
    Chart,
    ClauseSeen,
    ConfirmationSeen,
    LineSeen,
    Move,
    ObligationSeen,
    PartySeen,
    Reason,
    Role,
    Situation,
    Standing,
    Step,
    Workflow,
)
from workflows.steps import SHANGHAI, SYSTEM

NOON = datetime(2024, 5, 20, 12, 0, tzinfo=SHANGHAI)
TODAY = NOON.date()
FORBIDDEN_WORDS = ("非法", "无效", "请勿", "失败", "None", "[]", "()")

APPLICANT = PartySeen("a1", "古丽·买买提", "applicant", age=45, has_identity=True)
RESPONDENT = PartySeen("r1", "张䶮", "respondent", age=50, has_identity=True)
BYSTANDER = PartySeen("t1", "村委会", "third_party", kind="organization")
CLAUSE = ClauseSeen(
    1, "张䶮付给古丽·买买提工资1000元", "pay", ("r1",), ("a1",), Decimal("1000.00"), date(2024, 6, 20), "cash"
)
AGREEMENT = AgreementSeen("drafted", "written", 1, TODAY, (CLAUSE,), signers=("a1", "r1"))
SIGNED = replace(AGREEMENT, state="signed", signed=("a1", "r1"), mediator_signed=True, sealed=True)
EFFECTIVE = replace(SIGNED, state="effective", effective_on=TODAY)
LINE = LineSeen(1, Decimal("1000.00"), False, date(2024, 6, 20))
OWED = ObligationSeen(
    1,
    Decimal("1000.00"),
    Decimal("1000.00"),
    False,
    date(2024, 6, 20),
    lines=(LINE,),
    payments=(1,),
    claims=(2,),
)
PAY: Mapping[str, Any] = {
    "text": "张䶮付给古丽·买买提工资1000元",
    "kind": "pay",
    "obligors": ["r1"],
    "obligees": ["a1"],
    "amount": Decimal("1000.00"),
    "due": date(2024, 6, 20),
    "method": "cash",
}

MEETING: dict[str, Any] = {"meet_at": NOON + timedelta(days=1), "place": "村部", "attending": ["a1", "r1"]}
FACTS: dict[str, dict[str, Any]] = {
    "hold_session": {
        "outcome": "agreed",
        "attended": ["a1", "r1"],
        "mediators": ["王𬭎"],
        "presiding": "王𬭎",
    },
    "schedule": MEETING,
    "reschedule": MEETING,
    "complete_party": {"party": "r1", "phone": "13900000002"},
    "update_party": {"party": "r1", "kind": "person", "occupation": "务农"},
    "extend": {"until": date(2024, 6, 30)},
    "remove_party": {"party": "t1", "reason": "与本案无关"},
    "add_party": {"party": {"ref": "t2", "name": "李四", "birth_date": date(1980, 1, 1)}},
    "add_parties": {
        "parties": [{"name": "李四", "claim_amount": Decimal("100.00")}],
        "total": Decimal("100.00"),
    },
    "escalate": {"ground": "request", "reason": "当事人要求"},
    "delegate": {"to": "430522100001", "to_level": "village", "reason": "先在村里谈"},
    "refer": {"to": "人社局", "matter": "查工资表"},
    "decline_referral": {"to": "住建局", "reason": "不在职责清单里"},
    "verify_referral": {"check": "done"},
    "invite_expert": {"expert": "罗工"},
    "expert_replies": {"expert": "罗工", "answer": "accepted"},
    "consult": {"organisations": ["自然资源局"], "record": "议定补办手续。"},
    "pass_on": {"to": "430522100002", "to_level": "village", "reason": "不是本村的事"},
    "hand_over": {"matter": "涉嫌犯罪", "reason": "公安管"},
    "agree": {"form": "written", "clauses": [PAY]},
    "sign": {"parties": ["a1", "r1"], "mediators": ["王𬭎"], "seal": True, "manner": "fingerprint"},
    "terminate": {"ground": "disagreement"},
    "withdraw": {"by": "a1"},
    "apply_confirmation": {"court": "新邵县人民法院"},
    "perform": {"clause": 1, "amount": Decimal("400.00"), "paid_by": "r1", "confirmed_by": "a1"},
    "waive": {"clause": 1, "amount": Decimal("100.00"), "by": "a1"},
    "default": {"clause": 1},
    "add_file": {
        "kind": "evidence",
        "title": "照片",
        "file": {"sha256": "ab", "size": 1, "media_type": "image/png"},
    },
    "attach_answer": {"file": {"sha256": "ab", "size": 1, "media_type": "image/png"}},
    "note_handwriting": {"words": "3000元改为3500元", "initials": ["a1", "r1"]},
    "remove_file": {"number": 1, "reason": "传错了"},
    "court_ruling": {"file": {"sha256": "ab", "size": 1, "media_type": "application/pdf"}},
    "court_number": {"number": "（2026）皖0803诉前调确12号"},
    "confirm_payment": {"clause": 1, "payment": 2, "confirmed_by": "a1", "how": "phone"},
    "undo_payment": {"clause": 1, "payment": 1},
    "postpone": {"clause": 1, "until": date(2024, 7, 20)},
    "ask_print": {"papers": [{"paper": 1, "copies": 2}]},
    "recall_print": {"order": 1},
    "print_done": {"order": 1},
    "print_fetched": {"order": 1},
    "tell_in_person": {"party": "r1"},
    "order_parties": {"parties": ["t1", "r1", "a1"]},
    "set_off": {"clause": 1, "amount": Decimal("100.00"), "note": "抵去年的树钱"},
}
ANY = {"reason": "原因", "note": "说明", "matter": "事情"}


def move(name: str = "", **facts: Any) -> Move:
    """What a step asks for, with some of it replaced; a fact given as None is left out."""
    return Move(NOON, {**ANY, **FACTS.get(name, {}), **facts})


def bare(**facts: Any) -> Move:
    """A move that brings nothing but these facts."""
    return Move(NOON, facts)


def case(**fields: Any) -> Situation:
    """A case in mediation at the village with nothing missing, with some of it replaced."""
    usual: dict[str, Any] = {
        "state": "mediating",
        "level": "village",
        "previous_state": "mediating",
        "attempts": 3,
        "sessions": 3,
        "last_outcome": "agreed",
        "parties": (APPLICANT, RESPONDENT, BYSTANDER),
        "mediators": ("王𬭎",),
        "rights_told": True,
        "receiver": "潭府乡人民调解委员会",
        "open_referrals": 1,
        "awaited_arrivals": 1,
        "unchecked_answers": 1,
        "open_invitations": 1,
        "open_supervision": True,
        "answered_supervision": True,
        "obligations": (OWED,),
        "files": (1,),
        "courts_done": ("新邵县人民法院",),
    }
    return Situation(**{**usual, **fields})


def ready_for(step: Step, state: str, workflow: Workflow) -> Situation:
    """A case in this state for which nothing stands in the way of the step, if the table allows it there."""
    fields: dict[str, Any] = {"state": state}
    if state in ("paused", "handed_up"):
        fields["previous_state"] = "mediating"
    if step.name == "report_done":
        fields["open_reports"] = ("疑似家庭暴力",)
    if step.name == "tell_in_person":
        fields["tellings"] = ("r1",)
    if step.name == "review_draft":
        fields["review_open"] = True
    if step.name in ("reschedule", "cancel_schedule"):
        fields["meeting_at"] = NOON + timedelta(days=1)
    if step.name == "ask_above":
        fields["returned"] = 1
    if step.name == "clear_suspicion":
        fields["suspicion"] = "疑似虚假调解"
    if state == "closed":
        fields["previous_state"] = "terminated"
    if state == "agreed":
        fields["agreement"] = SIGNED if step.name == "take_effect" else AGREEMENT
    if state == "performing":
        fields["agreement"] = EFFECTIVE
        fields["confirmation"] = _confirmation_for(step, workflow.parts["confirmation"])
    return case(**fields)


def _confirmation_for(step: Step, chart: Chart) -> ConfirmationSeen | None:
    if step.name == "enforce":
        return ConfirmationSeen("confirmed")
    if step.name in ("supplement", "court_number", "complete_party"):
        return ConfirmationSeen("supplement_asked")
    part, name, _ = step.drives_part
    if part != "confirmation" or step.creates:
        return None
    return ConfirmationSeen(chart.steps[name].sources[0])


def actor(role: Role, *standings: Standing, level: str = "county") -> Actor:
    """Somebody with one role whose office is this or that to the case."""
    return Actor(role, frozenset(standings), level)


def actor_for(step: Step) -> Actor:
    """Somebody whom the policy lets take the step."""
    return SYSTEM if step.standing is Standing.system else actor(step.who[0], step.standing)


def everybody() -> Iterator[Actor]:
    """Each role with each standing, and each role with none at all."""
    for role, standing in product(Role, Standing):
        yield actor(role, standing)
    for role in Role:
        yield actor(role)


def assert_plain_words(reason: Reason) -> None:
    """A reason is a whole Chinese sentence without office jargon, beside an English one."""
    assert reason.code
    assert reason.zh.endswith("。"), reason
    assert any("\u4e00" <= sign <= "\u9fff" for sign in reason.zh), reason
    assert reason.en.strip(), reason
    assert not [word for word in FORBIDDEN_WORDS if word in reason.zh], reason
