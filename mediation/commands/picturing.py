"""`mediation pictures`: small PNGs of real pages and one paper, for the README."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from flask.cli import with_appcontext

from mediation import pictures as taking
from mediation.commands.office import settings
from mediation.commands.speaking import Stop


@click.command("pictures", help="用一份临时的演示县，在浏览器里拍几张真实页面和一份文书的小图。")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="放图的文件夹")
@with_appcontext
def pictures(out: Path) -> None:
    """Take the pictures from a demo county of their own; this installation's data are not touched."""
    from dataclasses import replace

    from mediation import create_app
    from mediation.commands.setting_up import init
    from mediation.commands.showing import demo
    from mediation.demo import PASSWORD

    with tempfile.TemporaryDirectory(prefix="mediation-pictures-") as folder:
        place = Path(folder)
        app = create_app(
            replace(settings(), instance=place, database_url=f"sqlite:///{place / 'mediation.db'}")
        )
        with app.app_context():
            for command in (init, demo):
                command.callback()  # type: ignore[misc]
        try:
            taking.take_pictures(app, PASSWORD, out, click.echo)
        except taking.CannotPicture as error:
            raise Stop(str(error)) from error
