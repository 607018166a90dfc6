"""A workflow as people read it: a table of its steps, a Mermaid diagram, a picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from workflows.conditions import CONDITIONS
from workflows.engine import Chart, Workflow
from workflows.picture import arrows_of, draw_charts
from workflows.refusals import PART_WORDS
from workflows.steps import ROLE_WORDS, STANDING_WORDS, Step

_HEADS = {
    "zh": ("步骤", "从", "到", "谁办", "条件（! 只提醒）", "文书", "期限（+开始 -停止）", "依据"),
    "en": (
        "step",
        "from",
        "to",
        "who",
        "conditions (! warns)",
        "papers",
        "limits (+starts -stops)",
        "source",
    ),
}
_WIDTHS = (22, 18, 16, 24, 52, 24, 26, 22)  # in columns of a terminal; a Chinese character takes two
_STAYS = {"zh": "（不变）", "en": "(stays)"}
_BACK = {"zh": "（回到原来）", "en": "(back)"}
# what ends a label in Mermaid, and what stands in for it
_LOOKALIKES: dict[int, str] = {58: "：", 59: "；", 10: " ", 34: "”", 35: "＃"}
_BREAKS = re.compile(r"[!-~]+|[^!-~]")  # a Latin word is kept whole, Chinese breaks anywhere


def as_table(workflow: Workflow, language: str = "zh") -> str:
    """Every step with who takes it, what it needs and what follows, one table for the case and each part.

    `language` is zh or en; what a condition is about is told in English in both.
    """
    tables = []
    for chart in (workflow.case, *workflow.parts.values()):
        tables.append(f"# {_title(chart, language)}\n" + "\n".join(_rows(chart, workflow, language)))
    levels = " → ".join(level.zh if language == "zh" else level.en for level in workflow.levels)
    title = workflow.zh if language == "zh" else workflow.en
    return f"{title}: {levels}\n\n" + "\n\n".join(tables) + "\n"


def as_mermaid(workflow: Workflow) -> str:
    """A Mermaid `stateDiagram-v2` with Chinese labels: the case, and each part as a diagram inside it."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {line}" for line in _mermaid(workflow.case)]
    for name, chart in workflow.parts.items():
        lines += [f"    state {_quote(PART_WORDS.get(name, name))} as part_{_plain(name)} {{"]
        lines += [f"        {line}" for line in _mermaid(chart)] + ["    }"]
    return "\n".join(lines) + "\n"


def as_svg(workflow: Workflow) -> str:
    """A standalone SVG: the case's chart, and below it those of its parts."""
    return draw_charts(workflow.zh or workflow.name, (workflow.case, *workflow.parts.values()))


def _title(chart: Chart, language: str) -> str:
    return PART_WORDS.get(chart.name, "纠纷") if language == "zh" else chart.name


def _mermaid(chart: Chart) -> Iterator[str]:
    def mark(state: str) -> str:
        return f"{_plain(chart.name)}_{_plain(state)}"

    for state in chart.states.values():
        yield f"state {_quote(state.zh)} as {mark(state.name)}"
    yield f"[*] --> {mark(chart.initial)}"
    for (source, target), words in arrows_of(chart).items():
        yield f"{mark(source)} --> {mark(target)} : {_plain_label('、'.join(words))}"
    for state in chart.states.values():
        if state.final:
            yield f"{mark(state.name)} --> [*]"


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _plain_label(words: str) -> str:
    return words.translate(_LOOKALIKES)


def _quote(words: str) -> str:
    return f'"{_plain_label(words)}"'


def _rows(chart: Chart, workflow: Workflow, language: str) -> Iterator[str]:
    rule = "─┼─".join("─" * width for width in _WIDTHS)
    yield from _lines(tuple([head] for head in _HEADS[language]))
    for step in chart.steps.values():
        yield rule
        yield from _lines(_cells(step, chart, workflow, language))


def _cells(step: Step, chart: Chart, workflow: Workflow, language: str) -> tuple[list[str], ...]:
    place = 0 if language == "zh" else 1

    def word(state: str) -> str:
        return chart.states[state].zh if language == "zh" else chart.states[state].en

    # of several rows the last is the general one
    limits = {str(row["name"]): str(row[language]) for row in workflow.limits if language in row}
    changes = (
        *((step.starts, "+"), (step.stops, "-"), (step.pauses, "‖"), (step.resumes, "▸")),
        *((step.extends, "↦"), (step.reopens, "↺")),
    )
    follows = [chart.steps[name].zh if language == "zh" else chart.steps[name].en for name in step.after]
    after = (
        [("随后自动：" if language == "zh" else "by itself after: ") + "、".join(follows)] if follows else []
    )
    return (
        [step.zh if language == "zh" else step.en, step.name],
        [word(state) for state in step.sources],
        [word(step.target)]
        if step.target in chart.states
        else [{"": _STAYS, "back": _BACK}[step.target][language]],
        [
            "、".join(ROLE_WORDS[role][place] for role in step.who),
            STANDING_WORDS[step.standing][place],
            *after,
        ],
        [CONDITIONS[name].about for name in step.needs]
        + ["! " + CONDITIONS[name].about for name in step.warns],
        list(step.issues),
        [sign + limits.get(name, name) for names, sign in changes for name in names],
        [step.source],
    )


def _lines(cells: tuple[list[str], ...]) -> Iterator[str]:
    columns = [
        [line for item in items for line in fold(item, width)]
        for items, width in zip(cells, _WIDTHS, strict=True)
    ]
    for number in range(max(map(len, columns))):
        parts = (column[number] if number < len(column) else "" for column in columns)
        yield " │ ".join(
            part + " " * (width - columns_of(part)) for part, width in zip(parts, _WIDTHS, strict=True)
        ).rstrip()


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def fold(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns; a word longer than that is broken."""
    lines = [""]
    for word in _BREAKS.findall(text):
        if columns_of(lines[-1] + word) > width and lines[-1]:
            lines.append("")
        while columns_of(word) > width:
            lines[-1:] = [word[:width], ""]
            word = word[width:]
        lines[-1] += word if lines[-1] or word != " " else ""
    return lines
