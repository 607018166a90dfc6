"""Tables that people hand in: rows as text with their numbers, or why not; and tables that they take away."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from typing import IO

import xlsxwriter

LARGEST = 10 * 1024 * 1024
LONGEST_SECONDS = 40
#: A number that the spreadsheet has rounded; see `table_reading`.
LOST = "\ue000"

Row = tuple[int, list[str]]


class TableRefused(Exception):
    """A table that cannot be read; `code` is a word of [table_refused]."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read_table(stream: IO[bytes]) -> list[Row]:
    """The rows of the first sheet that holds anything, numbered as the spreadsheet numbers them.

    Excel (.xlsx, .xls) and CSV, UTF-8 or GBK.  Raises TableRefused.
    """
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise TableRefused("too_large")
    with tempfile.NamedTemporaryFile(prefix="table.") as file:
        file.write(raw)
        file.flush()
        return _read_apart(file.name)


def read_pasted(text: str) -> list[Row]:
    """The rows of a list that was pasted: cells apart by tabs, commas or blanks."""
    lines = text.replace("\r\n", "\n").split("\n")
    mark = next((mark for mark in ("\t", "，", ",", ";", "；") if mark in text), None)
    rows = [
        (number, [cell.strip() for cell in line.split(mark)]) for number, line in enumerate(lines, start=1)
    ]
    found = [(number, cells) for number, cells in rows if any(cells)]
    if not found:
        raise TableRefused("empty")
    if len(found) > 2000:
        raise TableRefused("too_many_rows")
    return found


def _read_apart(name: str) -> list[Row]:
    script = str(files("mediation") / "table_reading.py")
    try:
        done = subprocess.run(
            [sys.executable, "-I", script, name], capture_output=True, timeout=LONGEST_SECONDS, check=False
        )
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise TableRefused("bomb") from error
    if "refused" in said:
        raise TableRefused(str(said["refused"]))
    return [(int(number), [str(cell) for cell in cells]) for number, cells in said["rows"]]


def write_table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    notes: Sequence[str] = (),
    sheet: str = "名单",
) -> bytes:
    """A workbook in which every cell is text: nothing in it is a formula, and no number loses a digit.

    title: the file's own title.  notes: a second sheet that says how to fill it in.
    """
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title})
        text = book.add_format({"num_format": "@", "text_wrap": True})
        bold = book.add_format({"bold": True, "num_format": "@", "bg_color": "#EEF2F7", "border": 1})
        page = book.add_worksheet(sheet)
        page.set_column(0, max(len(head) - 1, 0), 20, text)
        for place, name in enumerate(head):
            page.write_string(0, place, name, bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell, text)
        page.freeze_panes(1, 0)
        if notes:
            help_page = book.add_worksheet("填写说明")
            help_page.set_column(0, 0, 80, text)
            for number, note in enumerate(notes):
                help_page.write_string(number, 0, note, text)
    return kept.getvalue()
