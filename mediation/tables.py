"""Tables that people hand in: rows as text with their numbers, or why not; and tables that they take away."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from typing import IO

import xlsxwriter

MOST_ROWS = 2000
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


_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])")
_NUMBERED = re.compile(r"\s*[(（]?[0-9]{1,4}[)）、.．]\s*(?=[^\s0-9])")


def read_pasted(text: str) -> list[Row]:
    """The rows of a list that was pasted: cells apart by tabs, semicolons, commas, 、 or blanks."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise TableRefused("empty")
    if len(lines) > MOST_ROWS:
        raise TableRefused("too_many_rows")
    if all(_NUMBERED.match(line) for _, line in lines):
        lines = [(number, _NUMBERED.sub("", line, count=1)) for number, line in lines]
    split = _split_lines([line for _, line in lines])
    rows = [(number, cells) for (number, _), cells in zip(lines, split, strict=True) if any(cells)]
    if not rows:
        raise TableRefused("empty")
    return rows


def _split_lines(lines: Sequence[str]) -> list[list[str]]:
    """Cut every line at the mark that most of them have; a comma in 20,220 is none where the columns come out even."""
    closed = [_THOUSANDS.sub("", line) for line in lines]
    for marks in ("\t", "；;", "，,", "、"):
        if 2 * sum(1 for line in closed if any(mark in line for mark in marks)) < len(lines):
            continue
        whole = [_cut(_THOUSANDS.sub(_without_commas, line), marks) for line in lines]
        plain = [_cut(line, marks) for line in lines]
        return plain if not _even(whole) and _even(plain) else whole
    return [_pair(line.split()) for line in lines]


def _cut(line: str, marks: str) -> list[str]:
    return [cell.strip() for cell in re.split(f"[{marks}]", line)]


def _even(rows: Sequence[Sequence[str]]) -> bool:
    return len({len(cells) for cells in rows}) == 1


def _without_commas(found: re.Match[str]) -> str:
    return re.sub("[,，]", "", found.group())


def _pair(cells: list[str]) -> list[str]:
    """Two single characters side by side are a name that was spaced out."""
    found: list[str] = []
    for cell in cells:
        if found and len(cell) == len(found[-1]) == 1 and ord(cell) > 0x33FF < ord(found[-1]):
            found[-1] = f"{found[-1]} {cell}"
        else:
            found.append(cell)
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
