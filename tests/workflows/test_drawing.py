"""The drawings tell what the policy says: every step is in them, and no box lies on another."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

import workflows
from tests.workflows.test_soundness import SOUND
from workflows import Workflow
from workflows.drawing import as_mermaid, as_svg, as_table, columns_of, fold
from workflows.picture import columns_by_distance, place_boxes

POLICIES = ("case", "four-levels", "banner")


def _texts(svg: str) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_has_a_row_for_every_step_with_all_that_follows(language: str, workflow: Workflow) -> None:
    table = as_table(workflow, language)
    for chart in (workflow.case, *workflow.parts.values()):
        for step in chart.steps.values():
            assert f"\n{step.name} " in table
            for paper in step.issues:
                assert paper in table
    squeezed = re.sub(r"\s", "", table)
    assert (
        "村（社区）级→乡镇（街道）级→县（市、区）级" if language == "zh" else "villagelevel→townlevel"
    ) in squeezed
    assert ("+本级调解期限" if language == "zh" else "+Mediationatthislevel") in squeezed


def test_the_table_keeps_its_columns_straight(workflow: Workflow) -> None:
    lines = as_table(workflow).splitlines()
    bars = {
        tuple(columns_of(line[:place]) for place, sign in enumerate(line) if sign in "│┼")
        for line in lines
        if line.count("│") == 7 or "┼" in line
    }
    assert len(bars) == 1


def test_a_line_of_a_cell_is_never_wider_than_its_column() -> None:
    text = "Every party consents; 各方当事人都同意才能往下办 " + "x" * 50
    assert all(columns_of(line) <= 20 for line in fold(text, 20))
    assert "".join(fold(text, 20)).replace(" ", "") == text.replace(" ", "")


def test_mermaid_has_every_state_and_every_step(workflow: Workflow) -> None:
    text = as_mermaid(workflow)
    assert text.startswith("stateDiagram-v2\n")
    for chart in (workflow.case, *workflow.parts.values()):
        for state in chart.states.values():
            assert f'state "{state.zh}" as {chart.name}_{state.name}\n' in text
        for step in chart.steps.values():
            assert re.search(rf"--> \w+ : .*{re.escape(step.zh)}", text)
    assert "[*] --> case_filed" in text
    assert "case_archived --> [*]" in text
    assert "case_paused --> case_mediating : 恢复计时" in text
    assert text.count("{") == text.count("}") == 2


@pytest.mark.parametrize("name", POLICIES)
def test_the_picture_is_whole_svg_with_every_state_and_every_step(name: str) -> None:
    workflow = workflows.load(name)
    said = "".join(_texts(as_svg(workflow)))
    for chart in (workflow.case, *workflow.parts.values()):
        words = [state.zh for state in chart.states.values()] + [step.zh for step in chart.steps.values()]
        assert [word for word in words if word not in said] == []


def test_no_box_of_the_picture_lies_on_another_and_all_are_on_the_page(workflow: Workflow) -> None:
    root = ElementTree.fromstring(as_svg(workflow))
    page, *boxes = (
        tuple(float(rect.get(side, "0")) for side in ("x", "y", "width", "height"))
        for rect in root.iter("{http://www.w3.org/2000/svg}rect")
    )
    assert len(boxes) == sum(len(chart.states) for chart in (workflow.case, *workflow.parts.values()))
    for x, y, width, height in boxes:
        assert 0 < x < x + width < page[2]
        assert 0 < y < y + height < page[3]
    for one, other in combinations(boxes, 2):
        apart = one[0] + one[2] < other[0] or other[0] + other[2] < one[0]
        assert apart or one[1] + one[3] < other[1] or other[1] + other[3] < one[1]


def test_every_arrow_begins_in_its_box_beside_its_own_label(workflow: Workflow) -> None:
    for box in place_boxes(workflow.case, 100).values():
        heights = list(box.exits.values())
        assert heights == sorted(set(heights))
        assert all(box.y < height < box.y + box.height for height in heights)


def test_states_stand_in_columns_by_their_distance_from_the_start(workflow: Workflow) -> None:
    distance = columns_by_distance(workflow.case)
    assert set(distance) == set(workflow.case.states)
    assert [distance[name] for name in ("filed", "accepted", "mediating", "agreed")] == [0, 1, 2, 3]


def test_words_that_look_like_markup_are_drawn_as_words(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(SOUND.replace('zh = "在办"', "zh = '<b>在办</b>: \"急\" & 要; #1'"), "utf-8")
    odd = workflows.load_file(path)
    assert any("<b>在办</b>" in text for text in _texts(as_svg(odd)))
    assert 'state "<b>在办</b>： ”急” & 要； ＃1" as ours_open' in as_mermaid(odd)


def test_the_title_is_the_policys_own(workflow: Workflow) -> None:
    assert "<text" in as_svg(replace(workflow, zh="甲 & 乙"))
    assert "甲 & 乙" in _texts(as_svg(replace(workflow, zh="甲 & 乙")))
