"""`mediation verify`, `backup` and `restore`: that the data are whole, and stay so."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from mediation import backups
from mediation.commands.office import keys, prepare_database, session, settings, shelf
from mediation.commands.speaking import Stop
from mediation.config import Settings, read_settings
from mediation.database import db
from mediation.verifying import Reader
from mediation.verifying import verify as find_violations


@click.command("verify", help="核对全部数据和办理记录；有问题每处一行，退出码是1。")
@with_appcontext
def verify() -> None:
    """Check every invariant."""
    if not print_violations():
        click.echo("全部核对无误。 / All is well.")
        return
    raise click.exceptions.Exit(1)


def print_violations() -> int:
    """A line for each violation; returns how many there were."""
    count = 0
    for violation in find_violations(Reader(session(), keys(), shelf().folder)):
        click.echo(str(violation))
        count += 1
    if count:
        click.echo(
            f"共{count}处问题。请先不要修改数据，用最近一次核对无误的备份对照，或联系维护人员。", err=True
        )
    return count


@click.command("backup", help="把数据库、密钥和文书备份成一个文件；不用停止服务。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write a consistent copy of the whole installation."""
    try:
        made = backups.write_backup(settings(), file)
    except backups.BackupRefused as error:
        raise Stop(str(error)) from error
    click.echo(f"已备份到 {file}：{made.files}个文件，{made.size / 1024**2:.1f} MB。里面有密钥，请妥善保管。")
    if not made.has_database:
        click.echo("数据库是 PostgreSQL，不在这个文件里，请另外运行 pg_dump -Fc 备份数据库。", err=True)


@click.command("restore", help="从备份文件恢复；只恢复到空的实例，恢复后自动核对。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring a backup back into an empty installation, then check it."""
    found = read_settings()
    try:
        backups.restore_backup(found, file)
    except backups.BackupRefused as error:
        raise Stop(str(error)) from error
    _check_restored(found)
    click.echo(f"已恢复到 {found.instance}，核对无误。所有人需要重新登录。")
    if not found.is_sqlite:
        click.echo("数据库是 PostgreSQL，请用 pg_restore 恢复数据库。", err=True)


def _check_restored(found: Settings) -> None:
    from mediation import create_app

    app = create_app(found)
    if not found.is_sqlite:
        return
    prepare_database(app)  # the backup may be of an older version
    with app.app_context():
        backups.end_logins(session())
        session().commit()
        wrong = print_violations()
        session().close()
        db.engine.dispose()
    if wrong:
        raise Stop("恢复出来的数据有问题，见上。请换一份备份再试。")
