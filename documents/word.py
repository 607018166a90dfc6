"""A paper as an editable Word file, from the same facts and the same templates as the printed one.

What is printed stays the original: a Word file can be changed by anybody, so it says at its head that it is a draft.
"""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import sheets
from .facts import Facts
from .freezing import freeze
from .kinds import kind_of
from .markup import Node, read_body
from .pdf import DRAFT

FANGSONG, SONG, HEI, KAI, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "Times New Roman"
EPOCH = (1980, 1, 1, 0, 0, 0)
TEXT_WIDTH = 156.0  # mm
RULE = 2.4  # mm of a ruled line that one underscore stands for
SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Look:
    """How a paragraph looks: its face, its size and line in points, its alignment, its first line."""

    face: str = FANGSONG
    size: float = 16
    line: float = 28.9
    align: str = "left"
    indent: bool = True


LOOKS = {
    "h1": Look(SONG, 22, 34, "center", False),
    "h2": Look(HEI, 16, 28.9),
    "h3": Look(KAI, 16, 28.9),
    "committee": Look(SONG, 18, 28, "center", False),
    "nothing": Look(FANGSONG, 14, 24, "center", False),
    "right": Look(FANGSONG, 14, 24, "right", False),
    "cell": Look(FANGSONG, 12, 18, "left", False),
    "party": Look(FANGSONG, 14, 22, "left", False),
    "note": Look(FANGSONG, 12, 20, "left", False),
    "fine": Look(FANGSONG, 14, 23),
    "dense": Look(FANGSONG, 14, 22),
    "plain": Look(FANGSONG, 16, 28.9, "left", False),
}
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip
RULED = frozenset({"grid", "boxes", "handover"})


def docx_of(facts: Facts, *, marked: str = DRAFT) -> bytes:
    """The paper as a .docx; the same facts give the same bytes. ``marked`` stands at the head of every page.

    Raises ``DocumentError`` where the facts cannot be printed either.
    """
    freeze(facts)
    kind = kind_of(facts)
    body = read_body(sheets.write_html(kind, facts))
    document: Any = Document()
    set_up(document, f"{kind.title} {facts.number}".strip(), facts.number, marked)
    write_blocks(document, body, "dense" if "dense" in body.classes else "")
    day = facts.issued_on
    document.core_properties.created = document.core_properties.modified = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(*EPOCH, tzinfo=UTC)
    )
    written = BytesIO()
    document.save(written)
    return settle(written.getvalue())


