"""The house rules: who may import whom, how long a file may be, who commits, who sets a state."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("workflows", "documents", "mediation", "templates")
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
PAGES = sorted((ROOT / "templates").rglob("*.html"))
STDLIB = set(sys.stdlib_module_names)
#: The only form a script takes on a page.
SCRIPT = re.compile(
    r'<script src="\{\{ asset\(\'[a-z_/]+\.js\'\) \}\}" nonce="\{\{ nonce\(\) \}\}" defer></script>'
)
LONGEST_SOURCE, LONGEST_PAGE = 300, 150
#: Written by Alembic, one line a column.
NOT_MEASURED = {"mediation/migrations/versions"}
#: The doors; the shelf of papers, which records a hash after rendering, when no transaction is open; and the rounds
#: that the worker makes by itself.
MAY_COMMIT = (
    "mediation/routes/", "mediation/api/", "mediation/commands/", "mediation/rendering.py", "mediation/rounds.py",
    "mediation/exporting.py",
)  # fmt: skip


def name_of(path: Path) -> str:
    """The path from the root, as a reader says it."""
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions."""
    package = name_of(path).removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield ".".join(
                [*package[: len(package) - node.level + 1], *([node.module] if node.module else [])]
            )
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


#: folder → what it may import besides the standard library.
MAY_IMPORT = {
    "workflows/": {"workflows", "transitions"},
    "documents/": {
        "documents",
        "jinja2",
        "markupsafe",
        "weasyprint",
        "pikepdf",
        "fontTools",
        "cn2an",
        "docx",
    },
    "templates/": set(),
}
#: folder → what it must not import, by prefix.
MUST_NOT = {
    "mediation/models/": ("flask", "mediation.services", "mediation.routes", "mediation.views", "documents"),
    "mediation/services/": (
        "flask", "marshmallow", "mediation.routes", "mediation.views", "mediation.access", "mediation.commands",
    ),
    "mediation/views/": ("mediation.routes", "mediation.commands", "mediation.api", "weasyprint", "transitions"),
    "mediation/routes/": ("mediation.api", "mediation.commands", "weasyprint", "transitions"),
    "mediation/commands/": ("mediation.routes", "mediation.api", "weasyprint", "transitions"),
}  # fmt: skip


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_room_stands_alone(folder: str) -> None:
    wrong = [
        f"{name_of(path)} imports {module}; {folder} may import {sorted(MAY_IMPORT[folder])} and the standard library"
        for path in SOURCES
        if name_of(path).startswith(folder)
        for module in imports_of(path)
        if (top := module.split(".")[0]) not in STDLIB and top not in MAY_IMPORT[folder]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", MUST_NOT)
def test_inside_the_app_imports_point_one_way(folder: str) -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in SOURCES
        if name_of(path).startswith(folder)
        for module in imports_of(path)
        if any(module == banned or module.startswith(f"{banned}.") for banned in MUST_NOT[folder])
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("library", "owner"), [("weasyprint", "documents/pdf.py"), ("transitions", "workflows/engine.py")]
)
def test_a_library_has_one_owner(library: str, owner: str) -> None:
    users = {name_of(path) for path in SOURCES if any(m.split(".")[0] == library for m in imports_of(path))}
    assert users == {owner}


def test_files_are_short_enough_to_read() -> None:
    long = [
        f"{name_of(path)}: {lines} lines, at most {limit}; split it by noun"
        for paths, limit in ((SOURCES, LONGEST_SOURCE), (PAGES, LONGEST_PAGE))
        for path in paths
        if (lines := len(path.read_text("utf-8").splitlines())) > limit
        and not any(name_of(path).startswith(kept) for kept in NOT_MEASURED)
    ]
    assert not long, "\n".join(long)


def test_only_the_doors_commit() -> None:
    committing = [name_of(path) for path in SOURCES if ".commit(" in path.read_text("utf-8")]
    wrong = [name for name in committing if not name.startswith(MAY_COMMIT)]
    assert not wrong, f"services never commit; the route, command or API view that calls them does: {wrong}"


def test_only_the_door_moves_a_case() -> None:
    moving = re.compile(r"\bcase\.state\s*=[^=]")
    wrong = [name_of(path) for path in SOURCES if moving.search(path.read_text("utf-8"))]
    assert wrong == ["mediation/services/steps.py"]


def test_no_template_trusts_text_or_decides() -> None:
    for path in PAGES:
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", ""), f"{name_of(path)}: text from people is always escaped"
        assert "autoescape" not in text, name_of(path)
        if not name_of(path).startswith("templates/documents/"):
            found = re.search(r"\.state\s*==|style=|\son[a-z]+=", text)
            assert not found, f"{name_of(path)} decides or inlines"
            for tag in re.findall(r"<script.*", text):
                assert SCRIPT.search(tag), (
                    f"{name_of(path)}: a script is a file of ours and carries the nonce"
                )


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    banned = {"utils", "helpers", "common", "base", "manager"}
    assert not [name_of(path) for path in SOURCES if path.stem in banned]


def test_the_two_languages_say_the_same_things() -> None:
    def keys(table: dict[str, object], head: str = "") -> set[str]:
        found = set()
        for key, value in table.items():
            found |= keys(value, f"{head}{key}.") if isinstance(value, dict) else {head + key}
        return found

    for path in sorted((ROOT / "mediation/words/zh").glob("*.toml")):
        zh, en = (
            tomllib.loads((ROOT / f"mediation/words/{code}/{path.name}").read_text("utf-8"))
            for code in ("zh", "en")
        )
        assert keys(zh) == keys(en), path.name


def test_every_field_of_every_form_has_a_label() -> None:
    from marshmallow import Schema, fields

    from mediation.case_payloads import CasePayload
    from mediation.payloads import STEPS
    from mediation.views.widgets import NOT_ASKED
    from mediation.words import words

    def lacking(schema: Schema, owner: str) -> Iterator[str]:
        for key, declared in schema.fields.items():
            name = declared.data_key or key
            inner = declared.inner if isinstance(declared, fields.List) else declared
            if name not in NOT_ASKED and not {name, f"{owner}.{name}"} & words()["field"].keys():
                yield f"{owner}.{name}"
            if isinstance(inner, fields.Nested):
                yield from lacking(inner.schema, name)

    schemas = [("case", CasePayload()), *((name, kind()) for name, kind in STEPS.items())]
    assert not [field for owner, schema in schemas for field in lacking(schema, owner)]
