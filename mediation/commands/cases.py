"""`mediation cases import` and `mediation cases export`: case files in and out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from mediation.casefile import BroughtIn, Fault, FileRefused, bring_in, read_json
from mediation.casefile_export import find_case, write_case
from mediation.commands.office import session, writing
from mediation.commands.speaking import Speaking, Stop, print_json

#: A case file grows the garbage collector's lists fast and leaves nothing behind that it could find.
_COLLECT_AFTER = 50_000


@click.group("cases", cls=Speaking, help="案卷的导入和导出。")
def cases() -> None:
    """Case files."""


@cases.command(
    "import", help="导入案卷（mediation-case/1，单个、数组或每行一个）；- 是标准输入。每案一行结果。"
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@with_appcontext
def import_cases(files: tuple[str, ...]) -> None:
    """Bring case files in, each case all or nothing; leave with 1 when any was refused."""
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *before[1:])
    refused = 0
    try:
        for file in files:
            for answer in bring_in_file(file):
                refused += bool(answer["errors"])
                print_json(answer)
                sys.stdout.flush()
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
    if refused:
        raise click.exceptions.Exit(1)


def bring_in_file(file: str) -> Iterator[dict[str, Any]]:
    """Every case of a file, one after the other, as what became of it."""
    try:
        found = read_json(_read(file))
    except FileRefused as error:
        yield _answer({}, None, error.faults)
        return
    for data in found:
        yield bring_in_one(data)


def _read(file: str) -> str:
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            [Fault("", "bad_encoding", "案卷应是 UTF-8 编码，请另存为 UTF-8 后再导入。")]
        ) from error


def bring_in_one(data: Any) -> dict[str, Any]:
    """One case in its own short transaction, and what became of it."""
    try:
        with writing() as desk:
            brought = bring_in(desk, data)
            answer = _answer(data, brought, [])
    except FileRefused as error:
        answer = _answer(data, None, error.faults)
    except (IntegrityError, StaleDataError):
        said = "保存时和别人的操作碰到一起了，这个案件没有进去。请再导入一次。"
        answer = _answer(data, None, [Fault("", "lost_a_race", said)])
    finally:
        session().expunge_all()
    return answer


def _answer(data: Any, brought: BroughtIn | None, faults: list[Fault]) -> dict[str, Any]:
    case = brought.case if brought else None
    given = data.get("external_id") if isinstance(data, dict) else None
    return {
        "external_id": case.external_id if case else given,
        "case_no": case.case_no if case else None,
        "tracking": [
            {"party": code.ref, "number": code.number, "code": code.code}
            for code in (brought.codes if brought else ())
        ],
        "state": case.state if case else None,
        "level": case.level if case else None,
        "errors": [{"where": fault.where, "code": fault.code, "message": fault.message} for fault in faults],
    }


@cases.command("export", help="按案号导出案卷，每案一行；含完整证件号，请妥善保管。")
@click.argument("case_numbers", nargs=-1, required=True, metavar="CASE_NO...")
@with_appcontext
def export_cases(case_numbers: tuple[str, ...]) -> None:
    """Print case files; a number that is unknown stops before anything is printed."""
    unknown = [number for number in case_numbers if find_case(session(), number) is None]
    if unknown:
        raise Stop(f"没有这些案号：{'、'.join(unknown)}。请核对后再试。")
    for number in case_numbers:
        case = find_case(session(), number)
        if case is not None:
            print_json(write_case(case))
        session().rollback()
        session().expunge_all()
