"""Levels: handing a case up, receiving it, giving it back, taking it up, delegating it; one holder at every moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mediation.models import Case, Organisation
from mediation.services import duties, grants, responsibility
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused


def find_organisation(desk: Desk, code: str, step: str, title: str) -> Organisation:
    """The organisation a step names; raises Refused where there is none with a committee."""
    found = desk.session.scalar(select(Organisation).where(Organisation.code == code.ljust(12, "0")))
    if found is None or found.committee is None:
        reason = Reason(
            "organisation_unknown",
            f"没有找到机构“{code}”，或它没有调委会，请核对机构代码。",
            "There is no such organisation with a committee.",
            where="to",
        )
        raise Refused("not_met", step, [reason], title)
    return found


def hand_up(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Wait for the office above; whoever holds the case goes on answering for it until it is received."""
    above = case.holder.parent
    if move.text("to"):
        wanted = find_organisation(desk, move.text("to"), "escalate", change.step.zh)
        if wanted not in case.holder.chain()[1:2]:
            reason = Reason(
                "not_the_next_level",
                f"只能上交给上一级（{above.name if above else '无'}），不能越级。",
                "A case goes up one level at a time.",
                where="to",
            )
            raise Refused("not_met", "escalate", [reason], change.step.zh)
    if above is not None:
        case.receiver = above
        grants.give(case, above, "receiver", move.at)


def receive(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The office above accepts anew; committees are no hierarchy (R75 21)."""
    duties.settle_who_holds(case, move, by)
    if case.receiver is not None:
        _put_into_the_hands_of(case, case.receiver, move.at)
        responsibility.fall_to_lead(desk, case, by)


def give_back(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Back to where it came from, once."""
    case.returned += 1
    end_receiving(desk, case, change, move, by)


def end_receiving(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Nobody waits to receive the case any more."""
    grants.end(case, "receiver", move.at)
    case.receiver = None


def take_up(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """An office above takes the case into its own hands."""
    above = _above(desk, case, move, by)
    duties.settle_who_holds(case, move, by)
    if above is not None:
        _put_into_the_hands_of(case, above, move.at)


def _above(desk: Desk, case: Case, move: Move, by: By) -> Organisation | None:
    if not by.stands_in:
        return by.organisation
    if not move.text("to"):
        return case.holder.parent
    named = find_organisation(desk, move.text("to"), "take_up", "提级办理")
    if named not in case.holder.chain()[1:]:
        reason = Reason(
            "not_above",
            f"{named.name}不是{case.holder.name}的上级，不能提级办理。请核对机构代码。",
            "Only an office above takes a case up.",
            where="to",
        )
        raise Refused("not_met", "take_up", [reason], "提级办理")
    return named


def tell_level(desk: Desk, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a step with the level of the organisation it names; the workflow moves the case there."""
    code = str(facts.get("to") or "").strip().ljust(12, "0")
    level = desk.session.scalar(select(Organisation.level).where(Organisation.code == code))
    return facts if level is None else {**facts, "to_level": level}


def delegate(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """An office above says who holds the case; that committee still decides whether it accepts (NB 19)."""
    to = find_organisation(desk, move.text("to"), "delegate", change.step.zh)
    top = by.organisation if not by.stands_in and by.organisation else case.holder.parent
    if top is not None and top not in to.chain():
        reason = Reason(
            "not_below",
            f"{to.name}不在{top.name}辖区内，不能交办。",
            "One can delegate only within one's own area.",
            where="to",
        )
        raise Refused("not_met", "delegate", [reason], change.step.zh)
    duties.settle_who_holds(case, move, by)
    _put_into_the_hands_of(case, to, move.at)


def pass_on(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Somebody knocked at the wrong door: the application goes to the right committee of the same county, and whoever
    passed it on sees it no more.  The day of application stands, and the clock of acceptance runs on."""
    to = find_organisation(desk, move.text("to"), "pass_on", change.step.zh)
    before = case.holder
    if to is before or to.chain()[-1] is not before.chain()[-1]:
        reason = Reason(
            "not_elsewhere",
            f"不能转给{to.name}：要转给本县里另外一个调委会。外县的事，请告诉当事人去那边申请。",
            "It can be passed on only to another committee of this county.",
            where="to",
        )
        raise Refused("not_met", "pass_on", [reason], change.step.zh)
    _put_into_the_hands_of(case, to, move.at)
    grants.end(case, "assisting", move.at, before)


def _put_into_the_hands_of(case: Case, organisation: Organisation, at: datetime) -> None:
    grants.hold(case, organisation, at)
    case.receiver = None
    committee = organisation.committee
    if committee is not None:
        case.committee = committee
    case.mediators, case.presiding, case.responsible = [], "", None
