"""What goes to the printer: every copy of every paper in one file, and the copy for tired eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pikepdf import ObjectStreamMode, OutlineItem, Page, Pdf

from . import guard
from .errors import PaperTooLong
from .kinds import CATALOGUE
from .pdf import Paper, make_paper, render_here

PAGE_LIMIT = 3_000
READABLE = ("agreement", "oral_agreement")


@dataclass(frozen=True)
class Stack:
    """So many copies of one paper; ``Kind.copies`` tells how many its facts call for."""

    kind: str  # its code in the catalogue
    pdf: bytes
    copies: int


def collate(stacks: Sequence[Stack], *, duplex: bool = True) -> Paper:
    """All copies in one PDF, in the order of the bound file, each copy with a bookmark.

    For ``duplex`` printing a copy with an odd number of pages is followed by an empty page, so that no two copies
    share a sheet. The same stacks give the same bytes. Raises ``PaperTooLong``, ``ValueError`` for no copy at all.
    """
    if not stacks or any(stack.copies < 1 for stack in stacks):
        raise ValueError("a print set is made of papers with at least one copy each")
    target = Pdf.new()
    sources = []  # open until the end: the copies read from them
    with target.open_outline() as outline:
        for stack in sorted(stacks, key=lambda stack: CATALOGUE[stack.kind].order):
            sources.append(Pdf.open(BytesIO(stack.pdf)))
            for no, first in enumerate(add_copies(target, sources[-1], stack.copies, duplex), 1):
                of = f"（第{no}份，共{stack.copies}份）" if stack.copies > 1 else ""
                outline.root.append(OutlineItem(CATALOGUE[stack.kind].title + of, first))
    written = BytesIO()
    target.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return make_paper(written.getvalue(), len(target.pages))


def add_copies(target: Pdf, source: Pdf, copies: int, duplex: bool) -> list[int]:
    """Puts the copies behind what is there; where each begins. Their content is stored once."""
    start, count = len(target.pages), len(source.pages)
    blank = duplex and count % 2 == 1
    if (total := start + (count + blank) * copies) > PAGE_LIMIT:
        raise PaperTooLong("打印套装", total, PAGE_LIMIT, "页")
    firsts = [start + no * (count + blank) for no in range(copies)]
    for first in firsts:
        target.pages.extend(source.pages if first == start else target.pages[start : start + count])
        if first == start:
            for page in target.pages[start:]:  # tags stay with the single papers: this is for the printer
                if "/StructParents" in page.obj:
                    del page.obj.StructParents
        if blank:
            target.add_blank_page(page_size=size_of(target.pages[start]))
    return firsts


def size_of(page: Page) -> tuple[float, float]:
    """Width and height of a page in points."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    return right - left, top - bottom


def render_reading_copy(code: str, frozen: str) -> Paper:
    """The paper in 22 pt for who reads large print, marked as such and without places to sign.

    For the two kinds of agreement (``ValueError`` otherwise). Raises ``DocumentError``.
    """
    if code not in READABLE:
        raise ValueError(f"no reading copy is made of {code}")
    if guard.is_heavy(frozen):
        return make_paper(*guard.print_apart(code, frozen, reading=True))
    return render_here(code, frozen, reading=True)
