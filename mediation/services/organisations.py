"""Organisations and their committees: read from a table, never renamed under old papers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from sqlalchemy import select

from mediation.models import Committee, Organisation
from mediation.services.desk import Desk
from mediation.services.numbers import choose_number_word
from mediation.text_guard import TextError, check_text
from workflows import Workflow

COLUMNS = ("code", "name", "level", "parent_code")


@dataclass(frozen=True)
class RowFault:
    """A row that cannot go in, and why."""

    line: int
    message: str


class TableRefused(ValueError):
    """A table with faults; nothing of it goes in."""

    def __init__(self, faults: list[RowFault]) -> None:
        self.faults = faults
        super().__init__("；".join(f"第{fault.line}行：{fault.message}" for fault in faults))


def read_table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file; raises TableRefused where a column is missing."""
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    found = tuple(reader.fieldnames or ())
    lacking = [name for name in COLUMNS if name not in found]
    if lacking:
        words = f"表里少了{'、'.join(lacking)}这一列。找到的列有：{'、'.join(found) or '（没有）'}。"
        raise TableRefused([RowFault(1, words)])
    return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]


def bring_in(desk: Desk, rows: Iterable[Mapping[str, str]], workflow: Workflow) -> tuple[int, int]:
    """Create or update organisations and a people's mediation committee for each; returns (new, updated).

    Raises TableRefused with every fault; then nothing may be committed.
    """
    known = {row.code: row for row in desk.session.scalars(select(Organisation))}
    levels = {level.code for level in workflow.levels}
    faults: list[RowFault] = []
    new = updated = 0
    for line, row in enumerate(rows, start=2):
        fault = _fault_in(row, levels, known)
        if fault:
            faults.append(RowFault(line, fault))
            continue
        code = _full_code(row["code"])
        place = known.get(code)
        if place is None:
            place = Organisation(code=code, kind="division", active=True, phone="", committees=[])
            desk.session.add(place)
            known[code] = place
            new += 1
        else:
            updated += 1
        place.name, place.level = row["name"], row["level"]
        place.parent = known[_full_code(row["parent_code"])] if row["parent_code"] else None
    if faults:
        raise TableRefused(faults)
    desk.session.flush()  # committees are looked up by their organisation
    _found_committees(desk, list(known.values()))
    return new, updated


def _full_code(code: str) -> str:
    return code.ljust(12, "0")


def _fault_in(row: Mapping[str, str], levels: set[str], known: Mapping[str, Organisation]) -> str:
    if not row["code"].isascii() or not row["code"].isdigit() or len(row["code"]) > 12:
        return f"机构代码“{row['code']}”应是不超过12位的数字。"
    if row["level"] not in levels:
        return f"层级“{row['level']}”不对，只能是{'、'.join(sorted(levels))}。"
    try:
        check_text(row["name"], kind="line")
    except TextError as error:
        return f"名称：{error.message_zh}"
    if row["parent_code"] and _full_code(row["parent_code"]) not in known:
        return f"上级“{row['parent_code']}”不在表里，请把上级写在下级前面。"
    return ""


def _found_committees(desk: Desk, places: list[Organisation]) -> None:
    taken = set(desk.session.scalars(select(Committee.number_word)))
    for place in places:
        if place.committee is not None or place.kind != "division":
            continue
        word = choose_number_word(taken, place)
        taken.add(word)
        place.committees.append(Committee(name=committee_name(place), number_word=word, kind="division"))


def committee_name(place: Organisation) -> str:
    """新邵县雀塘镇人民调解委员会: the names from the county down (SF/T 0083-2020)."""
    return "".join(above.name for above in reversed(place.chain())) + "人民调解委员会"


def add_office(
    desk: Desk, *, code: str, name: str, kind: str, level: str, parent: Organisation | None
) -> Organisation:
    """A court or a department, beside the chain."""
    found = desk.session.scalar(select(Organisation).where(Organisation.code == code))
    if found is None:
        found = Organisation(code=code, committees=[], active=True, phone="")
        desk.session.add(found)
    found.name, found.kind, found.level, found.parent = name, kind, level, parent
    desk.session.flush()  # users and grants name it by id
    return found
