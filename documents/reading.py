"""The very words of a paper that is signed on a screen: its tables whole, the places to sign left out."""

from dataclasses import dataclass

from . import sheets
from .freezing import thaw
from .kinds import find_kind
from .lines import HEADS, text_of
from .markup import Node, read_body

#: What is no part of the words: a mark across the page, and the boxes for signatures and the seal.
LEFT_OUT = frozenset({"watermark", "signing", "tail", "boxes", "seal"})


@dataclass(frozen=True)
class Block:
    """A paragraph, ``title``, ``heading`` or ``text``; or a ``table`` with its rows, the first being its head."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_words(code: str, frozen: str) -> tuple[Block, ...]:
    """All that a paper says, in its order.

    Raises ``DocumentError`` when the text is not the facts of such a paper.
    """
    found: list[Block] = []
    gather(read_body(sheets.write_html(find_kind(code), thaw(code, frozen))), found)
    return tuple(found)


def gather(node: Node, found: list[Block]) -> None:
    """The blocks of ``node`` and of all that stands in it."""
    for child in node.children:
        if isinstance(child, str) or LEFT_OUT & child.classes:
            continue
        if child.tag == "table":
            rows = tuple(tuple(map(text_of, row.find("th") + row.find("td"))) for row in child.find("tr"))
            found.append(Block("table", rows=rows))
        elif child.tag in ("p", "h1", "h2", "h3"):
            if text := text_of(child):
                found.append(Block(HEADS.get(child.tag, "text"), text))
        else:
            gather(child, found)
