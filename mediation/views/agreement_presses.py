"""The buttons of the second section of an agreement that change its rows, and no case."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from mediation.language import spoken
from mediation.models import Case
from mediation.services.agreement_draft import Draft, new_clause, split_clause
from mediation.views.capitals import spell


def press(form: MultiDict[str, str], draft: Draft, case: Case) -> bool:
    """Carry out a press on “add”, “take away” or “a clause for each”; whether the page is only shown again.

    The paths that the buttons send are made of places and names.
    """
    clauses = draft["clauses"]
    if form.get("_add") == "clause":
        code = form.get("new_block") or "free"
        try:
            clauses.append(new_clause(case, code))
        except KeyError:
            clauses.append(new_clause(case, "free"))
        return True
    for button in ("_add", "_remove", "_split", "_turn"):
        path = form.get(button, "").split("-")
        if len(path) < 2 or path[0] != "clauses" or not path[1].isdecimal() or int(path[1]) >= len(clauses):
            continue
        if button == "_split":
            split_clause(clauses, int(path[1]))
        elif button != "_turn":  # the chips that were chosen say already what the clause turns into
            _press_in(clauses, int(path[1]), path[2:], button == "_add")
        return True
    return bool(form.get("_again"))


def tell_split(form: MultiDict[str, str]) -> str:
    """What a press on 每人写一条 did, with the sum that stood there before; empty where nothing was split."""
    place, page = form.get("_split", ""), spoken("desk")
    payers = form.getlist(f"{place}-v-payer[]")
    if len(payers) < 2 and not any(one.startswith("@") for one in payers):
        return ""
    before = spell(form.get(f"{place}-v-amount", "")) and form.get(f"{place}-v-amount", "").strip()
    total = str(page["split_total"]).format(amount=before) if before else ""
    return f"{page['split_done']}{total}"


def _press_in(clauses: list[dict[str, Any]], place: int, rest: list[str], add: bool) -> None:
    if not rest:
        clauses.pop(place)
        return
    rows = clauses[place]["values"].setdefault(rest[0], [])
    if add:
        rows.append({})
    elif len(rest) > 1 and rest[1].isdecimal() and int(rest[1]) < len(rows):
        rows.pop(int(rest[1]))
