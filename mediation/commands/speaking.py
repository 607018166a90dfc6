"""What commands say: results, and errors in plain words with the right exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from mediation.keys import KeyMissing


class Stop(click.ClickException):
    """The command cannot go on: what happened, why, and what to do now."""

    def show(self, file: Any = None) -> None:
        """The sentence alone; the word “Error” helps nobody."""
        click.echo(self.format_message(), err=True)


class Speaking(AppGroup):
    """A group of commands whose errors are told in Chinese, and never as a trace."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and leave with the exit code that fits."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
        except (click.exceptions.NoArgsIsHelpError, click.ClickException) as error:
            click.echo(tell_error(error), err=True)
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("已中断。", err=True)
            sys.exit(130)
        except BrokenPipeError:  # whoever read our output has gone
            sys.exit(0)
        except Exception as error:
            if os.environ.get("MEDIATION_TRACE"):
                raise
            click.echo(tell_fault(error), err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def tell_fault(error: Exception) -> str:
    """A fault of the installation in words; of a fault of ours, what the maintainers need to know."""
    if isinstance(error, KeyMissing):
        return "密钥文件 keys.json 用不了，或者和数据不配套。请从备份里恢复 instance/keys.json 后再试。"
    if isinstance(error, (OperationalError, ProgrammingError)):
        said = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
        if "no such table" in said or "does not exist" in said:
            return "数据库还没有准备好。请先运行 mediation init，再试一次。"
        if "locked" in said:
            return "数据库正忙，等了很久也没轮到。请稍后再试一次。"
        return f"数据库用不了（{said}）。请检查数据库是否在运行、磁盘是否已满，或运行 mediation doctor。"
    if isinstance(error, OSError):
        name = f"“{error.filename}”" if error.filename else "文件"
        return f"{name}读写不了（{error.strerror or error}）。请检查路径、权限和磁盘空间后再试。"
    return (
        f"程序出错了（{type(error).__name__}：{error}）。刚才这一步没有保存。请再试一次；还不行，"
        "请用 MEDIATION_TRACE=1 再运行一次，把显示的内容发给维护人员。"
    )


def tell_error(error: click.ClickException) -> str:
    """What was wrong with the command line, in Chinese, and where help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    if not isinstance(error, click.UsageError):
        return error.format_message()
    words = _tell_usage(error)
    where = error.ctx.command_path if error.ctx else "mediation"
    return f"{words}\n用法请看：{where} --help"


def _tell_usage(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"少了{_name_of(error)}，请补上。"
    if isinstance(error, click.NoSuchOption):
        meant = f"，是不是 {error.possibilities[0]}？" if error.possibilities else "。"
        return f"没有 {error.option_name} 这个选项{meant}"
    if isinstance(error, click.BadParameter):
        return f"{_name_of(error)}不对：{_tell_value(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要跟一个值。"
    name = error.message.partition("'")[2].rpartition("'")[0]
    if error.message.startswith("No such command"):
        return f"没有“{name}”这个命令。"
    if "unexpected extra argument" in error.message:
        return f"多了参数{error.message[error.message.find('(') :]}，请去掉。"
    return error.format_message()


def _name_of(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "参数"
    return (
        f"选项 {param.opts[-1]}" if isinstance(param, click.Option) else f"参数 {param.human_readable_name}"
    )


def _tell_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.Path | click.File):
        return "没有这个文件，或者读不了。请核对路径。" + f"（{error.message}）"
    if isinstance(kind, click.types.IntParamType):
        return "要填整数，并且在允许的范围内。"
    return error.message


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))
