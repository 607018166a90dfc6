"""Pictures of real pages and one paper, taken in a browser from a demo county of their own: they cannot lie."""

from __future__ import annotations

import io
import logging
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
PHONE, PC = (360, 640), (1366, 768)
COLOURS = 96  # a page has few colours; a palette makes the file a quarter of the size

#: name → who looks (a phone number of the demo, or nobody), window, how to get there.
SHOTS: tuple[tuple[str, str, tuple[int, int], tuple[str, ...]], ...] = (
    ("todo-phone", "13900000001", PHONE, ("/todo",)),
    ("register-phone", "13900000001", PHONE, ("/cases/new",)),
    ("home-phone", "", PHONE, ("/",)),
    ("todo-pc", "13900000001", PC, ("/todo",)),
    ("register-pc", "13900000001", PC, ("/cases/new",)),
    ("case-pc", "13900000001", PC, ("/cases?state=performing", ".case-table a.title")),
    ("agreement-pc", "13900000001", PC, ("/cases?state=agreed", ".case-table a.title")),
)
PAPER = ("agreement-paper", "13900000001", "/cases?state=performing")


class CannotPicture(RuntimeError):
    """Something that takes pictures is not installed; the message says what."""


def take_pictures(app: Flask, password: str, out: Path, tell: Callable[[str], None]) -> None:
    """Write the PNGs into a folder.  app: the demo county, loaded.  Raises CannotPicture."""
    out.mkdir(parents=True, exist_ok=True)
    with _browser() as browser, _serving(app) as address:
        for name, phone, window, way in SHOTS:
            page = _open(browser, app, address, phone, password, window)
            page.goto(address + way[0])
            for selector in way[1:]:
                page.locator(selector).first.click()
                page.wait_for_load_state()
            tell(_keep(out / f"{name}.png", page.screenshot()))
            page.context.close()
        tell(_keep(out / f"{PAPER[0]}.png", _picture_paper(app, password)))


@contextmanager
def _browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CannotPicture("playwright 没有装：pip install -r requirements-dev.lock") from error
    if not CHROMIUM.exists():
        raise CannotPicture(f"{CHROMIUM} 没有装：apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield found
        finally:
            found.close()


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _client(app: Flask, phone: str, password: str) -> Any:
    client = app.test_client()
    form = client.get("/login").get_data(as_text=True)
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/login", data={"csrf_token": token, "phone": phone, "password": password})
    return client


def _open(browser: Any, app: Flask, address: str, phone: str, password: str, window: tuple[int, int]) -> Any:
    context = browser.new_context(viewport={"width": window[0], "height": window[1]}, locale="zh-CN")
    cookies = [{"name": "size_hinted", "value": "1", "url": address}]
    if phone:
        cookie = _client(app, phone, password).get_cookie(app.config["SESSION_COOKIE_NAME"])
        cookies.append({"name": cookie.key, "value": cookie.value, "url": address})
    context.add_cookies(cookies)
    return context.new_page()


def _picture_paper(app: Flask, password: str) -> bytes:
    """The first page of an agreement, as it comes from the shelf."""
    client = _client(app, PAPER[1], password)
    cases = client.get(PAPER[2]).get_data(as_text=True)
    case = cases.split('class="title" href="')[1].split('"')[0]
    shown = client.get(case).get_data(as_text=True)
    link = next(part for part in shown.split('href="') if "/papers/" in part[:60] and "协议书" in part[:120])
    pdf = client.get(link.split('"')[0]).data
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "paper.pdf"
        there.write_bytes(pdf)
        target = str(there.with_suffix(""))
        command = ["pdftoppm", "-png", "-r", "55", "-f", "1", "-l", "1", "-singlefile", str(there), target]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=60)
        except FileNotFoundError as error:
            raise CannotPicture("pdftoppm 没有装：apt-get install poppler-utils") from error
        return there.with_suffix(".png").read_bytes()


def _keep(path: Path, png: bytes) -> str:
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
    image.save(path, optimize=True)
    return f"{path}（{image.width}×{image.height}，{path.stat().st_size // 1024} KB）"
