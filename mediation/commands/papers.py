"""`mediation documents render`: the papers of cases as files."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from documents import CATALOGUE, DocumentError
from mediation.casefile_export import find_case
from mediation.commands.office import session, shelf
from mediation.commands.speaking import Speaking, Stop, print_json
from mediation.commands.volumes import bind_to, blanks, docx, dossier, print_set
from mediation.models import Case, Document
from mediation.rendering import Shelf, fetch_paper
from mediation.services.papers import PaperChanged


@click.group("documents", cls=Speaking, help="文书。")
def documents() -> None:
    """Papers."""


for command in (dossier, print_set, blanks, docx):
    documents.add_command(command)


@documents.command("render", help="把案件的文书生成为 PDF，放进 --out 文件夹；每个文件一行结果。")
@click.argument("case_numbers", nargs=-1, required=True, metavar="CASE_NO...")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="放文件的文件夹。"
)
@click.option(
    "--type", "types", multiple=True, type=click.Choice(list(CATALOGUE)), help="只要这几种；可写多次。"
)
@with_appcontext
def render_papers(case_numbers: tuple[str, ...], out: Path, types: tuple[str, ...]) -> None:
    """Render, copy and report each paper."""
    unknown = [number for number in case_numbers if find_case(session(), number) is None]
    if unknown:
        raise Stop(f"没有这些案号：{'、'.join(unknown)}。请核对后再试。")
    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    for number in case_numbers:
        case = find_case(session(), number)
        for document_id, name in list_files(session(), case, types) if case else ():
            try:
                print_json(copy_out(session(), shelf(), document_id, out / name))
            except OSError:
                raise
            except Exception as error:  # one paper that cannot be made must not keep the others back
                failed += 1
                click.echo(f"{name} 没有生成：{tell_why(error)}", err=True)
        if case is not None and calls_for_dossier(case, types):
            failed += 0 if render_dossier(case, out) else 1
        session().expunge_all()
    if failed:
        raise Stop(f"有{failed}份文书没有生成，原因见上。其余的都在 {out}。")


def calls_for_dossier(case: Case, types: tuple[str, ...]) -> bool:
    """The file of a case is bound once it is closed, or when somebody asks for it by name."""
    return "dossier" in types or (not types and case.state in ("closed", "archived"))


def render_dossier(case: Case, out: Path) -> bool:
    """Bind the case's file; whether that could be done."""
    name = f"{case.case_no}-dossier.pdf"
    try:
        print_json(bind_to(case, out / name))
    except (DocumentError, PaperChanged) as error:
        click.echo(f"{name} 没有生成：{tell_why(error)}", err=True)
        return False
    return True


def tell_why(error: Exception) -> str:
    """Why a paper could not be made, as far as it can be said."""
    if isinstance(error, DocumentError):
        return str(error)
    if isinstance(error, PaperChanged):
        return f"和第一次生成的不一样（{error}）。字体或模板可能换过，请联系维护人员。"
    return f"程序出错（{type(error).__name__}: {error}），请把这一行告诉维护人员。"


def list_files(session: Session, case: Case, types: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    """Each paper that was issued in a case, with the name of its file: `<case_no>-<type>[-<n>].pdf`.

    n is there where a type was issued more than once; it counts in the order of issue.
    """
    rows = session.execute(
        select(Document.id, Document.type, Document.version)
        .where(Document.case_id == case.id)
        .order_by(Document.number)
    ).all()
    times = Counter(row.type for row in rows)
    return [
        (row.id, f"{case.case_no}-{row.type}{f'-{row.version}' if times[row.type] > 1 else ''}.pdf")
        for row in rows
        if not types or row.type in types
    ]


def copy_out(session: Session, shelf: Shelf, document_id: int, target: Path) -> dict[str, Any]:
    """Put a paper where the operator wants it; answers with what is printed about it."""
    row = session.execute(
        select(Document.type, Case.case_no)
        .join(Case, Case.id == Document.case_id)
        .where(Document.id == document_id)
    ).one()
    kept = fetch_paper(session, shelf, document_id)
    shutil.copyfile(kept.path, target)
    return {
        "case_no": row.case_no,
        "type": row.type,
        "path": str(target),
        "sha256": kept.sha256,
        "pages": kept.pages,
    }


for name in ("gallery",):  # the commands of this group that live in files of their own
    import_module(f"mediation.commands.{name}")
