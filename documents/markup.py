"""The HTML of a paper as a tree, for those who do not print it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID_TAGS = frozenset({"meta", "br", "col", "img"})
BLOCKS = frozenset({"p", "h1", "h2", "h3", "table", "div", "section"})
WIDTH = re.compile(r"width: ([0-9.]+)mm")


@dataclass
class Node:
    """An element with its classes, its width in mm where it has one, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def width(self) -> float | None:
        """Its width in mm."""
        found = WIDTH.search(self.attributes.get("style", ""))
        return float(found.group(1)) if found else None

    def find(self, tag: str) -> "list[Node]":
        """Every element of this tag below, none inside another of them."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] if child.tag == tag else child.find(tag)
        return found

    @property
    def holds_blocks(self) -> bool:
        """Whether it is made of paragraphs and tables rather than of text."""
        return any(isinstance(child, Node) and child.tag in BLOCKS for child in self.children)


class Reader(HTMLParser):
    """Builds the tree; the templates close whatever they open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new element inside the present one."""
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID_TAGS:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Back to the element around."""
        if tag not in VOID_TAGS and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text of the present element."""
        self.open[-1].children.append(data)


def read_body(html: str) -> Node:
    """The body of a page that our templates wrote."""
    reader = Reader()
    reader.feed(html)
    return reader.open[0].find("body")[0]
