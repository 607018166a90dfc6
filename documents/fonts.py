"""Which font prints what: four slots, the fallbacks behind them, and the characters nobody can print.

A slot takes the office's own font from ``$MEDIATION_INSTANCE/fonts`` first, then free ones. Behind every slot
stand the same fallbacks, so that a rare character in a name prints in any of them.
"""

import ctypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .font_files import OWN_FONT_WORDS, Font, cut_figures, find_own_fonts, walk_fonts

PROJECT = Path(__file__).resolve().parent.parent
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
FANDOL_FOLDERS = (
    PROJECT / ".fonts/fandol",
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/texmf/fonts/opentype/public/fandol"),
    Path("/usr/share/texmf/fonts/opentype/public/lm"),
    *SYSTEM_FOLDERS,
)
SLOTS = tuple(OWN_FONT_WORDS)
FIGURES_ADDRESS = "paper:figures"
SLOT_WORDS = {"fangsong": "仿宋", "song": "标宋", "kai": "楷体", "hei": "黑体"}
NAME_CHARACTERS = "喆堃犇珺燊淼䶮㛃㙓𠮷𬭎𬬭𬱟𫖯𫍽𬍛·"
HARFBUZZ_SUBSET = "libharfbuzz-subset.so.0"

# Printed by nobody, whatever a font may claim: private use, hidden direction marks, zero width, Hangul filler.
NEVER = frozenset(
    chr(code)
    for first, last in (
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0x061C, 0x061C), (0x200B, 0x200F),
        (0x202A, 0x202E), (0x2060, 0x2069), (0x3164, 0x3164), (0xD800, 0xF8FF), (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFF), (0xE0000, 0xE007F),
    )
    for code in range(first, last + 1)
)  # fmt: skip
FIRST_PRIVATE_PLANE = 0xF0000
SPACES = frozenset("\t\n\r ")


@dataclass(frozen=True)
class Candidate:
    """A font worth looking for: its file's name and where."""

    family: str
    file: str
    fandol: bool = False
    bold: bool = False


NOTO_SERIF = Candidate("Noto Serif CJK SC", "NotoSerifCJK-Regular.ttc")
NOTO_SANS = Candidate("Noto Sans CJK SC", "NotoSansCJK-Regular.ttc")
WENKAI = Candidate("LXGW WenKai", "LXGWWenKai-Regular.ttf")
WENKAI_LIGHT = Candidate("LXGW WenKai Light", "LXGWWenKai-Light.ttf")
CANDIDATES = {
    "fangsong": (Candidate("FandolFang", "FandolFang-Regular.otf", fandol=True), WENKAI_LIGHT, NOTO_SERIF),
    "song": (
        Candidate("FandolSong", "FandolSong-Bold.otf", fandol=True, bold=True),
        Candidate("Noto Serif CJK SC", "NotoSerifCJK-Bold.ttc", bold=True),
        NOTO_SERIF,
    ),
    "kai": (Candidate("FandolKai", "FandolKai-Regular.otf", fandol=True), WENKAI, NOTO_SERIF),
    "hei": (Candidate("FandolHei", "FandolHei-Regular.otf", fandol=True), NOTO_SANS, NOTO_SERIF),
}
# FandolFang's own figures have stems of 70 units where its characters have 42; these have 53.
FIGURES = Candidate("LM Roman 17", "lmroman17-regular.otf", fandol=True)
THIN = ("fangsong", "kai")
FALLBACKS = (
    NOTO_SERIF,
    WENKAI_LIGHT,
    WENKAI,
    Candidate("BabelStone Han", "BabelStoneHan.ttf"),
    Candidate("HanaMinA", "HanaMinA.ttf"),
    Candidate("HanaMinB", "HanaMinB.ttf"),
    NOTO_SANS,
    Candidate("DejaVu Serif", "DejaVuSerif.ttf"),  # Latin, Greek and Cyrillic beyond what the others have
)
# The fallback that comes first because its strokes are nearest to the slot's.
NEAREST = {slot: each.family for slot, each in (
    ("fangsong", WENKAI_LIGHT), ("kai", WENKAI_LIGHT), ("song", NOTO_SERIF), ("hei", NOTO_SANS),
)}  # fmt: skip


@dataclass(frozen=True)
class FontSet:
    """What this machine prints with."""

    slots: tuple[tuple[str, Font | None], ...]
    fallbacks: tuple[Font, ...]
    figures: Font | None = None  # for figures and Latin letters, where the slot's own are too dark

    def chain(self, slot: str) -> tuple[Font, ...]:
        """The fonts tried for a character in ``slot``, first to last; each slot stands behind the others."""
        first = dict(self.slots)[slot]
        near = sorted(self.fallbacks, key=lambda font: font.family != NEAREST[slot])
        rest = (*near, *(font for _, font in self.slots if font and not font.bold))
        return tuple(dict.fromkeys(font for font in (first, *rest) if font))

    def searched(self) -> Iterator[Font]:
        """Every font that can print text of any slot, the widest first."""
        yield from self.chain("fangsong")[1:]
        yield from self.chain("fangsong")[:1]


@dataclass(frozen=True)
class FontReport:
    """What ``doctor`` tells: who fills each slot, what is slow, which name characters would be refused."""

    slots: tuple[tuple[str, str], ...]  # 仿宋 → the font's family and path, or 无
    fallbacks: tuple[str, ...]
    fast_subsetting: bool
    unprintable: tuple[str, ...]
    problems: tuple[str, ...]


