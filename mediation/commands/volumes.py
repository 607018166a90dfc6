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
    try:
        planned = plan(session(), settings(), case, datetime.now(UTC))
        gaps = [
            {"code": gap.code, "title": gap.zh, "who": gap.who, "must": gap.must}
            for gap in dossier_gaps(case)
        ]
        target = out / f"{case.case_no}-dossier.pdf"
        kept = bind_case(session(), settings(), planned)
    except (DocumentError, PaperChanged) as error:
        raise Stop(str(error)) from error
    out.mkdir(parents=True, exist_ok=True)
    target.write_bytes(kept.path.read_bytes())
    print_json(
        {"case_no": number, "type": "dossier", "path": str(target), "sha256": kept.sha256, "pages": kept.pages,
         "missing": gaps}
    )  # fmt: skip


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