def set_up(document: Any, title: str, number: str, marked: str) -> None:
    """Page, margins, the usual face, head and foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(24), Mm(24)
    core = document.core_properties
    core.title, core.author, core.comments, core.language = title, "", "", "zh-CN"
    normal = document.styles["Normal"]
    set_face(normal, FANGSONG, 16)
    head = section.header.paragraphs[0]
    add_run(head, "　".join(each for each in (marked, number) if each), LOOKS["note"])
    head.alignment = ALIGN["right"]
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN["center"]
    for text, field in (("第", "PAGE"), ("页 共", "NUMPAGES"), ("页", "")):
        add_run(foot, text, LOOKS["note"])
        if field:
            add_field(foot, field)


def write_blocks(target: Any, node: Node, around: str) -> None:
    """Paragraphs and tables of ``node`` into a document or a cell."""
    for child in node.children:
        if isinstance(child, str):
            continue
        inside = next((name for name in ("party", "note", "cell") if name in child.classes), around)
        if child.tag == "table":
            write_table(target, child)
        elif child.tag in ("p", "h1", "h2", "h3"):
            write_paragraph(target.add_paragraph(), child, around)
        elif "rules" in child.classes:
            for _ in child.find("p"):
                add_run(target.add_paragraph(), rule(TEXT_WIDTH - 14), look_of(child, around))
        elif child.tag in ("div", "section") and "watermark" not in child.classes:
            if "annex" in child.classes:
                target.add_page_break()
            write_blocks(target, child, inside)


def look_of(node: Node, around: str) -> Look:
    """How a paragraph looks, by its tag and classes and by what it stands in."""
    names = [name for name in LOOKS if name in node.classes]
    if node.tag in LOOKS:
        names.append(node.tag)
    name = names[0] if names else around
    if "address" in node.classes:
        return Look(size=LOOKS[name].size if name else 16, indent=False)
    return LOOKS.get(name, Look())


def write_paragraph(paragraph: Any, node: Node, around: str) -> None:
    """One paragraph with its runs."""
    look = look_of(node, around)
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    if look.indent:
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
    paragraph.alignment = ALIGN[look.align]
    form.keep_with_next = node.tag in ("h1", "h2", "h3") or None
    write_runs(paragraph, node, look)


def write_runs(paragraph: Any, node: Node, look: Look) -> None:
    """The text of an element; a ruled blank becomes underscores, an empty box a box."""
    for child in node.children:
        if isinstance(child, str):
            if text := SPACE.sub("", child):
                add_run(paragraph, text, look)
        elif child.tag == "br":
            paragraph.add_run().add_break()
        elif "blank" in child.classes:
            add_run(paragraph, rule(child.width or 30), look)
        elif "box" in child.classes:
            ticked = any("√" in each.children for each in child.find("i"))
            add_run(paragraph, "☑" if ticked else "□", look)
            write_runs(paragraph, Node("span", {}, [each for each in child.children if is_text(each)]), look)
        else:
            bold = child.tag == "b"
            write_runs(
                paragraph, child, Look(HEI, look.size, look.line, look.align, look.indent) if bold else look
            )


def is_text(child: Node | str) -> bool:
    """Whether this is anything but the box itself."""
    return isinstance(child, str) or child.tag != "i"


def write_table(target: Any, node: Node) -> None:
    """A table with its widths; cells that span are merged, the head is repeated on each page."""
    rows = node.find("tr")
    widths = spread([column.width for column in node.find("col")])
    count = max(
        len(widths), *(sum(int(cell.attributes.get("colspan", 1)) for cell in cells(row)) for row in rows)
    )
    widths = widths if len(widths) == count else spread([None] * count)
    table = target.add_table(len(rows), count)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    if RULED & node.classes:
        table.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        across = 0
        for cell in cells(row):
            while (down, across) in taken:
                across += 1
            wide, deep = (int(cell.attributes.get(name, 1)) for name in ("colspan", "rowspan"))
            taken |= {(down + y, across + x) for y in range(deep) for x in range(wide)}
            first, last = table.cell(down, across), table.cell(down + deep - 1, across + wide - 1)
            write_cell(first.merge(last) if (wide, deep) != (1, 1) else first, cell)
            first.width = Mm(sum(widths[across : across + wide]))
        mark_row(table.rows[down], head=all(cell.tag == "th" for cell in cells(row)) and down == 0)


def cells(row: Node) -> list[Node]:
    """The cells of a row, in order."""
    return [child for child in row.children if isinstance(child, Node) and child.tag in ("td", "th")]


def spread(widths: Iterable[float | None]) -> list[float]:
    """Widths of columns: those without one share what is left."""
    told = list(widths)
    left = TEXT_WIDTH - sum(width for width in told if width)
    free = sum(width is None for width in told)
    return [width if width is not None else max(left, 0) / free for width in told]


def write_cell(cell: Any, node: Node) -> None:
    """One cell: paragraphs as they are, or a line of text."""
    look = LOOKS["cell"] if node.tag == "td" else Look(HEI, 12, 18, "center", False)
    if node.holds_blocks:
        write_blocks(cell, node, "cell")
        if len(cell.paragraphs) > 1 and not cell.paragraphs[0].text:
            cell._tc.remove(cell.paragraphs[0]._p)
        return
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN["right" if "figure" in node.classes else look.align]
    write_runs(paragraph, node, look)


def mark_row(row: Any, *, head: bool) -> None:
    """A row is never split over two pages; a head is repeated."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def add_run(paragraph: Any, text: str, look: Look) -> None:
    """A run of text in a face."""
    set_face(paragraph.add_run(text), look.face, look.size)


def set_face(owner: Any, face: str, size: float) -> None:
    """The Chinese face and the Latin one beside it; never thickened."""
    owner.font.name, owner.font.size, owner.font.bold = LATIN, Pt(size), False
    owner._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def add_field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def rule(width: float) -> str:
    """A line to write on, so many mm wide."""
    return "_" * max(3, round(width / RULE))


def settle(data: bytes) -> bytes:
    """The same file with the same times in it, whenever it was made."""
    written = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename, EPOCH), source.read(entry), zipfile.ZIP_DEFLATED)
    return written.getvalue()
