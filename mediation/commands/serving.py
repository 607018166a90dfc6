"""`mediation serve` and `worker`: one process with threads for an office, several for a county."""

from __future__ import annotations

import signal
import socket
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from mediation.background import Renderer
from mediation.commands.office import settings
from mediation.commands.speaking import Stop
from mediation.database import db

HOST = "127.0.0.1"
THREADS = 8
LONGEST_PAPER = 30.0  # seconds; a paper in hand is finished before the process ends


@click.command("serve", help="启动服务，只在本机的 PORT 端口（默认8000）上听；多进程用 --workers。")
@click.option("--workers", type=click.IntRange(1, 64), help="进程数；不填就是一个进程、多个线程。")
@click.option(
    "--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="每个进程的线程数。"
)
@with_appcontext
def serve(workers: int | None, threads: int) -> None:
    """Serve until told to stop."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    port = settings().port
    _refuse_taken(port)
    click.echo(f"请在浏览器打开 http://{HOST}:{port}    （按 Ctrl+C 停止）", err=True)
    if workers is None:
        _serve_with_jobs(app, port, threads)
    else:
        make_server(app, port, workers, threads).run()


def _serve_with_jobs(app: Flask, port: int, threads: int) -> None:
    import waitress

    renderer = Renderer(app)
    renderer.start()
    try:
        waitress.serve(app, host=HOST, port=port, threads=threads, ident=None)
    finally:
        renderer.stop()
        renderer.join(LONGEST_PAPER)


@click.command("worker", help="在后台生成刚出具的文书；用 serve --workers 时另开一个。")
@with_appcontext
def worker() -> None:
    """Do what the embedded server does beside serving, as a process of its own, until told to stop."""
    renderer = Renderer(current_app._get_current_object())  # type: ignore[attr-defined]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: renderer.stop())
    click.echo("正在等候要生成的文书。    （按 Ctrl+C 停止）", err=True)
    renderer.run()


def make_server(app: Flask, port: int, workers: int, threads: int) -> Any:
    """Several processes around one application that is made before they part."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn, told what to do by us and by no file."""

        def load_config(self) -> None:
            """The few settings that are not gunicorn's own."""
            chosen = {
                "bind": f"{HOST}:{port}",
                "workers": workers,
                "threads": threads,
                "worker_class": "gthread",
                "preload_app": True,
                "post_fork": forget_connections,
                "timeout": 60,
                "graceful_timeout": 20,
                "control_socket_disable": True,
            }
            for name, value in chosen.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            """The application."""
            return app

    def forget_connections(server: Any, worker: Any) -> None:
        # A connection must not be shared by two processes: each opens its own.
        with app.app_context():
            db.engine.dispose(close=False)

    return Server()


def _refuse_taken(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Stop(
                f"端口{port}用不了（{error.strerror}）。可能已经有一个在运行；"
                "要换端口，请运行 PORT=8001 mediation serve。"
            ) from error
