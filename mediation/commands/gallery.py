"""`mediation documents gallery`: every kind of paper once, to be looked at."""

from __future__ import annotations

from pathlib import Path

import click

from documents import DocumentError
from mediation.commands.papers import documents
from mediation.commands.speaking import Stop


@documents.command("gallery", help="把每种文书各生成短、常见、最长的样张和空白表，放进 --out 文件夹。")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="放文件的文件夹。"
)
def gallery(out: Path) -> None:
    """Write the gallery; each file a line."""
    from documents.gallery import write_gallery

    try:
        for path in write_gallery(out):
            click.echo(str(path))
    except DocumentError as refusal:
        raise Stop(str(refusal)) from refusal
