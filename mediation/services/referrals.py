"""Referrals: departments are called, come, and answer; the case stays where it is (吹哨报到)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from mediation.models import Case, Organisation, Referral
from mediation.services import duty_list, grants
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Change, Move, Reason, Refused
from workflows.conditions.about_departments import questions_of


def send(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Call departments; one that works with the system sees what it was asked until it has answered."""
    whistle = max((row.whistle for row in case.referrals), default=0) + 1
    called: list[str] = []
    for where, asked in questions_of(move):
        to = str(asked["to"]).strip()
        department = _find_department(desk, case, to, change, f"{where}to")
        name = department.name if department else to
        if name in called:
            raise _refusal(
                change,
                "department_twice",
                f"“{to}”就是上面的{name}。一次吹哨，一个部门写一个问题就够了，请并成一条。",
                f"{to} is the {name} named above.",
                f"{where}to",
            )
        called.append(name)
        _ask(case, department, to, str(asked["matter"]).strip(), move, whistle, asked)


def _ask(
    case: Case, department: Organisation | None, to: str, matter: str, move: Move, whistle: int,
    more: Mapping[str, Any],
) -> Referral:  # fmt: skip
    row = Referral(
        whistle=whistle,
        department=department,
        department_name=department.name if department else to,
        matter=matter,
        until=more.get("until"),
        sent_at=move.at,
        passed_on=bool(more.get("passed_on")),
        handler="",
        sent_back=0,
        nudges=0,
    )
    case.referrals.append(row)
    if department is not None:
        grants.give(case, department, "department", move.at)
    return row


def _find_department(desk: Desk, case: Case, to: str, change: Change, where: str) -> Organisation | None:
    """The organisation of that code or name, also a short one; None where it does not work with the system.

    Raises Refused where several may be meant.
    """
    found = duty_list.find_registered(desk.session, case.holder, to)
    if len(found) > 1:
        names = "、".join(row.name for row in found)
        raise _refusal(
            change,
            "department_unclear",
            f"叫“{to}”的有{len(found)}个：{names}。请写全名，或点选其中一个。",
            f"{to} may be {names}. Give the whole name.",
            where,
        )
    return found[0] if found else None


def arrive(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Somebody came; the parties are told who, and how to reach them."""
    row = _meant(case, move, by, lambda row: row.is_open and row.arrived_at is None, change)
    _note_arrival(row, move, by)
    if not row.handler and not row.handler_phone:
        raise _refusal(
            change,
            "handler_missing",
            "没有写谁来办，也没有电话，当事人不知道找谁。请至少写一样：经办人姓名，或电话。",
            "Say who handles it, or a phone.",
            "handler",
        )


def _note_arrival(row: Referral, move: Move, by: By) -> None:
    row.arrived_at = row.arrived_at or move.at
    own = by.organisation is not None and row.department is by.organisation
    row.handler = move.text("handler") or row.handler or (by.name if own else "")
    row.handler_phone = move.text("phone") or row.handler_phone


def answer(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The question is answered, and the department's view of the case ends with its last one."""
    row = _meant(case, move, by, lambda row: row.is_open, change)
    _note_arrival(row, move, by)  # whoever answers has come
    row.answered_at = move.at
    row.answer = move.text("note")
    _let_go(case, row, move.at)


def decline(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Not competent: the question goes to the department that is, once; a second time nobody passes it on."""
    row = _meant(case, move, by, lambda row: row.is_open, change)
    if row.passed_on:
        raise _refusal(
            change,
            "passed_on_before",
            f"这件事已经由别的部门转来一次，不能再转，免得来回推。请先办理；确实不归你们的，请打电话给{case.holder.name}协调。",
            "It was passed on once already.",
            "to",
        )
    named = _find_department(desk, case, move.text("to"), change, "to")
    name = named.name if named else move.text("to")
    if name == row.department_name:
        raise _refusal(
            change,
            "names_itself",
            "选的还是本部门，这件事没有转出去。请照职责清单另选一个部门。",
            "This is the same department.",
            "to",
        )
    row.declined_at, row.declined_for, row.passed_to = move.at, move.text("reason"), name
    more = {"until": row.until if row.until and row.until >= move.today else None, "passed_on": True}
    _ask(case, named, move.text("to"), row.matter, move, row.whistle, more)
    _let_go(case, row, move.at)


def withdraw(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """The question is taken back: nobody need come or answer any more."""
    row = _meant(case, move, by, lambda row: row.is_open, change)
    _take_back(case, row, move.at, move.text("reason"))


def _take_back(case: Case, row: Referral, at: datetime, why: str) -> None:
    row.withdrawn_at, row.withdrawn_for = at, why
    _let_go(case, row, at)


def end_all(case: Case, change: Change, at: datetime) -> None:
    """Work on the case has ended: whatever is still asked is taken back."""
    for row in case.referrals:
        if row.is_open:
            _take_back(case, row, at, change.step.zh)


def nudge(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Remind a department; how often is counted and shown to both."""
    row = _meant(case, move, by, lambda row: row.is_open, change)
    row.nudges, row.nudged_at = row.nudges + 1, move.at


def check(desk: Desk, case: Case, change: Change, move: Move, by: By) -> None:
    """Somebody else than the department looked; where it was not done, the question is open again."""
    row = _meant(case, move, by, lambda row: row.waits_for_check, change)
    row.check_note = move.text("note")
    if move.text("check") == "done":
        row.checked_at, row.checked_by = move.at, by.name
        return
    row.sent_back += 1
    row.answered_at, row.until, row.deadline = None, move.get("until"), None
    if row.department is not None:
        grants.give(case, row.department, "department", move.at)


def _let_go(case: Case, row: Referral, at: datetime) -> None:
    department = row.department
    if department and not any(one.department is department and one.is_open for one in case.referrals):
        grants.end(case, "department", at, department)


def _meant(case: Case, move: Move, by: By, fits: Callable[[Referral], bool], change: Change) -> Referral:
    """The question a step is about: the one that is named; a department's own; the only one there is.

    Raises Refused where it cannot be told, or where it is not theirs.
    """
    rows = case.referrals
    if by.organisation is not None and by.organisation.id != case.holder_id:
        rows = [
            row
            for row in rows
            if row.department_id == by.organisation.id or row.department is by.organisation
        ]
    number, name = move.get("referral"), move.text("department")
    if number is not None:
        rows = [row for row in rows if case.referrals.index(row) + 1 == number]
    elif name:
        rows = [
            row
            for row in rows
            if name == row.department_name or (row.department and row.department.code == name)
        ]
    found = [row for row in rows if fits(row)]
    if not found:
        raise _refusal(
            change,
            "no_such_referral",
            "没有这样一条等着办的吹哨，可能已经回复、收回或者转走了。请回到列表看看现在的情况。",
            "No such question is open.",
            "referral",
        )
    if (
        len(found) > 1
        and not (number or name or by.stands_in)
        and by.organisation
        and by.organisation.id == case.holder_id
    ):
        raise _refusal(
            change,
            "referral_unclear",
            "这件事叫了好几个部门，不知道是哪一个。请选一个部门。",
            "Say which department is meant.",
            "referral",
        )
    return found[0]


def _refusal(change: Change, code: str, zh: str, en: str, where: str) -> Refused:
    reason = Reason(code, zh, en, source="工作规则：吹哨报到", where=where)
    return Refused("not_met", change.step.name, [reason], change.step.zh)
