"""What makes a policy unsound: each fault is named with its step and the words that would mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workflows.conditions import CONDITIONS
from workflows.engine import Chart, Workflow
from workflows.steps import Step


def faults_in_chart(chart: Chart) -> list[str]:
    """All that is wrong with one table of states and steps, in reading order."""
    return [*_about_states(chart), *_about_steps(chart), *_about_reach(chart)]


def faults_in_workflow(workflow: Workflow) -> list[str]:
    """All that is wrong between the tables: parts, levels, time limits."""
    faults = []
    if not workflow.levels:
        faults.append("there are no levels")
    for code, count in Counter(level.code for level in workflow.levels).items():
        if count > 1:
            faults.append(f"level “{code}” is there {count} times")
    limits = {str(row.get("name")) for row in workflow.limits}
    for step in workflow.case.steps.values():
        for name in (*step.starts, *step.stops, *step.pauses, *step.resumes, *step.extends, *step.reopens):
            if name not in limits:
                faults.append(f"step {step.name}: there is no time limit “{name}”")
        faults += _about_part(step, workflow)
    for row in workflow.limits:
        lacking = [key for key in ("name", "zh", "kind", "length", "unit", "source") if key not in row]
        if lacking:
            faults.append(f"time limit {row.get('name', '?')}: {', '.join(lacking)} missing")
    return faults


def _about_part(step: Step, workflow: Workflow) -> Iterator[str]:
    if step.creates and step.creates not in workflow.parts:
        yield f"step {step.name}: creates “{step.creates}”, which is no part of the case"
    if not step.drives:
        return
    part, name, _ = step.drives_part
    if part not in workflow.parts:
        yield f"step {step.name}: drives “{part}”, which is no part of the case"
    elif name not in workflow.parts[part].steps:
        yield f"step {step.name}: the {part} has no step “{name}”"


def _about_states(chart: Chart) -> Iterator[str]:
    for name, count in Counter(chart.state_names).items():
        if count > 1:
            yield f"{chart.name}: state “{name}” is there {count} times"
    initial = [state.name for state in chart.states.values() if state.initial]
    if len(initial) != 1:
        yield f"{chart.name}: one state must be initial, not {len(initial)} ({', '.join(initial)})"
    if not any(state.final for state in chart.states.values()):
        yield f"{chart.name}: no state is final"
    for step in chart.steps.values():
        for source in step.sources:
            if chart.states[source].final:
                yield f"{chart.name}: step {step.name} leaves “{source}”, which is an end"


def _about_steps(chart: Chart) -> Iterator[str]:
    pairs = Counter((step.name, source) for step in chart.rows for source in step.sources)
    for (name, source), count in pairs.items():
        if count > 1:
            yield f"{chart.name}: step {name} is there {count} times from “{source}”"
    doubled = {name for (name, _), count in pairs.items() if count > 1}
    for name, count in Counter(step.name for step in chart.rows).items():
        if count > 1 and name not in doubled:
            yield f"{chart.name}: step {name} has {count} rows; name all its states in one row's “from”"
    for step in chart.steps.values():
        for name in (*step.needs, *step.warns):
            if name not in CONDITIONS:
                yield f"{chart.name}: step {step.name}: there is no condition “{name}”"
        for other in step.after:
            if other not in chart.steps:
                yield f"{chart.name}: step {step.name} follows “{other}”, which is no step"
        for source in step.sources:
            if step.target == "back" and not chart.remembered_before(source):
                yield f"{chart.name}: step {step.name} goes back from “{source}”, but nothing remembers a way"


def _about_reach(chart: Chart) -> Iterator[str]:
    forward: dict[str, set[str]] = {name: set() for name in chart.states}
    for step in chart.steps.values():
        for source in step.sources:
            forward[source] |= set(_targets(chart, step, source))
    start = [state.name for state in chart.states.values() if state.initial]
    for name in sorted(set(chart.states) - _reach(forward, start)):
        yield f"{chart.name}: no step leads to “{name}”"
    backward: dict[str, set[str]] = {name: set() for name in chart.states}
    for source, targets in forward.items():
        for target in targets:
            backward[target].add(source)
    ends = [state.name for state in chart.states.values() if state.final]
    for name in sorted(set(chart.states) - _reach(backward, ends)):
        yield f"{chart.name}: from “{name}” no end can be reached"


def _targets(chart: Chart, step: Step, source: str) -> tuple[str, ...]:
    if step.target == "back":
        return chart.remembered_before(source)
    return (step.target or source,)


def _reach(edges: dict[str, set[str]], start: list[str]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        for target in edges.get(waiting.pop(), set()) - seen:
            seen.add(target)
            waiting.append(target)
    return seen
