"""Results as a court pastes or uploads them: a table of any width becomes rows with their faults beside the cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

MOST_ROWS = 200
NUMBER = re.compile(r"[0-9]{4}-[0-9]{4,}-[0-9X]")
COURT_NUMBER = re.compile(r"[（(〔\[]\s*20[0-9]{2}\s*[)）〕\]].{2,40}号")
DAY = re.compile(r"(20[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
RESULTS = {
    "confirmed": ("确认有效", "确认"),
    "dismissed": ("驳回", "不予确认"),
    "withdrawn": ("撤回", "准许撤回", "按撤回处理"),
}
#: What a row's cells are called in the form.
CELLS = ("court_number", "result", "ruling_on", "reason")


@dataclass
class ResultRow:
    """One case's result, as typed, with what is wrong beside each cell."""

    number: str
    court_number: str = ""
    result: str = ""
    ruling_on: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def touched(self) -> bool:
        """Whether anything was entered."""
        return any((self.court_number, self.result, self.ruling_on, self.reason))


def row_of(number: str, cells: Mapping[str, str]) -> ResultRow:
    """A row of typed cells."""
    return ResultRow(number, cells["court_number"], cells["result"], cells["ruling_on"], cells["reason"])


def read_pasted(text: str) -> list[ResultRow]:
    """Rows copied from a spreadsheet or a list: cells apart by tabs, or commas, or wide spaces."""
    lines = [line for line in text.splitlines() if line.strip()][:MOST_ROWS]
    return _rows([re.split(r"\t|,|，|\s{2,}|\|", line) for line in lines])


def read_workbook(data: bytes) -> list[ResultRow]:
    """The first sheet of a workbook; raises ValueError where it cannot be opened."""
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
        table = sheet.to_python()
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise ValueError("not a workbook") from error
    return _rows([[_text(cell) for cell in row] for row in table[: MOST_ROWS + 5]])


def _text(cell: object) -> str:
    if isinstance(cell, (date, datetime)):
        return f"{cell:%Y-%m-%d}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows(table: Sequence[Sequence[str]]) -> list[ResultRow]:
    """A cell is known by what it looks like, so that nobody has to put columns into an order."""
    found = []
    for cells in table:
        number = next((hit[0] for cell in cells if (hit := NUMBER.search(cell))), "")
        if not number:
            continue
        row = ResultRow(number)
        for cell in (cell.strip() for cell in cells):
            if not cell or NUMBER.fullmatch(cell):
                continue
            if hit := COURT_NUMBER.search(cell):
                row.court_number = hit[0]
            elif DAY.search(cell):
                row.ruling_on = read_day(cell) or cell
            elif code := read_result(cell):
                row.result = code
            elif not row.reason and len(cell) > 3 and row.result == "dismissed":
                row.reason = cell
        found.append(row)
    return found


def read_result(text: str) -> str:
    """The code of a result said in words; empty for anything else."""
    plain = text.strip()
    for code, words in RESULTS.items():
        if plain == code or plain in words:
            return code
    return ""


def read_day(text: str) -> str:
    """A date however it was written, as YYYY-MM-DD; empty for what is none."""
    hit = DAY.search(text)
    if hit is None:
        return ""
    try:
        return date(int(hit[1]), int(hit[2]), int(hit[3])).isoformat()
    except ValueError:
        return ""