def find_fonts() -> FontSet:
    """The fonts of this machine, looked up once for each instance folder."""
    return search_fonts(os.environ.get("MEDIATION_INSTANCE", ""))


def unprintable(text: str) -> list[str]:
    """The characters of ``text`` that no font in the slots can print, each once, in order.

    Looked up in the fonts' character maps; a font is opened only when the ones before it lack something.
    """
    wanted = set(text) - SPACES
    never = {each for each in wanted if each in NEVER or ord(each) >= FIRST_PRIVATE_PLANE}
    left = wanted - never
    for font in find_fonts().searched():
        if not left:
            break
        left -= font.characters()
    return sorted(never | left, key=text.index)


def write_font_css() -> str:
    """The ``@font-face`` rules of the fonts that are loaded from files."""
    found = find_fonts()
    faces = sorted({font for _, font in found.slots if font and font.by_file}, key=lambda font: font.path)
    addresses = [(font, font.path.as_uri()) for font in faces]
    if found.figures and dict(found.slots)["fangsong"]:
        addresses.append((found.figures, FIGURES_ADDRESS))
    return "\n".join(
        f'@font-face {{ font-family: "{css_name(font)}"; src: url("{address}"); '
        f"font-weight: {'bold' if font.bold else 'normal'} }}"
        for font, address in addresses
    )


def hold_figures() -> dict[str, bytes]:
    """The Latin face, cut to its letters and figures, under the address that the style sheet names."""
    found = find_fonts()
    beside = dict(found.slots)["fangsong"]
    return {FIGURES_ADDRESS: cut_figures(found.figures.path, beside.path)} if found.figures and beside else {}


def list_font_files() -> frozenset[str]:
    """The addresses that the font style sheet may load, and nothing else may."""
    return frozenset(font.path.as_uri() for _, font in find_fonts().slots if font and font.by_file)


def write_family(slot: str) -> str:
    """The CSS ``font-family`` value of a slot with its fallbacks."""
    found = find_fonts()
    first = dict(found.slots)[slot]
    dark = slot in THIN and first is not None and first.family.startswith("Fandol")
    chain = (found.figures, *found.chain(slot)) if dark and found.figures else found.chain(slot)
    return ", ".join(dict.fromkeys(f'"{css_name(font)}"' for font in chain))


def css_name(font: Font) -> str:
    """The name under which style sheets call the font: files get one no installed font has."""
    return f"paper {font.path.stem}" if font.by_file else font.family


def is_bold(slot: str) -> bool:
    """Whether the slot's font is a true bold (a regular one is never thickened)."""
    font = dict(find_fonts().slots)[slot]
    return bool(font and font.bold)


def report() -> FontReport:
    """What this machine prints with and what it lacks."""
    found = find_fonts()
    fast = has_fast_subsetting()
    lacking = tuple(unprintable(NAME_CHARACTERS))
    problems = [
        f"{SLOT_WORDS[slot]}没有字体，请安装 fonts-noto-cjk" for slot, font in found.slots if font is None
    ]
    if not fast:
        problems.append("缺少 libharfbuzz-subset0，生成PDF会慢很多，请安装该软件包")
    if lacking:
        problems.append(
            f"姓名常用的生僻字无法打印：{'、'.join(lacking)}，请安装 fonts-noto-cjk 或 fonts-babelstone-han"
        )
    return FontReport(
        slots=tuple(
            (SLOT_WORDS[slot], f"{font.family} {font.path}" if font else "无") for slot, font in found.slots
        ),
        fallbacks=tuple(font.family for font in found.fallbacks),
        fast_subsetting=fast,
        unprintable=lacking,
        problems=tuple(problems),
    )


def has_fast_subsetting() -> bool:
    """Whether HarfBuzz can cut fonts; without it WeasyPrint silently takes up to forty times as long."""
    try:
        ctypes.CDLL(HARFBUZZ_SUBSET)
    except OSError:
        return False
    return True


@cache
def search_fonts(instance: str) -> FontSet:
    """Looks through the folders once."""
    files = {path.name: path for folder in reversed(SYSTEM_FOLDERS) for path in walk_fonts(folder)}
    own = find_own_fonts(Path(instance) / "fonts") if instance else {}
    slots = tuple((slot, own.get(slot) or find_first(CANDIDATES[slot], files)) for slot in SLOTS)
    fallbacks = tuple(font for each in FALLBACKS if (font := locate(each, files)))
    return FontSet(slots, fallbacks, locate(FIGURES, files))


def find_first(candidates: tuple[Candidate, ...], files: dict[str, Path]) -> Font | None:
    """The first candidate that is there."""
    return next((font for each in candidates if (font := locate(each, files))), None)


def locate(candidate: Candidate, files: dict[str, Path]) -> Font | None:
    """The candidate's font, if its file exists."""
    if candidate.fandol:
        for folder in FANDOL_FOLDERS:
            if (path := folder / candidate.file).is_file():
                return Font(candidate.family, path, by_file=True, bold=candidate.bold)
    path_or_none = files.get(candidate.file)
    if path_or_none is None:
        return None
    return Font(candidate.family, path_or_none, by_file=candidate.fandol, bold=candidate.bold)
