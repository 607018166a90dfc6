"""`mediation demo` and `mediation story`: the system with something in it, and the main job from end to end."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from mediation import demo as county
from mediation.commands.office import session, settings, writing
from mediation.commands.speaking import Stop
from mediation.words import say
from workflows.steps import SHANGHAI


@click.command("demo", help="装入演示县（新邵县）：机构、各种角色的用户、各种状态的案件；可以重复运行。")
@with_appcontext
def demo() -> None:
    """Load the demo county and print one login for each role."""
    with writing() as desk:
        places = county.load_organisations(desk)
    logins = 0
    for user in county.USERS:
        with writing() as desk:
            logins += county.load_user(desk, user)
    cases = 0
    for data in county.write_cases(datetime.now(SHANGHAI).date()):
        with writing() as desk:
            cases += county.load_case(desk, data)
        session().expunge_all()
    click.echo(f"演示县已装好：新增{places}个机构、{logins}个用户、{cases}个案件（案件和人物都是编的）。")
    print_logins()


def print_logins() -> None:
    """The address, and who can log in."""
    click.echo(f"\n地址 / address：http://127.0.0.1:{settings().port}")
    click.echo(f"演示密码 / demo password：{county.PASSWORD}    （人人知道，正式使用前请停用这些用户）\n")
    with writing() as desk:
        for user in county.USERS:
            place = county.find_organisation(desk, user.organisation)
            click.echo(f"  {user.phone}  {say('role', user.role.value)}  {user.name}  {place.name}")


@click.command("story", help="从头到尾办一件42名工人的欠薪案：村→镇→县→协议→司法确认；PDF 放进 --out。")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="放 PDF 的文件夹。"
)
@click.option("--cases", type=click.IntRange(1, 50), default=1, show_default=True, help="办几件。")
def story(out: Path, cases: int) -> None:
    """Tell the main job, in an office of its own that is gone afterwards."""
    from mediation.story import tell

    if out.exists() and not os.access(out, os.W_OK):
        raise Stop(f"“{out}”写不进去。请换一个文件夹。")
    out.mkdir(parents=True, exist_ok=True)
    for line in tell(out, cases):
        click.echo(line)
