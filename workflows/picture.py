"""A chart as a picture: states in columns by their distance from the start, arrows between them, as SVG.

Each box lists what leaves it, one line for each state it leads to, and the arrow begins at that line: so no
label can meet another, however many arrows there are.  An arrow has the colour of the state it leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from workflows.engine import Chart, State
from workflows.refusals import PART_WORDS

BOX, GAP, BETWEEN = 236, 150, 40  # pixels: width of a box, space between columns, and between boxes of one
ROW, PAD = 20, 10  # a line of text, and the rim of a box
_LETTERS = 16  # Chinese characters that fit a line of a box
_COLOURS = (
    *("#1f5f99", "#a33b20", "#2e7d32", "#6a3d9a", "#8a6d00", "#00767a", "#ad1457"),
    *("#37474f", "#5d4037", "#3949ab", "#00838f", "#b71c1c", "#558b2f", "#000000"),
)
_STYLE = (
    "text{font:13px 'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif}"
    ".h{font-size:20px;font-weight:600}.s{font-weight:600;font-size:15px}.i{fill:#555;font-size:12px}"
    "rect{fill:#fff;stroke-width:1.5}path{fill:none;stroke-width:1.5}.end{stroke-dasharray:5 3}"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A state on the page: where it stands, what is done there, what leads out of it."""

    state: State
    column: int
    x: int
    y: int
    height: int
    title: tuple[str, ...]
    stays: tuple[str, ...]
    leaves: tuple[tuple[str, tuple[str, ...]], ...]  # the target, and the lines of its label

    @property
    def exits(self) -> dict[str, int]:
        """The height at which the arrow to each target begins."""
        heights, y = {}, self.y + ROW * (len(self.title) + len(self.stays)) + PAD
        for target, lines in self.leaves:
            heights[target] = y + ROW // 2 + 2
            y += ROW * len(lines)
        return heights


