"""Two people at one case: what the other one changed, beside what this one had typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mediation.access import Audience
from mediation.language import spoken, word
from mediation.models import Case, Entry
from mediation.payloads import STEPS
from mediation.views.history import tell_history
from mediation.views.widgets import Surroundings, Widget, build

MOST = 5
#: Never copied into the history, so that only the fact of a change can be told.
HIDDEN = frozenset({"id_number", "phone", "address"})


@dataclass(frozen=True)
class Difference:
    """One field: what the other person says, and what this one had typed."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Meanwhile:
    """One thing that somebody did to the case since a form was opened."""

    at: str
    by: str
    did: str
    details: list[tuple[str, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def labels(self) -> str:
        """The fields that differ, as one says them."""
        return "、".join(f"“{one.label}”" for one in self.differences)


def tell_meanwhile(
    case: Case,
    audience: Audience,
    versions: int,
    *,
    step: str = "",
    mine: Sequence[Widget] = (),
    around: Surroundings | None = None,
) -> list[Meanwhile]:
    """What was done after a form was opened, newest first.

    versions: by how many changes the case has moved on.  step, mine: the step that the form is of and its fields as
    they were typed; where the other person took the same step, or changed a party, both values stand side by side.
    """
    newest = list(reversed(case.entries))
    moments: list[Any] = []
    for row in newest:  # a change and what the system let follow were written down in one moment
        if row.recorded_at not in moments:
            moments.append(row.recorded_at)
    wanted = moments[: max(1, min(versions, MOST))]
    rows = {row.number: row for row in newest if row.recorded_at in wanted}
    lines = [line for line in tell_history(case, audience) if line.number in rows]
    return [
        Meanwhile(
            line.at, line.by, line.did, line.details, _differences(rows[line.number], step, mine, around)
        )
        for line in lines
    ]


def _differences(
    row: Entry, step: str, mine: Sequence[Widget], around: Surroundings | None
) -> list[Difference]:
    found = [_change(one, mine) for one in row.facts.get("changes") or () if isinstance(one, Mapping)]
    if row.step != step or not mine or found:
        return found
    said = {key: value for key, value in row.facts.items() if value is not None}
    theirs = _leaves(build(STEPS[step]().fields, said, around or Surroundings(), step))
    typed = _leaves(mine)
    for key in dict.fromkeys((*typed, *theirs)):
        label, text = typed.get(key, ("", ""))
        other_label, other = theirs.get(key, ("", ""))
        if key.rpartition("-")[2] in HIDDEN and not other:
            continue
        if text != other:
            found.append(Difference(label or other_label, other or "—", text or "—"))
    return found


def _change(change: Mapping[str, Any], mine: Sequence[Widget]) -> Difference:
    name = str(change.get("field", ""))
    typed = next((_shown(leaf) for widget in mine for leaf in widget.leaves() if leaf.id == name), "")
    label = str(spoken("field").get(name, name))
    if change.get("hidden"):
        return Difference(label, word("page", "changed_hidden"), typed or "—")
    return Difference(label, str(change.get("after") or "—"), typed or "—")


def _leaves(widgets: Sequence[Widget]) -> dict[str, tuple[str, str]]:
    """What each field is called and shows, by its place on the form."""
    found = {}
    for widget in widgets:
        for leaf in widget.leaves():
            if leaf.kind not in ("group", "rows"):
                found[leaf.id] = (_called(leaf, widget), _shown(leaf))
    return found


def _called(leaf: Widget, root: Widget) -> str:
    parts = leaf.id.split("-")
    counted = len(parts) > 2 and parts[1].isdigit() and root.row_word
    return f"{root.row_word}{int(parts[1]) + 1} {leaf.label}" if counted else leaf.label


def _shown(leaf: Widget) -> str:
    if leaf.kind == "proxies":
        return "、".join(str(name) for name in dict(leaf.value or {}).values())
    if leaf.kind == "check":
        return word("page", "ticked") if leaf.value else ""
    if leaf.choices and leaf.kind not in ("suggest", "pool"):
        chosen = leaf.value if isinstance(leaf.value, list) else [str(leaf.value)]
        return "、".join(choice.word for choice in leaf.choices if choice.value in chosen)
    return str(leaf.value or leaf.other or "").strip()
