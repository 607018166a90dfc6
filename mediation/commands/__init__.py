"""The command line: `mediation …`, and the same under `flask --app mediation …`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from mediation.commands.speaking import Speaking

#: Each command and the module it lives in; a module is imported only when its command is wanted.
COMMANDS = {
    "init": "setting_up",
    "serve": "serving",
    "worker": "serving",
    "doctor": "checkup",
    "organizations": "people",
    "users": "people",
    "cases": "cases",
    "documents": "papers",
    "committee": "committees",
    "court": "court",
    "story": "showing",
    "demo": "showing",
    "pictures": "picturing",
    "verify": "keeping",
    "backup": "keeping",
    "restore": "keeping",
    "workflow": "policies",
    "bench": "benchmarks",
}


HELP = "人民调解系统：从村里的纠纷，到法院能够确认的协议。每个命令后加 --help 看用法。"


class Commands(Speaking):
    """The commands, found by name when they are asked for."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run with the application of this installation, made when a command first needs it."""
        more.setdefault("obj", ScriptInfo(create_app=_make_app, set_debug_flag=False))
        return super().main(*args, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, in the order of a working day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        return find_command(cmd_name)


def find_command(name: str) -> click.Command | None:
    """A command by its name, None where there is none."""
    if name not in COMMANDS:
        return None
    module = import_module(f"mediation.commands.{COMMANDS[name]}")
    found: click.Command = getattr(module, name.replace("-", "_"))
    return found


def register(app: Flask) -> None:
    """Give an application the commands, for `flask --app mediation …`."""
    app.cli = Commands(app.name)  # each command's module is still loaded only when it is wanted


def _make_app() -> Flask:
    from mediation import create_app

    return create_app()


main = Commands(name="mediation", help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
