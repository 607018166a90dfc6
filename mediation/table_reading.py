"""Reading a table that somebody hands in, in a process of its own with limits: .xlsx, .xls, .csv in UTF-8 or GBK.

Run by `mediation.tables` as a script, so it imports nothing of ours.  Prints one JSON object: `rows`, each with its
number in the file and its cells as text, or `refused`, the code of why not.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

MEMORY, SECONDS = 1024 * 1024 * 1024, 20
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2000, 60, 2000
#: Rows looked at, empty ones included: a sheet that was formatted to its end has a million.
MOST_LINES = 20_000
MOST_UNPACKED, MOST_MEMBERS = 100 * 1024 * 1024, 2000
#: What stands for a number that the spreadsheet has rounded: Excel keeps fifteen digits of eighteen.
LOST = "\ue000"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class NotRead(Exception):
    """A table that cannot be read, by the code of the reason."""


def read(path: Path) -> list[tuple[int, list[str]]]:
    """Its rows that hold anything, with their numbers in the file.  Raises NotRead."""
    raw = path.read_bytes()
    if not raw.strip():
        raise NotRead("empty")
    is_workbook = raw.startswith((_ZIP, _OLE))
    rows = _read_workbook(path, raw) if is_workbook else enumerate(_read_text(raw), start=1)
    found = []
    for number, cells in rows:
        texts = [_as_text(cell) for cell in cells[:MOST_COLUMNS]]
        if any(texts):
            found.append((number, texts))
        if len(found) > MOST_ROWS + 20:
            raise NotRead("too_many_rows")
    if not found:
        raise NotRead("empty")
    return found


def _read_workbook(path: Path, raw: bytes) -> Iterator[tuple[int, list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if raw.startswith(_ZIP):
        _check_zip(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = [list(row) for row in islice(book.get_sheet_by_name(name).iter_rows(), MOST_LINES)]
            if any(str(cell).strip() for row in rows for cell in row):
                return enumerate(rows, start=1)  # from the sheet's first row, empty ones counted
    except PasswordError as error:
        raise NotRead("locked") from error
    except (CalamineError, OSError, ValueError) as error:
        raise NotRead("damaged") from error
    raise NotRead("empty")


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise NotRead("bomb")
    except zipfile.BadZipFile as error:
        raise NotRead("damaged") from error


def _read_text(raw: bytes) -> list[list[str]]:
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotRead("wrong_type")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NotRead("wrong_type")
    head = text[:4000]
    mark = max("\t,;，", key=head.count) if any(mark in head for mark in "\t,;，") else "\t"
    csv.field_size_limit(LONGEST_CELL * 50)
    try:
        return list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter=mark))
    except csv.Error as error:
        raise NotRead("damaged") from error


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        if abs(cell) >= 10**15:
            return LOST
        return str(int(cell)) if cell == int(cell) else format(cell, ".12g")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()[:LONGEST_CELL]


def main() -> None:
    """Read the file named on the command line and say what it holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        said: dict[str, Any] = {"rows": read(Path(sys.argv[1]))}
    except NotRead as refused:
        said = {"refused": str(refused)}
    except MemoryError:
        said = {"refused": "bomb"}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
