"""A paper as lines of text, from the same facts and the same template as the printed one: for a look on a screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import sheets
from .freezing import thaw
from .kinds import CATALOGUE
from .markup import Node, read_body

BLANK = "＿＿＿＿"
SPACE = re.compile(r"\s*\n\s*")
HEADS = {"h1": "title", "h2": "heading", "h3": "heading"}


@dataclass(frozen=True)
class Line:
    """One paragraph: ``kind`` is committee, title, heading, address, right, seal, note or text."""

    kind: str
    text: str


def read_lines(code: str, frozen: str) -> tuple[Line, ...]:
    """Every paragraph of the paper in its order; a blank to be filled in by hand is a short rule."""
    body = read_body(sheets.write_html(CATALOGUE[code], thaw(code, frozen)))
    return tuple(line for line in lines_below(body, "text") if line.text)


def lines_below(node: Node, around: str) -> Iterator[Line]:
    """The paragraphs and table rows of an element."""
    for child in node.children:
        if isinstance(child, str) or child.tag in ("style", "col", "colgroup"):
            continue
        kind = kind_of_line(child, around)
        if child.tag == "tr":
            cells = [text_of(cell) for cell in child.children if isinstance(cell, Node)]
            yield Line(kind, "：".join(cell for cell in cells if cell))
        elif child.tag in ("p", "h1", "h2", "h3") or (
            not child.holds_blocks and child.tag in ("div", "section")
        ):
            yield Line(kind, text_of(child))
        else:
            yield from lines_below(child, kind)


def kind_of_line(node: Node, around: str) -> str:
    """What a paragraph is, by its tag and classes and by what it stands in."""
    named = next(
        (name for name in ("committee", "address", "right", "seal", "note") if name in node.classes), ""
    )
    return HEADS.get(node.tag) or named or around


def text_of(node: Node) -> str:
    """All text below, without the line breaks of the template."""
    if "blank" in node.classes:
        return BLANK
    parts = [SPACE.sub("", child) if isinstance(child, str) else text_of(child) for child in node.children]
    return "".join(parts).strip()
