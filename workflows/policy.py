"""From a TOML file to a workflow: every fault is named, all of them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from workflows.engine import Chart, Level, State, Workflow
from workflows.soundness import faults_in_chart, faults_in_workflow
from workflows.steps import Role, Standing, Step

_STEP_FIELDS = {
    "name",
    "zh",
    "en",
    "from",
    "to",
    "who",
    "standing",
    "needs",
    "warns",
    "issues",
    "starts",
    "stops",
    "pauses",
    "resumes",
    "extends",
    "reopens",
    "after",
    "creates",
    "drives",
    "level",
    "level_of",
    "remembers",
    "attempt",
    "source",
}
_LISTS = ("needs", "warns", "issues", "starts", "stops", "pauses", "resumes", "extends", "reopens", "after")
_WHOLE = {"level": int, "remembers": bool, "attempt": bool}  # what is neither text nor a list of texts
_TABLES = ("policy", "rules")
_ROWS = ("levels", "states", "steps")


class PolicyError(ValueError):
    """A policy that must not be used; `faults` lists all that is wrong with it."""

    def __init__(self, name: str, faults: list[str]) -> None:
        self.name = name
        self.faults = faults
        super().__init__(f"{name}: " + "; ".join(faults))


@cache
def load(name: str = "case") -> Workflow:
    """A policy that ships with the package by its file's name, or a county's own by its path ending in .toml.

    Read once a process; raises PolicyError.
    """
    if name.endswith(".toml"):
        return load_file(Path(name))
    return load_file(_shipped(name))


def load_file(path: Path) -> Workflow:
    """A policy from any file; its parts and time limits are looked for beside it, then beside ours.

    Raises PolicyError listing every fault found.
    """
    table = _read(path)
    known = (*_TABLES, *_ROWS)
    faults = [
        f"[{key}] is not a part of a policy; the parts are {known}" for key in table if key not in known
    ]
    head = table.get("policy", {})
    case = _chart(path.stem, table, faults)
    beside = {name: _read_beside(path, name, faults) for name in head.get("parts", ())}
    parts = {name: _chart(name, part, faults) for name, part in beside.items() if part}
    limits = _read_beside(path, head["deadlines"], faults).get("deadlines", ()) if "deadlines" in head else ()
    levels = _levels(table, faults)
    faults += faults_in_chart(case)
    for chart in parts.values():
        faults += faults_in_chart(chart)
    workflow = Workflow(
        name=str(head.get("name", path.stem)),
        zh=str(head.get("zh", "")),
        en=str(head.get("en", "")),
        case=case,
        parts=parts,
        levels=levels,
        rules=table.get("rules", {}),
        limits=tuple(limits),
    )
    faults += faults_in_workflow(workflow)
    if faults:
        raise PolicyError(path.name, faults)
    return workflow


def _read(path: Path, above: tuple[Path, ...] = ()) -> dict[str, Any]:
    if path in above:
        raise PolicyError(path.name, [f"{path.name} extends itself"])
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))  # Notepad puts a mark in front
    except FileNotFoundError as error:
        raise PolicyError(path.name, [f"there is no file {path.name}"]) from error
    except OSError as error:
        raise PolicyError(path.name, [f"{path.name} cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise PolicyError(path.name, ["not UTF-8 text; save the file as UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(path.name, [f"not TOML: {error}"]) from error
    faults = [f"[{key}] must be a table" for key in _TABLES if not isinstance(table.get(key, {}), dict)]
    for key in (*_ROWS, "deadlines"):
        rows = table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(f"each of the {key} must be a table of its own, under [[{key}]]")
    if faults:
        raise PolicyError(path.name, faults)
    base = table.get("policy", {}).get("extends")
    if not base:
        return table
    # A county's own policy says only what differs; whole tables replace those of the base.
    below = _read(_shipped(base) if path.stem == base else _beside(path, base), (*above, path))
    merged = {**below, **{key: value for key, value in table.items() if key not in ("policy", "rules")}}
    merged["policy"] = {**below.get("policy", {}), **table["policy"]}
    merged["rules"] = {**below.get("rules", {}), **table.get("rules", {})}
    return merged


def _read_beside(path: Path, name: str, faults: list[str]) -> dict[str, Any]:
    try:
        return _read(_beside(path, name))
    except PolicyError as error:
        faults += error.faults
        return {}


def _beside(path: Path, name: str) -> Path:
    own = path.parent / f"{name}.toml"
    return own if own.exists() else _shipped(name)


def _shipped(name: str) -> Path:
    return Path(str(files(__package__) / "policies" / f"{name}.toml"))


def _levels(table: Mapping[str, Any], faults: list[str]) -> tuple[Level, ...]:
    levels = []
    for row in table.get("levels", ()):
        if _is_whole(f"level {row.get('code', '?')}", Level, row, (), faults):
            levels.append(Level(**row))
    return tuple(levels)


def _chart(name: str, table: Mapping[str, Any], faults: list[str]) -> Chart:
    states = []
    for row in table.get("states", ()):
        if _is_whole(f"{name}: state {row.get('name', '?')}", State, row, ("initial", "final"), faults):
            states.append(State(**row))
    known = {state.name for state in states}
    steps = [step for row in table.get("steps", ()) if (step := _step(name, row, known, faults))]
    return Chart(name, tuple(states), tuple(steps))


def _is_whole(
    title: str, kind: type, row: Mapping[str, Any], optional: tuple[str, ...], faults: list[str]
) -> bool:
    """Whether a row has every field of its kind and no other; what is wrong goes into the faults."""
    wanted = [field.name for field in fields(kind)]
    lacking = [key for key in wanted if key not in row and key not in optional]
    unknown = [
        f"{title}: “{key}” is not known; known are {', '.join(wanted)}" for key in row if key not in wanted
    ]
    if lacking:
        faults.append(f"{title}: {', '.join(lacking)} missing")
    faults += unknown
    return not lacking and not unknown


def _step(chart: str, row: Mapping[str, Any], states: set[str], faults: list[str]) -> Step | None:
    title = f"{chart}: step {row.get('name', '?')}"
    found = list(_faults_in_shape(row)) or list(_faults_in_words(row, states))
    if found:
        faults += [f"{title}: {fault}" for fault in found]
        return None
    plain: dict[str, Any] = {key: row[key] for key in row if key not in {"from", "to", "who", "standing"}}
    plain |= {key: tuple(row.get(key, ())) for key in _LISTS}
    return Step(
        sources=tuple(row["from"]),
        target=row["to"],
        who=tuple(Role(role) for role in row["who"]),
        standing=Standing(row["standing"]),
        **plain,
    )


def _faults_in_shape(row: Mapping[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        if key in _WHOLE:
            if type(value) is not _WHOLE[key]:
                yield f"“{key}” must be {_WHOLE[key].__name__}"
        elif key in ("from", "who", *_LISTS):
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                yield f"“{key}” must be a list of words in [ ]"
        elif key in _STEP_FIELDS and not isinstance(value, str):
            yield f"“{key}” must be a word in quotes"


def _faults_in_words(row: Mapping[str, Any], states: set[str]) -> Iterator[str]:
    lacking = [key for key in ("name", "zh", "en", "from", "to", "who", "standing") if key not in row]
    if lacking:
        yield f"{', '.join(lacking)} missing"
    for key in row:
        if key not in _STEP_FIELDS:
            yield f"“{key}” is not known"
    for role in row.get("who", ()):
        if role not in Role.__members__:
            yield f"there is no role “{role}”; the roles are {', '.join(Role)}"
    for key in ("who", "from"):
        if key in row and not row[key]:
            yield f"“{key}” is empty, so nobody may ever take it"
    if "standing" in row and row["standing"] not in Standing.__members__:
        yield f"there is no standing “{row['standing']}”; the standings are {', '.join(Standing)}"
    if row.get("level_of", "") not in ("", "actor", "to"):
        yield f"“level_of” is “{row['level_of']}”; it may be actor or to"
    target = row.get("to", "")
    for state in (*row.get("from", ()), *(() if target in ("", "back") else (target,))):
        if state not in states:
            yield f"there is no state “{state}”; the states are {', '.join(sorted(states))}"


def is_valid_on(row: Mapping[str, Any], day: date) -> bool:
    """Whether a row of a policy is in force on a day."""
    starts, ends = row.get("valid_from"), row.get("valid_until")
    return (starts is None or starts <= day) and (ends is None or day <= ends)
