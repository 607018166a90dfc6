"""Judicial confirmation: filing with a court, and what the court answers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from mediation.models import Case, Confirmation, CourtReturn, Organisation
from mediation.services import attachments, grants, parties
from mediation.services.desk import Desk
from mediation.services.obligations import civil_day
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused, load


def file(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """An application for the agreement in effect; the court may see the case from now on."""
    court = move.text("court")
    _void(case, OF_AN_APPLICATION, move)
    case.confirmations.append(
        Confirmation(
            agreement=case.agreement,
            number=len(case.confirmations) + 1,
            state=load(case.policy).parts["confirmation"].initial,
            court=court,
            filed_at=move.at,
            returns=[],
        )
    )
    office = desk.session.scalar(
        select(Organisation).where(Organisation.kind == "court", Organisation.name == court)
    )
    if office is not None:
        grants.give(case, office, "court", move.at)


ENDED = frozenset(
    {"court_confirm", "court_dismiss", "court_reject", "court_withdraw", "withdraw_confirmation"}
)
RULED = ("court_confirm", "court_dismiss", "court_reject", "court_withdraw")


def answer(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Keep what the court said: its numbers, its ground, its reason, the day of its ruling (CPL 206)."""
    row = case.confirmation
    if row is None:
        return
    row.court_number = move.text("number") or row.court_number
    row.ground = move.text("ground") or row.ground
    row.reason = move.text("reason") or row.reason
    if change.step.name in RULED:
        row.ruling_number = move.text("ruling_number") or row.ruling_number
        row.ruling_on = move.get("ruling_on") or move.today
    if change.step.name in ENDED:
        row.ended_at = move.at
    if change.step.name == "court_request":
        _send_back(case, row, move)
    else:
        _mended(row, move)


def _send_back(case: Case, row: Confirmation, move: Move) -> None:
    """Each coded reason is kept on its own: it leads to a field, and is counted for whoever holds the case."""
    _mended(row, move)
    row.returned_until, row.supplemented_at = move.get("until"), None
    for code in dict.fromkeys(move.get("reasons", ())):
        row.returns.append(
            # By the case itself: one that comes from a file has no number in the database yet.
            CourtReturn(case=case, holder=case.holder, code=code, returned_at=move.at)
        )


def _mended(row: Confirmation, move: Move) -> None:
    for reason in row.open_returns:
        reason.mended_at = move.at


def supplement(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """What was asked for is there; the court looks at it again."""
    if case.confirmation is not None:
        case.confirmation.supplemented_at = move.at
        _mended(case.confirmation, move)


#: Papers that say who applies and where a party is served; a new application writes all of its papers anew.
WRITTEN_ANEW = frozenset({"confirmation_application", "delivery_address"})
OF_AN_APPLICATION = WRITTEN_ANEW | {"confirmation_undertaking", "mediation_certificate", "material_list"}


def complete_party(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Identity, domicile or phone as the court asked for them; the papers that lacked them are void."""
    # A case file carries no personal numbers in its events: its parties have them already.
    if not by.stands_in and not any(move.get(name) for name in ("id_number", "address", "phone")):
        zh = "还没有填要补的内容。请填证件号码、住址或电话中缺的那一项。"
        reason = Reason(
            "nothing_completed", zh, "Give the number, the address or the phone.", where="id_number"
        )
        raise Refused("not_met", change.step.name, [reason], change.step.zh)
    parties.correct_party(case, move.facts, desk.keys)
    _void(case, WRITTEN_ANEW, move)


def _void(case: Case, types: frozenset[str], move: Move) -> None:
    for paper in case.documents:
        if paper.type in types:
            paper.superseded_at = paper.superseded_at or move.at


def add_ruling(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The ruling as a file of the case; the parties' committee hands it out."""
    title = case.confirmation.ruling_number if case.confirmation else ""
    kept = attachments.put(
        case, {"kind": "ruling", "title": title or "裁定书", "file": move.get("file")}, by.name, move.at
    )
    if case.confirmation is not None:
        kept.confirmation_id = case.confirmation.id


def end_access(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Courts whose time to read the case is over read it no longer."""
    for grant, until in grants.courts_until(case, _days(case)):
        if until <= move.at:
            grant.ends_at = move.at


def limit_access(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """A case in the archive takes no further step: the day on which the court's access ends is fixed beforehand."""
    for grant, until in grants.courts_until(case, _days(case)):
        grant.ends_at = max(until, move.at)


def tell_courts(case: Case, move: Move) -> dict[str, str]:
    """For the history: whose access ends, and when it does where that is still to come."""
    over = grants.courts_until(case, _days(case))
    if not over:
        return {}
    said = {"court": "、".join(grant.organisation.name for grant, _ in over)}
    ahead = [until for _, until in over if until > move.at]
    return {**said, "until": (civil_day(max(ahead)) - timedelta(days=1)).isoformat()} if ahead else said


def _days(case: Case) -> int:
    return int(load(case.policy).rules["court_access_days"])
