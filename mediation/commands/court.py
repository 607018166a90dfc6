"""`mediation court`: the packages that wait for a court as one file, and the check that nothing in it was changed."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from mediation.commands.office import session, settings, writing
from mediation.commands.speaking import Speaking, Stop, print_json
from mediation.models import AccessRecord, Confirmation
from mediation.packages import verify_bundle, write_bundle
from workflows.steps import SHANGHAI

#: Applications that a court still has to decide, or whose package it may want.
WAITING = ("filed", "supplement_asked", "accepted")


@click.group("court", cls=Speaking, help="给法院的卷宗包：导出、核对。")
def court() -> None:
    """Packages for a court."""


@court.command("export", help="把等待法院审查的司法确认卷宗打成一个 ZIP；每案一行结果。")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到哪个文件。")
@click.option("--court", "name", default="", help="哪个法院；只有一个时可以不填。")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="只要这一天以后提交的。")
@click.option("--plain-names", is_flag=True, help="文件夹只用编号（旧电脑解压乱码时用）。")
@with_appcontext
def export(out: Path, name: str, since: datetime | None, plain_names: bool) -> None:
    """Pack every waiting application of one court."""
    wanted = select(Confirmation.case_id, Confirmation.court).where(Confirmation.state.in_(WAITING))
    if since is not None:
        wanted = wanted.where(Confirmation.filed_at >= since.replace(tzinfo=SHANGHAI))
    rows = session().execute(wanted.order_by(Confirmation.filed_at, Confirmation.id)).all()
    courts = sorted({row.court for row in rows})
    if name and name not in courts:
        known = f"有申请的法院：{'、'.join(courts)}。" if courts else "现在没有等待审查的申请。"
        raise Stop(f"没有交到“{name}”的申请。{known}")
    if not name and len(courts) != 1:
        raise Stop(
            f"请用 --court 选一个法院：{'、'.join(courts)}。" if courts else "现在没有等待审查的申请。"
        )
    chosen = name or courts[0]
    ids = [row.case_id for row in rows if row.court == chosen]
    session().rollback()
    out.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(SHANGHAI)
    bundle = write_bundle(session(), settings(), ids, out, court=chosen, at=now, plain_names=plain_names)
    with writing() as desk:
        desk.session.add_all(
            AccessRecord(at=desk.now, case_id=case_id, action="export", what="court: mediation court export")
            for case_id in ids
        )
    for row in bundle.rows:
        print_json({"case": row.number, "folder": row.folder, "files": row.files, "lacking": row.lacking})
    click.echo(f"{out}：{len(bundle.rows)}件，SHA-256 {bundle.sha256}", err=True)
    if bundle.failures:
        said = "；".join(f"{number}：{why}" for number, why in bundle.failures)
        raise Stop(f"有{len(bundle.failures)}件没有打进去：{said}。其余的都在 {out}。")


@court.command("verify", help="核对卷宗包：每个文件都和 manifest-sha256.txt 一致吗？")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Say what differs; leave with 1 where anything does."""
    words = {"changed": "被改动过", "missing": "不见了", "unknown": "清单里没有", "unreadable": "读不出来"}
    try:
        count, differences = verify_bundle(file)
    except (zipfile.BadZipFile, KeyError) as error:
        raise Stop(f"“{file}”不是完整的卷宗包，请重新导出。") from error
    for found in differences:
        click.echo(f"{found.path}：{words[found.kind]}")
    if differences:
        raise click.exceptions.Exit(1)
    click.echo(f"{count}个文件都和清单一致。")
