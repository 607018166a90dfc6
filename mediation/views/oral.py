"""An oral agreement's five fields as a case file says them: one clause, and the session at which it was reached."""

from __future__ import annotations

from datetime import date
from typing import Any

from mediation.forms import Yuan
from mediation.models import Case


def clause_of(case: Case, typed: dict[str, str]) -> dict[str, Any]:
    """The clause: who does what for whom by when; about money where a sum is given.  Raises ValidationError."""
    names = {row.ref: row.name for row in case.parties}
    payer, payee = names.get(typed["payer"], ""), names.get(typed["payee"], "")
    day = _say_day(typed["due"])
    found: dict[str, Any] = {
        "kind": "pay" if typed["amount"] else "do",
        "obligors": [typed["payer"]],
        "obligees": [typed["payee"]],
        "due": typed["due"],
    }
    if typed["amount"]:
        amount = Yuan().deserialize(typed["amount"])
        found |= {"amount": f"{amount:.2f}", "method": "cash"}
        text = f"{payer}于{day}前付给{payee}{amount:,.2f}元"
        found["text"] = f"{text}，{typed['what']}。" if typed["what"] else f"{text}。"
    else:
        found["text"] = f"{payer}于{day}前为{payee}做到：{typed['what']}。"
    return found


def _say_day(typed: str) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return typed
    return f"{day.year}年{day.month}月{day.day}日"


def session_of(case: Case, mediator: str) -> dict[str, Any]:
    """The session: everybody was there and agreed."""
    return {
        "mediators": list(case.mediators or ()) or [mediator],
        "presiding": case.presiding or mediator,
        "recorder": mediator,
        "attended": [row.ref for row in case.parties],
        "outcome": "agreed",
        "record": "当场谈成，各方同意口头达成协议，不写书面协议。",
    }