def arrows_of(chart: Chart) -> dict[tuple[str, str], list[str]]:
    """From where to where one can go in a chart, and the Chinese words of the steps that lead there."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in chart.steps.values():
        for source in step.sources:
            back = step.target == "back"
            for target in chart.remembered_before(source) if back else (step.target or source,):
                arrows.setdefault((source, target), []).append(step.zh)
    return arrows


def columns_by_distance(chart: Chart) -> dict[str, int]:
    """How many steps each state is from the start."""
    distance, waiting = {chart.initial: 0}, [chart.initial]
    for here in waiting:
        for source, target in arrows_of(chart):
            if source == here and target not in distance:
                distance[target] = distance[here] + 1
                waiting.append(target)
    return distance


def draw_charts(title: str, charts: Sequence[Chart]) -> str:
    """All charts, one below the other, as one standalone SVG."""
    body, width, y = [], 0, 40
    for chart in charts:
        boxes = place_boxes(chart, y + 60)
        word = PART_WORDS.get(chart.name, "")
        body += [f'<text class="s" x="20" y="{y + 22}">{escape(word)}</text>', *_draw(boxes)]
        width = max(width, *(box.x + BOX for box in boxes.values()))
        y = max(box.y + box.height for box in boxes.values()) + 30
    width += GAP // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y}" viewBox="0 0 {width} {y}" '
        f'role="img" aria-label="{escape(title)}"><style>{_STYLE}</style><defs>{"".join(_heads())}</defs>'
        f'<rect width="{width}" height="{y}"/><text class="h" x="20" y="36">{escape(title)}</text>'
        f"{''.join(body)}</svg>\n"
    )


def place_boxes(chart: Chart, top: int) -> dict[str, Box]:
    """Where each state stands: columns from the left by distance, and nothing over anything else."""
    arrows, distance = arrows_of(chart), columns_by_distance(chart)
    below: dict[int, int] = {}
    boxes = {}
    for name in sorted(chart.states, key=lambda state: distance[state]):
        column = distance[name]
        state = chart.states[name]
        letters = f"{'● ' if state.initial else ''}{state.zh}{' ■' if state.final else ''}"
        title = tuple(letters[place : place + _LETTERS - 2] for place in range(0, len(letters), _LETTERS - 2))
        stays = _fold(arrows.get((name, name), []))
        ways = sorted(
            ((end, words) for (start, end), words in arrows.items() if start == name != end), key=str
        )
        ways.sort(key=lambda way: (distance[way[0]], list(chart.states).index(way[0])))
        leaves = tuple((end, _fold(words)) for end, words in ways)
        height = ROW * (len(title) + len(stays) + sum(len(lines) for _, lines in leaves)) + 2 * PAD
        y = below.get(column, top)
        boxes[name] = Box(state, column, 30 + column * (BOX + GAP), y, height, title, stays, leaves)
        below[column] = y + height + BETWEEN
    return boxes


def _fold(words: list[str]) -> tuple[str, ...]:
    lines = [""]
    for word in dict.fromkeys(words):
        joined = f"{lines[-1]}、{word}" if lines[-1] else word
        if len(joined) > _LETTERS and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return tuple(line for line in lines if line)


def _heads() -> Iterator[str]:
    for number, colour in enumerate(_COLOURS):
        yield (
            f'<marker id="to{number}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0 8 4 0 8z" style="fill:{colour};stroke:none"/></marker>'
        )


def _draw(boxes: dict[str, Box]) -> Iterator[str]:
    colours = {name: number % len(_COLOURS) for number, name in enumerate(boxes)}
    arrivals: dict[str, int] = dict.fromkeys(boxes, 0)
    for box in boxes.values():
        for target, y in box.exits.items():
            arrivals[target] += 1
            number = colours[target]
            way = _curve(box, y, boxes[target], arrivals[target], boxes.values())
            yield f'<path d="{way}" stroke="{_COLOURS[number]}" marker-end="url(#to{number})"/>'
    for name, box in boxes.items():
        yield from _draw_box(box, _COLOURS[colours[name]], boxes)


def _curve(box: Box, y: int, target: Box, arrival: int, boxes: Iterable[Box]) -> str:
    end = target.y + min(8 + 5 * arrival, target.height - 6)
    if target.column == box.column:  # up or down in the same column
        side, bow = box.x + BOX, 40 + 6 * arrival
        return f"M{side} {y}C{side + bow} {y} {side + bow} {end} {side} {end}"
    way = 1 if target.column > box.column else -1
    x, near, far = (box.x + BOX, 0, BOX) if way > 0 else (box.x, BOX, 0)
    path, bow = f"M{x} {y}", way * GAP * 2 // 3
    for column in range(box.column + way, target.column + way, way):
        here = [other for other in boxes if other.column == column]
        left = here[0].x
        lane = end if column == target.column else _free_lane(here, (y + end) // 2) + 3 * (arrival % 5 - 2)
        path += f"C{x + bow} {y} {left + near - bow} {lane} {left + near} {lane}"
        if column != target.column:
            path += f"H{left + far}"
        x, y = left + far, lane
    return path


def _free_lane(boxes: list[Box], wanted: int) -> int:
    """The height nearest to the wanted one at which a column can be crossed without meeting a box."""
    lanes = [boxes[0].y - BETWEEN // 2, *(box.y + box.height + BETWEEN // 2 for box in boxes)]
    return min(lanes, key=lambda lane: abs(lane - wanted))


def _draw_box(box: Box, colour: str, boxes: dict[str, Box]) -> Iterator[str]:
    kind = "box end" if box.state.final else "box"
    size = f'width="{BOX}" height="{box.height}"'
    yield f'<rect class="{kind}" x="{box.x}" y="{box.y}" {size} rx="6" stroke="{colour}"/>'
    y = box.y + PAD + 12 - ROW
    for style, lines in (("s", box.title), ("i", box.stays)):
        for line in lines:
            y += ROW
            yield f'<text class="{style}" x="{box.x + PAD}" y="{y}">{escape(line)}</text>'
    for target, lines in box.leaves:
        left = boxes[target].column < box.column
        place = f'x="{box.x + PAD}"' if left else f'x="{box.x + BOX - PAD}" text-anchor="end"'
        for line in lines:
            y += ROW
            yield f'<text {place} y="{y}">{"◂ " if left else ""}{escape(line)}{"" if left else " ▸"}</text>'
