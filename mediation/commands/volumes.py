"""`mediation documents dossier`, `print-set` and `blanks`: what is bound, printed in stacks, or filled in by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

import documents as papers
from documents import CATALOGUE, DocumentError
from mediation.bound import bind_case, collate_case, plan
from mediation.casefile_export import find_case
from mediation.commands.office import session, settings
from mediation.commands.speaking import Stop, print_json
from mediation.models import Case
from mediation.services.dossier import dossier_gaps
from mediation.services.papers import PaperChanged

OUT = click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="放文件的文件夹。"
)


def _case(number: str) -> Case:
    found = find_case(session(), number)
    if found is None:
        raise Stop(f"没有这个案号：{number}。请核对后再试。")
    return found


@click.command("dossier", help="装订案件的卷宗：封面、目录、全部文书和扫描件、情况说明、封底，一份 PDF。")
@click.argument("number", metavar="CASE_NO")
@OUT
@with_appcontext
def dossier(number: str, out: Path) -> None:
    """Bind one case and say what its file lacks."""
    case = _case(number)
    gaps = dossier_gaps(case)
    out.mkdir(parents=True, exist_ok=True)
    try:
        told = bind_to(case, out / f"{case.case_no}-dossier.pdf")
    except (DocumentError, PaperChanged) as error:
        raise Stop(str(error)) from error
    missing = [{"code": gap.code, "title": gap.zh, "who": gap.who, "must": gap.must} for gap in gaps]
    print_json(told | {"missing": missing})


@click.command("docx", help="把案件的协议书（或 --type 指定的文书）写成可以改的 Word 文件，标着草稿。")
@click.argument("number", metavar="CASE_NO")
@OUT
@click.option(
    "--type", "types", multiple=True, type=click.Choice(list(CATALOGUE)), help="哪几种；平常是协议书。"
)
@with_appcontext
def docx(number: str, out: Path, types: tuple[str, ...]) -> None:
    """An editable copy of papers, for offices that insist; it is a draft and proves nothing."""
    case = _case(number)
    wanted = types or ("agreement", "oral_agreement")
    rows = [row for row in case.documents if row.type in wanted and row.superseded_at is None]
    if not rows:
        raise Stop("这件事还没有这种文书。写过协议就有了。")
    out.mkdir(parents=True, exist_ok=True)
    for row in rows:
        target = out / f"{case.case_no}-{row.type}-{row.version}.docx"
        target.write_bytes(papers.docx_of(papers.thaw(row.type, row.facts)))
        print_json({"case_no": case.case_no, "type": row.type, "path": str(target)})


def bind_to(case: Case, target: Path) -> dict[str, object]:
    """The volume of a case as a file; what is printed about it.  Raises DocumentError, PaperChanged."""
    planned, case_no = plan(session(), settings(), case, datetime.now(UTC)), case.case_no
    kept = bind_case(session(), settings(), planned)
    target.write_bytes(kept.path.read_bytes())
    return {
        "case_no": case_no,
        "type": "dossier",
        "path": str(target),
        "sha256": kept.sha256,
        "pages": kept.pages,
    }


@click.command("print-set", help="把案件全部文书按份数合成一份 PDF，双面打印时自动补空白页。")
@click.argument("number", metavar="CASE_NO")
@OUT
@with_appcontext
def print_set(number: str, out: Path) -> None:
    """All copies of all papers in one file."""
    case = _case(number)
    case_no = case.case_no
    try:
        made = collate_case(session(), settings(), case)
    except LookupError:
        raise Stop("这件事还没有文书可打印。办过受理就有了。") from None
    except (DocumentError, PaperChanged) as error:
        raise Stop(str(error)) from error
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{case_no}-print-set.pdf"
    target.write_bytes(made.pdf)
    print_json(
        {
            "case_no": case_no,
            "type": "print_set",
            "path": str(target),
            "sha256": made.sha256,
            "pages": made.pages,
        }
    )


@click.command("blanks", help="把每种文书的空白表格写进 --out，供手工填写。")
@OUT
@click.option(
    "--type", "types", multiple=True, type=click.Choice(list(CATALOGUE)), help="只要这几种；可写多次。"
)
def blanks(out: Path, types: tuple[str, ...]) -> None:
    """One blank form of each type."""
    out.mkdir(parents=True, exist_ok=True)
    for code in types or CATALOGUE:
        kind = CATALOGUE[code]
        target = out / f"{code}-blank.pdf"
        made = papers.blank(code)
        target.write_bytes(made.pdf)
        print_json({"type": code, "title": kind.title, "path": str(target), "pages": made.pages})
