"""The table of the law in docs/law.md: every row is there, and what it points at exists."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/law.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


@cache
def functions_in(path: str) -> frozenset[str]:
    """The names of all functions of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def rows_of(policy: str) -> frozenset[str]:
    """The names of the steps or clocks of a policy."""
    table = tomllib.loads((ROOT / "workflows/policies" / policy).read_text("utf-8"))
    return frozenset(row["name"] for key in ("steps", "deadlines") for row in table.get(key, ()))


def test_every_rule_has_its_row_and_says_what_is_done() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 54))
    assert {row[3] for row in ROWS} == {"blocked", "warned", "prepared", "later"}
    assert all(len(row) == 7 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_a_row_points_at_exists(row: list[str]) -> None:
    number, *_, how, code, tests = row
    for place in re.findall(r"`([^`]+)`", code):
        if ".toml " in place:
            policy, name = place.split()
            assert name in rows_of(policy), place
        else:
            path, name = place.split(":")
            assert name in functions_in(path), place
    named = re.findall(r"`([^`]+)::([^`]+)`", tests)
    for path, name in named:
        assert name in functions_in(path), name
        assert name.startswith(f"test_rule_{int(number):02d}_"), name
    assert named or (row[3] == "later" and how), "a row that waits says for what"


def test_every_test_of_a_rule_stands_in_the_table() -> None:
    written = "\n".join(row[6] for row in ROWS)
    for path in sorted((ROOT / "tests/laws").glob("test_*.py")):
        for name in functions_in(str(path.relative_to(ROOT))):
            if name.startswith("test_rule_"):
                assert f"`tests/laws/{path.name}::{name}`" in written, name
