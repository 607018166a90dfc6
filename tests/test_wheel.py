"""The wheel is whole: built from the tree and installed far from it, it serves a page and renders a paper."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("mediation", "workflows", "documents", "templates")
BUILD_FILES = ("setup.cfg", "pyproject.toml", "requirements.in", "README.md", "LICENSE", "NOTICE")

USE = """
import json
from datetime import date

import documents, mediation, templates, workflows
from documents.facts import CommitteeFacts, PartyFacts, RightsNotice

client = mediation.create_app().test_client()
facts = RightsNotice(
    number="1",
    committee=CommitteeFacts(name="雀塘镇人民调解委员会"),
    parties=(PartyFacts(role="申请人", name="张三"),),
    law=documents.cite_law(date(2026, 3, 2)),
)
print(json.dumps({
    "rooms": [room.__file__ for room in (mediation, workflows, documents, templates)],
    "health": client.get("/healthz").status_code,
    "page": client.get("/", follow_redirects=True).get_data(as_text=True),
    "paper": documents.render("rights_notice", documents.freeze(facts)).pdf[:5].decode(),
}))
"""


def run(command: Sequence[str | Path], cwd: Path, **environment: str) -> str:
    """What a command prints; where it fails, the test fails with what it said."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONPATH")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=kept | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel is built from: a copy, so that building leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BUILD_FILES:
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(tree: Path) -> Path:
    """The built wheel."""
    pip_wheel = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", "dist", ".")
    run([sys.executable, *pip_wheel], tree)
    (built,) = (tree / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def far_away(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment: the wheel is in it; only its dependencies come from outside."""
    place = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", place], place)
    run(
        [sys.executable, "-m", "pip", "--python", place, "install", "--no-deps", "--no-index", wheel],
        place,
    )
    # A folder named in a .pth file is searched, but its own .pth files, our editable install's, are not read.
    installed = sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)})
    Path(installed, "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return place / "bin"


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(tree: Path, wheel: Path) -> None:
    """A forgotten glob or `__init__.py` drops files in silence."""
    written = {
        path.relative_to(tree).as_posix()
        for room in ROOMS
        for path in (tree / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == written


def test_an_installed_wheel_serves_a_page_and_renders_a_paper(far_away: Path, tmp_path: Path) -> None:
    """Nothing it needs lies in the checkout."""
    instance = {"MEDIATION_INSTANCE": str(tmp_path)}
    run([far_away / "mediation", "init"], Path("/"), **instance)
    seen = json.loads(run([far_away / "python", "-c", USE], Path("/"), **instance).splitlines()[-1])

    assert not [file for file in seen["rooms"] if Path(file).is_relative_to(ROOT)]
    assert seen["health"] == 200
    assert 'href="/login"' in seen["page"]
    assert seen["paper"] == "%PDF-"
