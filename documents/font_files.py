"""Font files on disk: which there are, what they call themselves, which characters they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont, TTLibError

OWN_FONT_WORDS = {
    "fangsong": ("仿宋", "fangsong", "fang song"),
    "song": ("小标宋", "xiaobiaosong", "宋体", "simsun", "songti"),
    "kai": ("楷", "kai"),
    "hei": ("黑", "hei"),
}
HEIGHTS = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
}
FIGURES = "".join(
    map(chr, range(0x20, 0x7F))
)  # what a Latin face may print: its quotes and dashes are not ours


@dataclass(frozen=True)
class Font:
    """One font face on disk; ``by_file`` ones are loaded from their path, the others by family name."""

    family: str
    path: Path
    by_file: bool = False
    bold: bool = False

    def characters(self) -> frozenset[str]:
        """Every character the face has a glyph for."""
        return read_characters(self.path, self.family)


def walk_fonts(folder: Path) -> Iterator[Path]:
    """Every font file below a folder, in a fixed order."""
    if folder.is_dir():
        yield from sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in {".otf", ".ttf", ".ttc"}
        )


def find_own_fonts(folder: Path) -> dict[str, Font]:
    """The office's own fonts by slot, told by their names (``simfang.ttf`` says 仿宋 inside)."""
    own: dict[str, Font] = {}
    for path in walk_fonts(folder):
        if path.suffix.lower() == ".ttc" or not (names := read_names(path)):
            continue  # a collection cannot be loaded by file
        slot = next(
            (slot for slot in OWN_FONT_WORDS if any(word in names.lower() for word in OWN_FONT_WORDS[slot])),
            None,
        )
        if slot:
            own.setdefault(slot, Font(path.stem, path.resolve(), by_file=True))
    return own


def read_names(path: Path) -> str:
    """All the names a font gives itself, with its file name; empty when it is no font."""
    try:
        with TTFont(path, lazy=True) as font:
            return " ".join([path.stem, *(str(record) for record in font["name"].names)])
    except (TTLibError, OSError, KeyError):
        return ""


@cache
def read_characters(path: Path, family: str) -> frozenset[str]:
    """The character map of a font file; of a collection, the face called ``family``."""
    try:
        if path.suffix.lower() != ".ttc":
            with TTFont(path, lazy=True) as font:
                return map_characters(font)
        with TTCollection(str(path), lazy=True) as collection:
            named = [font for font in collection.fonts if font["name"].getDebugName(1) == family]
            return map_characters((named or collection.fonts)[0])
    except (TTLibError, OSError):
        return frozenset()


def map_characters(font: Any) -> frozenset[str]:
    """The characters in the face's best Unicode map."""
    return frozenset(map(chr, font.getBestCmap() or {}))


@cache
def cut_figures(path: Path, beside: Path) -> bytes:
    """The face with nothing but ASCII in it, so that it can stand before a Chinese one without taking its quotes.

    It takes over the heights of the face ``beside``, or lines with figures in them would stand further apart.
    """
    options = subset.Options(layout_features=["kern"], notdef_outline=True, recalc_timestamp=False)
    with subset.load_font(str(path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=FIGURES)
        cutter.subset(font)
        with TTFont(beside, lazy=True) as other:
            scale = font["head"].unitsPerEm / other["head"].unitsPerEm
            for table, names in HEIGHTS.items():
                for name in names:
                    setattr(font[table], name, round(getattr(other[table], name) * scale))
        written = BytesIO()
        font.save(written, reorderTables=False)
    return written.getvalue()
