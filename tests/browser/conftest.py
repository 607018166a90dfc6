"""A real browser against a real server: chromium as Debian ships it, found or the tests say why they are skipped."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from mediation.database import Base, db
from tests.browser import county as places
from tests.browser.county import County
from tests.conftest import Clock, close_app, open_app

CHROMIUM = Path("/usr/bin/chromium")
#: Without the pages that Chromium loads for its own address bar with every window, which cost as much as ours.
LAUNCH = ["--no-sandbox", "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser: {CHROMIUM} is not there (apt-get install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(
        timeout=15_000
    )  # how long it may take on a machine that does other things has no part in this
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=LAUNCH)
        yield found
        found.close()


@pytest.fixture(scope="session")
def seeded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance of the browser tests' county, made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("seeded")
    app = open_app(folder)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    places.seed(app)
    close_app(app)
    return folder


@pytest.fixture
def county(chromium: Any, seeded_folder: Path, tmp_path: Path) -> Iterator[County]:
    """The seeded county, served, its clock standing still: `county.open("v1", PHONE, "/todo")` is a page."""
    instance = tmp_path / "instance"
    shutil.copytree(seeded_folder, instance)
    app = open_app(instance)
    clock = Clock(places.NOW)
    app.extensions["mediation.clock"] = clock
    with serving(app) as address:
        found = County(app, clock, address, chromium)
        yield found
        found.close()
    close_app(app)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as found:
        yield found


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """A server of its own for an application."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
