"""`mediation organizations import` and `mediation users add`: who is there."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import workflows
from mediation.commands.office import settings, writing
from mediation.commands.speaking import Speaking, Stop
from mediation.identity import IdentityError, check_phone
from mediation.models import Organisation
from mediation.services import users as people
from mediation.services.desk import Desk
from mediation.services.organisations import TableRefused, add_office, bring_in, read_table
from mediation.text_guard import TextError, check_text
from workflows import Role

ROLES = [role.value for role in Role if role is not Role.system]
#: What kind of office each role beside the chain works in.
OFFICES = {Role.court: "court", Role.department: "department"}


@click.group("organizations", cls=Speaking, help="机构和调委会。")
def organizations() -> None:
    """Organisations."""


@organizations.command(
    "import", help="从 CSV 表导入机构（列：code,name,level,parent_code），并为每个机构建立调委会。"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@with_appcontext
def import_organizations(file: str) -> None:
    """Create or update organisations; all of the table or nothing of it."""
    try:
        rows = read_table(read_text(file))
        with writing() as desk:
            new, updated = bring_in(desk, rows, workflows.load(settings().policy))
    except TableRefused as error:
        raise Stop(
            "\n".join([*(f"第{row.line}行：{row.message}" for row in error.faults), "一行也没有导入。"])
        ) from error
    click.echo(f"新增{new}个机构，更新{updated}个。")


def read_text(file: str) -> str:
    """A text file as people's programs write it: UTF-8, or GBK as spreadsheets in China do; `-` is stdin."""
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Stop(f"“{file}”读不出来：不是 UTF-8，也不是 GBK 编码。请另存为 UTF-8 后再试。")


@click.group("users", cls=Speaking, help="用户。")
def users() -> None:
    """Users."""


@users.command("add", help="增加一个用户，打印初始密码；第一次登录要改。")
@click.option("--name", required=True, help="姓名。")
@click.option("--phone", required=True, help="手机号，就是登录名。")
@click.option("--role", required=True, type=click.Choice(ROLES), help="角色。")
@click.option("--organization", required=True, help="机构代码；法院和部门也可以写名称，没有就新建。")
@with_appcontext
def add_user(name: str, phone: str, role: str, organization: str) -> None:
    """Add a user and print the first password, this once."""
    try:
        name, phone = check_text(name, kind="name", label="姓名"), check_phone(phone)
    except TextError as error:
        raise Stop(f"{error.message_zh}。") from error
    except IdentityError as error:
        raise Stop(f"{error.message}。") from error
    try:
        with writing() as desk:
            place = find_place(desk, Role(role), organization)
            if people.find_user(desk, phone) is not None:
                raise Stop(f"手机号{phone}已经有用户了。请换一个号码；要重置密码，请管理员在网页上办理。")
            _, password = people.add_user(desk, name=name, phone=phone, role=Role(role), organisation=place)
            where = place.name
    except IntegrityError as error:
        raise Stop(f"手机号{phone}已经有用户了。请换一个号码。") from error
    click.echo(f"已增加：{name}，{where}，登录名 {phone}")
    click.echo(f"初始密码：{password}（第一次登录要改，请当面交给本人）")


def find_place(desk: Desk, role: Role, wanted: str) -> Organisation:
    """The organisation with this code or, for courts and departments, of this name; made there if it is new."""
    wanted = wanted.strip()
    code = wanted.ljust(12, "0") if wanted.isascii() and wanted.isdigit() else wanted
    found = desk.session.scalar(select(Organisation).where(Organisation.code == code))
    kind = OFFICES.get(role)
    if found is None and kind is not None and not wanted.isascii():
        found = desk.session.scalar(
            select(Organisation).where(Organisation.name == wanted, Organisation.kind == kind)
        ) or _found_office(desk, wanted, kind)
    if found is None:
        raise Stop(
            f"没有代码是“{wanted}”的机构。请先运行 mediation organizations import 导入机构，或核对代码。"
        )
    if (found.kind == kind) if kind else found.kind == "division":
        return found
    words = {"court": "法院", "department": "部门"}.get(kind or "", "调解组织")
    raise Stop(f"“{found.name}”不是{words}，和角色不符。请核对机构和角色。")


def _found_office(desk: Desk, name: str, kind: str) -> Organisation:
    """A court or a department beside the county it is called after, or beside the only one."""
    try:
        check_text(name, kind="line", label="机构名称", limit=100)
    except TextError as error:
        raise Stop(f"{error.message_zh}。") from error
    tops = list(
        desk.session.scalars(
            select(Organisation).where(Organisation.kind == "division", Organisation.parent_id.is_(None))
        )
    )
    parent = next((top for top in tops if name.startswith(top.name)), tops[0] if len(tops) == 1 else None)
    if parent is None:
        raise Stop(f"不知道“{name}”属于哪个县。请先导入机构，名称以县名开头，例如 新邵县人民法院。")
    serial = 1
    while desk.session.scalar(select(Organisation.id).where(Organisation.code == f"{kind}-{serial}")):
        serial += 1
    return add_office(desk, code=f"{kind}-{serial}", name=name, kind=kind, level=parent.level, parent=parent)
