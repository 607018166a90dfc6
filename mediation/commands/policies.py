"""`mediation workflow show` and `workflow check`: the policy as people read it, and whether it is sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

import workflows
from mediation.commands.speaking import Speaking
from mediation.config import read_settings
from workflows import PolicyError, Workflow


@click.group("workflow", cls=Speaking, help="办理流程。")
def workflow() -> None:
    """The workflow."""


@workflow.command("show", help="打印正在用的流程：表格、Mermaid 图，或 SVG 图。")
@click.option(
    "--format", "form", type=click.Choice(["table", "mermaid", "svg"]), default="table", show_default=True
)
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="表格的语言。"
)
def show_workflow(form: str, language: str) -> None:
    """Print the active workflow."""
    from workflows import drawing

    draw: dict[str, Callable[[Workflow], str]] = {
        "table": lambda found: drawing.as_table(found, language),
        "mermaid": drawing.as_mermaid,
        "svg": drawing.as_svg,
    }
    click.echo(draw[form](workflows.load(read_settings().policy)))


@workflow.command("check", help="检查一份流程文件（TOML）；有毛病就全部列出来，退出码是1。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_workflow(file: Path) -> None:
    """Refuse an unsound policy and list every fault."""
    try:
        found = workflows.load_file(file)
    except PolicyError as error:
        for fault in error.faults:
            click.echo(f"{file.name}: {fault}")
        click.echo(f"这份流程不能用，有{len(error.faults)}处毛病。 / {len(error.faults)} faults.")
        raise click.exceptions.Exit(1) from error
    counts = f"{len(found.case.states)}个状态，{len(found.case.steps)}个步骤，{len(found.levels)}级"
    click.echo(f"{file.name}: 可以用。{counts}。 / Sound.")
