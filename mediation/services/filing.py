"""Filing: a dispute becomes a case, with its number, its holder and its history's first entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import workflows
from mediation.models import Case, Organisation
from mediation.services import deadlines, grants, history, numbers, obligations, parties, searching, tracking
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.services.situations import see
from mediation.services.tracking import FreshCode
from mediation.words import say
from workflows import Change, Move, Reason, Refused, Role, Standing, Step
from workflows.conditions import CONDITIONS

FILE = Step(
    "file", "登记", "File", (), "filed", (Role.mediator, Role.manager), Standing.holder, source="R75 23"
)


@dataclass
class Filed:
    """A case just filed, with the codes to hand out."""

    case: Case
    codes: list[FreshCode] = field(default_factory=list)


def file_case(
    desk: Desk, organisation: Organisation, data: Mapping[str, Any], *, by: By, at: datetime
) -> Filed:
    """File a dispute with an organisation's committee.

    The data have the shape of a case file without its events.  Raises Refused where the organisation has no
    committee, and where the law keeps the data out (a child under 14 without a guardian: PIPL 31).
    """
    committee = organisation.committee
    if committee is None:
        raise Refused(
            "not_met",
            "file",
            [
                Reason(
                    "no_committee",
                    f"{organisation.name}没有人民调解委员会，不能登记案件，请找上级调委会。",
                    "This organisation has no mediation committee.",
                    who="系统管理员",
                    where="organization",
                )
            ],
            "登记",
        )
    workflow = workflows.load(desk.policy)
    # The number on papers carries the year of filing; the one read over a phone, the month of entering.
    day, today = obligations.civil_day(at), obligations.civil_day(desk.now)
    case = Case(
        case_no=numbers.draw_case_number(desk.session, committee, day.year),
        public_number=numbers.draw_public_number(desk.session, today.year, today.month),
        external_id=data.get("external_id"),
        filed_with=organisation,
        committee=committee,
        level=organisation.level,
        state=workflow.case.initial,
        previous_state="",
        policy=desk.policy,
        source=data["source"],
        dispute_type=data["dispute_type"],
        title=data.get("title")
        or parties.title_of(data["parties"], say("dispute_type", data["dispute_type"])),
        facts=data["facts"],
        claims=data.get("claims"),
        amount=data.get("amount"),
        people=data.get("people"),
        closed_session=data.get("closed_session"),
        filed_at=at,
        mediators=list(data.get("mediators") or ()),
        risk=data.get("risk") or "blue",
        suspicion="",
        referral_letter=data.get("referral_letter") or "",
        returned=0,
        steps_taken=0,
        head_hash="",
    )
    _start_empty(case)
    for row in data["parties"]:
        parties.enter_party(case, row, desk.keys)
    searching.index_case(case, desk.keys)
    grants.hold(case, organisation, at)
    _refuse_what_the_law_keeps_out(case, workflow, at)
    desk.session.add(case)
    codes = [
        tracking.issue_code(desk.session, case, party, at, desk.keys)
        for party in case.parties
        if party.role == "applicant"
    ]
    move = Move(at, {})
    deadlines.start(desk.session, workflow, case, "acceptance_decision", move)
    change = Change(FILE, "", case.state, case.level, case.level)
    # Whether a closed session was asked for: accepting may decide it later, and the case file tells who did.
    facts = {
        "title": case.title,
        "parties": [party.name for party in case.parties],
        "closed_session": data.get("closed_session"),
    }
    history.write(case, change, facts, by=by, at=at, recorded_at=desk.now, keys=desk.keys)
    desk.settle()  # a number taken twice shows here
    return Filed(case, codes)


def _start_empty(case: Case) -> None:
    # Said once for a new case, so that nothing is looked up in the database that cannot be there.
    for name in (
        "all_parties", "sessions", "agreements", "confirmations", "deadlines", "documents", "entries",
        "follow_ups", "referrals", "duties", "grants", "all_attachments", "appointments", "supplements", "terms",
    ):  # fmt: skip
        setattr(case, name, [])


def _refuse_what_the_law_keeps_out(case: Case, workflow: workflows.Workflow, at: datetime) -> None:
    condition = CONDITIONS["guardians_of_young_children"]
    reasons = condition.ask(see(case, obligations.civil_day(at)), Move(at, {}), workflow)
    if reasons:
        raise Refused("not_met", "file", reasons, "登记")
